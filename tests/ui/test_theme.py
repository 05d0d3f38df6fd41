"""Themes: palettes, sheets and page styles from the files, and following the desktop."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QProxyStyle,
    QStyle,
)

from postil.ui.theme import NAMES, Appearance, Theme


@pytest.fixture
def kept_palette(qapp):
    before = qapp.palette()
    yield
    qapp.setPalette(before)


@pytest.mark.parametrize("name", NAMES)
def test_a_theme_gives_palette_sheet_and_page(name, qapp, settings, qtbot):
    theme = Theme(name)
    palette = theme.palette()
    assert palette.color(QPalette.ColorRole.Window) == theme.colour("panel")
    assert palette.color(QPalette.ColorRole.WindowText) == theme.colour("text")
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled != palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Text)
    label = QLabel()
    qtbot.addWidget(label)
    label.setStyleSheet(theme.style_sheet())
    label.show()  # a sheet that Qt cannot read is a warning, and warnings fail
    assert "$" not in theme.style_sheet()
    style = theme.page_style(settings)
    assert style.is_dark == theme.is_dark == (name == "dark")
    assert style.paper.startswith("#")
    assert style.family


def test_an_unknown_colour_is_a_mistake(qapp):
    with pytest.raises(KeyError):
        Theme("light").colour("no such thing")


def test_sizes_of_the_page_come_from_the_settings_within_bounds(qapp, settings):
    theme = Theme("light")
    settings.update(
        {
            "reader/family": "DejaVu Sans",
            "reader/size": 200.0,
            "reader/line-height": 0.1,
            "reader/measure": 5,
            "reader/zoom": 9.0,
        }
    )
    style = theme.page_style(settings)
    assert (style.family, style.size, style.line_height) == ("DejaVu Sans", 40, 1)
    assert (style.measure, style.zoom) == (30, 3)
    assert theme.page_style(settings, zoom=1.5).zoom == 1.5


def test_choosing_a_theme_turns_the_application_and_is_kept(qapp, settings, qtbot, kept_palette):
    appearance = Appearance(settings)
    with qtbot.waitSignal(appearance.changed) as told:
        appearance.choose("dark")
    assert told.args[0].name == "dark"
    window = QApplication.palette().color(QPalette.ColorRole.Window)
    assert window == Theme("dark").colour("panel")
    assert Appearance(settings).theme.name == "dark"


def test_choosing_the_same_look_again_tells_nobody(qapp, settings, qtbot):
    appearance = Appearance(settings)
    with qtbot.assertNotEmitted(appearance.changed):
        appearance.choose("light")


def test_the_desktop_is_followed_only_when_asked_to(qapp, settings, monkeypatch, kept_palette):
    scheme = Qt.ColorScheme.Unknown

    appearance = Appearance(settings)
    assert appearance.theme.name == "light"
    hints = SimpleNamespace(colorScheme=lambda: scheme)
    monkeypatch.setattr("postil.ui.theme.QGuiApplication.styleHints", lambda: hints)
    scheme = Qt.ColorScheme.Dark
    appearance._turn()
    assert appearance.theme.name == "dark"
    appearance.choose("sepia")
    appearance._turn()
    assert appearance.theme.name == "sepia"
    appearance.choose("system")
    assert appearance.theme.name == "dark"


def test_a_damaged_choice_means_as_the_desktop(qapp, settings):
    settings.set("theme", "mauve")
    assert Appearance(settings).theme.name == "light"


class Signs(QProxyStyle):
    """A desktop that puts its signs on the buttons of dialogs."""

    def styleHint(self, hint, *more):  # noqa: N802 - the name is Qt's
        wanted = QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons
        return 1 if hint is wanted else super().styleHint(hint, *more)


def test_buttons_of_dialogs_have_words_only(qtbot):
    dialog = QDialog()
    qtbot.addWidget(dialog)
    signs = Signs("Fusion")
    dialog.setStyle(signs)
    dialog.setStyleSheet(Theme("light").style_sheet())
    box = QDialogButtonBox(dialog)
    box.setStyle(signs)
    button = box.addButton(QDialogButtonBox.StandardButton.Close)
    assert button.icon().isNull()
