"""Sentences: abbreviations of each language, closing marks, and texts meant to take long."""

import pytest

from factories import make_article
from postil.sentences import number_in, sentences_at, sentences_in

PLAIN = "One is here. Two stands there."


def split(text, language):
    return [text[start:end].strip() for start, end in sentences_in(text, language)]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["Dr. Smith met Mr. J. R. Jones at 5 p.m. on Jan. 3.", "The U.S. army said no."]),
        ("en-GB", ["“Will it pay?” he asked.", "It won't!", "Really…"]),
        ("de", ["Am 3. Mai kam Dr. Müller z. B. um 5 Uhr.", "Er sagte: „Nein.“", "Er ging."]),
        ("fr", ["M. Dupont est venu.", "Pourquoi ?", "Rien."]),
        ("sv", ["Dr. Åberg kom kl. 5 den 3. Maj.", "Han sa nej. eller så.", "J. R. Larsson log."]),
        ("sv", ["Nej!", "(Varför inte?)", ". . . Det sa hon."]),
        ("", ["Nobody knows in which language.", "Why?"]),
    ],
)
def test_sentences_end_where_people_end_them(language, sentences):
    assert split(" ".join(sentences), language) == sentences


@pytest.mark.parametrize("language", ["zh-Hans", "yue"])
def test_no_blank_is_needed_and_closing_marks_stay_with_their_sentence(language):
    assert split("他走了。“为什么？”她问。", language) == ["他走了。", "“为什么？”", "她问。"]


def test_a_line_and_a_cell_are_never_the_middle_of_a_sentence():
    assert split("No stop\u2028here\t12", "en") == ["No stop", "here", "12"]


def test_a_sentence_longer_than_what_is_looked_at_at_once_stays_whole():
    long = "word " * 450 + "end."
    assert split(f"{PLAIN} {long} Three.", "en") == [
        "One is here.",
        "Two stands there.",
        long,
        "Three.",
    ]


def test_places_are_those_of_the_article_and_numbers_begin_with_one():
    article = make_article(PLAIN, PLAIN)
    second = article.blocks[1].start
    assert sentences_at(article, second) == ((second, second + 13), (second + 13, second + 30))
    assert [number_in(article, at) for at in (0, 12, 13, len(PLAIN))] == [1, 1, 2, 2]
    assert sentences_in("", "en") == ()


@pytest.mark.timeout(120)  # a second at most; hours for the square
@pytest.mark.parametrize("piece", ["Mr. Smith said so. ", ". ", '." ', "a.", "(", "...", "1. "])
def test_no_paragraph_takes_long(piece):
    text = (piece * 1_000_000)[:1_000_000]
    found = sentences_in(text, "en")
    sentences_in(text[:9_999], "it")
    assert found[-1][1] == len(text)


def test_warnings_of_the_library_are_not_ours(tmp_path):
    """Its patterns have escapes that newer Pythons warn of when they compile them."""
    import subprocess
    import sys

    code = (
        f"import sys; sys.path[:] = {sys.path!r}; sys.pycache_prefix = {str(tmp_path)!r}\n"
        "from postil.sentences import sentences_in\n"
        "assert 'pysbd' not in sys.modules\n"
        f"print(len(sentences_in({PLAIN!r}, 'en')))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("2\n", "")
