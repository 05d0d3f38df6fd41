"""Practice copies that came back, in the window."""

import pytest

from postil.annotated_markdown import HandedOn
from postil.exporters import EXPORTERS, Copy, ExportOptions
from ui.filling import mark, put, windows_shown


@pytest.fixture
def article(window, library):
    made = put(library, "The ferry", "For years the council, that club, said no.")
    at = library.article(made).article.text.index("council")
    mark(library, made, at, at + 7, "Slogan")
    mark(library, made, at + 9, at + 18, "Label")
    window.desk.open_article(made)
    return made


@pytest.fixture
def came_back(library, article, tmp_path):
    """Return a practice copy as a student may have written into it."""
    content = HandedOn(library.article(article).article)
    text = EXPORTERS["markdown"].export(content, ExportOptions(copy=Copy.PRACTICE)).data.decode()
    text = text.replace("council", '<mark class="a1">council</mark>[^a1]')
    path = tmp_path / "bo.md"
    path.write_text(text + "\n[^a1]: **Slogan**\n", "utf-8")
    return path


def test_a_copy_is_held_against_the_open_article(window, came_back, answers, tmp_path, qapp, qtbot):
    other = tmp_path / "other.md"
    other.write_text('---\nformat: "postil/1"\n---\n\nQuite other words in here.\n', "utf-8")
    seen = []

    def look(dialog):
        dialog.show()
        row = dialog.tree.topLevelItem(0)
        rows = [row, *(row.child(index) for index in range(row.childCount()))]
        seen.extend([one.text(column) for column in range(5)] for one in rows)
        seen.append(dialog.refused.text())
        assert row.isExpanded()
        return True

    answers.will([came_back, other], look)
    with windows_shown(qapp) as shown:
        window.actions_["check-practice"].trigger()
        qtbot.waitUntil(lambda: len(seen) == 4)
    assert len(shown) == 1  # the dialog, and none of its parts
    assert seen[0] == ["bo.md", "1 of 2 found, 0 extra", "50%", "", ""]
    assert seen[1] == ["¶1 council", "found", "100%", "Slogan", "Slogan"]
    assert seen[2][1:] == ["missed", "", "Label", ""]
    assert "other.md” is of another article" in seen[3]


def test_leaving_the_question_and_a_wrong_file(window, article, answers, tmp_path, qtbot):
    answers.will([])
    window.actions_["check-practice"].trigger()
    answers.will([tmp_path / "gone.md"])
    window.actions_["check-practice"].trigger()
    qtbot.waitUntil(window.banner.isVisible)
    assert "gone.md" in window.banner.text()
    window.banner.hide()
