"""The line at the bottom: where the reader is, how many marks, whether all is saved."""

from bisect import bisect_right

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QMenu,
    QProgressBar,
    QStatusBar,
    QToolButton,
    QWidget,
)

from postil.ui.counting import counted

_PATIENCE_MS = 300  # work that ends sooner shows no progress


class Status(QStatusBar):
    """What is true right now, in words.

    Args:
        parent: the window.
    """

    cancel_wanted = Signal()
    normal_size_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setAccessibleName(self.tr("Status"))
        self.setSizeGripEnabled(False)
        self.place = self._label("statusPlace", self.tr("Place in the article"))
        self.marks = self._label("statusMarks", self.tr("Number of marks"))
        self.codebooks = self._button("statusCodebooks", self.tr("Codebooks in use"))
        self.codebooks.setToolTip(self.tr("Which codebooks are offered while marking"))
        self.codebooks.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.showing = self._button("statusShowing", self.tr("What is shown of the marks"))
        self.showing.setToolTip(self.tr("Show all marks again"))
        self.addWidget(self.place)
        self.addWidget(self.marks)
        self.addWidget(self.showing)
        self.addWidget(self.codebooks)
        self._work = self._label("statusWork", self.tr("What is going on"))
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("Progress"))
        self._cancel = self._button("statusCancel", self.tr("Cancel"))
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.clicked.connect(self.cancel_wanted)
        self.saved = self._label("statusSaved", self.tr("Whether all is saved"))
        self.zoom = self._button("statusZoom", self.tr("Size of the letters"))
        self.zoom.setToolTip(self.tr("Back to 100 %"))
        self.zoom.clicked.connect(self.normal_size_wanted)
        for widget in (self._work, self._progress, self._cancel, self.saved, self.zoom):
            self.addPermanentWidget(widget)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(lambda: self._show_work(True))
        self._show_work(False)
        self.codebooks.hide()
        self.showing.hide()
        self.messageChanged.connect(self._fit)

    def show_place(self, position: int, block_starts: list[int], sentence: int = 0) -> None:
        """Show in which paragraph the reader is.

        Args:
            position: code point.
            block_starts: where the numbered blocks begin; none clears the label.
            sentence: number of the sentence in its paragraph, where one is meant.
        """
        if not block_starts:
            self.place.setText("")
            return
        number = max(bisect_right(block_starts, position), 1)
        text = self.tr("¶{0} of {1}").format(number, len(block_starts))
        if sentence:
            text += " · " + self.tr("sentence {0}").format(sentence)
        self.place.setText(text)

    def show_marks(self, placed: int, loose: int) -> None:
        """Show how many marks there are, and how many wait for a place."""
        text = counted(placed, "1 mark", "%n marks")
        if loose:
            text += " · " + counted(loose, "1 unplaced", "%n unplaced")
        self.marks.setText(text)

    def show_codebooks(self, names: list[str], menu: QMenu, arrow: QIcon) -> None:
        """Show which codebooks are in use; the first is the one in focus."""
        more = f" +{len(names) - 1}" if len(names) > 1 else ""
        self.codebooks.setText((names[0] + more if names else self.tr("No codebook")) + " ▾")
        self.codebooks.setIcon(arrow)
        self.codebooks.setMenu(menu)
        self._fit()

    def show_showing(self, text: str) -> None:
        """Show that not all marks are shown; no text shows nothing."""
        self.showing.setText(f"{text} ✕" if text else "")
        self._fit()

    def show_saved(self, waiting: int) -> None:
        """Show that all is saved, or how many changes wait."""
        self.saved.setText(
            counted(waiting, "1 change waits", "%n changes wait") if waiting else self.tr("Saved")
        )

    def show_zoom(self, zoom: float) -> None:
        """Show the size of the letters; 1.0 is 100 %."""
        self.zoom.setText(self.tr("{0} %").format(round(zoom * 100)))

    def begin(self, title: str) -> None:
        """Tell that something takes a while, once it does."""
        self._work.setText(title)
        # Of many short pieces of work in a row, patience counts from the first.
        if not self._work.isVisible() and not self._patience.isActive():
            self._progress.setRange(0, 0)
            self._patience.start()

    def progress(self, done: int, total: int) -> None:
        """Show how far it has come; a total of 0 is unknown."""
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    def rest(self) -> None:
        """Nothing takes a while any more."""
        self._patience.stop()
        self._show_work(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what is least needed rather than cut every word in two."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Fit again when words or fonts are other ones."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return handled

    def _fit(self) -> None:
        """Show as much as has room; what goes first is in the menus too."""
        wanted = [self.place, self.marks, self.saved, self.zoom]
        wanted += [w for w in (self._work, self._progress, self._cancel) if w.isVisibleTo(self)]
        wanted += [self.showing] if self.showing.text() else []
        wanted += [self.codebooks] if self.codebooks.text() else []
        gap = self.fontMetrics().averageCharWidth() * 2
        need = sum(widget.sizeHint().width() + gap for widget in wanted)
        is_free = not self.currentMessage()  # the tip of an action stands where the left side does
        self.showing.setVisible(is_free and self.showing in wanted)
        for widget in (self.codebooks, self.zoom):
            fits = need <= self.width()
            has_place = is_free or widget is self.zoom
            widget.setVisible(has_place and fits and widget in wanted)
            if not fits and widget in wanted:
                need -= widget.sizeHint().width() + gap

    def _show_work(self, on: bool) -> None:  # noqa: FBT001 - as setVisible
        for widget in (self._work, self._progress, self._cancel):
            widget.setVisible(on)

    def _label(self, name: str, accessible_name: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setAccessibleName(accessible_name)
        label.setMinimumWidth(1)  # a narrow window cuts words rather than being held open by them
        return label

    def _button(self, name: str, accessible_name: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setAccessibleName(accessible_name)
        button.setMinimumWidth(1)
        return button
