"""Files that were cut off, and files that people have shortened: the first are refused."""

import re

import pytest

from factories import make_annotation, make_article
from postil.annotated_markdown import HandedOn, parse, write
from postil.annotated_markdown.wholeness import refuse_beginning
from postil.domain.errors import UserError

END = "\n<!-- end of file -->\n"


def read(text):
    """Read as the importers do, who also look at texts too short to name a format."""
    refuse_beginning(text)
    return parse(text)


def older(written):
    """Return a file as versions wrote it that did not say how it ends."""
    assert written.endswith(END)
    return written.removesuffix(END).replace('last_line: "end of file"\n', "")


def small():
    article = make_article("One two.", "Three füür five.")
    marks = (
        make_annotation(article, "two.\nThree", number=1, note="Why?\n\nBecause.", tags=("my/x",)),
        make_annotation(article, "füür", number=2, author="ana"),
    )
    return article, marks


def files():
    article, marks = small()
    yield "marks", write(HandedOn(article, marks))
    yield "words only", write(HandedOn(article))
    yield "sections", write(HandedOn(article, marks, note="All.", answers=(("my/q", "Yes."),)))
    yield "sections without marks", write(HandedOn(article, note="All of it."))


FILES = dict(files())


@pytest.mark.parametrize("name", FILES)
def test_a_cut_at_any_byte_is_refused_or_loses_nothing(name):
    data = FILES[name].encode()
    whole = parse(FILES[name])
    taken = []
    for end in range(1, len(data)):
        try:
            parsed = read(data[:end].decode("utf-8", "ignore"))
        except UserError:
            continue
        assert parsed == whole
        taken.append(end)
    assert taken == [len(data) - 1]


@pytest.mark.parametrize("name", FILES)
def test_a_cut_in_an_older_file_never_takes_words_or_pieces_without_their_notes(name):
    data = older(FILES[name]).encode()
    whole = parse(older(FILES[name]))
    for end in range(1, len(data)):
        try:
            parsed = read(data[:end].decode("utf-8", "ignore"))
        except UserError:
            continue
        assert parsed.article.text == whole.article.text
        assert [m.mark.id for m in parsed.marks][:1] == [m.mark.id for m in whole.marks][:1]


@pytest.mark.parametrize(
    ("cut", "reason"),
    [
        ("---\nform", "in its first lines"),
        ('---\nformat: "postil/1"\ntext_len', "in its front matter"),
        (FILES["marks"][:300], "its last line, “<!-- end of file -->”, is missing"),
        (older(FILES["marks"])[:210], r"the text has 10 of 25 characters"),
        (older(FILES["marks"])[:-12], r"its last line is not whole"),
        (older(FILES["sections"])[:-70].rpartition("-->")[0], r"its last line is not whole"),
        (older(FILES["marks"]).split("\n\n[^a2]: ")[0], r"\[\^a2\] and all after it are missing"),
        (older(FILES["marks"]).split("\n\n[^a1]: ")[0], r"\[\^a1\] and all after it are missing"),
    ],
)
def test_the_refusal_says_what_is_missing(cut, reason):
    with pytest.raises(UserError, match=reason) as refused:
        read(cut)
    assert "Get the whole file again" in refused.value.remedy


def dropped(pattern):
    return lambda written: re.sub(pattern, "", written, flags=re.DOTALL)


SHORTENED = {
    "a paragraph": dropped(r"One <mark.*?</mark>\n\n"),
    "the last paragraph": dropped(r"<mark class=.a1.>Three.*?\n\n(?=\[)"),
    "the first note": dropped(r"\[\^a1\]: .*?(?=\[\^a2\]: )"),
    "the last note": dropped(r"\[\^a2\]: .*?`\n\n"),
    "all notes": dropped(r"\[\^a1\]: .*`\n\n"),
    "a line of code": dropped(r" {4}`id=[^`]*2 at[^`]*`\n\n"),
    "words": dropped(r" five"),
}


@pytest.mark.parametrize("name", SHORTENED)
def test_what_people_take_out_stays_out(name):
    written = FILES["marks"]
    shortened = SHORTENED[name](written)
    assert len(shortened) < len(written)
    parsed = read(shortened)
    assert parsed.is_ours
    assert "[^" not in parsed.article.text


def test_words_written_after_the_last_line_belong_to_the_article():
    parsed = parse(FILES["words only"] + "\nSix seven.\n")
    assert parsed.article.text == "One two.\nThree füür five.\nSix seven."
    parsed = parse(FILES["words only"].replace(END, "\nSix seven.\n" + END))
    assert parsed.article.text == "One two.\nThree füür five.\nSix seven."


def test_a_file_of_another_program_may_end_where_it_likes():
    assert parse("---\ntitle: x\n---\n\nWords <mark class='a1'>here").article.text == "Words here"
    parsed = parse('---\nformat: "postil/1"\n---\n\nOne <mark class="a1">two</mark>')
    assert parsed.article.text == "One two"
