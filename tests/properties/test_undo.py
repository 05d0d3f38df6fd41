"""Any walk of doing, undoing, redoing and reopening: the library is what a model says it is."""

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from factories import make_article
from postil.domain.annotation import Status
from postil.domain.article import Metadata
from postil.domain.errors import UserError
from postil.library import (
    AddAnnotation,
    AddArticle,
    ChangeAnnotation,
    ChangeMetadata,
    CollectArticles,
    DeleteAnnotations,
    DeleteArticles,
    DeleteCollection,
    EnableCodebook,
    Library,
    MoveAnnotation,
    NewCollection,
    UncollectArticles,
)

WORDS = "Emoji 😀 and café, שלום and\u00a0more words to mark."
LENGTH = len(WORDS)


def seen(library):
    """Return all a person can see."""
    rows = library.articles()
    return (
        sorted(rows, key=lambda row: row.id),
        {row.id: library.article(row.id).record for row in rows},
        {row.id: library.annotations(row.id) for row in rows},
        library.tag_sets(),
        sorted(library.shelving.collection_paths().items()),
        set(library.shelving.memberships([row.id for row in rows])),
    )


class Walk(RuleBasedStateMachine):
    """The model: a list of what was seen after each step, and where in it we stand."""

    @initialize()
    def open_library(self):
        self.folder = Path(tempfile.mkdtemp())
        self.library = Library.open(self.folder / "library.sqlite")
        self.states = [seen(self.library)]
        self.at = 0

    def teardown(self):
        if hasattr(self, "library"):
            self.library.close()
            shutil.rmtree(self.folder)

    def do(self, command):
        if self.library.do(command).edits:
            self.states = [*self.states[: self.at + 1], seen(self.library)]
            self.at += 1

    def articles(self):
        return sorted(self.states[self.at][1])

    def marks(self):
        return [mark for marks in self.states[self.at][2].values() for mark in marks]

    @rule(number=st.integers(0, 3))
    def add_article(self, number):
        self.do(AddArticle(make_article(f"{number} {WORDS}")))

    @precondition(lambda self: self.articles())
    @rule(
        pick=st.integers(0),
        start=st.integers(0, LENGTH - 1),
        length=st.integers(1, LENGTH),
        tags=st.lists(st.sampled_from(["persuasion23/doubt", "Own", "Öwn 😀"]), max_size=2),
    )
    def add_mark(self, pick, start, length, tags):
        articles = self.articles()
        end = min(start + length, LENGTH)
        self.do(AddAnnotation(articles[pick % len(articles)], start, end, tuple(tags)))

    @precondition(lambda self: self.marks())
    @rule(pick=st.integers(0), note=st.sampled_from(["", "a", "*b* 😀"]), tagged=st.booleans())
    def change_mark(self, pick, note, tagged):
        mark = self.marks()[pick % len(self.marks())]
        tags = ("Another one", *mark.tags) if tagged else None
        self.do(ChangeAnnotation(mark.id, note=note, tags=tags, status=Status.OPEN))

    @precondition(lambda self: self.marks())
    @rule(pick=st.integers(0), start=st.integers(0, LENGTH - 1))
    def move_mark(self, pick, start):
        self.do(MoveAnnotation(self.marks()[pick % len(self.marks())].id, start, LENGTH))

    @precondition(lambda self: self.marks())
    @rule(pick=st.integers(0))
    def delete_mark(self, pick):
        self.do(DeleteAnnotations((self.marks()[pick % len(self.marks())].id,)))

    @precondition(lambda self: self.articles())
    @rule(pick=st.integers(0))
    def delete_article(self, pick):
        self.do(DeleteArticles((self.articles()[pick % len(self.articles())],)))

    @precondition(lambda self: self.articles())
    @rule(pick=st.integers(0), title=st.sampled_from(["", "A", "B"]))
    def rename(self, pick, title):
        articles = self.articles()
        self.do(ChangeMetadata(articles[pick % len(articles)], Metadata(title=title)))

    @rule(name=st.sampled_from(["A", "B"]), pick=st.integers(0), inside=st.booleans())
    def make_collection(self, name, pick, inside):
        known = [one for one, _ in self.states[self.at][4]]
        parent = known[pick % len(known)] if known and inside else None
        with suppress(UserError):  # the name is taken there
            self.do(NewCollection(name, parent))

    @precondition(lambda self: self.states[self.at][4])
    @rule(pick=st.integers(0), into=st.booleans())
    def put_in_or_take_out(self, pick, into):
        known = [one for one, _ in self.states[self.at][4]]
        command = CollectArticles if into else UncollectArticles
        self.do(command(tuple(self.articles()), known[pick % len(known)]))

    @precondition(lambda self: self.states[self.at][4])
    @rule(pick=st.integers(0))
    def delete_collection(self, pick):
        known = [one for one, _ in self.states[self.at][4]]
        self.do(DeleteCollection(known[pick % len(known)]))

    @rule(enabled=st.booleans())
    def switch_codebook(self, enabled):
        self.do(EnableCodebook("claims", enabled=enabled))

    @rule()
    def undo(self):
        changes = self.library.undo()
        assert (changes is None) == (self.at == 0)
        self.at = max(self.at - 1, 0)

    @rule()
    def redo(self):
        changes = self.library.redo()
        assert (changes is None) == (self.at == len(self.states) - 1)
        self.at = min(self.at + 1, len(self.states) - 1)

    @rule()
    def reopen(self):
        self.library.close()
        self.library = Library.open(self.folder / "library.sqlite")

    @invariant()
    def is_what_the_model_says(self):
        if hasattr(self, "library"):
            assert seen(self.library) == self.states[self.at]


Walk.TestCase.settings = settings(settings.get_profile("dev"), stateful_step_count=25)
TestWalk = Walk.TestCase
