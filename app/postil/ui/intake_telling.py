"""What became of what was taken in: opened, said in a toast, and kept as a report."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from postil.domain.errors import UserError
from postil.library import DeleteAnnotations
from postil.ui.counting import counted
from postil.ui.file_batch import Fate, Outcome, summary
from postil.ui.toast import Because, Notices
from postil.ui.versions_words import carried_words
from postil.ui.waiting import WaitingDesk

if TYPE_CHECKING:
    from postil.library.intake import Intake

_SENTENCES = 6  # of what was refused; the report has all of them


class Telling(QObject):
    """Tells how it went.

    Args:
        desk: has the library, and opens what was taken in.
        notices: where to tell it.
        take: takes in files once more.
        parent: owns this; the window of the report.
    """

    check_wanted = Signal()  # show what was left out of the page of the open article

    def __init__(
        self,
        desk: WaitingDesk,
        notices: Notices,
        take: Callable[[Sequence[Path]], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._notices = notices
        self._take = take
        self._outcomes: Sequence[Outcome] = ()

    def end_batch(
        self,
        taken: Sequence["Intake"],
        failures: Sequence[UserError],
        outcomes: Sequence[Outcome],
    ) -> None:
        """Make one step of what was taken in together, and tell how it went."""
        steps = [intake.step for intake in taken if intake.step]
        self._desk.patiently(lambda: self._desk.library.history.join(steps))
        self.report(taken, failures, outcomes)

    def report(
        self,
        taken: Sequence["Intake"],
        failures: Sequence[UserError] = (),
        outcomes: Sequence[Outcome] = (),
    ) -> None:
        """Open the last article taken in and tell what became of all of them."""
        if taken:
            self._desk.open_article(taken[-1].article_id)
        is_left = any(one.fate is Fate.LEFT for one in outcomes)
        if len(outcomes) > 1:
            self._outcomes = outcomes
        if len(taken) == 1 and not failures and not is_left:
            self._report_one(taken[0])
        elif taken or is_left:
            self._notices.say(
                summary(outcomes), self.tr("Report…") if len(outcomes) > 1 else "", self.show_report
            )
        sentences = [str(failure) for failure in failures]
        sentences += dict.fromkeys(remark for intake in taken for remark in intake.remarks)
        if new_tags := dict.fromkeys(name for intake in taken for name in intake.new_tags):
            sentences.append(self.tr("New under My tags: {0}").format(", ".join(new_tags)))
        if (more := len(sentences) - _SENTENCES) > 0:
            del sentences[_SENTENCES:]
            sentences.append(counted(more, "And 1 more.", "And %n more."))
        if sentences:
            self._notices.banner.tell(
                "\n".join(sentences), grave=bool(failures), reason=Because.TAKEN_IN
            )

    def show_report(self) -> None:
        """Show what became of the files that were taken in together last."""
        if not self._outcomes:
            self._notices.say(self.tr("No files were taken in together yet"))
            return
        from postil.ui.dialogs.intake_report import IntakeReport

        window = self.parent()
        assert isinstance(window, QWidget)
        IntakeReport(self._outcomes, self._desk.open_article, self._take, window).show()

    def _report_one(self, intake: "Intake") -> None:
        texts = {
            "new": self.tr("Taken in: {0}"),
            "known": self.tr("Already in the library: {0}"),
            "revised": self.tr("New version of {0}"),
        }
        text = texts[intake.status].format(intake.title) + carried_words(intake.carried)
        if intake.apart is not None:
            self._notices.say(
                text,
                self.tr("Keep as a Separate Article"),
                lambda: self._desk.patiently(lambda: self._keep_apart(intake)),
            )
        elif intake.missing:
            missing = intake.missing
            text += " · " + counted(
                len(missing), "1 mark is not in the file", "%n marks are not in the file"
            )
            self._notices.say(
                text,
                self.tr("Delete Them"),
                lambda: self._desk.do(DeleteAnnotations(tuple(missing))),
            )
        elif intake.left_out and intake.status != "known":
            self._notices.say(text, self.tr("Check What Was Left Out"), self.check_wanted.emit)
        else:
            self._notices.say(text)

    def _keep_apart(self, intake: "Intake") -> None:
        """Make an article of its own of what was taken for another one, or a version of it."""
        from postil.library.intake import keep_apart

        self.report((keep_apart(self._desk.library, intake),))
