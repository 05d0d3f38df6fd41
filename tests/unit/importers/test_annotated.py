import msgspec
import pytest

from factories import make_article
from postil.annotated_markdown import HandedOn, write
from postil.domain import limits
from postil.domain.errors import UserError
from postil.importers.annotated import convert
from postil.importers.crossing import Reading, Request

FILE = (
    'A <mark class="a1">b</mark>[^a1] <mark class="a2">c</mark>[^a2]\n\n'
    "[^a1]: **X** — “b”\n\n[^a2]: **Y** — “c”\n"
)


def read(text, **options):
    answer = convert(msgspec.json.encode(Request(text, **options)))
    return msgspec.json.decode(answer, type=Reading)


def test_a_file_of_ours_crosses_with_its_claim():
    article = make_article()
    reading = read(write(HandedOn(article, note="On it all.")))
    assert reading.article.text == article.text
    assert (reading.is_ours, reading.hash_matches) == (True, True)
    assert reading.claimed_sha256 == article.sha256
    assert reading.note == "On it all."


def test_a_file_without_a_claim_has_none():
    reading = read(FILE)
    assert reading.claimed_sha256 == ""
    assert [parsed.mark.exact or parsed.pieces for parsed in reading.marks]


def test_the_limits_hold_for_files_of_ours_too(monkeypatch):
    with pytest.raises(UserError, match="longer than 3"):
        read(FILE, max_characters=3)
    monkeypatch.setattr(limits, "MARKS_PER_FILE", 1)
    with pytest.raises(UserError, match="more than 1 "):
        read(FILE)
