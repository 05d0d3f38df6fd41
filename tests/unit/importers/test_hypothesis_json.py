"""Hypothesis JSON in: exports of the client, answers, notes on pages, and what is broken."""

import json
import uuid

import pytest

from factories import make_article
from postil.domain.annotation import Placement
from postil.domain.errors import UserError
from postil.importers.mark_files import read

UUID = "0197c0e2-0000-4000-8000-000000000001"


def annotation(number="abCD_12", **fields):
    return {
        "id": number,
        "created": "2026-03-14T09:00:00.123456+00:00",
        "updated": "2026-03-14T09:00:00.123456+00:00",
        "user": "acct:dana_o@hypothes.is",
        "uri": "https://example.org/ferry",
        "text": "Closes the *question*.",
        "tags": ["Loaded language", "Doubt"],
        "group": "__world__",
        "permissions": {"read": ["group:__world__"]},
        "target": [
            {
                "source": "https://example.org/ferry",
                "selector": [
                    {
                        "type": "RangeSelector",
                        "startContainer": "/div[1]/p[1]",
                        "endContainer": "/div[1]/p[1]",
                        "startOffset": 3,
                        "endOffset": 9,
                    },
                    {"type": "TextPositionSelector", "start": 6, "end": 11},
                    {
                        "type": "TextQuoteSelector",
                        "exact": "ferry",
                        "prefix": "The 😀 ",
                        "suffix": " sank",
                    },
                ],
            }
        ],
        "document": {"title": ["The ferry"]},
        "user_info": {"display_name": "Dana O."},
        **fields,
    }


def page_note(**fields):
    return annotation(target=[{"source": "https://example.org/ferry"}], **fields)


def file(*annotations):
    return json.dumps(
        {
            "export_date": "2026-03-14T09:00:00.000Z",
            "export_userid": "acct:dana_o@hypothes.is",
            "client_version": "1.1",
            "annotations": annotations,
        }
    )


def test_an_annotation_is_a_mark():
    (mark,) = read(file(annotation()), "h.json").marks
    assert (mark.start, mark.end, mark.counts_utf16) == (6, 11, True)
    assert (mark.exact, mark.prefix, mark.suffix) == ("ferry", "The 😀 ", " sank")
    assert mark.tags == ("Loaded language", "Doubt")
    assert (mark.note, mark.author) == ("Closes the *question*.", "Dana O.")
    assert (mark.created, mark.edited) == ("2026-03-14T09:00:00Z", "")
    assert mark.id == str(uuid.uuid5(uuid.NAMESPACE_URL, "https://hypothes.is/a/abCD_12"))


def test_an_id_of_ours_stays_and_the_account_names_who_shows_no_name():
    (mark,) = read(file(annotation(UUID, user_info={"display_name": None})), "h.json").marks
    assert (mark.id, mark.author) == (UUID, "dana_o")
    (mark,) = read(file(annotation("", user=None, user_info=None)), "h.json").marks
    assert (mark.id, mark.author) == ("", "")


@pytest.mark.parametrize("shape", [lambda one: {"total": 1, "rows": [one]}, lambda one: [one]])
def test_answers_of_its_interface_are_read_too(shape):
    (mark,) = read(json.dumps(shape(annotation())), "h.json").marks
    assert mark.counts_utf16


def test_answers_are_added_to_the_note_in_their_order_with_who_wrote_them():
    late = page_note(
        number="r2",
        references=["abCD_12", "r1"],
        text="No.",
        tags=[],
        created="2026-03-16T09:00:00Z",
        user_info={},
    )
    early = page_note(
        number="r1", references=["abCD_12"], text="Is it?", created="2026-03-15T09:00:00Z"
    )
    bad = page_note(number="r3", references=["abCD_12"], text="?", tags=[4], created=7)
    came = read(file(late, annotation(), early, bad), "h.json")
    (mark,) = came.marks
    assert mark.note == (
        "Closes the *question*.\n\n**Dana O.:** Is it? (Loaded language, Doubt)\n\n**dana_o:** No."
    )
    assert came.remarks == ("Annotation 2: an answer to it was left out: a tag is no text.",)


def test_what_points_to_no_words_is_told_and_not_lost_in_silence():
    orphan = annotation("x", references=["gone"])
    long = page_note(number="p", text="word " * 100)
    came = read(file(annotation(), page_note(number="q", text="All in all."), orphan, long), "h")
    assert len(came.marks) == 1
    assert came.remarks[0] == (
        "Annotation 2 was left out: it is a note on the whole page: “All in all.”."
    )
    assert "Annotation 3 was left out: it answers an annotation" in came.remarks[1]
    assert came.remarks[2].endswith("…”.")


@pytest.mark.parametrize("first", [4, None, {"target": 3, "uri": ""}, {"uri": 1, "user": 2}])
def test_what_is_broken_costs_one_remark(first):
    came = read(json.dumps({"annotations": [annotation(), first]}), "h.json")
    assert len(came.marks) == 1
    assert came.remarks[0].startswith("Annotation 2 was left out: ")


def test_an_export_of_nothing_is_refused():
    with pytest.raises(UserError, match=r"holds no mark that can be read\. Write"):
        read(file(), "h.json")


def test_positions_tell_two_equal_places_apart(tmp_path):
    from postil.anchoring import describe
    from postil.importers import Source
    from postil.importers import read as read_article
    from postil.library import Library
    from postil.library.intake import add_marks, take_in

    words = "😀😀 " + "the same words again and again, " * 3 + "the ferry. "
    text = make_article(words * 3).text
    starts = [at for at in range(len(text)) if text.startswith("ferry", at)]
    where = describe(text, starts[1], starts[1] + 5)
    units = [len(text[:at].encode("utf-16-le")) // 2 for at in (where.start, where.end)]
    one = annotation()
    one["target"][0]["selector"] = [
        {"type": "TextPositionSelector", "start": units[0], "end": units[1]},
        {"type": "TextQuoteSelector", "exact": "ferry"},
    ]
    (mark,) = read(file(one), "h.json").marks
    with Library.open(tmp_path / "l.sqlite", create=True) as library:
        made = take_in(library, read_article(Source(text.encode(), "a.txt", "a.txt")))
        (placed,) = add_marks(library, made.article_id, (mark,))
    assert (placed.placement, placed.start) == (Placement.EXACT, starts[1])
