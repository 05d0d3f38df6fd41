"""Work that came back: files, folders and archives, whatever they are called and hold."""

import json
import zipfile
from pathlib import Path

import pytest

from factories import make_article, make_id
from postil import isolation
from postil.annotated_markdown import HandedOn, write
from postil.domain import limits
from postil.importers import Work, members
from postil.importers.returned import gather, proposed_aliases

LINE = json.dumps({"quote": "nothing can be done", "note": "Really?"})
OURS = write(HandedOn(make_article("Words of an article.", title="Words")))


@pytest.fixture
def here(monkeypatch):
    """Have archives read in this process, where it is seen what is run of the child's side."""
    run = isolation.run

    def run_here(task, payload, **limited):
        return members.convert(payload) if task == "members" else run(task, payload, **limited)

    monkeypatch.setattr(isolation, "run", run_here)


def read(*paths):
    return list(gather(paths, lambda _done, _total: None))


def refusals(*paths):
    return {one.name: str(one.error) for one in read(*paths) if not isinstance(one, Work)}


def packed(path, *members):
    """Write an archive of (name, text) pairs."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members:
            archive.writestr(name, text)
    return path


def test_a_folder_is_read_with_what_is_below_it_and_broken_files_cost_nothing(tmp_path):
    folder = tmp_path / "class"
    for name, text in (
        ("ana/work.jsonl", LINE),
        ("ben/work.jsonl", LINE + "\n"),
        ("carl.md", OURS),
        ("half.md", OURS[: len(OURS) // 2]),
        ("plain.txt", "Only words."),
        ("broken.json", '{"quote": "nothing'),
        ("empty.md", ""),
        (".hidden.md", OURS),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    seen = []
    found = list(gather([folder], lambda done, total: seen.append((done, total))))
    works = [one for one in found if isinstance(one, Work)]
    assert [work.name for work in works] == ["carl.md", "ana/work.jsonl", "ben/work.jsonl"]
    assert proposed_aliases(works) == ["carl", "ana/work", "ben/work"]
    assert works[0].imported.article.text == "Words of an article."
    assert works[1].imported is None
    assert set(refusals(folder)) == {"half.md", "plain.txt", "broken.json", "empty.md"}
    assert seen[-1] == (6, 7)


def test_files_of_one_name_are_told_apart_and_missing_ones_told(tmp_path, monkeypatch):
    paths = [tmp_path / name / "work.jsonl" for name in ("ana", "ben")]
    for path in paths:
        path.parent.mkdir()
        path.write_text(LINE, "utf-8")
    assert proposed_aliases(read(*paths)) == ["ana/work", "ben/work"]
    assert proposed_aliases(read(paths[0])) == ["work"]
    assert proposed_aliases(read(paths[1]), read(paths[0])) == ["work (2)"]  # one after the other
    monkeypatch.chdir(tmp_path / "ana")
    here = [one.name for one in read(Path("work.jsonl"), Path("work.jsonl"), paths[1])]
    assert here == ["ana/work.jsonl", "ben/work.jsonl"]
    (tmp_path / "none").mkdir()
    told = refusals(tmp_path / "gone.md", tmp_path / "none")
    assert "gone.md" in told["gone.md"]
    assert "holds no file" in told["none"]


def test_an_archive_is_read_in_memory_and_never_by_its_names(tmp_path, here):
    path = packed(
        tmp_path / "class.zip",
        ("ana.jsonl", LINE),
        ("ben/", ""),
        ("ben/work.jsonl", LINE + "\n"),
        ("../../out.md", OURS),
        ("/etc/out.md", OURS),
        ("C:\\out.md", OURS),
        ("a\\..\\..\\out.md", OURS),
        ("__MACOSX/ben/work.jsonl", LINE),
        (".DS_Store", "x"),
        ("half.md", OURS[: len(OURS) // 2]),
    )
    packed(tmp_path / "inner.zip", ("x.md", OURS))
    with zipfile.ZipFile(path, "a") as archive:
        archive.write(tmp_path / "inner.zip", "inner.zip")
    before = sorted(tmp_path.rglob("*"))
    works = [one for one in read(path) if isinstance(one, Work)]
    assert [work.name for work in works] == ["class.zip/ana.jsonl", "class.zip/ben/work.jsonl"]
    told = refusals(path)
    outside = [name for name, reason in told.items() if "outside the archive" in reason]
    assert len(outside) == 4
    assert "archive too" in told["class.zip/inner.zip"]
    assert "Get the whole file again" in told["class.zip/half.md"]
    assert sorted(tmp_path.rglob("*")) == before


def test_members_of_one_name_are_both_read(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = packed(tmp_path / "class.zip", ("a.jsonl", LINE), ("a.jsonl", LINE + " "))
    assert len({work.sha256 for work in read(path)}) == 2


def test_archives_that_cannot_be_read_are_refused_whole(tmp_path, here, monkeypatch):
    whole = packed(tmp_path / "whole.zip", ("a.jsonl", LINE))
    (tmp_path / "cut.zip").write_bytes(whole.read_bytes()[:-30])
    packed(tmp_path / "empty.zip")
    packed(tmp_path / "aside.zip", (".hidden", "x"))
    packed(tmp_path / "bomb.zip", ("a.jsonl", " " * (limits.ENTRY_BYTES + 1)))
    names = ("cut.zip", "empty.zip", "aside.zip", "bomb.zip")
    told = refusals(*(tmp_path / name for name in names))
    assert set(told) == set(names)
    assert "damaged or cut off" in told["cut.zip"]
    assert "holds no file" in told["empty.zip"]
    assert "holds no file" in told["aside.zip"]
    assert "do harm" in told["bomb.zip"]
    monkeypatch.setattr(limits, "FILE_BYTES", 1_000)
    large = packed(tmp_path / "large.zip", *((f"{n}.jsonl", LINE * 10) for n in range(3)))
    assert "unpacks to more than" in refusals(large)["large.zip"]


def test_an_answer_no_child_of_ours_sends_is_refused(tmp_path, monkeypatch):
    path = packed(tmp_path / "class.zip", ("a.jsonl", LINE))
    monkeypatch.setattr(isolation, "run", lambda *_, **__: b"[1]")
    assert "do harm" in refusals(path)["class.zip"]


def test_two_marks_with_one_id_and_a_list_of_quotations_are_read(tmp_path):
    twice = "\n".join(
        json.dumps({"quote": "nothing can be done", "note": note, "id": make_id(1)})
        for note in ("one", "two")
    )
    (tmp_path / "twice.jsonl").write_text(twice, "utf-8")
    (tmp_path / "list.md").write_text(
        "# Highlights\n\n> nothing can be done\n\nNote: Really?\n\n> the council looked away\n",
        "utf-8",
    )
    works = read(tmp_path / "twice.jsonl", tmp_path / "list.md")
    assert [parsed.mark.note for parsed in works[0].marks] == ["one", "two"]
    assert works[0].remarks
    assert (works[1].marks[0].mark.note, works[1].imported) == ("Really?", None)
