"""The HTML file as programs that are not ours read it: lxml's parser, and a browser."""

import base64
import hashlib
import re
import shutil
import subprocess
from dataclasses import replace

import lxml.html
import pytest

from factories import make_annotation, make_article, make_id
from postil.annotated_markdown import HandedOn
from postil.domain.annotation import Confidence, Link, Relation, Status, Voice
from postil.domain.article import BlockKind, Metadata, Span, SpanKind
from postil.domain.builder import ArticleBuilder
from postil.domain.tags import Codebook, Group, LineStyle, Tag, TagSet
from postil.exporters import EXPORTERS, ExportOptions

DOUBT = Tag("persuasion23/doubt", "reputation", "Casting doubt", "DO", LineStyle.DOT, "Doubts it.")
CROWD = Tag("sources/crowd", "voices", "Vague crowd", "VC", LineStyle.WAVE)
SETS = (
    TagSet(
        Codebook("persuasion23", "Persuasion", "1"),
        (Group("persuasion23", "reputation", "Reputation", "#EE8866"),),
        (DOUBT,),
    ),
    TagSet(
        Codebook("sources", "Sources", "1"),
        (Group("sources", "voices", "Voices", "#77AADD"),),
        (CROWD,),
    ),
)
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chrome"))), None)
NASTY = (
    """</style></title><script>document.title='run'</script>"'><img src=x onerror=alert(1)>&amp;"""
)


@pytest.fixture
def handed_on():
    article = make_article(
        "For years the council, that club of dinosaurs, has told us nothing can be done.",
        "Most observers 😀 agree it was a plot.",
        heading="The ferry",
        author="Ada Lind",
        published="2026-05-04",
        source="https://example.org/ferry?a=1&b=2",
        language="en-GB",
    )
    return HandedOn(
        article=article,
        annotations=(
            make_annotation(
                article,
                "the council, that club",
                tags=(DOUBT.id, CROWD.id),
                note="Who *says*? [Look](https://example.org/x)",
                voice=Voice.QUOTED,
                confidence=Confidence.SURE,
                status=Status.TO_CHECK,
                starred=True,
                author="dana",
            ),
            make_annotation(
                article,
                "that club of dinosaurs",
                number=2,
                tags=(CROWD.id,),
                links=(
                    Link(Relation.CONTRADICTS, make_id(1)),
                    Link(Relation.ANSWERS, make_id(9)),
                ),
            ),
            make_annotation(article, "Most observers 😀", number=3, author="bo"),
        ),
        tags={DOUBT.id: DOUBT, CROWD.id: CROWD},
        sets_in_use=SETS,
        note="On the whole: slanted.",
        answers=((DOUBT.id, "An answer."), ("gone/question", "")),
        questions={DOUBT.id: "Who doubts?"},
    )


def export(handed_on, **options):
    return EXPORTERS["html"].export(handed_on, ExportOptions(**options))


def read(handed_on, **options):
    return lxml.html.document_fromstring(export(handed_on, **options).data)


def words_of(page):
    """Return the article's words as the page has them, block by block."""
    [article] = page.xpath("//article")
    for left_out in article.xpath(".//sup|.//*[@class='by']|.//*[@class='n']"):
        left_out.drop_tree()
    for line_break in article.xpath(".//br"):
        line_break.tail = "\u2028" + (line_break.tail or "")
    path = ".//h1|.//h2|.//p|.//li|.//pre|.//tr"
    own = [block.xpath("./td") or [block] for block in article.xpath(path)]
    for nested in article.xpath(".//li//ul|.//li//ol"):
        nested.drop_tree()
    return ["\t".join(cell.text_content() for cell in cells) for cells in own]


def test_the_words_are_there_in_order(handed_on):
    assert words_of(read(handed_on, numbers=True)) == handed_on.article.text.split("\n")


def test_marks_carry_their_tags_and_lie_over_each_other(handed_on):
    page = read(handed_on)
    [both] = [m for m in page.xpath("//mark") if m.text == "that club" and not len(m)]
    outer = both.getparent()
    assert outer.tag == "mark"
    assert {"m", "t1", "t2"} <= set(outer.get("class").split()) | set(both.get("class").split())
    style = page.findtext(".//style")
    look, other = (m.get("class").split()[1] for m in (outer, both))
    assert re.search(rf"\.{look}{{--f:#[0-9A-F]{{6}};text-decoration-style:(dotted|wavy)", style)
    assert look != other
    assert {m.get("class").split()[-1] for m in (outer, both)} & {"l1"}, "lanes of their own"


def test_references_and_notes_lead_to_each_other(handed_on):
    page = read(handed_on, numbers=True)
    references = page.xpath("//article//sup/a")
    assert [a.text for a in references] == ["1 DO+", "2 VC", "3"]
    assert references[0].get("aria-label") == "Note 1: Casting doubt, Vague crowd"
    for reference in references:
        note = page.get_element_by_id(reference.get("href")[1:])
        assert note.xpath(f".//a[@href='#{reference.get('id')}']")
    first, second, third = page.xpath("//aside//li[contains(@class, 'note')]")
    assert first.xpath("string(p[1])") == "1 DO Casting doubt, VC Vague crowd ¶1"
    assert first.xpath("string(.//em)") == "says"
    assert first.xpath("string(p[last()])") == "★ starred · quoted · sure · to check · dana"
    assert second.xpath("string(p[last()])") == "contradicts 1"
    assert third.xpath("string(p[1])") == "3 Plain mark ¶2"


def test_what_is_not_in_the_file_is_said(handed_on):
    [remark] = export(handed_on).remarks
    assert "to a mark that is not in the file" in remark
    crowd = tuple(make_annotation(handed_on.article, (10, 20 + n), number=n + 1) for n in range(14))
    done = export(replace(handed_on, annotations=crowd))
    assert "more than 12 marks" in done.remarks[0]
    page = lxml.html.document_fromstring(done.data)
    assert len(page.xpath("//aside//li")) == 14


def test_one_tag_is_chosen_without_a_script(handed_on):
    page = read(handed_on)
    choices = page.xpath("//header//input[@type='radio']")
    assert [c.getparent().text_content().strip() for c in choices] == [
        "All marks (3)", "Casting doubt (1)", "Vague crowd (2)",
    ]  # fmt: skip
    style = page.findtext(".//style")
    for choice in choices[1:]:
        assert f"body:has(#{choice.get('id')}:checked) .note:not(.{choice.get('id')[1:]})" in style
    alone = replace(handed_on, annotations=handed_on.annotations[2:])
    assert not read(alone).xpath("//header")


def test_the_policy_allows_this_style_and_nothing_else(handed_on):
    page = read(handed_on, legend=True, room=True, numbers=True)
    [style] = page.xpath("//style")
    digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    [policy] = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    assert not page.xpath("//@style|//script|//img|//link|//iframe|//@src")
    assert set(page.xpath("//a[starts-with(@href, 'http')]/@rel")) == {"noreferrer"}


def test_no_word_of_anybody_becomes_markup(handed_on):
    article = make_article(
        f"Words {NASTY} end.", title=NASTY, author=NASTY, outlet=NASTY, source=f"javascript:{NASTY}"
    )
    tag = replace(DOUBT, name=NASTY, code='"<', definition=NASTY)
    nasty = HandedOn(
        article=article,
        annotations=(
            make_annotation(article, (3, 60), tags=(DOUBT.id, NASTY), note=NASTY, author=NASTY),
        ),
        tags={DOUBT.id: tag},
        sets_in_use=SETS,
        note=NASTY,
        answers=((NASTY, NASTY),),
    )
    page = read(nasty, legend=True)
    assert words_of(page)[1:] == [article.text]
    assert not page.xpath("//script|//img|//@onerror|//a[contains(@href, 'javascript')]")
    assert page.xpath("//h1")[0].text_content() == NASTY
    assert len(page.xpath("//style|//title")) == 2


def test_a_neutral_copy_says_nothing_of_the_marks(handed_on):
    options = {"neutral": True, "legend": True, "room": True, "numbers": True}
    data = export(handed_on, **options).data.decode()
    body = data.partition("</head>")[2]
    for secret in (
        "doubt",
        "crowd",
        "DO",
        "VC",
        "says",
        "dana",
        "bo<",
        "slanted",
        "answer",
        "Note",
    ):
        assert secret not in body, secret
    page = lxml.html.document_fromstring(data)
    assert {m.get("class") for m in page.xpath("//mark")} == {"m"}
    assert not page.xpath("//mark//mark|//aside|//header|//sup")
    assert "#EE8866" not in data
    assert len(page.xpath("//section[@aria-label='Room for your notes']/div")) > 5
    # Two marks that overlap are one stretch: nobody can tell how many there were.
    assert words_of(page) == handed_on.article.text.split("\n")


def test_sections_after_the_article(handed_on):
    plain = read(handed_on)
    assert [h.text for h in plain.xpath("//section/h2")] == ["Note on the article", "Questions"]
    assert [h.text for h in plain.xpath("//section/h3")] == ["Who doubts?", "gone/question"]
    legend = read(handed_on, legend=True)
    assert [d.text_content() for d in legend.xpath("//dt")] == [
        "DO Casting doubt", "VC Vague crowd",
    ]  # fmt: skip
    assert [d.text for d in legend.xpath("//dd")] == ["Doubts it."]
    [source] = plain.xpath("//footer//a/@href")
    assert source == "https://example.org/ferry?a=1&b=2"
    assert plain.xpath("string(//*[@class='by'])") == "Ada Lind · 4 May 2026"


def test_kinds_of_blocks_and_spans_have_their_elements():
    builder = ArticleBuilder(Metadata(title="Kinds", language="no language!"))
    builder.block(BlockKind.ITEM, "one", level=1)
    builder.block(BlockKind.ITEM, "deep", level=3, number=4)
    builder.block(BlockKind.ITEM, "two", level=1)
    builder.block(BlockKind.ITEM, "seven", level=1, number=7)
    builder.block(BlockKind.QUOTATION, "said")
    builder.block(BlockKind.QUOTATION, "and said")
    builder.begin(BlockKind.ROW).text("a").cell_break().text("b & c").end()
    builder.block(BlockKind.PREFORMATTED, "x\n  y")
    builder.block(BlockKind.CAPTION, "A picture.")
    article = builder.finish()
    mark = make_annotation(article, (article.text.index("a\t"), article.text.index("& c")))
    page = read(HandedOn(article, (mark,)), numbers=True)
    assert page.xpath("string(//article/@lang)") == ""
    assert page.xpath("//h1")[0].text == "Kinds"
    assert page.xpath("string(//ul/li/ol/li[@class='bare']/ol/li[@value='4'])") == "2deep"
    assert page.xpath("//ol/li[@value='7']")
    assert len(page.xpath("//blockquote/p")) == 2
    assert [td.text_content() for td in page.xpath("//tr/td")] == ["7a", "b 1& c"]
    assert [td.xpath("string(mark)") for td in page.xpath("//tr/td")] == ["a", "b "]
    assert page.xpath("string(//p[@class='caption'])") == "9A picture."
    assert page.xpath("//pre/br")
    assert len(page.xpath("//article//span[@class='n']")) == 9


def test_links_stay_whole_and_references_stand_behind_them():
    article = replace(
        make_article("See the whole notice here."),
        spans=(
            Span(SpanKind.STRONG, 0, 13),
            Span(SpanKind.LINK, 4, 20, 'https://example.org/?"a&b'),
            Span(SpanKind.EMPHASIS, 8, 20),
        ),
    )
    page = read(HandedOn(article, (make_annotation(article, "whole"),)))
    [link] = page.xpath("//article//a[@rel]")
    assert link.text_content() == "the whole notice"
    assert link.get("href") == 'https://example.org/?"a&b'
    assert link.getnext().tag == "sup"
    assert link.xpath("string(.//mark)") == "whole"
    assert link.xpath("string(.//strong)") == "the "
    assert words_of(page) == [article.text]


def test_a_link_at_the_end_of_a_marked_paragraph_ends_there():
    words = "See the whole notice"
    article = replace(
        make_article(words, "Then."),
        spans=(Span(SpanKind.LINK, 8, len(words), "https://example.org/"),),
    )
    page = read(HandedOn(article, (make_annotation(article, "See"),)))
    [link] = page.xpath("//article//a[@rel]")
    assert link.text_content() == "whole notice"
    assert link.getnext() is None


def test_quotations_are_short_and_have_one_pair_of_marks():
    long = "word " * 60
    article = make_article(f"“Nobody knew,” they said. {long}end.")
    marks = (
        make_annotation(article, "“Nobody knew,”", tags=("gone/tag",)),
        make_annotation(article, f"{long}end", number=2),
    )
    page = read(HandedOn(article, marks), legend=True)
    first, second = page.xpath("//p[@class='q']")
    assert first.text_content() == "“Nobody knew,”"
    assert " … word" in second.text_content()
    assert second.text_content().endswith(" end”")
    assert len(second.text_content()) < 165
    assert page.xpath("string(//dt)") == "gone/tag"


def test_right_to_left_is_said_and_code_stands_alone():
    article = make_article("שלום לכולם", language="he", title="כותרת")
    page = read(HandedOn(article, (make_annotation(article, "שלום"),)))
    assert page.xpath("string(//body/@dir)") == "rtl"
    assert page.xpath("string(//article/@lang)") == "he"
    assert set(page.xpath("//article//sup/@dir")) == {"ltr"}


@pytest.mark.skipif(
    CHROMIUM is None,
    reason="no Chromium is installed to open the file with; Debian's package is `chromium`",
)
def test_a_browser_runs_nothing_and_asks_for_nothing(handed_on, site, tmp_path):
    address = site.address("/asked")
    nasty = (
        f"<script>document.title='run'</script><img src='{address}'><img src='http://a.test/x'>"
        f"<link rel=stylesheet href='{address}'><style>@import '{address}';</style> ![x]({address})"
    )
    note = replace(handed_on.annotations[0], note=nasty, tags=(nasty,))
    path = tmp_path / "page.html"
    path.write_bytes(export(replace(handed_on, annotations=(note,)), legend=True).data)
    # What the exporter might once let through, the policy of the file stops.
    path.write_bytes(
        path.read_bytes().replace(b"<main>", f"<main>{nasty}<p style='color:red'>".encode())
    )
    done = subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
            "--disable-background-networking", "--no-first-run",
            f"--host-resolver-rules=MAP *.test 127.0.0.1:{site.port}",  # whoever is asked, is ours
            "--virtual-time-budget=1000", f"--user-data-dir={tmp_path / 'browser'}", path.as_uri(),
        ],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    if "</html>" not in done.stdout:
        pytest.skip("Chromium does not start here")
    assert "<title>The ferry</title>" in done.stdout
    assert site.asked == []
