"""Words from strangers in every place of the window: none is markup, opens a file, asks the web.

What Qt takes for markup it lays out as such, and reads the pictures that are named in it.
"""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QImage
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QToolTip, QWidget

from factories import make_article
from postil.exporters import EXPORTERS, ExportOptions
from postil.library import (
    AddAnnotation,
    AddArticle,
    ChangeAnnotation,
    DeleteArticles,
    WriteOnArticle,
)
from postil.library.handing_on import HandingOn
from postil.printing import pdf
from postil.ui import line_edit
from postil.ui.line_edit import LineEdit
from postil.ui.prompts import Prompts
from postil.ui.sidebar.note_edit import NoteEdit
from ui.filling import drag_place
from watched import Watched

PLAIN = Qt.TextFormat.PlainText
ROOT = QModelIndex()


@pytest.fixture
def bait(tmp_path):
    """Return markup that loads a picture from a folder that is watched until the test ends."""
    folder = tmp_path / "bait"
    folder.mkdir()
    picture = folder / "picture.png"
    assert QImage(8, 8, QImage.Format.Format_RGB32).save(str(picture))
    with Watched(folder) as watched:
        yield f"<img src='{picture.as_uri()}'><a href='{picture.as_uri()}'>there</a>"
        assert watched.opened() == []


@pytest.fixture
def hostile(library, bait, site):
    """Put an article into the library of which every word means harm; return its id."""
    site.page("/asked", b"x")
    bait += f"<img src='{site.address('/asked')}'>"
    command = AddArticle(
        make_article(
            f"The ferry {bait} left.", heading=f"Title {bait}", author=bait, outlet=bait,
            language="en",
        )
    )  # fmt: skip
    library.do(command)
    mark = AddAnnotation(command.id, 0, 9, tags=(f"Tag {bait.partition('<a')[0]}",))
    library.do(mark)
    note = f"Note {bait} ![x]({site.address('/asked')})"
    library.do(ChangeAnnotation(mark.id, note=note))
    library.do(WriteOnArticle(command.id, note))
    yield command.id
    assert site.asked == []


def tips(widget):
    """Yield every tip in a window, whether the pointer was there or not."""
    for part in [widget, *widget.findChildren(QWidget)]:
        yield part.toolTip()
        yield from (action.toolTip() for action in part.actions())
        model = part.model() if isinstance(part, QAbstractItemView) else None
        if model is not None:
            for row in range(min(model.rowCount(ROOT), 30)):
                index = model.index(row, 0, ROOT)
                yield index.data(Qt.ItemDataRole.ToolTipRole) or ""


def test_tips_and_labels_are_never_markup_of_strangers(window, library, hostile, qtbot):
    window.desk.open_article(hostile)
    window.desk.choose(library.annotations(hostile)[0].id)
    shown = set()
    for tab in range(window.sidebar.tabs.count()):
        window.sidebar.tabs.setCurrentIndex(tab)
        window.grab()
        shown |= set(tips(window))
        rich = [x.text() for x in window.findChildren(QLabel) if "<img" in x.text()]
        plain = [x for x in window.findChildren(QLabel) if x.textFormat() == PLAIN]
        assert len(rich) == sum("<img" in x.text() for x in plain), rich
    assert any("picture.png" in tip for tip in shown), "no tip tells words of the library"
    for tip in filter(None, shown):
        QToolTip.showText(window.mapToGlobal(QPoint(5, 5)), tip, window)
    QToolTip.hideText()
    library.do(DeleteArticles((hostile,)))
    QToolTip.showText(QPoint(5, 5), window.notices.toast.toolTip(), window)


def test_questions_and_messages_are_never_markup_of_strangers(qtbot, bait):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    seen = []

    def leave():
        box = QApplication.activeModalWidget()
        box.grab()
        seen.append(box.text())
        box.reject()

    for ask in (Prompts(window).tell, lambda *said: Prompts(window).confirm(*said, "Yes")):
        QTimer.singleShot(0, leave)
        ask("Title", bait)
    assert seen == [bait, bait]


def test_rich_text_is_pasted_and_dropped_as_words(window, library, qtbot, bait, site):
    site.page("/asked", b"x")
    rich = QMimeData()
    rich.setHtml(f"<p>The ferry {bait}<img src='{site.address('/asked')}'> left.</p>")
    rich.setText("The ferry left.")
    field = NoteEdit()
    qtbot.addWidget(field)
    field.show()
    field.insertFromMimeData(rich)
    field.grab()
    assert field.toPlainText() == "The ferry left."
    assert window.files.take_dropped(rich)
    qtbot.waitUntil(lambda: window.desk.opened is not None)
    window.grab()
    assert "ferry" in window.desk.opened.article.text
    assert site.asked == []


def test_all_that_is_handed_on_opens_nothing(window, library, hostile):
    handed_on = HandingOn(library)(hostile)
    for exporter in EXPORTERS.values():
        assert exporter.export(handed_on, ExportOptions(legend=True)).data
    assert pdf.export(handed_on, ExportOptions(legend=True)).data.startswith(b"%PDF")


def test_a_file_dropped_on_a_line_is_no_text(qtbot, tmp_path):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.txt"))])
    field = LineEdit("name")
    qtbot.addWidget(field)
    left, copy = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(drag_place(2, 2), copy, mime, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(field, enter)
    assert not enter.isAccepted()
    folder = Path(line_edit.__file__).parent
    bare = [
        p.name for p in folder.rglob("*.py") if re.search(r"\bQLineEdit\(", p.read_text("utf-8"))
    ]
    assert bare == []  # every line to type in is one of ours
