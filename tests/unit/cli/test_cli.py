"""The commands through `main`: what they print, what they refuse, and what they leave alone."""

import json
import subprocess
import sys

import pytest

from postil.cli import main
from postil.library import AddAnnotation, Library, NewCollection

TEXT = (
    "The ferry that was promised\n\n"
    "For years the council, that club of dinosaurs, has told us nothing can be done.\n\n"
    "Most observers agree 😀 it was a plot. The club of dinosaurs met again.\n"
)


@pytest.fixture
def run(tmp_path, capsys):
    """Return a function that runs a command on a library of its own and returns its output."""

    def run(*words, code=0, library="library.sqlite"):
        assert main([words[0], "--library", str(tmp_path / library), *map(str, words[1:])]) == code
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return captured

    return run


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "ferry.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def as_json(captured):
    return json.loads(captured.out)


def test_known_bytes_are_read_again_in_the_encoding_named(run, tmp_path):
    path = tmp_path / "cafe.txt"
    path.write_bytes("Le café était fermé.\n\nPersonne ne le savait.\n".encode("cp1252"))
    (first,) = as_json(run("import", "--json", path, "--encoding", "cp1253"))
    assert first["status"] == "new"
    (again,) = as_json(run("import", "--json", path, "--encoding", "cp1252"))
    assert (again["id"], again["status"]) == (first["id"], "revised")
    assert as_json(run("show", "--json", first["id"]))["text"].startswith("Le café était fermé.")
    (same,) = as_json(run("import", "--json", path, "--encoding", "iso-8859-15"))
    assert (same["id"], same["status"]) == (first["id"], "known")
    assert len(as_json(run("list", "--json"))) == 1


def test_an_imported_article_is_listed_and_shown(run, article):
    (taken,) = as_json(run("import", "--json", "--language", "en", article))
    assert (taken["title"], taken["status"]) == ("The ferry that was promised", "new")
    assert taken["source"] == str(article)
    (row,) = as_json(run("list", "--json"))
    assert row == {
        "id": taken["id"],
        "title": "The ferry that was promised",
        "author": "",
        "outlet": "",
        "published": "",
        "language": "en",
        "language_guessed": False,
        "marks": 0,
    }
    shown = as_json(run("show", "--json", "ferry"))
    assert shown["text"] == "\n".join(line for line in TEXT.splitlines() if line)
    assert [block["kind"] for block in shown["blocks"]] == ["heading", "paragraph", "paragraph"]
    sentences = shown["blocks"][1]["sentences"]
    assert (sentences[0][0], sentences[-1][1]) == (
        shown["blocks"][1]["start"],
        shown["blocks"][1]["end"],
    )
    assert "no source data" in run("show", taken["id"][:8]).out


def test_articles_with_tags_of_a_codebook_are_listed(run, article, tmp_path):
    run("import", article)
    with Library.open(tmp_path / "library.sqlite") as library:
        (row,) = library.articles()
        library.do(AddAnnotation(row.id, 0, 3, ("persuasion23/doubt",)))
    for name, found in (("persuasion techniques", [row.id]), ("claims", [])):
        rows = as_json(run("list", "--json", "--codebook", name))
        assert [one["id"] for one in rows] == found
    assert "No codebook is called" in run("list", "--codebook", "nobody", code=1).err


def test_articles_of_a_collection_are_listed(run, article, tmp_path):
    run("import", article)
    with Library.open(tmp_path / "library.sqlite") as library:
        (row,) = library.articles()
        outer = NewCollection("Unit 3")
        library.do(outer)
        library.do(NewCollection("Week 1", outer.id, (row.id,)))
        library.do(NewCollection("Week 2", outer.id))
        other = NewCollection("Unit 4")
        library.do(other)
        library.do(NewCollection("Week 2", other.id))
    for name, found in (("unit 3", [row.id]), ("Week 1", [row.id]), ("Unit 4/Week 2", [])):
        rows = as_json(run("list", "--json", "--collection", name))
        assert [one["id"] for one in rows] == found
    several = run("list", "--collection", "Week 2", code=1).err
    assert "Give one of these: Unit 3/Week 2, Unit 4/Week 2." in several
    assert "There is no collection “Unit”" in run("list", "--collection", "Unit", code=1).err


def test_the_same_text_is_known_the_second_time(run, article, tmp_path):
    (first,) = as_json(run("import", "--json", article))
    again = tmp_path / "copy.txt"
    again.write_bytes(TEXT.replace("\n", "\r\n").encode("utf-8-sig"))
    (second,) = as_json(run("import", "--json", again))
    assert (second["id"], second["status"]) == (first["id"], "known")
    assert len(as_json(run("list", "--json"))) == 1


def test_a_folder_and_a_refused_file_among_good_ones(run, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Some words here.")
    (folder / "b.txt").write_bytes(b"")
    (folder / "c.txt").write_text("Other words here.")
    captured = run("import", "--json", folder, code=1)
    assert len(as_json(captured)) == 2
    refusal, summary = captured.err.splitlines()
    assert "b.txt" in refusal
    assert summary == "postil: 2 taken in · 1 refused"
    with Library.open(tmp_path / "library.sqlite") as library:
        library.undo()  # they are one step
        assert library.articles() == []


def test_standard_input_is_a_source(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "postil", "import", "-", "--json", "--library", tmp_path / "l"],
        input=TEXT.encode(),
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout)[0]["title"] == "The ferry that was promised"


def marks_file(tmp_path, *marks):
    path = tmp_path / "marks.jsonl"
    path.write_text("".join(json.dumps(mark) + "\n" for mark in marks), encoding="utf-8")
    return path


def test_each_mark_is_reported_by_how_it_was_placed(run, article, tmp_path):
    run("import", article)
    start = as_json(run("show", "--json", "ferry"))["text"].index("Most observers")
    source = marks_file(
        tmp_path,
        {"start": start, "end": start + 14, "quote": "Most observers", "tags": ["Vague throng"]},
        {"start": 0, "end": 9, "quote": "it was a plot", "note": "Says who?"},
        {"quote": "has told us that nothing can be done"},
        {"quote": "club of dinosaurs"},
        {"start": 5000, "end": 6000, "quote": "a bridge to the moon and back"},
    )
    report = as_json(run("annotate", "--json", "ferry", "--from", source))
    assert [mark["placement"] for mark in report] == [
        "exact",
        "moved",
        "changed",
        "ambiguous",
        "unplaced",
    ]
    assert report[0]["start"] == start
    assert report[4]["start"] is None
    assert [mark["new_tags"] for mark in report] == [["Vague throng"], [], [], [], []]
    shown = as_json(run("show", "--json", "ferry"))
    assert len(shown["annotations"]) == 5
    assert "loose" in run("show", "ferry").out
    again = as_json(run("annotate", "--json", "ferry", "--from", source))
    assert {mark["outcome"] for mark in again} == {"known"}


def test_export_writes_once_and_replaces_only_when_told(run, article, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run("import", article)
    written = run("export", "ferry").out.strip()
    assert (tmp_path / written).read_text(encoding="utf-8").startswith("---\n")
    assert "exists" in run("export", "ferry", code=1).err
    run("export", "ferry", "--force")
    out = tmp_path / "out"
    out.mkdir()
    (entry,) = as_json(run("export", "--all", "--to", "csv", "-o", out, "--json"))
    assert entry["path"].endswith(".csv")


def test_standard_output_takes_the_bytes_alone(run, article):
    run("import", article)
    run_out = run("export", "ferry", "--to", "jsonld", "-o", "-").out
    assert json.loads(run_out)["type"] == "AnnotationCollection"


def test_only_marks_asked_for_are_exported(run, article, tmp_path):
    run("import", article)
    source = marks_file(
        tmp_path,
        {"quote": "Most observers", "tags": ["persuasion23/doubt"], "status": "open"},
        {"quote": "nothing can be done", "tags": ["Own"]},
    )
    run("annotate", "ferry", "--from", source)
    for words in (["--tag", "casting doubt"], ["--status", "open"], ["--tag", "DO"]):
        text = run("export", "ferry", "-o", "-", *words).out
        assert "[^a1]" in text
        assert "[^a2]" not in text
        assert "partial: true" in text
    assert "no tag “nobody”" in run("export", "ferry", "--tag", "nobody", code=1).err


@pytest.mark.parametrize(
    "words",
    [
        ["show", "nothing"],
        ["export", "nothing"],
        ["annotate", "nothing", "--from", "none.jsonl"],
        ["import", "none.txt"],
    ],
)
def test_a_refusal_is_one_line_and_exit_code_one(run, article, words):
    run("import", article)
    error = run(*words, code=1).err
    assert error.startswith("postil: ")
    assert error.count("\n") == 1


def test_an_ambiguous_name_lists_what_it_may_be(run, article, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("The ferry that came\n\nWords of another article stand here.")
    run("import", article, other)
    error = run("show", "ferry", code=1).err
    assert "may be 2 articles" in error
    assert "The ferry that came" in error


def test_a_library_that_is_not_there_is_made_only_by_import(run):
    assert "no library at" in run("list", code=1).err


@pytest.mark.parametrize("words", [["list", "--nonsense"], ["export", "--to", "stone"], ["import"]])
def test_wrong_usage_is_exit_code_two(words, capsys):
    assert main(words) == 2
    assert "usage" in capsys.readouterr().err


def test_help_and_version_need_no_library(capsys):
    assert main(["--help"]) == 0
    help_text = capsys.readouterr().out
    assert all(name in help_text for name in ("import", "list", "show", "annotate", "export"))
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("postil ")


def test_commands_never_import_qt(article, tmp_path):
    library = str(tmp_path / "library.sqlite")
    script = (
        "import sys; from postil.cli import main\n"
        f"for words in (['import', {str(article)!r}], ['list'], ['show', 'ferry'],"
        " ['export', 'ferry', '-o', '-']):\n"
        f"    assert main([*words, '--library', {library!r}]) == 0\n"
        "assert not any(name.startswith('PySide6') for name in sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)


def test_every_export_format_can_be_asked_for():
    from postil.cli.names import COPIES, FORMATS, GUIDES, NOTES_PLACES, PACKED, PAPERS
    from postil.exporters import EXPORTERS, Copy, Guide, Lesson, NotesPlace, Paper

    assert (*EXPORTERS, "pdf", "lesson") == FORMATS
    assert Lesson().formats == PACKED
    assert tuple(Paper) == PAPERS
    assert tuple(NotesPlace) == NOTES_PLACES
    assert tuple(Guide) == GUIDES
    assert {Copy.WHOLE, Copy.QUOTATIONS, *COPIES} == set(Copy)


@pytest.mark.usefixtures("qapp")
def test_pages_are_written_as_they_are_asked_for(run, article, tmp_path):
    run("import", article)
    marks = tmp_path / "marks.jsonl"
    marks.write_text('{"quote": "observers", "tags": ["Crowd"], "note": "Who?"}\n', "utf-8")
    run("annotate", "ferry", "--from", marks)
    import pypdfium2

    path = tmp_path / "ferry.pdf"
    words = ("--paper", "Letter", "--notes", "end", "--numbers", "--legend", "--room")
    run("export", "ferry", "--to", "pdf", "-o", path, *words)
    with pypdfium2.PdfDocument(path.read_bytes()) as document:
        assert document[0].get_width() == 612
        assert "Who?" in "".join(p.get_textpage().get_text_range() for p in document)
    for to, secret in (("pdf", "Crowd"), ("html", "Crowd")):
        path = tmp_path / f"neutral.{to}"
        run("export", "ferry", "--to", to, "-o", path, "--neutral")
        data = path.read_bytes()
        if to == "pdf":
            with pypdfium2.PdfDocument(data) as document:
                data = document[0].get_textpage().get_text_range().encode()
        assert b"observers" in data
        assert secret.encode() not in data
    told = run("export", "ferry", "--to", "csv", "--neutral", code=2)
    assert "--neutral does not go with csv" in told.err


def test_new_tags_are_told_and_are_no_refusal(run, article, tmp_path):
    run("import", article)
    source = marks_file(tmp_path, {"quote": "it was a plot", "tags": ["Plot talk", "Doom"]})
    told = run("annotate", "ferry", "--from", source)
    assert f"{source}: New under My tags: Plot talk, Doom" in told.err
    run("export", "ferry", "-o", tmp_path / "ferry.md")
    taken = run("import", "--json", tmp_path / "ferry.md", library="other.sqlite")
    assert as_json(taken)[0]["new_tags"] == ["Plot talk", "Doom"]
    assert "ferry.md: New under My tags: Plot talk, Doom" in taken.err
    assert "New under" not in run("import", tmp_path / "ferry.md").err


def test_a_file_cut_in_half_is_refused_and_changes_nothing(run, article, tmp_path):
    run("import", article)
    source = marks_file(tmp_path, {"quote": "it was a plot", "note": "Says who?"})
    run("annotate", "ferry", "--from", source)
    whole = tmp_path / "ferry.md"
    run("export", "ferry", "-o", whole)
    data = whole.read_bytes()
    before = run("show", "--json", "ferry").out
    half = tmp_path / "half.md"
    for end in (1, 9, 40, len(data) // 2, len(data) - 40, len(data) - 3):
        half.write_bytes(data[:end])
        for words in (("import", half), ("annotate", "ferry", "--from", half)):
            (line,) = run(*words, code=1).err.splitlines()
            assert line.startswith("postil: half.md was not taken in: it ")
    assert run("show", "--json", "ferry").out == before
    half.write_bytes(data[:-1])
    assert "known" in run("import", half).out


def test_names_of_own_tags_travel_with_web_annotations(run, article, tmp_path):
    run("import", article)
    source = marks_file(tmp_path, {"quote": "it was a plot", "tags": ["Kranführer’s word"]})
    run("annotate", "ferry", "--from", source)
    exported = tmp_path / "marks.jsonld"
    run("export", "ferry", "--to", "jsonld", "-o", exported)
    run("import", article, library="other.sqlite")
    told = run("annotate", "ferry", "--from", exported, library="other.sqlite")
    assert "New under My tags: Kranführer’s word" in told.err
    again = tmp_path / "again.jsonld"
    run("export", "ferry", "--to", "jsonld", "-o", again, library="other.sqlite")
    assert again.read_bytes() == exported.read_bytes()


def test_the_same_id_twice_in_one_file_is_two_marks(run, article, tmp_path):
    run("import", article)
    one = "00000000-0000-4000-8000-000000000001"
    source = marks_file(
        tmp_path,
        {"id": one, "quote": "it was a plot", "note": "first"},
        {"id": one, "quote": "Most observers agree", "note": "second"},
    )
    told = run("annotate", "--json", "ferry", "--from", source, code=1)
    assert [mark["outcome"] for mark in as_json(told)] == ["new", "new"]
    assert "Line 2: its id stands at line 1 too; it is a new mark." in told.err
    notes = {mark["note"] for mark in as_json(run("show", "--json", "ferry"))["annotations"]}
    assert notes == {"first", "second"}
    again = run("annotate", "--json", "ferry", "--from", source, code=1)
    assert [mark["outcome"] for mark in as_json(again)] == ["known", "known"]


def test_an_address_is_fetched_and_one_of_this_machines_network_only_on_demand(run, site):
    address = site.page("/bridge", b"<html><h1>The Bridge</h1><p>Nobody asked for it.</p></html>")
    assert "https://" in run("import", "ftp://example.org/bridge", code=1).err
    refused = run("import", address, code=1)
    assert "network of this machine" in refused.err
    assert "--allow-private" in refused.err
    assert site.asked == []
    (taken,) = as_json(run("import", "--json", "--allow-private", address))
    assert (taken["title"], taken["source"]) == ("The Bridge", address)
    shown = as_json(run("show", "--json", taken["id"]))
    assert shown["text"] == "The Bridge\nNobody asked for it."


def test_a_page_comes_with_what_stands_round_its_article_on_demand(run, tmp_path):
    words = "The council met on Tuesday to talk about a bridge that nobody had asked for so far. "
    page = tmp_path / "page.html"
    page.write_text(f"<aside>Beside it</aside><p>{words * 3}</p><p>{words * 3}</p>", "utf-8")
    taken = run("import", page)
    assert "1 passage beside the article was left out." in taken.err
    assert "Beside it" not in run("show", "--json", taken.out.split()[0]).out
    whole = run("import", "--whole-page", page)
    assert "left out" not in whole.err
    assert "Beside it" in run("show", "--json", whole.out.split()[0]).out


def test_a_language_is_guessed_or_named_and_travels_in_the_file(run, article, tmp_path):
    pytest.importorskip("pycld2", reason="no wheel for this machine")
    run("import", article)
    (row,) = as_json(run("list", "--json"))
    assert (row["language"], row["language_guessed"]) == ("en", True)
    exported = tmp_path / "ferry.md"
    run("export", "ferry", "-o", exported)
    run("import", exported, library="other.sqlite")
    shown = as_json(run("show", "--json", "ferry", library="other.sqlite"))
    assert (shown["language"], shown["language_guessed"]) == ("en", True)
    run("import", "--language", "en_GB", exported, library="other.sqlite")
    shown = as_json(run("show", "--json", "ferry", library="other.sqlite"))
    assert (shown["language"], shown["language_guessed"]) == ("en-GB", False)
    run("import", "--language", "the king's", article, code=2)
