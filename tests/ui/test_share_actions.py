"""Articles out: the export dialog with its preview, several at once, and the clipboard."""

import errno
import json
import os
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication

from postil.domain.annotation import Status
from postil.domain.errors import UserError
from postil.library import AddAnnotation, ChangeAnnotation, DeleteArticles, Library, WriteOnArticle
from postil.ui.dialogs.copy_options import CopyOptions
from ui.filling import mark, put

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def article(window, library):
    made = put(library, "The ferry: promised?", "For years the council, that club, said no.")
    mark(library, made, 5, 10, "Slogan of my own")
    window.desk.open_article(made)
    return made


@pytest.fixture
def export(window, answers, qtbot):
    """Return a function that opens the dialog by its key and does something in it."""

    def run(act):
        def in_dialog(dialog):
            dialog.show()
            qtbot.waitUntil(dialog.save_button.isEnabled)
            act(dialog)
            accepted = dialog.result() == dialog.DialogCode.Accepted
            dialog.close()
            return accepted

        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        answers.will(in_dialog)
        qtbot.keyClick(window, Qt.Key.Key_E, CONTROL)
        assert answers.ready == []

    return run


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_what_is_previewed_is_what_is_written(window, article, export, answers, tmp_path, qtbot):
    shown = []

    def act(dialog):
        shown.append(dialog.preview.toPlainText())
        answers.will(tmp_path / "out.md")
        press(qtbot, dialog.save_button)

    export(act)
    assert '<mark class="a1">' in shown[0]
    assert "Slogan of my own" in shown[0]
    assert (tmp_path / "out.md").read_text(encoding="utf-8") == shown[0]
    assert window.notices.toast.text() == "Written: out.md"


def test_the_proposed_name_is_safe_and_the_folder_is_kept(
    article, export, answers, tmp_path, qtbot, settings
):
    def act(dialog):
        answers.will(tmp_path / "ferry.md")
        press(qtbot, dialog.save_button)

    export(act)
    proposed = answers.asked[-1][2]
    assert proposed.suffix == ".md"
    assert not set('<>:"/\\|?*') & set(proposed.name)
    export(act)
    assert answers.asked[-1][2].parent == tmp_path


def test_options_change_the_preview_and_are_kept(article, export, qtbot, settings):
    texts = []

    def act(dialog):
        texts.append(dialog.preview.toPlainText())
        dialog.options.numbers.click()
        qtbot.waitUntil(lambda: dialog.preview.toPlainText() not in texts)
        texts.append(dialog.preview.toPlainText())

    export(act)
    assert '<sup class="n">1</sup>' in texts[1]
    assert settings.get("export/numbers", False)


def test_a_copy_for_a_class_is_offered_told_and_named(
    article, export, answers, tmp_path, qtbot, settings
):
    def choose(dialog, box, value):
        before = dialog.preview.toPlainText()
        box.setCurrentIndex(box.findData(value))
        qtbot.waitUntil(lambda: dialog.preview.toPlainText() != before)
        return dialog.preview.toPlainText()

    def act(dialog):
        options = dialog.options
        assert "all marks" in options.holds.text()
        assert not options.guide.isVisible()
        student = choose(dialog, options.copy, "student")
        assert "Slogan" not in student
        assert "<mark" not in student
        assert "Nothing of your work" in options.holds.text()
        assert not options.legend.isEnabled()
        assert "<mark>" in choose(dialog, options.copy, "guided")
        assert "<mark>" not in choose(dialog, options.guide, "questions")
        assert "without marks" in options.holds.text()
        choose(dialog, options.guide, "both")
        assert "passages in one tint and" in options.holds.text()
        assert 'practice: "' in choose(dialog, options.copy, "practice")
        assert "reasons" not in options.holds.text()
        assert "<!-- legend -->" in choose(dialog, options.copy, "key")
        assert "reasons" in options.holds.text()
        assert "that club" not in choose(dialog, options.copy, "quotations")
        assert options.legend.isEnabled()
        assert not options.numbers.isEnabled()
        options.neutral.click()  # without tags there is nothing to explain
        assert not options.legend.isEnabled()
        options.neutral.click()
        assert "Slogan" in choose(dialog, dialog.format, "jsonld")
        assert options.chosen_copy() == "whole"
        assert not options.copy.isVisible()
        choose(dialog, dialog.format, "markdown")
        choose(dialog, options.copy, "student")
        answers.will(tmp_path / "out.md")
        press(qtbot, dialog.save_button)

    export(act)
    assert answers.asked[-1][2].name == "The ferry promised - student.md"
    assert settings.get("export/copy", "") == "student"


def test_only_some_marks_go_out_as_a_partial_copy(library, article, export, qtbot):
    for start, tag, status in ((0, "Doubt", Status.OPEN), (4, "Label", Status.UNSAID)):
        library.do(AddAnnotation(article, start, start + 3, (tag,), status=status))

    def act(dialog):
        qtbot.waitUntil(lambda: "Label" in dialog.preview.toPlainText())
        assert "partial" not in dialog.preview.toPlainText()
        (doubt,) = (one for one in dialog.marks.tags.menu().actions() if "Doubt" in one.text())
        doubt.trigger()
        qtbot.waitUntil(lambda: "partial" in dialog.preview.toPlainText())
        assert "Label" not in dialog.preview.toPlainText()
        assert "Doubt" in dialog.marks.tags.text()
        (unsaid,) = (
            one for one in dialog.marks.statuses.menu().actions() if "left open" not in one.text()
        )
        unsaid.trigger()
        qtbot.waitUntil(lambda: "<mark" not in dialog.preview.toPlainText())
        dialog.reject()

    export(act)


def test_other_formats_are_previewed_too(article, export, answers, tmp_path, qtbot):
    def act(dialog):
        before = dialog.preview.toPlainText()
        dialog.format.setCurrentIndex(dialog.format.findData("jsonld"))
        assert not dialog.options.numbers.isEnabled()
        qtbot.waitUntil(lambda: dialog.preview.toPlainText() != before)
        answers.will(tmp_path / "marks")
        press(qtbot, dialog.save_button)

    export(act)
    assert json.loads((tmp_path / "marks.jsonld").read_text(encoding="utf-8"))


def test_a_name_the_file_dialog_asked_about_is_overwritten_and_no_other(
    article, export, answers, tmp_path, qtbot
):
    agreed = tmp_path / "agreed.md"
    agreed.write_text("old")
    other = tmp_path / "other.md"
    other.write_text("old")
    remarks = []

    def act(dialog):
        answers.will(tmp_path / "other")  # becomes other.md, which nobody was asked about
        press(qtbot, dialog.save_button)
        remarks.append(dialog.remarks.text())
        answers.will(agreed)
        press(qtbot, dialog.save_button)

    export(act)
    assert "other.md" in remarks[0]
    assert other.read_text() == "old"
    assert agreed.read_text(encoding="utf-8") != "old"


def test_leaving_writes_nothing(window, article, export, answers, tmp_path, qtbot):
    def act(dialog):
        answers.will(None)
        press(qtbot, dialog.save_button)
        assert dialog.isVisible()

    export(act)
    assert list(tmp_path.glob("*.md")) == []
    assert not window.notices.toast.isVisible()


def test_a_folder_that_cannot_be_written_to_is_told_in_the_dialog(
    article, export, answers, tmp_path, qtbot
):
    def act(dialog):
        answers.will(tmp_path / "no such folder" / "a.md")
        press(qtbot, dialog.save_button)
        assert "a.md" in dialog.remarks.text()
        assert dialog.isVisible()

    export(act)


@pytest.fixture
def several(window, library, answers, qtbot):
    """Return a function that exports three articles of one title, with a star each."""
    for number in range(3):
        made = put(library, "The same title", f"Words of article {number}.")
        own = mark(library, made, 0, 5, "Slogan of my own")
        library.do(ChangeAnnotation(own, starred=True))
    window.shelf.list.setFocus()
    window.shelf.list.selectAll()

    def run(format_, target, said):
        def in_dialog(dialog):
            dialog.show()
            dialog.format.setCurrentIndex(dialog.format.findData(format_))
            qtbot.waitUntil(dialog.save_button.isEnabled)
            assert said in dialog.remarks.text()
            assert not dialog.copy_button.isVisible()
            answers.will(target)
            press(qtbot, dialog.save_button)
            assert dialog.job is not None, dialog.remarks.text()
            return True

        answers.will(in_dialog)
        window.actions_["export"].trigger()
        assert answers.ready == []

    return run


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_several_articles_go_into_one_folder_with_names_that_differ(
    window, several, tmp_path, qtbot
):
    out = tmp_path / "out"
    out.mkdir()
    (out / "the same TITLE.md").write_text("mine")
    several("markdown", out, "3 files")
    qtbot.waitUntil(lambda: window.notices.toast.text() == "Written into out: 3 files")
    assert names_in(out)[:3] == [f"The same title ({n}).md" for n in (2, 3, 4)]
    assert (out / "the same TITLE.md").read_text() == "mine"


def test_several_articles_are_one_project(window, several, tmp_path, qtbot):
    several("qdpx", tmp_path / "all", "3 articles in one file")
    qtbot.waitUntil(lambda: window.notices.toast.text() == "Written: all.qdpx")
    with zipfile.ZipFile(tmp_path / "all.qdpx") as archive:
        assert len(archive.namelist()) == 4


def test_what_was_left_out_of_several_is_summed_up(window, several, tmp_path, qtbot):
    out = tmp_path / "out"
    out.mkdir()
    several("hypothesis", out, "1 star is left out.")
    qtbot.waitUntil(window.banner.isVisible)
    assert window.banner.text() == "1 star is left out. (3 files)"
    window.banner.hide()


def test_what_was_written_before_a_failure_is_whole_and_told(
    window, several, tmp_path, qtbot, monkeypatch
):
    out = tmp_path / "out"
    out.mkdir()
    real = os.fsync

    def full(descriptor):
        if (out / "The same title (2).csv").exists():
            raise OSError(errno.ENOSPC, "full")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    several("csv", out, "3 files")
    qtbot.waitUntil(window.banner.isVisible)
    assert "the disk is full" in window.banner.text()
    assert "The same title.csv" in names_in(out)
    assert all("tmp" not in name for name in names_in(out))
    window.banner.hide()


def test_a_run_that_is_cancelled_says_how_far_it_came(
    window, several, library, tmp_path, qtbot, monkeypatch
):
    out = tmp_path / "out"
    out.mkdir()
    from postil.ui.export_run import ExportRun

    real = ExportRun._wrote

    def wrote(run, result):
        real(run, result)
        press(qtbot, window.status._cancel)

    monkeypatch.setattr(ExportRun, "_wrote", wrote)
    several("markdown", out, "3 files")
    qtbot.waitUntil(lambda: window.notices.toast.text().startswith("Stopped"))
    assert window.notices.toast.text() == "Stopped: 1 file is written"
    assert len([name for name in names_in(out) if name.endswith(".md")]) in (1, 2)


def test_an_article_deleted_meanwhile_is_told_and_the_others_written(
    window, several, library, tmp_path, qtbot, monkeypatch
):
    out = tmp_path / "out"
    out.mkdir()
    from postil.ui.export_run import ExportRun

    real = ExportRun.go_on

    def go_on(run):
        if run.written == [] and len(library.articles()) == 3:
            library.do(DeleteArticles((run._ids[1],)))
        real(run)

    monkeypatch.setattr(ExportRun, "go_on", go_on)
    several("markdown", out, "3 files")
    qtbot.waitUntil(window.banner.isVisible)
    assert "not in the library" in window.banner.text()
    assert len(names_in(out)) == 2
    window.banner.hide()


def test_what_cannot_be_made_of_the_first_may_be_made_of_the_others(
    window, several, library, tmp_path, qtbot
):
    put(library, "Bare", "Words without a tag.")  # the newest is the first
    window.shelf.list.selectAll()
    several("qdc", tmp_path / "codes", "No tag is in use here")
    qtbot.waitUntil(lambda: window.notices.toast.text() == "Written: codes.qdc")
    assert "Slogan of my own" in (tmp_path / "codes.qdc").read_text(encoding="utf-8")
    window.banner.hide()


def test_a_document_that_is_no_text_says_what_it_is(article, export, qtbot):
    def act(dialog):
        dialog.format.setCurrentIndex(dialog.format.findData("docx"))
        qtbot.waitUntil(dialog.save_button.isEnabled)
        assert dialog.preview.toPlainText().startswith("Word document, ")
        assert not dialog.copy_button.isEnabled()

    export(act)


def test_the_annotated_markdown_is_copied(window, article, qtbot):
    both = CONTROL | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_C, both)
    assert '<mark class="a1">' in QGuiApplication.clipboard().text()
    assert window.notices.toast.text() == "Copied as annotated Markdown"
    QGuiApplication.clipboard().clear()


def test_the_dialog_copies_what_it_shows(article, export, qtbot):
    def act(dialog):
        press(qtbot, dialog.copy_button)
        assert QGuiApplication.clipboard().text() == dialog.preview.toPlainText()

    export(act)
    QGuiApplication.clipboard().clear()


def test_an_article_that_went_meanwhile_is_told(window, article, monkeypatch):
    def gone(*_args, **_kwargs):
        raise UserError("This article is not in the library any more", "Choose another one.")

    monkeypatch.setattr(Library, "placed_marks", gone)
    window.actions_["export"].trigger()
    assert "not in the library" in window.banner.text()
    window.banner.hide()
    window.actions_["copy-markdown"].trigger()
    assert window.banner.isVisible()


def test_an_alias_is_asked_for_once_and_may_stay_empty(window, ferry, settings, answers, library):
    settings.set("author/asked", False)
    window.desk.open_article(ferry)
    answers.will(None, False)
    window.actions_["export"].trigger()
    assert [question[0] for question in answers.asked] == ["text", "show"]
    assert answers.asked[0][-1] == ""  # the system's name is not proposed
    assert library.author == ""
    answers.will(False)
    window.actions_["export"].trigger()
    assert [question[0] for question in answers.asked] == ["text", "show", "show"]


def test_the_alias_that_was_answered_is_kept(window, ferry, settings, answers, library):
    settings.set("author/asked", False)
    window.desk.open_article(ferry)
    answers.will(" Ada ", False)
    window.actions_["export"].trigger()
    assert library.author == settings.get("author", "") == "Ada"


def test_pages_are_previewed_as_pictures_and_written(article, export, answers, tmp_path, qtbot):
    def act(dialog):
        dialog.format.setCurrentIndex(dialog.format.findData("pdf"))
        qtbot.waitUntil(dialog.save_button.isEnabled)
        assert dialog.previews.currentWidget() is dialog.pictures
        [page] = dialog.pictures.pages
        assert page.accessibleName() == "Page 1 of 1"
        tall = page.pixmap().height() / page.pixmap().width()
        assert not dialog.copy_button.isEnabled()
        assert dialog.options.paper.isVisible()
        dialog.options.neutral.click()
        assert not dialog.options.notes.isEnabled()
        dialog.options.neutral.click()
        qtbot.waitUntil(dialog.save_button.isEnabled)
        assert dialog.options.notes.isEnabled()
        dialog.options.paper.setCurrentIndex(1)
        qtbot.waitUntil(dialog.save_button.isEnabled)
        [page] = dialog.pictures.pages
        assert page.pixmap().height() / page.pixmap().width() < tall
        answers.will(tmp_path / "pages")
        press(qtbot, dialog.save_button)

    export(act)
    with pypdfium2.PdfDocument((tmp_path / "pages.pdf").read_bytes()) as document:
        assert "that club" in document[0].get_textpage().get_text_range()
        assert document[0].get_width() == 612


def test_what_is_not_in_the_file_is_told_before_it_is_written(
    window, library, article, export, qtbot
):
    note = "On the whole."
    library.do(WriteOnArticle(article, note))

    def act(dialog):
        dialog.format.setCurrentIndex(dialog.format.findData("csv"))
        qtbot.waitUntil(dialog.save_button.isEnabled)
        assert dialog.remarks.text() == "The note on the whole article is left out."
        dialog.format.setCurrentIndex(dialog.format.findData("html"))
        qtbot.waitUntil(dialog.save_button.isEnabled)
        assert not dialog.remarks.isVisible()
        assert note in dialog.preview.toPlainText()

    export(act)


class Browser(QObject):
    """Stands for the browser: keeps what it was given to open."""

    def __init__(self):
        super().__init__()
        self.seen = []

    @Slot(QUrl)
    def open(self, url):
        self.seen.append(Path(url.toLocalFile()).read_text("utf-8"))


def test_a_web_page_is_looked_at_in_the_browser(article, export, qtbot):
    browser = Browser()
    QDesktopServices.setUrlHandler("file", browser, "open")

    def act(dialog):
        assert not dialog.look_button.isVisible()
        dialog.format.setCurrentIndex(dialog.format.findData("html"))
        qtbot.waitUntil(dialog.look_button.isEnabled)
        press(qtbot, dialog.look_button)
        assert browser.seen == [dialog.preview.toPlainText()]

    try:
        export(act)
    finally:
        QDesktopServices.unsetUrlHandler("file")


def test_many_pages_are_told_where_some_are_shown(library, window, export, qtbot):
    long = put(library, "Long", *[f"Paragraph {n}. " * 60 for n in range(60)])
    window.desk.open_article(long)

    def act(dialog):
        dialog.format.setCurrentIndex(dialog.format.findData("pdf"))
        qtbot.waitUntil(dialog.save_button.isEnabled)
        assert "pages; the first 12 are shown" in dialog.remarks.text()
        assert len(dialog.pictures.pages) == 12

    export(act)


def test_pages_are_looked_at_and_printed(window, article, answers, tmp_path, qtbot):
    def on_printer(dialog):
        dialog.printer().setOutputFileName(str(tmp_path / "printed.pdf"))
        return True

    def in_preview(dialog):
        with qtbot.waitExposed(dialog):
            dialog.show()
        assert dialog.preview.pageCount() == dialog.count == 1
        answers.will(False)
        press(qtbot, dialog.print_button)
        assert dialog.isVisible()
        with qtbot.waitSignal(dialog.preview.previewChanged):
            dialog.options.legend.click()
        answers.will(on_printer)
        press(qtbot, dialog.print_button)
        return dialog.result() == dialog.DialogCode.Accepted

    answers.will(in_preview)
    qtbot.keyClick(window, Qt.Key.Key_P, CONTROL)
    assert window.notices.toast.text() == "1 page printed"
    with pypdfium2.PdfDocument((tmp_path / "printed.pdf").read_bytes()) as document:
        words = document[0].get_textpage().get_text_range()
    assert "that club" in words
    assert "Tags" in words


def test_nothing_chosen_is_not_printed(window, library, answers):
    window.actions_["print"].trigger()
    assert answers.asked == []


def test_the_original_is_saved_from_the_menu_and_the_article_tab(
    window, library, answers, tmp_path, qtbot, article
):
    from postil.importers import read, source_from_file
    from postil.library.intake import take_in

    window.actions_["save-original"].trigger()
    assert "was not kept" in window.notices.toast.text()
    path = tmp_path / "Bridge story.txt"
    path.write_bytes("The bridge is inevitable, they say.\r\n".encode("utf-16"))
    window.desk.open_article(take_in(library, read(source_from_file(path))).article_id)
    for number, act in enumerate(
        (
            window.actions_["save-original"].trigger,
            lambda: qtbot.mouseClick(
                window.sidebar.article._save_original, Qt.MouseButton.LeftButton
            ),
        )
    ):
        window.sidebar.tabs.setCurrentIndex(window.sidebar.tabs.count() - 1)
        target = tmp_path / f"again {number}"
        answers.will(target)
        act()
        assert answers.asked[-1][2].name == "Bridge story.txt"
        assert target.read_bytes() == path.read_bytes()
        assert window.notices.toast.text() == f"Written: again {number}"
    answers.will(None, tmp_path / "no folder" / "x")
    for _ in range(2):
        window.actions_["save-original"].trigger()
    assert "cannot be written" in window.notices.banner.text()


def test_options_go_on_in_the_next_line_in_a_narrow_window(settings, qtbot):
    options = CopyOptions(settings)
    qtbot.addWidget(options)
    options.offer({"copy", "numbers", "legend", "room", "neutral"})
    assert options.minimumSizeHint().width() < 320
    assert options.heightForWidth(320) > options.heightForWidth(2000)
