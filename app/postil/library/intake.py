"""Taking things in: an imported article with its marks, or marks for an article that is there.

A text is recognised by its hash and not doubled. Our own file with an edited body becomes a
new version of its article. Each intake is one step of the history.
"""

from dataclasses import dataclass, field, replace

from postil.annotated_markdown import ParsedMark
from postil.domain.annotation import IncomingMark
from postil.domain.article import Metadata
from postil.domain.history import Edit, Revision
from postil.importers import Imported
from postil.library.commands.articles import clean_metadata
from postil.library.library import Library
from postil.library.merging import Merge, Placed
from postil.library.plan import Plan, Situation, shortened
from postil.library.taking import Intake, Taking
from postil.library.versions import GoBack

__all__ = [
    "AddMarks",
    "Intake",
    "ReadAgain",
    "TakeIn",
    "TakeInSeveral",
    "add_marks",
    "keep_apart",
    "read_again",
    "take_in",
    "take_in_several",
]


@dataclass
class TakeIn:
    """Put an imported file into the library; `intake` tells afterwards what became of it."""

    imported: Imported
    separate: bool = False  # an article of its own, though the text or the address is known
    version_of: str = ""  # id of the article of which it is a new version, when that is said
    intake: Intake | None = field(default=None, init=False)

    def plan(self, situation: Situation) -> Plan:
        """Return the edits: entry, text, tags, marks; nothing where all is known."""
        taking = Taking(situation, self.imported)
        plan = taking.plan(separate=self.separate, version_of=self.version_of)
        self.intake = taking.intake
        return plan


@dataclass
class TakeInSeveral:
    """Put parts of a file into the library as an article each, in one step."""

    imported: tuple[Imported, ...]
    subject: str  # what they have in common, such as the title of a book
    intakes: tuple[Intake, ...] = field(default=(), init=False)

    def plan(self, situation: Situation) -> Plan:
        """Return the edits of all of them; a part that is there already stays as it is."""
        edits: list[Edit] = []
        revisions: list[Revision] = []
        intakes: list[Intake] = []
        for one in {imported.article.sha256: imported for imported in self.imported}.values():
            taking = Taking(situation, one)
            plan = taking.plan(separate=True, version_of="")
            intakes.append(taking.intake)
            if taking.intake.status == "new":
                edits += plan.edits
                revisions += plan.revisions
        self.intakes = tuple(intakes)
        originals = {one.original.sha256: one.original for one in self.imported}
        return Plan(
            "add-articles",
            shortened(self.subject),
            intakes[0].article_id if intakes else "",
            tuple(edits),
            originals=tuple(originals.values()),
            revisions=tuple(revisions),
        )


@dataclass
class ReadAgain:
    """Give an article the text its bytes have in another encoding; its marks are carried over.

    What the former reading said of the article, and nobody changed since, is told anew.
    """

    article_id: str
    imported: Imported
    told: Metadata  # by the former reading
    intake: Intake | None = field(default=None, init=False)

    def plan(self, situation: Situation) -> Plan:
        """Return the edits: entry, text, marks; nothing where the text is the same."""
        record = situation.article(self.article_id)
        taking = Taking(situation, self.imported)
        plan = taking.plan_again(record, clean_metadata(self.told))
        self.intake = taking.intake
        return plan


@dataclass
class AddMarks:
    """Add marks from a file to an article that is there; `placed` tells what became of them."""

    article_id: str
    marks: tuple[IncomingMark, ...]
    placed: tuple[Placed, ...] = field(default=(), init=False)

    def plan(self, situation: Situation) -> Plan:
        """Return the edits: new tags, then the marks."""
        record = situation.article(self.article_id)
        existing = situation.article_annotations(record.id)
        merge = Merge(situation, record, situation.text(record.revision_id), existing)
        merge.take(map(ParsedMark, self.marks))
        self.placed = tuple(merge.placed)
        subject = shortened(record.metadata.title)
        return Plan("take-in-marks", subject, record.id, (*merge.tagging.edits, *merge.edits))


def take_in(
    library: Library, imported: Imported, *, separate: bool = False, version_of: str = ""
) -> Intake:
    """Put an imported file into the library.

    Args:
        library: the library.
        imported: what was read.
        separate: make it an article of its own, though the text or the address is known.
        version_of: id of the article of which it is a new version.

    Raises:
        UserError: the library refuses it; nothing changed.
    """
    return _done(library, TakeIn(imported, separate, version_of))


def take_in_several(
    library: Library, imported: tuple[Imported, ...], subject: str
) -> tuple[Intake, ...]:
    """Put parts of a file into the library as an article each, in one step.

    Args:
        library: the library.
        imported: the parts.
        subject: what they have in common, for the history.

    Raises:
        UserError: the library refuses them; nothing changed.
    """
    command = TakeInSeveral(imported, subject)
    step = library.do(command).step
    number = step.id if step else 0
    return tuple(
        replace(intake, step=number) if intake.status == "new" else intake
        for intake in command.intakes
    )


def keep_apart(library: Library, intake: Intake) -> Intake:
    """Make an article of its own of what was taken for a known one, or a new version of it.

    The version is taken back; where more was done since, the article goes back to its text.

    Args:
        library: the library.
        intake: tells `apart`.

    Raises:
        UserError: the library refuses it; what was done until then can be undone.
    """
    assert intake.apart is not None
    if intake.status == "revised":
        step = library.undo_step()
        told = ("revise-article", intake.article_id)
        if step is not None and (step.name, step.article_id) == told:
            library.undo(step)
        else:
            own = intake.apart.article.sha256
            versions = library.versions(intake.article_id)
            found = next((n for n, v in enumerate(versions) if v.sha256 == own), None)
            if found == 0:  # later texts stay as they are
                library.do(GoBack(intake.article_id, versions[1].id))
    return take_in(library, intake.apart, separate=True)


def read_again(library: Library, article_id: str, imported: Imported, told: Metadata) -> Intake:
    """Give an article the text its bytes have in another encoding, as a new version of it.

    Raises:
        UserError: the library refuses it; nothing changed.
    """
    return _done(library, ReadAgain(article_id, imported, told))


def add_marks(
    library: Library, article_id: str, marks: tuple[IncomingMark, ...]
) -> tuple[Placed, ...]:
    """Add marks from a file to an article, one step for all.

    Raises:
        UserError: the article is not there, or the library refuses; nothing changed.
    """
    command = AddMarks(article_id, marks)
    library.do(command)
    return command.placed


def _done(library: Library, command: TakeIn | ReadAgain) -> Intake:
    """Do it and return what became of the file, with the step it was."""
    step = library.do(command).step
    assert command.intake is not None
    return replace(command.intake, step=step.id if step else 0)
