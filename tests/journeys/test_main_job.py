"""The main job as a person does it from a shell: take in, mark, hand on, take in elsewhere."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.journey

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "sample-article.txt"
OWN = Path(__file__).resolve().parents[1] / "data" / "articles" / "toll.txt"
TAGS = ["persuasion23/doubt", "persuasion23/loaded_language", "Own tag", "Étiquette 😀", "שלום"]


def postil(library, *words):
    """Run one command and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "postil", words[0], "--library", library, *words[1:]],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(OWN, id="own"),
        pytest.param(
            SHARED,
            id="sample",
            marks=pytest.mark.skipif(
                not SHARED.exists(), reason="the real article is not beside this checkout"
            ),
        ),
    ],
)
def test_an_article_goes_out_with_its_marks_and_comes_back_without_loss(tmp_path, source):
    first, second = tmp_path / "first.sqlite", tmp_path / "second.sqlite"
    (taken,) = json.loads(postil(first, "import", source, "--json"))
    text = json.loads(postil(first, "show", taken["id"], "--json"))["text"]

    marks = _overlapping_marks(text, 100, random.Random(11))
    file = tmp_path / "marks.jsonl"
    file.write_text("".join(json.dumps(mark) + "\n" for mark in marks), encoding="utf-8")
    report = json.loads(postil(first, "annotate", taken["id"], "--from", file, "--json"))
    assert [mark["placement"] for mark in report] == ["exact"] * 100

    postil(first, "export", taken["id"], "-o", tmp_path / "first.md")
    (again,) = json.loads(postil(second, "import", tmp_path / "first.md", "--json"))
    assert (again["status"], again["marks"]) == ("new", 100)
    postil(second, "export", again["id"], "-o", tmp_path / "second.md")
    assert (tmp_path / "first.md").read_bytes() == (tmp_path / "second.md").read_bytes()

    shown = [
        json.loads(postil(lib, "show", "--json", taken["title"][:20])) for lib in (first, second)
    ]
    assert shown[0]["text"] == shown[1]["text"]
    assert shown[0]["annotations"] == shown[1]["annotations"]
    for mark in shown[1]["annotations"]:
        assert shown[1]["text"][mark["start"] : mark["end"]] == mark["quote"]

    (known,) = json.loads(postil(second, "import", tmp_path / "second.md", "--json"))
    assert (known["status"], known["missing"]) == ("known", [])


def _overlapping_marks(text, count, chance):
    """Return marks of all lengths, many of them over each other and over block borders."""
    marks = []
    while len(marks) < count:
        start = chance.randrange(len(text) - 1)
        end = min(len(text), start + chance.choice([1, 5, 20, 60, 200, 700]))
        words = text[start:end]
        if words != words.strip("\n"):
            continue
        marks.append(
            {
                "start": start,
                "end": end,
                "quote": words,
                "tags": chance.sample(TAGS, chance.randrange(3)),
                "note": chance.choice(["", "Why *this* word?", "1. one\n2. two\n\n```\ncode\n```"]),
                "author": chance.choice(["Ana", "Bo Li"]),
                "created": "2026-05-04T10:00:00Z",
                "voice": chance.choice(["", "author", "quoted"]),
                "status": chance.choice(["", "to-check"]),
            }
        )
    return marks


WRITER = """
import sys
from pathlib import Path
from postil.library import AddAnnotation, Library
with Library.open(Path(sys.argv[1])) as library:
    (row,) = library.articles()
    for number in range(10_000):
        command = AddAnnotation(row.id, number % 50, number % 50 + 5, note=f"note {number}")
        library.do(command)
        print(command.id, flush=True)
"""


def test_what_was_acknowledged_survives_a_kill(tmp_path):
    library = tmp_path / "library.sqlite"
    postil(library, "import", OWN)
    writer = subprocess.Popen([sys.executable, "-c", WRITER, library], stdout=subprocess.PIPE)
    acknowledged = [writer.stdout.readline().decode().strip() for _ in range(40)]
    writer.kill()
    rest, _ = writer.communicate()
    acknowledged += [
        line for line in rest.decode().splitlines(keepends=True) if line.endswith("\n")
    ]
    shown = json.loads(postil(library, "show", "toll", "--json"))
    kept = {mark["id"] for mark in shown["annotations"]}
    assert {line.strip() for line in acknowledged} <= kept
