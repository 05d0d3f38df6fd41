"""Label lines: offsets in the article's text, official names, one line for each tag."""

from postil.exporters import EXPORTERS, ExportOptions


def test_each_tag_of_each_mark_is_a_line_with_its_place(rich):
    exported = EXPORTERS["labels"].export(rich, ExportOptions())
    lines = [line.split("\t") for line in exported.data.decode().splitlines()]
    by_id = {mark.id: mark for mark in rich.annotations}
    assert [(name, rich.article.text[int(start) : int(end)]) for _, name, start, end in lines] == [
        ("Loaded_Language", "the council, that club"),
        ("my/gone", "the council, that club"),
        ("Doubt", "club of dinosaurs, has told"),
        ("Loaded_Language", "done.\nשלום,"),
    ]
    assert {line[0] for line in lines} == {mark.article_id for mark in by_id.values()}


def test_what_lines_cannot_say_is_counted(rich):
    told = EXPORTERS["labels"].together([rich, rich], ExportOptions())
    assert told.data.count(b"\n") == 8
    assert told.remarks == (
        "2 marks without a tag are left out.",
        "The notes of 4 marks are left out.",
        "Voice, certainty and check of 2 marks are left out.",
        "2 stars are left out.",
        "Who made 4 marks is left out.",
        "4 links between marks are left out.",
        "2 fields of other programs are left out.",
        "The notes on 2 whole articles are left out.",
        "2 answers to guiding questions are left out.",
    )
