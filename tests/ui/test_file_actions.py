"""Articles in: files, several of them, bad ones, text pasted and dropped, other encodings."""

import codecs
import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton

from postil.domain.errors import UserError
from postil.exporters import ExportOptions
from postil.exporters.markdown import export
from postil.library import ChangeMetadata
from postil.library.handing_on import handed_on
from postil.ui.dialogs.intake_report import IntakeReport
from postil.ui.file_actions import ENCODINGS
from ui.filling import drag_place, mark, put, write

DOCUMENTS = Path(__file__).resolve().parents[1] / "data" / "documents"
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def clipboard(qapp):
    board = QGuiApplication.clipboard()
    yield board
    board.clear()


def rest(window, qtbot):
    qtbot.waitUntil(lambda: not window.tasks.is_busy, timeout=30_000)
    QCoreApplication.processEvents()  # what is asked is asked after the work


def titles(library):
    return {row.title for row in library.articles()}


def test_a_file_is_opened_by_key_and_dialog(window, library, answers, tmp_path, qtbot, settings):
    path = write(tmp_path / "harbour.txt", "The harbour board met.\n\nNobody came.\n")
    answers.will([path])
    qtbot.keyClick(window, Qt.Key.Key_O, CONTROL)
    rest(window, qtbot)
    assert window.desk.opened.article.text == "The harbour board met.\nNobody came."
    assert window.notices.toast.text().startswith("Taken in: ")
    assert settings.get("files/open-folder", "") == str(tmp_path)
    answers.will([])
    window.actions_["open"].trigger()
    assert answers.asked[-1][2] == tmp_path


@pytest.mark.parametrize("name", ["harbour-libreoffice.docx", "harbour-libreoffice.pdf"])
def test_a_document_of_another_program_is_offered_and_opened(window, answers, qtbot, name):
    answers.will([DOCUMENTS / name])
    window.actions_["open"].trigger()
    rest(window, qtbot)
    assert f"*{Path(name).suffix}" in answers.asked[-1][3].partition(")")[0].split()
    assert window.desk.opened.record.metadata.title == "The toll that pays for itself"
    window.actions_["reopen-encoding"].trigger()  # bytes that are no text have no encoding
    assert "not read from a text file" in window.notices.toast.text()


def test_the_same_text_a_second_time_is_opened_and_not_doubled(window, library, tmp_path, qtbot):
    path = write(tmp_path / "one.txt", "The same words.")
    window.files.take_files([path])
    rest(window, qtbot)
    first = window.desk.opened.id
    put(library, "Another")
    window.files.take_files([write(tmp_path / "two.txt", "The same words.")])
    rest(window, qtbot)
    assert window.desk.opened.id == first
    assert len(library.articles()) == 2
    assert window.notices.toast.text().startswith("Already in the library: ")


def test_several_files_are_taken_in_and_bad_ones_told_of(window, library, tmp_path, qtbot):
    paths = [
        write(tmp_path / "a.txt", "First words."),
        tmp_path / "missing.txt",
        write(tmp_path / "empty.txt", ""),
        write(tmp_path / "b.txt", "Second words."),
    ]
    window.files.take_files(paths)
    rest(window, qtbot)
    assert len(library.articles()) == 2
    assert window.notices.toast.text() == "2 articles taken in · 2 refused"
    told = window.banner.text()
    assert window.banner.isVisible()
    assert "missing.txt" in told
    assert "empty.txt" in told
    assert len(told.splitlines()) == 2


def test_tags_a_file_brings_are_told(window, library, tmp_path, qtbot):
    note = "[^1]: **Brand new** — “Here”"
    marked = f'---\nformat: "postil/1"\n---\n\n<mark>Here</mark>[^1] it is.\n\n{note}\n'
    window.files.take_files([write(tmp_path / "a.md", marked)])
    rest(window, qtbot)
    assert window.banner.text() == "New under My tags: Brand new"


def test_half_a_file_of_ours_is_refused(window, library, tmp_path, qtbot, clipboard):
    article_id = put(library, "Harbour", "The harbour board met.")
    mark(library, article_id, 0, 5)
    whole = export(handed_on(library, article_id), ExportOptions()).data.decode()
    before = library.article(article_id)
    half = whole[: len(whole) * 3 // 4]
    window.files.take_files([write(tmp_path / "half.md", half)])
    rest(window, qtbot)
    assert window.banner.text().startswith("half.md was not taken in: it is cut off: ")
    clipboard.setText(half)
    window.actions_["paste-article"].trigger()
    rest(window, qtbot)
    assert "it is cut off" in window.banner.text()
    assert library.article(article_id) == before
    assert len(library.articles()) == 1


def test_a_bad_file_alone_changes_nothing(window, library, tmp_path, qtbot):
    (tmp_path / "noise.txt").write_bytes(bytes(range(256)) * 8)
    window.files.take_files([tmp_path / "noise.txt"])
    rest(window, qtbot)
    assert library.articles() == []
    assert "noise.txt" in window.banner.text()
    assert not window.notices.toast.isVisible()


def test_reading_several_files_can_be_cancelled(window, library, tmp_path, qtbot):
    paths = [write(tmp_path / f"{n}.txt", f"Words of file {n}.") for n in range(20)]
    window.files.take_files(paths)
    window.status.cancel_wanted.emit()
    rest(window, qtbot)
    assert len(library.articles()) < 20


def test_text_is_pasted_by_key_and_on_the_shelf(window, library, clipboard, qtbot):
    clipboard.setText("Pasted words.\n\nMore of them.")
    qtbot.keyClick(window, Qt.Key.Key_V, CONTROL | SHIFT)
    rest(window, qtbot)
    assert window.desk.opened.article.text == "Pasted words.\nMore of them."
    clipboard.setText("Other words.")
    window.shelf.list.setFocus()
    qtbot.keyClick(window.shelf.list, Qt.Key.Key_V, CONTROL)
    rest(window, qtbot)
    assert window.desk.opened.article.text == "Other words."
    assert len(library.articles()) == 2


def test_pasting_elsewhere_makes_no_article(window, library, clipboard, qtbot):
    clipboard.setText("Pasted words.")
    window.shelf.filter.setFocus()
    qtbot.keyClick(window.shelf.filter, Qt.Key.Key_V, CONTROL)
    assert window.shelf.filter.text() == "Pasted words."
    assert library.articles() == []


def test_an_empty_clipboard_is_said(window, clipboard):
    clipboard.clear()
    window.actions_["paste-article"].trigger()
    assert window.notices.toast.text() == "There is no text on the clipboard"


def test_marked_up_text_keeps_its_structure(window, clipboard, qtbot):
    mime = QMimeData()
    mime.setHtml("<h1>Tolls</h1><p>Nobody <em>asked</em>.</p><script>alert(1)</script>")
    mime.setText("Tolls Nobody asked.")
    clipboard.setMimeData(mime)
    window.actions_["paste-article"].trigger()
    rest(window, qtbot)
    assert window.desk.opened.article.text == "Tolls\nNobody asked."
    assert len(window.desk.opened.article.spans) == 1


def drop(window, mime):
    """Drop something on the window as a pointer does; return whether it was taken."""
    copy = Qt.DropAction.CopyAction
    left = Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(drag_place(400, 300), copy, mime, left, none)
    QApplication.sendEvent(window, enter)
    if not enter.isAccepted():
        return False
    assert window._veil.isVisible()
    event = QDropEvent(QPointF(400, 300), copy, mime, left, none)
    QApplication.sendEvent(window, event)
    assert not window._veil.isVisible()
    return event.isAccepted()


def test_files_are_dropped(window, library, tmp_path, qtbot):
    mime = QMimeData()
    paths = [write(tmp_path / f"{n}.txt", f"Words of file {n}.") for n in range(3)]
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    assert drop(window, mime)
    rest(window, qtbot)
    assert len(library.articles()) == 3


def test_folders_and_files_are_dropped_and_told_of(window, library, tmp_path, qtbot):
    folder = tmp_path / "unit"
    (folder / "deeper").mkdir(parents=True)
    (tmp_path / "nothing").mkdir()
    write(folder / "a.txt", "Words of a.")
    write(folder / "deeper" / "b.txt", "Words of b.")
    write(folder / ".hidden.txt", "Not meant.")
    for number in range(8):
        write(folder / f"empty{number}.txt", "")
    single = write(tmp_path / "a again.txt", "Words of a.")
    book = {"id": "river", "name": "River", "version": "1"}
    book["groups"] = [{"id": "g", "name": "Group", "colour": "#77AADD"}]
    book["tags"] = [{"id": "a", "group": "g", "name": "A", "code": "A"}]
    write(folder / "river.json", json.dumps(book))
    mime = QMimeData()
    paths = (folder, tmp_path / "nothing", single)
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    assert drop(window, mime)
    rest(window, qtbot)
    assert titles(library) == {"a", "b"}
    assert "river" in {one.codebook.id for one in library.tag_sets()}
    told = window.notices.toast.text()
    assert told == "2 articles taken in · 1 known already · 9 refused"
    lines = window.banner.text().splitlines()
    assert "“" in lines[0]
    assert "holds no file" in lines[0]
    assert lines[-1] == "And 3 more."


def test_markup_without_words_gives_way_to_the_bare_words(window, clipboard, qtbot):
    mime = QMimeData()
    mime.setHtml("<img src='x.png'>")
    mime.setText("Words beside the picture.")
    clipboard.setMimeData(mime)
    window.actions_["paste-article"].trigger()
    rest(window, qtbot)
    assert window.desk.opened.article.text == "Words beside the picture."
    assert not window.banner.isVisible()


@pytest.fixture
def fields(window, ferry, library):
    """Open every field there is; return them by name."""
    window.desk.open_article(ferry)
    made = mark(library, ferry, 4, 9)
    window.actions_["find"].trigger()
    find = window.focusWidget()
    window.desk.edit_wanted.emit(made)
    editor = window.sidebar.marks.editor
    return {
        "search": window.shelf.filter,
        "filter": window.sidebar.marks.filter_bar.field,
        "find": find,
        "note": editor.note.viewport(),
        "tag": editor.tags.field,
        "title": window.sidebar.article.fields["title"],
    }


def drop_on(widget, mime):
    """Drop something on a field; Qt hands it to whoever takes it on the way out."""
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QDragEnterEvent(drag_place(4, 4), copy, mime, left, none))
    QApplication.sendEvent(widget, QDropEvent(QPointF(4, 4), copy, mime, left, none))


@pytest.mark.parametrize("name", ["search", "filter", "find", "note", "tag", "title"])
def test_files_on_a_field_go_to_the_window_and_words_into_it(
    window, fields, library, tmp_path, qtbot, name
):
    field = fields[name]
    line = window.sidebar.marks.editor.note if name == "note" else field
    words = QMimeData()
    words.setText("told")
    drop_on(field, words)
    text = line.toPlainText() if name == "note" else line.text()
    assert "told" in text
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(write(tmp_path / "new.txt", "Dropped words.")))])
    drop_on(field, files)
    assert (line.toPlainText() if name == "note" else line.text()) == text
    rest(window, qtbot)
    assert "new" in titles(library)


def test_text_is_dropped(window, library, qtbot):
    mime = QMimeData()
    mime.setText("Dropped words.")
    assert drop(window, mime)
    rest(window, qtbot)
    assert window.desk.opened.article.text == "Dropped words."


def test_an_address_alone_is_fetched_only_when_the_person_says_so(window, library, answers):
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/article")])
    answers.will(None)
    drop(window, mime)
    assert answers.asked[-1][-1] == "https://example.org/article"
    assert not window.tasks.is_busy
    assert library.articles() == []


PAGE = b"<html><body><h1>The Bridge</h1><p>Nobody asked for it.</p></body></html>"


def test_an_address_is_asked_for_by_key_and_fetched(window, answers, site, qtbot):
    address = site.page("/bridge", PAGE)
    answers.will(address, True, True)  # the server of a test is on this machine, so we insist
    qtbot.keyClick(window, Qt.Key.Key_L, CONTROL)
    rest(window, qtbot)
    assert window.desk.opened.article.text == "The Bridge\nNobody asked for it."
    assert window.desk.opened.article.metadata.source == address
    assert window.notices.toast.text() == "Taken in: The Bridge"
    assert "network of this machine" in answers.asked[-2][2]


def test_nothing_is_asked_of_this_machines_network_without_a_yes(window, answers, site, qtbot):
    answers.will(site.page("/bridge", PAGE), False)
    window.actions_["open-address"].trigger()
    rest(window, qtbot)
    assert site.asked == []
    assert window.desk.opened is None
    assert not window.notices.banner.isVisible()


def test_why_an_address_was_not_fetched_is_told(window, library, answers, site, qtbot):
    answers.will("two words")
    window.actions_["open-address"].trigger()
    rest(window, qtbot)
    assert "no address of the web" in window.notices.banner.text()
    answers.will(site.page("/gone", b"", status=404), True)
    window.actions_["open-address"].trigger()
    rest(window, qtbot)
    assert "404" in window.notices.banner.text()
    assert library.articles() == []


def test_fetching_is_cancelled_from_the_status_line(window, library, answers, site, qtbot):
    answers.will(site.drip("/slow", b"word "), True)
    window.actions_["open-address"].trigger()
    qtbot.waitUntil(lambda: bool(site.asked), timeout=10_000)
    window.status.cancel_wanted.emit()
    rest(window, qtbot)
    assert library.articles() == []
    assert not window.notices.banner.isVisible()


def test_other_things_are_not_taken(window):
    mime = QMimeData()
    mime.setColorData("red")
    assert not drop(window, mime)


@pytest.fixture
def cafe(window, tmp_path, qtbot):
    """Take in a file that was read in the wrong encoding, and mark some of it."""
    text = "Le café était fermé à Besançon.\n\nPersonne ne le savait.\n"
    window.files.take_files([write(tmp_path / "cafe.txt", text, "windows-1252")])
    rest(window, qtbot)
    return window.desk.opened.id


def read_as(window, qtbot, answers, encoding):
    answers.will(ENCODINGS.index(encoding))
    window.actions_["reopen-encoding"].trigger()
    rest(window, qtbot)


def test_an_article_is_read_again_in_another_encoding(window, library, answers, cafe, qtbot):
    before = library.original(cafe)
    at = window.desk.opened.article.text.index("Personne")
    sure = mark(library, cafe, at, at + 8)
    changed = mark(library, cafe, 0, 30)
    read_as(window, qtbot, answers, "windows-1253")
    greek = "Le café était fermé à Besançon.".encode("windows-1252").decode("windows-1253")
    assert window.desk.opened.id == cafe
    assert len(library.articles()) == 1
    assert window.desk.opened.article.text.startswith(greek)
    assert window.desk.marks.get(sure).placement == "exact"
    assert window.desk.marks.get(changed).anchor.exact == greek[:30]
    told = window.notices.toast.text()
    assert told == "Read again as windows-1253 · 2 marks carried over · 1 with other words"
    after = library.original(cafe)
    assert (after.data, after.sha256) == (before.data, before.sha256)
    assert after.encoding == codecs.lookup("windows-1253").name
    library.undo()
    assert window.desk.opened.article.text.startswith("Le café")
    assert library.original(cafe) == before
    assert {m.id for m in window.desk.marks} == {sure, changed}


def test_the_title_is_read_anew_unless_somebody_changed_it(
    window, library, answers, tmp_path, qtbot
):
    page = "<html><head><title>Fermé</title></head><body><h1>Fermé</h1><p>Rien.</p></body></html>"
    window.files.take_files([write(tmp_path / "page.html", page, "windows-1252")])
    rest(window, qtbot)
    article = window.desk.opened.id
    read_as(window, qtbot, answers, "windows-1251")
    assert library.article(article).record.metadata.title == "Fermй"
    metadata = library.article(article).record.metadata
    library.do(ChangeMetadata(article, replace(metadata, title="My own")))
    read_as(window, qtbot, answers, "windows-1252")
    assert window.desk.opened.article.text == "Fermé\nRien."
    assert library.article(article).record.metadata.title == "My own"


def test_the_same_words_in_another_encoding_are_no_step(window, library, answers, cafe, qtbot):
    step = library.undo_step()
    read_as(window, qtbot, answers, "iso-8859-15")
    assert library.undo_step() == step
    assert "the words are the same" in window.notices.toast.text()


def test_an_encoding_that_does_not_fit_changes_nothing(window, library, answers, cafe, qtbot):
    step = library.undo_step()
    read_as(window, qtbot, answers, "utf-8")
    assert library.undo_step() == step
    assert "not written in utf-8" in window.banner.text()


def test_an_article_without_bytes_cannot_be_read_again(window, ferry, answers):
    window.desk.open_article(ferry)
    window.actions_["reopen-encoding"].trigger()
    assert answers.asked == []
    assert "not read from a text file" in window.notices.toast.text()


def test_our_own_file_comes_back_with_its_marks(window, library, tmp_path, qtbot, answers):
    from postil.annotated_markdown import write as written
    from postil.library import DeleteArticles
    from postil.library.handing_on import handed_on

    article = put(library, "Ferry", "The ferry was promised by somebody.")
    made = mark(library, article, 10, 21, "Slogan of my own")
    path = write(tmp_path / "ferry.md", written(handed_on(library, article)))
    extra = mark(library, article, 0, 5)
    window.files.take_files([path])
    rest(window, qtbot)
    assert window.notices.toast.text().endswith("1 mark is not in the file")
    assert {m.id for m in library.annotations(article)} == {made, extra}
    library.do(DeleteArticles((article,)))
    window.files.take_files([path])
    rest(window, qtbot)
    assert [m.id for m in window.desk.marks] == [made]


def test_a_busy_library_takes_it_in_later(window, library, tmp_path, qtbot):
    import sqlite3

    other = sqlite3.connect(library.path)
    other.execute("BEGIN IMMEDIATE")
    window.files.take_files([write(tmp_path / "a.txt", "First words.")])
    rest(window, qtbot)
    assert window.desk.waiting == 1
    assert "in use by another program" in window.banner.text()
    assert window.status.saved.text() == "1 change waits"
    other.rollback()
    other.close()
    qtbot.waitUntil(lambda: not window.desk.waiting)
    assert window.desk.opened is not None
    assert not window.banner.isVisible()
    assert window.status.saved.text() == "Saved"


def table_of(window):
    (report,) = window.findChildren(IntakeReport)
    table = report.table
    rows = range(table.rowCount())
    return report, [
        [table.item(row, column).text() for column in range(3)]
        for row in rows
        if not table.isRowHidden(row)
    ]


def test_a_batch_is_one_step_and_its_report_is_filtered_copied_and_tried_again(
    window, library, tmp_path, qtbot, clipboard
):
    put(library, "Before")
    late = tmp_path / "late.txt"
    paths = [write(tmp_path / f"{n}.txt", f"Words of {n}.") for n in "abc"]
    again = write(tmp_path / "again.txt", "Words of a.")
    progress = []
    window.tasks.progressed.connect(lambda *place: progress.append(place))
    window.files.take_files([*paths, again, late])
    rest(window, qtbot)
    assert progress == [(n, 5) for n in range(5)]
    summary = "3 articles taken in · 1 known already · 1 refused"
    assert window.notices.toast.text() == summary
    assert [path.name for path in window.files.recent.paths()] == [
        "again.txt", "c.txt", "b.txt", "a.txt",
    ]  # fmt: skip
    window.actions_["import-report"].trigger()
    report, rows = table_of(window)
    assert rows[0] == ["a.txt", "Taken in", "a"]
    assert rows[3] == ["again.txt", "Known already", "a"]
    assert rows[4][:2] == ["late.txt", "Refused"]
    report.kinds.setCurrentText("Refused (1)")
    assert [row[0] for row in table_of(window)[1]] == ["late.txt"]
    copy = report.findChild(QPushButton, "copyIntake")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert clipboard.text().split("\t")[:2] == [str(late), "Refused"]
    clipboard.clear()
    report.kinds.setCurrentIndex(0)
    report.table.setCurrentCell(1, 0)
    qtbot.keyClick(report.table, Qt.Key.Key_Return)
    assert clipboard.text() == ""
    assert window.desk.opened.record.metadata.title == "b"
    assert library.undo_step().name == "take-in-files"
    assert window.actions_["undo"].text() == "&Undo Take In Files “a”"
    write(late, "Late words.")
    qtbot.mouseClick(report.again, Qt.MouseButton.LeftButton)
    rest(window, qtbot)
    assert titles(library) == {"Before", "a", "b", "c", "late"}
    library.undo()
    library.undo()
    assert titles(library) == {"Before"}
    library.redo()
    assert titles(library) == {"Before", "a", "b", "c"}


def test_cancelling_answers_at_once_and_says_what_is_in(
    window, library, tmp_path, qtbot, monkeypatch
):
    from postil import importers

    gate, waits = threading.Event(), threading.Event()
    paths = [write(tmp_path / f"{n}.txt", f"Words of {n}.") for n in "abcd"]
    read = importers.read

    def slow(source, **options):
        if source.name == "c.txt":
            waits.set()
            gate.wait(10)
        return read(source, **options)

    monkeypatch.setattr(importers, "read", slow)
    window.files.take_files(paths)
    qtbot.waitUntil(waits.is_set)
    window.status.cancel_wanted.emit()
    assert window.notices.toast.text() == "2 articles taken in · 2 not taken in"
    gate.set()
    window.files.telling.show_report()
    report, rows = table_of(window)
    assert [row[:2] for row in rows[2:]] == [["c.txt", "Not taken in"], ["d.txt", "Not taken in"]]
    qtbot.mouseClick(report.again, Qt.MouseButton.LeftButton)
    rest(window, qtbot)
    assert titles(library) == {"a", "b", "c", "d"}


def test_a_library_that_refuses_one_file_takes_the_others(
    window, library, tmp_path, monkeypatch, qtbot
):
    from postil.library import intake

    take_in = intake.take_in

    def refusing(library, imported):
        if imported.original.origin.endswith("b.txt"):
            raise UserError("The disk is full", "Make room.")
        return take_in(library, imported)

    monkeypatch.setattr(intake, "take_in", refusing)
    window.files.take_files([write(tmp_path / f"{n}.txt", f"Words of {n}.") for n in "abc"])
    rest(window, qtbot)
    assert titles(library) == {"a", "c"}
    assert window.notices.toast.text() == "2 articles taken in · 1 refused"
    assert "The disk is full" in window.banner.text()


def test_there_is_no_report_before_there_was_a_batch(window):
    window.actions_["import-report"].trigger()
    assert "No files" in window.notices.toast.text()
