"""R23, R24: files between versions, and names no system can take.

`tests/data/exchanged/1.*` were written by the first version and are never made anew.
"""

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from postil.exporters import EXPORTERS, ExportOptions
from postil.files import NAME_BYTES, safe_file_name, unused_name
from postil.importers import Source, read, read_marks
from postil.library import AddArticle
from postil.library.handing_on import handed_on
from postil.library.intake import add_marks, take_in

FROZEN = Path(__file__).parents[1] / "data" / "exchanged"
FORMER = (FROZEN / "1.md").read_text("utf-8")
# What the next version may say that this one does not know.
LATER = re.sub(
    r"(`id=[^`]*)`",
    r"\1 weight=0.7 x-seen=twice`",
    FORMER.replace("\n---\n", "\nmood: calm\n---\n", 1),
)


def taken(library, text):
    """Take a file into a library; return what is handed on of it, and written."""
    intake = take_in(library, read(Source(text.encode(), "a.md", "a.md")))
    content = handed_on(library, intake.article_id)
    return content, EXPORTERS["markdown"].export(content, ExportOptions()).data.decode()


def parted(text):
    """Return the lines of the front matter, and the rest."""
    _, front, body = text.split("---\n", 2)
    return set(front.splitlines()), body


def test_a_file_of_the_first_version_is_read_and_written_without_loss(library, tell):
    content, written = taken(library, FORMER)
    assert [mark.anchor.exact for mark in content.annotations] == [
        "that club of dinosaurs", "nothing can be done.\nMost", "Most observers",
    ]  # fmt: skip
    first = content.annotations[0]
    assert (first.status, first.voice, first.confidence) == ("open", "quoted", "unsure")
    assert first.note == "A *label*.\n\n- one\n- two"
    assert [link.target for link in first.links] == [content.annotations[2].id]
    (front, body), (written_front, written_body) = map(parted, (FORMER, written))
    assert written_body == body
    assert front <= written_front  # more may be known by now
    tell(f"R23 a file of version 1: {len(content.annotations)} marks, written again alike")


def test_what_a_later_version_says_is_kept(library, tell):
    _, written = taken(library, LATER)
    kept = [written.count(word) for word in ("weight=0.7", "x-seen=twice", "mood: calm")]
    assert kept == [3, 3, 1]
    tell("R23 a file of the version after this: 7 unknown fields, 7 kept")


def test_marks_of_the_first_version_find_their_places(library):
    former = read(Source(FORMER.encode(), "a.md", "a.md"))
    command = AddArticle(former.article)
    library.do(command)
    data = (FROZEN / "1.jsonld").read_bytes()
    marks, _ = read_marks(Source(data, "a.jsonld", "a.jsonld"))
    add_marks(library, command.id, marks)
    found = library.placed_marks(command.id)
    assert [mark.anchor.exact for mark in found] == [m.mark.exact for m in former.marks]
    assert {mark.id for mark in found} == {m.mark.id for m in former.marks}


def test_a_reader_that_forgets_what_it_does_not_know_is_found_out(library):
    """The negative control of R23."""
    imported = read(Source(LATER.encode(), "a.md", "a.md"))
    marks = tuple(replace(m, mark=replace(m.mark, extra=())) for m in imported.marks)
    intake = take_in(library, replace(imported, marks=marks))
    content = handed_on(library, intake.article_id)
    written = EXPORTERS["markdown"].export(content, ExportOptions()).data.decode()
    assert written.count("weight=0.7") == 0


_RESERVED = (
    *("CON", "prn", "Aux", "NUL", "CLOCK$", "CONIN$", "CONOUT$"),
    *(f"{name}{number}" for name in ("COM", "lpt") for number in "0123456789¹²³"),
)
_ODD = (
    *("", ".", "..", "...", " ", "~", "-", "--force", "-rf", "/", "\\", "C:\\x", "a:b", "a::$DATA"),
    *("../../etc/passwd", "//host/share", "\\\\?\\C:\\", "a\0b", "a\nb", "a\tb", "a\x7f", "a\x85"),
    *('<>:"/\\|?*', "$HOME", "%PATH%", "`id`", "a;rm", "a&b", "a'b", "{a,b}", "[a]", "*", "?"),
    *("e\u0301", "\u00e9", "\ufb01", "\u212b", "\u00df", "SS", "\u0130", "i", "\u1e9e", "\u017f"),
    *("\u202egpj.exe", "\u2066a\u2069", "\u200d", "\u200b", "\ufeff", "\u00a0", "\u3000", "\u2028"),
    *(
        "\ud800",
        "\ufffe",
        "\U0010ffff",
        "😀" * 90,
        "a" * 300,
        "é" * 200,
        "\u0301" * 99,
        "👩\u200d🚀",
    ),
    *(
        "desktop.ini",
        "Thumbs.db",
        ".DS_Store",
        ".git",
        "a.",
        "a ",
        "a. .",
        ". a",
        " .a",
        "a\u200d.",
    ),
)
NAMES = list(dict.fromkeys(
    [*_RESERVED, *_ODD]
    + [name + end for name in _RESERVED for end in (".txt", " ", ".", " .a", "\u200d", "x")]
    + [begin + name for name in _ODD for begin in ("x", " ", "CON", "aux.")]
))  # fmt: skip


def objection(name):
    """Return why Windows, macOS or Linux would not take a name, or nothing."""
    stem = name.split(".")[0].rstrip(" ").upper()
    if stem in {reserved.upper() for reserved in _RESERVED}:
        return "reserved"
    if re.search(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\ud800-\udfff]', name):
        return "a forbidden character"
    if name != name.strip(" .") or not name or len(name.encode()) > NAME_BYTES + len(" (99)"):
        return "its ends, or its length"
    if unicodedata.normalize("NFC", name) != name or name.startswith("-"):
        return "its form"
    if any(unicodedata.category(c) == "Cf" and c not in "\u200c\u200d" for c in name):
        return "a character nobody sees"
    return ""


def test_names_are_valid_everywhere_and_unique(tmp_path, tell):
    taken_names = set()
    names = [unused_name(safe_file_name(name, ".md"), taken_names) for name in NAMES]
    assert {name: objection(name) for name in names if objection(name)} == {}
    assert len({name.casefold() for name in names}) == len(NAMES)
    for name in names:
        (tmp_path / name).write_bytes(b"x")
    assert len(list(tmp_path.iterdir())) == len(NAMES)
    tell(f"R24 {len(NAMES)} hostile names: all valid, all different, all written")


@pytest.mark.parametrize("name", ["CON.md", "a:b.md", "a .", "\u202ea.md", "e\u0301.md", "a" * 200])
def test_a_name_that_is_none_is_found_out(name):
    """The negative control of R24."""
    assert objection(name)
