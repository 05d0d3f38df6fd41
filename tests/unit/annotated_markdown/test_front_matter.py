import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.annotated_markdown import HandedOn, parse, write
from postil.annotated_markdown.front_matter import read_front_matter
from postil.annotated_markdown.tag_sets import read_tags_value, tags_value
from postil.domain.article import BlockKind, Metadata
from postil.domain.builder import ArticleBuilder
from postil.domain.canonical import clean_line
from postil.domain.tags import Codebook, Group, LineStyle, Tag, TagSet

HEX = "a" * 64


def article(**about):
    return ArticleBuilder(Metadata(**about)).block(BlockKind.PARAGRAPH, "Words.").finish()


def front(text):
    """Return what a front matter of these lines says."""
    return read_front_matter(f"---\n{text}\n---\n\nWords.".split("\n"))[0]


def test_all_keys_in_their_order():
    given_on = HandedOn(
        article(
            title="t",
            author="a",
            outlet="o",
            source="s",
            published="p",
            modified="m",
            retrieved="r",
            language="en",
            extra=("mood: calm", "# said", "list:", "- one"),
        ),
        codebooks=("my@1",),
        original_sha256=HEX,
        partial=True,
    )
    written = write(given_on)
    keys = [line.partition(":")[0] for line in written.split("\n---\n")[0].split("\n")[1:]]
    assert keys == [
        *("format", "title", "author", "outlet", "source", "published", "modified", "retrieved"),
        *(
            "language",
            "original_sha256",
            "codebooks",
            "partial",
            "text_sha256",
            "text_length",
            "offset_unit",
        ),
        "last_line",
        *("mood", "# said", "list", "- one"),
    ]
    about = parse(written).article.metadata
    assert (about.original_sha256, about.extra) == (HEX, given_on.article.metadata.extra)


@given(st.text(min_size=1).map(clean_line).filter(bool))
def test_any_title_comes_back_by_json_and_by_yaml(title):
    import yaml

    written = write(HandedOn(article(title=title)))
    assert parse(written).article.metadata.title == title
    assert yaml.load(written.split("---\n")[1], Loader=yaml.BaseLoader)["title"] == title


def test_lines_of_others_can_not_end_or_change_our_part():
    lines = ("  loose", "---", "...", "title: mine", "  goes on", "ok: 1", "---", "\nx: y", "  z")
    written = write(HandedOn(article(title="ours", extra=lines)))
    about = parse(written).article.metadata
    assert about.title == "ours"
    assert about.extra == ("ok: 1", " x: y", "  z")
    assert write(HandedOn(parse(written).article)) == written


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ('title: "a \\"b\\" c"', 'a "b" c'),
        ("title: 'a ''b'' c'", "a 'b' c"),
        ("title: plain words", "plain words"),
        ("title: 1984", "1984"),
        ("title: true", ""),
        ("title : “curly”", "curly"),
        ("title: “a “b” c”", "a “b” c"),
        ("title: »a«", "a"),
        ("title: >\n  folded\n  words", "folded words"),
        ("title: [not, one]", ""),
        ("title: [broken", "[broken"),
        ("title: {a: *b}", "{a: *b}"),
        ("title:\ntitle: second", ""),
        ("title: " + "[" * 5000, "[" * 5000),
        ("title: '" + "x" * 100_001, "'" + "x" * 100_001),
        ("Title: not ours", ""),
    ],
)
def test_values_that_people_and_editors_wrote(line, title):
    assert front(line).text("title") == title


def test_lists_and_partial():
    said = front("codebooks:\n  [\n    \"a@1\",\n    'b@2',\n  ]\npartial: 'true'")
    assert said.texts("codebooks") == ("a@1", "b@2")
    assert said.partial
    assert front("codebooks: [“a@1”, “b@2”]").texts("codebooks") == ("a@1", "b@2")
    assert front("codebooks: a@1").texts("codebooks") == ()
    assert front("codebooks: [1, [2]]").texts("codebooks") == ()
    assert not front("partial: false").partial


@pytest.mark.parametrize(
    "text",
    ["Words.", "---\n\ntitle: x\n---", "---\ntitle: x", "---\nWords\n---", "---"],
)
def test_what_is_no_front_matter_is_words(text):
    assert read_front_matter(text.split("\n")) == (read_front_matter(["x"])[0], 0)


def test_empty_lines_before_it_and_another_end():
    said, end = read_front_matter(["", "", "---", "title: x", "", "...", "Words"])
    assert (said.text("title"), end) == ("x", 6)


WHOLE = TagSet(
    Codebook("own", "Own set", "2", "en", "What: *for*", "here", "CC0"),
    (Group("own", "g", "Group", "#00Ff00", 3), Group("own", "h", "Other", "#000000")),
    (
        Tag("own/a", "g", "Ä tag", "A"),
        Tag(
            "own/b",
            "h",
            "B",
            "B1",
            LineStyle.WAVE,
            "definition",
            "example",
            "question?",
            ("own/a", "far/x"),
            (("corpus", "Label"),),
            7,
        ),
    ),
)


def test_definitions_travel_whole():
    assert read_tags_value(tags_value((WHOLE,))) == (WHOLE,)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "tags",
        {"id": "a"},
        ["a", 1, None],
        [{"id": "A B", "tags": []}, {"id": 5, "tags": []}, {"tags": []}, {"id": "a"}],
    ],
)
def test_values_of_tags_that_are_not_as_we_write_them(value):
    assert read_tags_value(value) == ()


def test_definitions_that_are_broken_are_passed_over():
    good = {"id": "t", "group": "g", "name": "n" * 300, "code": "T", "position": "4"}
    entry = {
        "id": "a",
        "groups": [{"id": "g", "colour": "\\#aabbcc", "position": True}, {"id": "h"}, {"id": ""}],
        "tags": [
            good,
            {**good, "id": "no group", "group": "x"},
            {**good, "id": "u", "group": "x"},
            {**good, "id": "v", "name": ""},
            {
                **good,
                "id": "w",
                "line_style": "zigzag",
                "labels": [["a"], "b", ["c", "d"]],
                "confused_with": ["x", "a/t", 5],
                "position": 10**9,
            },
        ],
    }
    (found,) = read_tags_value([entry])
    assert [tag.id for tag in found.tags] == ["a/t", "a/w"]
    assert found.codebook == Codebook("a", "a", "")
    assert found.groups == (Group("a", "g", "g", "#aabbcc"),)
    first, last = found.tags
    assert (len(first.name), first.position) == (200, 4)
    assert (last.line_style, last.labels) == (LineStyle.SOLID, (("c", "d"),))
    assert (last.confused_with, last.position) == (("a/t",), 0)
