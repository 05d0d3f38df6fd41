"""Files of folders: pages that a browser saved with a folder beside them are one thing."""

from pathlib import Path

import pytest

from postil.domain.errors import UserError
from postil.importers import files_of


@pytest.fixture
def saved(tmp_path):
    """Return a folder with a complete page, another page's folder without its page, and a text."""
    for name in ("page.html", "page_files/frame.html", "page_files/ad/ad.txt", "a/x.html",
                 "a/x-Dateien/y.html", "a/.hidden", "lone_files/z.html"):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("words", "utf-8")
    return tmp_path


def names(*given):
    found = list(files_of([str(one) for one in given]))
    assert not any(isinstance(one, UserError) for one in found)
    return found


def test_the_folder_of_a_page_is_not_gone_into(saved):
    wanted = ["page.html", "a/x.html", "lone_files/z.html"]
    assert names(saved) == [str(saved / name) for name in wanted]


def test_page_and_folder_together_are_the_page_once(saved):
    page, folder = saved / "page.html", saved / "page_files"
    assert names(page, folder) == [str(page)]
    assert names(folder, page) == [str(page)]
    assert names(folder) == [str(page)]
    assert names(folder, saved / "a", saved) == [
        str(page), str(saved / "a/x.html"), str(saved / "lone_files/z.html")
    ]  # fmt: skip


def test_what_is_named_is_yielded_as_it_is_named(saved, monkeypatch):
    monkeypatch.chdir(saved)
    Path("-").mkdir()
    given = ["-", "missing.txt", "./page.html", "https://example.org//a", "page.html", "a\0b"]
    assert list(files_of(given)) == given


def test_an_empty_folder_is_told(tmp_path):
    (found,) = files_of([str(tmp_path)])
    assert "holds no file" in str(found)
