"""`postil history`, `undo`, `redo`, `--bring-back`, and `show --original`, through `main`."""

import json

import pytest

from postil.cli import main
from postil.library import Library

TEXT = "The ferry that was promised\r\n\r\nFor years the council has told us nothing.\r\n"


@pytest.fixture
def run(tmp_path, capfdbinary):
    """Return a function that runs a command on a library with one article in it."""

    def run(*words, code=0):
        place = ["--library", str(tmp_path / "library.sqlite")]
        assert main([words[0], *place, *map(str, words[1:])]) == code
        captured = capfdbinary.readouterr()
        return (captured.err if code else captured.out).decode()

    path = tmp_path / "Ferry article.txt"
    path.write_bytes(TEXT.encode("utf-16"))
    run("import", path)
    return run


def steps(run, *words):
    return json.loads(run("history", "--json", *words))


def test_steps_are_listed_undone_redone_and_restored(run, tmp_path):
    (taken,) = steps(run)
    assert (taken["name"], taken["now"], taken["undone"]) == ("add-article", True, False)
    assert taken["restore_point"] is None
    with Library.open(tmp_path / "library.sqlite", author="Ada") as library:
        from postil.library import AddAnnotation, DeleteAnnotations

        mark = AddAnnotation(taken["article"], 4, 9)
        library.do(mark)
        library.history.name_point(library.history.set_point().step_id, "lunch")
        library.do(DeleteAnnotations((mark.id,)))
        deleted = library.undo_step().id
    lines = run("history").splitlines()
    assert lines[0].startswith(f"> {deleted:>6}")
    assert lines[0].endswith("Delete Mark “ferry”  (The ferry that was promised · Ada)")
    assert lines[1].endswith("restore point “lunch”")
    assert len(steps(run, "--limit", 1)) == 1
    assert run("history", "--bring-back", deleted).strip() == mark.id
    assert "Nothing that this step deleted" in run("history", "--bring-back", deleted, code=1)
    assert "  Restore “" in run("undo")
    assert json.loads(run("undo", "--json", "--to", taken["step"])) == [deleted, deleted - 1]
    assert [row["now"] for row in steps(run)] == [False, False, False, True]
    assert "not one to undo to" in run("undo", "--to", deleted, code=1)
    assert run("redo", "--to", deleted).count("\n") == 2
    for command, times in (("redo", 1), ("undo", 4)):
        for _ in range(times):
            run(command)
        assert f"nothing to {command}" in run(command, code=1)
    assert "no number of steps" in run("history", "--limit", "0", code=2)


def test_the_original_bytes_become_a_file_again(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Ferry article.txt").unlink()
    assert run("show", "ferry", "--original").strip() == "Ferry article.txt"
    assert (tmp_path / "Ferry article.txt").read_bytes() == TEXT.encode("utf-16")
    assert "exists already" in run("show", "ferry", "--original", code=1)
    told = json.loads(run("show", "ferry", "--original", "--json", "--force", "-o", "again"))
    assert told["path"] == "again"
    assert (tmp_path / "again").read_bytes() == TEXT.encode("utf-16")
    assert "go with --original" in run("show", "ferry", "-o", "x", code=2)
    assert "names no file" in run("show", "ferry", "--original", "-o", "", code=2)
    with Library.open(tmp_path / "library.sqlite") as library:
        from factories import make_article
        from postil.library import AddArticle

        library.do(AddArticle(make_article(heading="Typed")))
    assert "were not kept" in run("show", "Typed", "--original", code=1)
