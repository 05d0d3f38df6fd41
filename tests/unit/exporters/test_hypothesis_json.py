"""Hypothesis JSON out: what the client asks for, UTF-16 positions, and nothing of the machine."""

import json

from factories import make_article
from postil.annotated_markdown import HandedOn
from postil.exporters import EXPORTERS, ExportOptions
from postil.importers.mark_files import read


def export(handed_on):
    return EXPORTERS["hypothesis"].export(handed_on, ExportOptions())


def test_positions_count_as_browsers_do(rich):
    whole = json.loads(export(rich).data)
    text = rich.article.text.encode("utf-16-le")
    for one in whole["annotations"][:4]:
        position, quotation = one["target"][0]["selector"]
        piece = text[2 * position["start"] : 2 * position["end"]].decode("utf-16-le")
        assert piece == quotation["exact"]


def test_an_annotation_has_what_the_client_exports(rich):
    whole = json.loads(export(rich).data)
    first = whole["annotations"][0]
    assert first["text"] == "Who *says*?\n\n- one\n- two"
    assert first["tags"] == ["Loaded language", "my/gone"]
    assert first["uri"] == first["target"][0]["source"] == "https://example.org/ferry"
    assert (first["created"], first["updated"]) == ("2026-05-04T10:00:00Z", "2026-05-05T10:00:00Z")
    assert first["user"] == "acct:Dana_Okafor@postil.invalid"
    assert first["user_info"] == {"display_name": "Dana Okafor"}
    assert first["document"] == {"title": ["The ferry"]}
    assert [("selector" in one["target"][0], one["text"]) for one in whole["annotations"][-2:]] == [
        (False, "On the *whole*."),
        (False, "Who pays?\n\nA ferry company."),
    ]
    assert set(whole) == {"export_date", "export_userid", "client_version", "annotations"}


def test_what_it_has_no_place_for_is_told(rich):
    assert export(rich).remarks == (
        "Voice, certainty and check of 1 mark are left out.",
        "1 star is left out.",
        "2 links between marks are left out.",
        "1 field of another program is left out.",
    )


def test_it_is_read_back_as_the_same_marks(rich):
    came = read(export(rich).data.decode(), "a.json")
    by_id = {mark.id: mark for mark in rich.annotations}
    assert len(came.marks) == 4
    for mark in came.marks:
        was = by_id[mark.id]
        assert (mark.exact, mark.prefix, mark.suffix) == (
            was.anchor.exact,
            was.anchor.prefix,
            was.anchor.suffix,
        )
        assert (mark.note, mark.author, mark.edited) == (was.note, was.author, was.edited)
    assert ["note on the whole page" in remark for remark in came.remarks] == [True, True]


def test_an_article_without_marks_has_an_export_of_nothing():
    whole = json.loads(export(HandedOn(make_article("Words."))).data)
    assert whole["annotations"] == []
    assert whole["export_userid"] == "acct:anonymous@postil.invalid"
