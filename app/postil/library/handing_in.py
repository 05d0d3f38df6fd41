"""Merging by file: work of others, from any number of files, in one step.

The article of each file is found by its words; its marks are placed on the text the article
has here, and settled with those that are there. Files are gone through in an order of their
own, so that the order in which they are given does not matter.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from postil.annotated_markdown import ParsedMark
from postil.domain.annotation import IncomingMark
from postil.domain.article import Article, Original
from postil.domain.canonical import clean_line
from postil.domain.history import ArticleRecord, Edit, Revision
from postil.importers.reading import by_words
from postil.library.bold_names import meant_marks
from postil.library.commands.articles import new_article
from postil.library.commands.conflicts import rival_of
from postil.library.finding_article import ArticleFinder, Found
from postil.library.handed_in import (
    HandedIn,
    Merged,
    MergedFile,
    MergedMark,
    Recognition,
)
from postil.library.merging import Place, Placer, arrived, ends_of, id_beside, own_id
from postil.library.plan import Plan, Situation, new_id, shortened
from postil.library.settling import Arrival, Settling, id_of_content
from postil.library.tagging import Tagging
from postil.store import history

# Where the marks of a file stand in a text: by hash of the file's bytes and hash of the text.
Places = dict[tuple[str, str], tuple[Place, ...]]


@dataclass
class HandIn:
    """Merge files into the library; `merged` tells afterwards what became of each.

    Files whose article is not sure are left aside and told. What was planned stands as long as
    nothing else changes in the library, so that a merge that was rehearsed takes no second look.

    Args:
        files: what was read, and what a person said of each.
        places: what was found out by an earlier plan, to be used again.
    """

    files: tuple[HandedIn, ...]
    places: Places = field(default_factory=dict)
    merged: Merged = field(default_factory=Merged, init=False)
    _planned: tuple[object, Plan] | None = field(default=None, init=False)

    def plan(self, situation: Situation) -> Plan:
        """Return the edits of all files, in one step.

        Raises:
            UserError: an article that was chosen is not there any more.
        """
        ask = situation.transaction.ask
        state = (ask(history.next_step, redo=False), ask(history.next_step, redo=True))
        if self._planned is None or self._planned[0] != state:
            self._planned = (state, self._plan(_Merging(situation, self.files, self.places)))
        return self._planned[1]

    def _plan(self, merging: "_Merging") -> Plan:
        self.merged = Merged(tuple(merging.file_reports()))
        subject = self.files[0].work.name if len(self.files) == 1 else str(len(self.files))
        return Plan(
            "merge-file" if len(self.files) == 1 else "merge-files",
            shortened(subject),
            merging.first_article,
            tuple(merging.edits()),
            originals=tuple(merging.originals),
            revisions=tuple(merging.revisions),
        )


@dataclass
class _Board:
    """One article on which files come together."""

    record: ArticleRecord
    article: Article
    settling: Settling
    is_new: bool = False
    notes: dict[str, list[int]] = field(default_factory=dict)  # on it all, and in which files
    answers: dict[tuple[str, str], list[int]] = field(default_factory=dict)  # by question, answer
    placer: Placer | None = None  # for files with the very text


class _Merging:
    """Files on their way in."""

    def __init__(self, situation: Situation, files: Sequence[HandedIn], places: Places) -> None:
        self._situation = situation
        self._files = files
        self._places = places
        self._tagging = Tagging(situation)
        self._boards: dict[str, _Board] = {}
        self.originals: list[Original] = []
        self.revisions: list[Revision] = []
        self._found: dict[int, Found] = {}
        self._remarks: dict[int, list[str]] = defaultdict(list)
        self._made: dict[int, tuple[str, ...]] = {}
        self._marks: dict[int, list[MergedMark]] = defaultdict(list)
        self._ids: dict[int, set[str]] = {}  # of the marks in a file, as they are here
        self._taken: dict[str, str] = {}  # which article has the mark with an id
        self._merge()

    # --- in ---

    def _merge(self) -> None:
        arrivals: dict[str, list[Arrival]] = defaultdict(list)
        seen: set[str] = set()
        order = sorted(range(len(self._files)), key=self._sort_key)
        self._look_up_ids()
        finder = ArticleFinder(self._situation, self._taken)
        for file in order:
            work = self._files[file].work
            if work.sha256 in seen:
                self._found[file] = Found(Recognition.REPEATED)
                continue
            seen.add(work.sha256)
            new = [(b.record.id, b.article) for b in self._boards.values() if b.is_new]
            found = self._found[file] = finder.find(self._files[file], new)
            if not found.recognition.is_settled:
                continue
            board = self._board(found.article_id, file)
            made = len(self._tagging.made)
            arrivals[board.record.id] += self._arrivals(file, board)
            self._made[file] = tuple(tag.name for tag in self._tagging.made[made:])
            self._note_on_article(board, file)
        for article_id, arrived_here in arrivals.items():
            for file, merged in self._boards[article_id].settling.settle(arrived_here):
                self._marks[file].append(merged)
        for board in self._boards.values():
            self._write_on_article(board)

    def _sort_key(self, file: int) -> tuple[bool, str, str]:
        """Files with an article come first: a list of marks may be of one that they bring."""
        handed = self._files[file]
        return (handed.work.imported is None, handed.work.sha256, handed.alias)

    def _look_up_ids(self) -> None:
        """Find out which article has the marks whose ids stand in the files."""
        ids = {
            own_id(parsed.mark, "")
            for handed in self._files
            for parsed in handed.work.marks
            if parsed.mark.id
        }
        for mark in self._situation.annotations(sorted(ids)):
            self._taken[mark.id] = mark.article_id

    # --- the article ---

    def _board(self, article_id: str, file: int) -> _Board:
        """Return the article a file goes to; without an id, a new one."""
        if not article_id:
            return self._new_board(file)
        if article_id not in self._boards:
            record = self._situation.article(article_id)
            article = self._situation.text(record.revision_id)
            settling = Settling(self._situation.article_annotations(article_id))
            self._boards[article_id] = _Board(record, article, settling)
        return self._boards[article_id]

    def _new_board(self, file: int) -> _Board:
        imported = self._files[file].work.imported
        assert imported is not None
        record, revision = new_article(
            imported.article, imported.original, article_id=new_id(), now=self._situation.now
        )
        self.originals.append(imported.original)
        self.revisions.append(revision)
        board = _Board(record, imported.article, Settling(()), is_new=True)
        self._boards[record.id] = board
        self._found[file] = replace(self._found[file], article_id=record.id)
        return board

    # --- the marks ---

    def _arrivals(self, file: int, board: _Board) -> Iterator[Arrival]:
        handed = self._files[file]
        work, record = handed.work, board.record
        imported = work.imported
        sha256 = imported.article.sha256 if imported else work.claimed_sha256
        same_text = sha256 == board.article.sha256
        marks: Sequence[ParsedMark] = work.marks
        if imported is not None:
            self._tagging.add_sets(imported.tag_sets)
            marks = tuple(meant_marks(imported, self._tagging, with_pieces=same_text))
        places = self._placed(handed, marks, board, same_text=same_text)
        ids = [self._own_id(parsed, record.id) for parsed in marks]
        self._ids[file] = set(filter(None, ids))
        ends = ends_of(marks, ids)
        for parsed, mark_id, place in zip(marks, ids, places, strict=True):
            signed = clean_line(parsed.mark.author)
            mark = arrived(
                parsed,
                place,
                record,
                self._tagging,
                ends,
                mark_id=mark_id or new_id(),
                author=signed or clean_line(handed.alias),
                now=self._situation.now,
            )
            yield Arrival(
                file,
                mark if mark_id else replace(mark, id=id_of_content(mark)),
                _stamp(parsed.mark),
                is_signed=bool(signed),
                has_id=bool(mark_id),
                is_bare=parsed.mark.counts_utf16,  # Hypothesis
                same_text=same_text,
            )

    def _own_id(self, parsed: ParsedMark, article_id: str) -> str:
        """Return a mark's id, another one where a mark of another article has it."""
        mark_id = own_id(parsed.mark, article_id)
        if mark_id and self._taken.setdefault(mark_id, article_id) != article_id:
            return id_beside(mark_id, article_id)
        return mark_id

    def _placed(
        self, handed: HandedIn, marks: Sequence[ParsedMark], board: _Board, *, same_text: bool
    ) -> tuple[Place, ...]:
        """Return where the marks of a file stand, as found before or now."""
        work, imported = handed.work, handed.work.imported
        key = (work.sha256, board.article.sha256)
        if key not in self._places:
            if same_text or imported is None:
                placer = board.placer = board.placer or Placer(board.article)
            else:
                text = imported.article.text
                placer = Placer(board.article, text)
                marks = [
                    ParsedMark(
                        by_words(whole, text, counted=imported.hash_matches), claimed=whole.claimed
                    )
                    for whole in work.marks
                ]
            self._places[key] = tuple(map(placer.place, marks))
        return self._places[key]

    # --- what is said of the whole article ---

    def _note_on_article(self, board: _Board, file: int) -> None:
        imported = self._files[file].work.imported
        if imported is not None and imported.note:
            board.notes.setdefault(imported.note, []).append(file)
        for said in imported.answers if imported is not None else ():
            board.answers.setdefault(said, []).append(file)

    def _write_on_article(self, board: _Board) -> None:
        """Fill what is empty here with what the files agree on; tell what was not taken."""
        note = board.record.note
        if not note and len(board.notes) == 1:
            (note,) = board.notes
        answers = dict(board.record.answers)
        many = Counter(question for question, _ in board.answers)
        known = self._tagging.names()
        for question, answer in sorted(board.answers):
            if question not in answers and many[question] == 1 and question in known:
                answers[question] = answer
        board.record = replace(board.record, note=note, answers=tuple(answers.items()))
        for said, files in board.notes.items():
            if said != note:
                self._remark(files, "note on the article", said)
        for (question, said), files in board.answers.items():
            if said != answers.get(question):
                self._remark(files, "answer to a question", said)

    def _remark(self, files: Sequence[int], what: str, said: str) -> None:
        for file in files:
            self._remarks[file].append(f"Its {what} was not taken: “{shortened(said)}”.")

    # --- out ---

    @property
    def first_article(self) -> str:
        """The article of the first file that has one."""
        found = (self._found[file].article_id for file in range(len(self._files)))
        return next(filter(None, found), "")

    def edits(self) -> Iterator[Edit]:
        """Yield new tags, then each article with its marks."""
        yield from self._tagging.edits
        for article_id, board in self._boards.items():
            before = None if board.is_new else self._situation.article(article_id)
            if before != board.record:
                yield Edit(before, board.record)
            yield from board.settling.edits()

    def file_reports(self) -> Iterator[MergedFile]:
        """Yield what became of each file."""
        for file, handed in enumerate(self._files):
            found, work = self._found[file], handed.work
            board = self._boards.get(found.article_id)
            marks = tuple(sorted(self._marks[file], key=lambda merged: merged.mark.anchor.start))
            yield MergedFile(
                name=work.name,
                recognition=found.recognition,
                article_id=found.article_id,
                title=board.record.metadata.title if board else "",
                likeness=found.likeness,
                candidates=tuple((one, self._title(one)) for one in found.candidates),
                alias=handed.alias,
                nameless=sum(not clean_line(parsed.mark.author) for parsed in work.marks),
                marks=marks,
                missing=tuple(self._missing(file, board)) if board else (),
                new_tags=self._made.get(file, ()),
                remarks=(*work.remarks, *self._remarks[file]),
            )

    def _title(self, article_id: str) -> str:
        if article_id in self._boards:
            return self._boards[article_id].record.metadata.title
        return self._situation.article(article_id).metadata.title

    def _missing(self, file: int, board: _Board) -> Iterator[str]:
        """Yield the marks by authors of a whole file of ours that it does not have any more."""
        work = self._files[file].work
        if work.imported is None or not work.imported.is_ours or work.imported.partial:
            return
        authors = {clean_line(parsed.mark.author) for parsed in work.marks}
        told = self._ids[file] | {merged.mark.id for merged in self._marks[file]}
        for mark in board.settling.existing.values():
            is_whole = mark.placement.is_placed  # a file never has the loose ones
            if is_whole and mark.author in authors and not {mark.id, rival_of(mark)} & told:
                yield mark.id


def _stamp(mark: IncomingMark) -> str:
    """Return when a mark was last edited, as its file says; empty where that is no time."""
    is_unsure = any(key == "edited" for key, _ in mark.extra)
    return "" if is_unsure else clean_line(mark.edited) or clean_line(mark.created)
