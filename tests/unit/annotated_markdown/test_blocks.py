import pytest

from postil.annotated_markdown import HandedOn, WriteOptions, parse, write
from postil.domain.article import BlockKind
from postil.domain.builder import ArticleBuilder

PARAGRAPH, HEADING, ITEM = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM
QUOTATION, ROW = BlockKind.QUOTATION, BlockKind.ROW


def blocks_of(text):
    article = parse(text).article
    return [
        (block.kind.value, article.block_text(block), block.level, block.number)
        for block in article.blocks
    ]


def test_headings_by_level(lay_out):
    blocks = [(HEADING, f"Level {level} #", level) for level in range(1, 7)]
    assert lay_out(*blocks).split("\n\n")[0] == r"# Level 1 \#"
    assert lay_out(*blocks).split("\n\n")[-1] == r"###### Level 6 \#"
    assert lay_out((HEADING, "two\u2028lines", 1)) == "# two<br>lines"


def test_items_by_level_and_number(lay_out):
    blocks = ((ITEM, "a", 1, 7), (ITEM, "b", 2), (ITEM, "c", 3, 1), (ITEM, "d", 1, 8))
    assert lay_out(*blocks) == "7. a\n\n    - b\n\n        1. c\n\n8. d"


def test_a_broken_line_of_an_item_stands_under_its_words(lay_out):
    assert lay_out((ITEM, "a\u2028b", 1, 12)) == "12. a<br>\n    b"


def test_lists_that_must_not_join_are_parted(lay_out):
    blocks = ((ITEM, "a", 1), (ITEM, "b", 1, 1), (ITEM, "c", 1, 5), (ITEM, "d", 1, 6))
    parted = "- a\n\n<!-- -->\n\n1. b\n\n<!-- -->\n\n5. c\n\n6. d"
    assert lay_out(*blocks) == parted
    nested = lay_out((ITEM, "a", 1), (ITEM, "b", 2, 1), (ITEM, "c", 2, 9))
    assert nested == "- a\n\n    1. b\n\n    <!-- -->\n\n    9. c"


def test_levels_that_jump_are_said(lay_out):
    assert lay_out((ITEM, "a", 3), (ITEM, "b", 3), (ITEM, "c", 1)) == (
        "- a <!-- item level=3 -->\n\n- b <!-- item level=3 -->\n\n- c"
    )
    assert lay_out((ITEM, "a", 1), (ITEM, "b", 4)) == "- a\n\n    - b <!-- item level=4 -->"


def test_a_wide_number_has_no_room_for_a_list_in_it(lay_out):
    blocks = ((ITEM, "a", 1, 100), (ITEM, "b", 2), (ITEM, "c", 1, 101))
    assert lay_out(*blocks) == (
        "100. a\n\n<!-- -->\n\n- b <!-- item level=2 -->\n\n<!-- -->\n\n101. c"
    )


def test_deep_levels_and_strange_numbers_come_back(lay_out):
    deep = lay_out(*((ITEM, f"item {level}", level) for level in range(1, 40)))
    assert max(len(line) - len(line.lstrip()) for line in deep.split("\n")) == 36
    assert lay_out((ITEM, "a", 1, -3), (ITEM, "b", 1, 10**12)) == (
        "1. a <!-- item number=-3 -->\n\n<!-- -->\n\n1. b <!-- item number=1000000000000 -->"
    )
    assert lay_out((ITEM, "a", 1, 0)) == "0. a"


def test_quotations_stay_apart(lay_out):
    blocks = ((QUOTATION, "a\u2028> b"), (QUOTATION, "c"))
    assert lay_out(*blocks) == "> a<br>\n> \\> b\n\n> c"


def test_rows_join_their_cells_by_a_tab():
    builder = ArticleBuilder()
    builder.begin(ROW).text("a").cell_break().text("b\u2028c").end()
    builder.begin(ROW).text("alone").end()
    builder.begin(PARAGRAPH).text("no").cell_break().text("row").end()
    article = builder.finish()
    written = write(HandedOn(article))
    assert "\n\na&#9;b<br>c\n\nalone <!-- row -->\n\nno&#9;row <!-- paragraph -->\n" in written
    assert parse(written).article == article


def test_a_tab_typed_elsewhere_is_a_blank_but_in_rows():
    text = "# A\thead\n\na\tb\n\n[^1]: x\n\n    `id=a at=0-1`\n"
    article = parse(text).article
    assert [article.block_text(block) for block in article.blocks] == ["A head", "a\tb"]


def test_captions_and_preformatted_blocks_are_elements(lay_out):
    assert lay_out((BlockKind.CAPTION, "*A* boat")) == "<small>&#42;A&#42; boat</small>"
    code = "x = 1\n    y"
    assert lay_out((BlockKind.PREFORMATTED, code)) == (
        '<code class="pre">x = 1<br>\n&#32;   y</code>'
    )


def test_printed_numbers_are_dropped_on_the_way_in(lay_out):
    numbers = WriteOptions(numbers=True)
    blocks = ((HEADING, "H", 1), (PARAGRAPH, "a"), (ITEM, "b", 1), (BlockKind.PREFORMATTED, "c"))
    assert lay_out(*blocks, options=numbers) == (
        '# H\n\n<sup class="n">1</sup> a\n\n- <sup class="n">2</sup> b\n\n'
        '<sup class="n">3</sup> <code class="pre">c</code>'
    )
    assert blocks_of("<sup>4</sup> words") == [("paragraph", "words", 0, None)]
    assert blocks_of("words<sup>4</sup>") == [("paragraph", "words<sup>4</sup>", 0, None)]


def test_what_other_editors_make_of_blocks_is_read():
    assert blocks_of("one\ntwo\n three\n# Four ##\nfive\n- six\n  seven\n* eight\n+ nine") == [
        ("paragraph", "one two three", 0, None),
        ("heading", "Four", 1, None),
        ("paragraph", "five", 0, None),
        ("item", "six seven", 1, None),
        ("item", "eight", 1, None),
        ("item", "nine", 1, None),
    ]
    assert blocks_of("> a\n> b\n>\n> c\nlazy\n\n> > d") == [
        ("quotation", "a b", 0, None),
        ("quotation", "c lazy", 0, None),
        ("quotation", "d", 0, None),
    ]
    assert blocks_of("1. a\n   2019. was\n2) b\n\n    9. deep\n\t10. too") == [
        ("item", "a 2019. was", 1, 1),
        ("item", "b", 1, 2),
        ("item", "deep", 2, 9),
        ("item", "too", 2, 10),
    ]
    assert blocks_of("in 1999\n2000. and on\n1. list") == [
        ("paragraph", "in 1999 2000. and on", 0, None),
        ("item", "list", 1, 1),
    ]
    assert blocks_of("- a\n  - b\n    - c\n  - d\n\ntext\n\n  - e") == [
        ("item", "a", 1, None),
        ("item", "b", 2, None),
        ("item", "c", 3, None),
        ("item", "d", 2, None),
        ("paragraph", "text", 0, None),
        ("item", "e", 1, None),
    ]


def test_rules_and_underlined_headings_are_read():
    assert blocks_of("One\n===\nTwo\n---\n\n***\n\nthree\n\n- - -\n\n#\n\n# #\n\n# x#") == [
        ("heading", "One", 1, None),
        ("heading", "Two", 2, None),
        ("paragraph", "three", 0, None),
        ("heading", "x#", 1, None),
    ]


def test_hard_breaks_are_line_breaks():
    expected = [("paragraph", "a\u2028b\u2028c\u2028d e", 0, None)]
    assert blocks_of("a  \nb\\\nc<br />\nd \ne") == expected
    assert blocks_of("a\\\\\nb") == [("paragraph", "a\\ b", 0, None)]
    assert blocks_of("a<br>  \nb") == [("paragraph", "a\u2028b", 0, None)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("words <!-- item level=2 -->", "paragraph"),
        ("words <!-- caption -->", "paragraph"),
        ("a\tb", "row"),
        ("# a <!-- row -->", "heading"),
        ("- a <!-- row -->", "item"),
        ("x <small>y</small>", "paragraph"),
    ],
)
def test_comments_say_only_what_they_can(text, kind):
    assert blocks_of(text)[0][0] == kind
