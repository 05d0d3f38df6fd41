"""Marks of many articles as one list: whole rows, and rows about which little is said."""

import csv
import io
from dataclasses import replace

from postil.domain.annotation import Confidence, Placement, Status, Voice
from postil.domain.overview import MarkRow
from postil.domain.tags import Tag
from postil.exporters.mark_list import as_csv, as_markdown

TAGS = {"persuasion23/doubt": Tag("persuasion23/doubt", "g", "Doubt", "DB")}
ROW = MarkRow(
    id="1",
    article_id="2",
    start=3,
    end=9,
    quotation="most\u2028*observers*",
    note="Who?",
    tags=("persuasion23/doubt", "gone/tag"),
    annotator="dana",
    created="2026-05-06T09:00:00Z",
    voice=Voice.QUOTED,
    confidence=Confidence.LIKELY,
    status=Status.OPEN,
    starred=True,
    placement=Placement.EXACT,
    title="The ferry",
    author="Ada Lind",
    outlet="",
    published="2026-05-04",
)
BARE = replace(ROW, note="", tags=(), author="", published="", quotation="=1+1")


def test_quotations_stand_with_what_is_said_of_them():
    assert as_markdown([ROW, BARE], TAGS).decode() == (
        "> most \\*observers\\*\n\n"
        "**Doubt · gone/tag**\n\n"
        "Who?\n\n"
        "— The ferry · Ada Lind · 2026-05-04\n"
        "\n"
        "> &#61;1+1\n\n"
        "— The ferry\n"
    )


def test_a_table_has_a_row_for_each_mark_and_no_formulas():
    head, first, second = as_csv([ROW, BARE], TAGS).decode("utf-8-sig").split("\r\n")[:3]
    assert head.startswith("article,author,outlet,published,quotation,tags,note")
    assert '"most\n*observers*",Doubt; gone/tag,Who?,quoted,likely,open,1,dana' in first
    assert ",'=1+1," in second


def test_every_field_of_notes_has_a_column():
    noted = replace(ROW, note="- **Claim:** it left\n- **author:** she\n\nWho?")
    head, *rows = csv.reader(io.StringIO(as_csv([BARE, noted], TAGS).decode("utf-8-sig")))
    assert head[-2:] == ["note: Claim", "note: author"]
    assert [row[-2:] for row in rows] == [["", ""], ["it left", "she"]]
