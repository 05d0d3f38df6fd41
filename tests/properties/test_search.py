"""Every article is found by every word it has, and by no other; no query ever fails."""

import re
import tempfile
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from factories import make_article
from postil.domain.article import Metadata
from postil.domain.found import HitKind
from postil.library import (
    AddAnnotation,
    AddArticle,
    ChangeAnnotation,
    ChangeMetadata,
    DeleteAnnotations,
    DeleteArticles,
    Library,
)
from postil.search import parse
from postil.search.locating import ranges
from postil.search.query import Term
from postil.search.words import spaced, words
from postil.store import search_index

# Letters with and without accents, of scripts with and without spaces, marks that stand alone,
# what is not to be seen, and what parts words.
NASTY = st.text(
    st.sampled_from(
        list("abceABCEéÉèßſİıøØłœǆŉΣσςйЙиё0123٣²½")
        + list("中国國日本かがカ゛ﾊ한국어ไทยก็ำខ្មែរລາວမြန်")
        + list("אָבעَرَبहिन्दीᏣꭰ😀👍🏽🇪°©")
        + list("\u0301\u0308\u0327\u00ad\u200b\u200c\u200d\u2060\ufe0f'’_-.,*\"“:()")
        + [" ", " ", " ", " ", "\u00a0", "\u2028", "\t"]
    ),
    min_size=1,
    max_size=24,
)
ALONE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u31ff\u3400-\u9fff\uac00-\ud7ff\uff66-\uffdc]"
)
QUOTES = '["“”„‟«»]'  # ends of phrases in a query


def units(text):
    """Return the letters of a text as a person reads them, and whether a word begins there.

    This is the oracle: it goes letter by letter and knows neither the index nor its words.
    """
    read, parted = [], True
    for letter in unicodedata.normalize("NFC", text):
        if unicodedata.category(letter) == "Cf" or letter == "\ufe0f":
            continue
        if letter.isspace():
            parted = True
        for plain in bare(letter):
            category = unicodedata.category(plain)
            is_alone = category == "So" or (category[0] in "LNM" and bool(ALONE.match(plain)))
            if category[0] in "LNM" or is_alone:
                read.append((plain, parted or is_alone))
                parted = is_alone
            else:
                parted = True
    return read


def bare(letter):
    """Return a letter without case and European accents, which may take several rounds."""
    for _ in range(3):
        parts = []
        for part in letter:
            split = unicodedata.normalize("NFD", part)
            kept = re.sub("[\u0300-\u036f]", "", split)
            parts.append(part if part in "йЙ" or kept == split else kept)
        letter = "".join(parts).casefold()
    return letter


def has(text, word):
    text, word = units(text), units(word)
    ends = [begins for _, begins in text[1:]] + [True]
    return any(
        [letter for letter, _ in text[at : at + len(word)]] == [letter for letter, _ in word]
        and text[at][1]
        and text[at + 1 : at + len(word)] == word[1:]
        and ends[at + len(word) - 1]
        for at in range(len(text) - len(word) + 1)
    )


def asked(word):
    return parse(f'"{re.sub(QUOTES, " ", word)}"')


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(NASTY, min_size=1, max_size=4))
def test_an_article_is_found_by_every_word_it_has_and_by_no_other(texts):
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "l") as library:
        articles = {}
        for number, text in enumerate(texts):
            command = AddArticle(make_article(f"0{number} {text}", title="-"))
            library.do(command)
            articles[command.id] = library.article(command.id).article.text
        for word in {word for text in articles.values() for word in text.split()}:
            if not units(re.sub(QUOTES, " ", word)):
                assert asked(word).is_empty
                continue
            found = library.search(asked(word))
            wanted = {i for i, text in articles.items() if has(text, re.sub(QUOTES, " ", word))}
            assert set(found.ids) == wanted, word
            for answer in library.hits(found, found.ids):
                (hit,) = [hit for hit in answer.hits if hit.kind is HitKind.TEXT]
                at = articles[answer.row.id][hit.start : hit.end]
                assert units(at) == units(word)
                assert units(hit.words[slice(*hit.matches[0])]) == units(word)


@given(text=NASTY)
def test_the_index_and_the_page_cut_a_text_alike(text):
    cut = spaced(text).translate({code: " " for code in range(128) if not chr(code).isalnum()})
    assert cut.split() == [word.text for word in words(text)]
    for word in words(text):
        assert (word.start, word.end) in ranges(text, [Term((word.text,))])


@given(text=st.text(max_size=200) | NASTY, is_typing=st.booleans())
@example('"', False)
@example('a* NEAR(b c, 2) AND NOT OR {title}: ^x + "', True)
@example("tag:\x00 in:\x00 before:\x00 \x00*", True)
@example("ferry " * 2_000, True)
@example(" ".join(f"w{n}" for n in range(3_000)), False)
@example("中" * 10_000, False)
@example('"' * 10_000, True)
@example("a:" * 5_000, True)
@example("😀* -😀 tag:😀", True)
@example("\ud800 author:\ud800", True)
def test_no_query_fails(some_library, text, is_typing):
    found = some_library.search(parse(text, is_typing=is_typing))
    some_library.hits(found, found.ids)
    some_library.completions(text)


@pytest.fixture(scope="module")
def some_library(tmp_path_factory):
    with Library.open(tmp_path_factory.mktemp("search") / "library.sqlite") as library:
        command = AddArticle(make_article("A ferry, 中国 and 😀.", author="Ada", outlet="Post"))
        library.do(command)
        library.do(AddAnnotation(command.id, 2, 7, ("Own",), "w1 note"))
        yield library


class Walk(RuleBasedStateMachine):
    """Whatever is done and undone, the index has just the words of the rows."""

    @initialize()
    def open_library(self):
        self.folder = tempfile.TemporaryDirectory()
        self.library = Library.open(Path(self.folder.name) / "library.sqlite")

    def teardown(self):
        if hasattr(self, "library"):
            self.library.close()
            self.folder.cleanup()

    def ids(self):
        return [row.id for row in self.library.articles()]

    def marks(self):
        return [mark.id for i in self.ids() for mark in self.library.annotations(i)]

    @rule(text=NASTY, note=st.sampled_from(["", "A note"]))
    def add(self, text, note):
        command = AddArticle(make_article(f"ab {text}"))
        self.library.do(command)
        self.library.do(AddAnnotation(command.id, 0, 2, (), note))

    @precondition(lambda self: self.ids())
    @rule(pick=st.integers(0), title=NASTY)
    def describe(self, pick, title):
        article_id = self.ids()[pick % len(self.ids())]
        self.library.do(ChangeMetadata(article_id, Metadata(title=title, outlet="Post")))

    @precondition(lambda self: self.marks())
    @rule(pick=st.integers(0), note=NASTY)
    def write(self, pick, note):
        self.library.do(ChangeAnnotation(self.marks()[pick % len(self.marks())], note=note))

    @precondition(lambda self: self.marks())
    @rule(pick=st.integers(0))
    def delete_mark(self, pick):
        self.library.do(DeleteAnnotations((self.marks()[pick % len(self.marks())],)))

    @precondition(lambda self: self.ids())
    @rule(pick=st.integers(0))
    def delete_article(self, pick):
        self.library.do(DeleteArticles((self.ids()[pick % len(self.ids())],)))

    @rule()
    def undo(self):
        self.library.undo()

    @rule()
    def redo(self):
        self.library.redo()

    @invariant()
    def fits(self):
        if hasattr(self, "library"):
            with self.library._store.reading() as transaction:
                assert transaction.ask(search_index.fits)


Walk.TestCase.settings = settings(settings.get_profile("dev"), stateful_step_count=20)
TestWalk = Walk.TestCase
