"""Which marks go out: a button each for tags, annotators and statuses, with ticks in its menu."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu, QToolButton, QWidget

from postil.domain.annotation import Annotation, Status
from postil.domain.overview import Grouping, MarkQuery
from postil.domain.tags import Tag
from postil.library import Library
from postil.library.handing_on import Wanted
from postil.ui.sidebar.flow_layout import FlowLayout
from postil.ui.sidebar.wording import status_word

_TOLD = 2  # values that a button names; of more it tells the number


class MarkChoice(QWidget):
    """Chooses a `Wanted`; as long as nothing is ticked every mark goes out.

    Nothing of it is kept in the settings: marks left out last time would not be missed.

    Args:
        given: how many marks have each tag id, each annotator and each status.
        tags: by id.
        parent: owns this.
    """

    changed = Signal()

    def __init__(
        self,
        given: tuple[Counter[str], Counter[str], Counter[str]],
        tags: Mapping[str, Tag],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        of_tags, of_authors, of_statuses = given
        nobody, unsaid = self.tr("Nobody named"), self.tr("Nothing said")
        named = {i: f"{tags[i].code}  {tags[i].name}".strip() for i in of_tags if i in tags}
        self.tags = self._button(self.tr("All tags"), of_tags, named)
        self.authors = self._button(
            self.tr("All annotators"), of_authors, {one: one or nobody for one in of_authors}
        )
        self.statuses = self._button(
            self.tr("Any status"),
            of_statuses,
            {one: status_word(Status(one)) or unsaid for one in of_statuses},
        )
        line = FlowLayout(self)
        line.addWidget(QLabel(self.tr("Marks"), self))
        for button in (self.tags, self.authors, self.statuses):
            line.addWidget(button)
            button.setVisible(bool(button.menu().actions()))

    def value(self) -> Wanted:
        """Return what is ticked."""
        return Wanted(
            tuple(_ticked(self.tags)),
            tuple(_ticked(self.authors)),
            tuple(map(Status, _ticked(self.statuses))),
        )

    def _button(self, every: str, counts: Counter[str], words: Mapping[str, str]) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("markChoice")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(button)
        menu.setAccessibleName(self.tr("Only marks with"))
        for value in sorted(words, key=lambda one: words[one].casefold()):
            action = QAction(f"{words[value].replace('&', '&&')}\t{counts[value]:,}", menu)
            action.setCheckable(True)
            action.setData(value)
            action.toggled.connect(partial(self._tell, button, every, words))
            menu.addAction(action)
        button.setMenu(menu)
        self._label(button, every, words)
        return button

    def _tell(self, button: QToolButton, every: str, words: Mapping[str, str], _on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._label(button, every, words)
        self.changed.emit()

    def _label(self, button: QToolButton, every: str, words: Mapping[str, str]) -> None:
        """Show on a button what is ticked in its menu."""
        ticked = _ticked(button)
        text = ", ".join(words[one] for one in ticked) or every
        if len(ticked) > _TOLD:
            text = self.tr("{0} chosen").replace("{0}", str(len(ticked)))
        button.setText(f"{text.replace('&', '&&')} ▾")
        button.setAccessibleName(self.tr("Which marks: {0}").replace("{0}", text))


def of_marks(marks: Sequence[Annotation]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Return how many marks have each tag, annotator and status."""
    return (
        Counter(tag for mark in marks for tag in mark.tags),
        Counter(mark.author for mark in marks),
        Counter(mark.status.value for mark in marks),
    )


def of_library(library: Library) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Return how many marks of the whole library have each tag, annotator and status."""
    tags, authors, statuses = (
        Counter({group.key: group.marks for group in library.overview(MarkQuery(), one).groups})
        for one in (Grouping.TAG, Grouping.ANNOTATOR, Grouping.STATUS)
    )
    return tags, authors, statuses


def _ticked(button: QToolButton) -> list[str]:
    return [action.data() for action in button.menu().actions() if action.isChecked()]
