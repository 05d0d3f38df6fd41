"""R14, R15: files of strangers, changed by chance or made to do harm.

Each is an article or one sentence, soon, and costs at most the child that read it.
"""

import hashlib
import json
import resource
import subprocess
import sys
import time
from itertools import islice

import pytest

from postil import isolation
from postil.domain import limits
from postil.domain.errors import UserError
from postil.importers import Source, read, read_marks
from properties.test_importers import check
from torture.bombs import BOMBS
from torture.mutations import DATA, mutants
from torture.writing import with_tests_on_the_path

KEPT = DATA / "fuzzed"  # what failed once; tried first from then on
MOST_SECONDS = 10.0
BUG = "met something it does not know"  # what is said of an error that nobody foresaw
DEATHS = ("ended the process", "took longer than", "does not start")


def outcome(name, data):
    """Return how a file was taken, "article", "refused" or "death", and how long at most.

    Raises:
        AssertionError: a bug of ours.
    """
    said, longest = "", 0.0
    for door in (read, read_marks) if name.endswith(".md") else (read,):
        began = time.monotonic()
        try:
            found = door(Source(data, name, name))
        except UserError as error:
            said = str(error)
            assert BUG not in said, said
            assert "\n" not in said
        else:
            if door is read:
                check(found.article)
                assert found.original.data == data
        longest = max(longest, time.monotonic() - began)
    how = "refused" if said else "article"
    return ("death" if any(words in said for words in DEATHS) else how), longest


def run_all(files):
    """Return how often each outcome came, and the longest time; keep a file that fails."""
    counts, longest = {"article": 0, "refused": 0, "death": 0}, 0.0
    for name, data in files:
        try:
            how, seconds = outcome(name, data)
            assert seconds < MOST_SECONDS, f"{seconds:.1f} s"
        except Exception:
            KEPT.mkdir(exist_ok=True)
            (KEPT / f"{hashlib.sha256(data).hexdigest()[:12]}-{name}").write_bytes(data)
            raise
        counts[how] += 1
        longest = max(longest, seconds)
    return counts, longest


def test_files_that_failed_once_are_read(tell):
    counts, longest = run_all((path.name, path.read_bytes()) for path in sorted(KEPT.glob("*")))
    tell(f"R14 kept files: {counts}, at most {longest:.1f} s")


def test_changed_files_give_an_article_or_a_sentence(chance, rounds, tell):
    count = rounds(150, 20_000)
    counts, longest = run_all(islice(mutants(chance), count))
    isolation.close()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    tell(f"R14 {count} changed files: {counts}, at most {longest:.1f} s, {peak:.0f} MB")
    assert counts["article"] > count / 5  # they are not all refused at the door


def test_a_reader_with_a_bug_is_found_out(monkeypatch, tmp_path):
    """The negative control of R14."""
    from postil.importers import table

    def broken(asked):
        return isolation.run("note", b"\xff", seconds=20, what=asked.name)

    monkeypatch.setitem(globals(), "KEPT", tmp_path / "kept")
    monkeypatch.setattr(type(table.TEXT), "read", property(lambda _: broken), raising=False)
    with pytest.raises(AssertionError, match=BUG):
        run_all([("a.txt", b"words")])
    assert len(list((tmp_path / "kept").iterdir())) == 1


MEASURE = """
import json, resource, sys, time
from pathlib import Path
from torture.test_foreign import outcome
from postil import isolation
path = Path(sys.argv[1])
name, data = path.name, path.read_bytes()
try:
    how, seconds = outcome(name, data)
finally:
    isolation.close()
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([how, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""
SHORT = {
    "nested tables", "attributes", "billion laughs", "archive that swells", "brackets",
    "page tree loop",
}  # fmt: skip
BOMB_SECONDS = limits.CHILD_SECONDS + 10  # a child that is ended has to be started, too
BOMB_MB = 1_100  # what the child may use, and the interpreter


@pytest.mark.parametrize(
    "bomb", [b if b in SHORT else pytest.param(b, marks=pytest.mark.only_long) for b in BOMBS]
)
def test_a_bomb_is_refused_or_read_soon(bomb, tmp_path, tell):
    name, data = BOMBS[bomb]()
    (tmp_path / name).write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, tmp_path / name],
        env=with_tests_on_the_path(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    how, seconds, processor, peak = json.loads(done.stdout)
    tell(f"R15 {bomb}: {how}, {seconds:.1f} s, {processor:.1f} s of the processor, {peak:.0f} MB")
    assert peak < BOMB_MB
    assert seconds < BOMB_SECONDS
