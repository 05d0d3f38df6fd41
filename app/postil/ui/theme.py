"""Themes: one file of colours becomes a palette, a style sheet for the shell and a page style.

`Appearance` holds which theme is chosen and tells when it changes. The style is Fusion with
our own palettes, because the desktop's colour scheme reaches Qt on few platforms.
"""

import json
from dataclasses import fields
from functools import cached_property
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from postil.page.style import PageStyle
from postil.resources import resource
from postil.settings import Settings
from postil.ui.faces import chosen_family
from postil.ui.sheet import style_sheet

SYSTEM = "system"
NAMES = ("light", "sepia", "dark")

_PAGE_COLOURS = frozenset(
    field.name for field in fields(PageStyle) if isinstance(field.default, str)
) - {"family"}

# What a widget of the platform paints with, and which of our colours that is.
_ROLES = {
    QPalette.ColorRole.Window: "panel",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "field",
    QPalette.ColorRole.AlternateBase: "card",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "field",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "danger",
    QPalette.ColorRole.Light: "card",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "field_border",
    QPalette.ColorRole.Dark: "text_soft",
    QPalette.ColorRole.Shadow: "shadow",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "accent_text",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.PlaceholderText: "text_soft",
    QPalette.ColorRole.ToolTipBase: "card",
    QPalette.ColorRole.ToolTipText: "text",
}
_FAINT = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)


class Theme:
    """One theme.

    Args:
        name: "light", "sepia" or "dark": the name of its file.
    """

    def __init__(self, name: str) -> None:
        data = json.loads(resource("themes", f"{name}.json").read_text(encoding="utf-8"))
        self.name = name
        self._page: dict[str, Any] = data["page"]
        self._shell: dict[str, str] = data["shell"]

    @property
    def is_dark(self) -> bool:
        """Whether the paper is darker than the ink."""
        return bool(self._page["is_dark"])

    def colour(self, name: str) -> QColor:
        """Return a colour of the shell, such as `colour("panel")`.

        Raises:
            KeyError: there is no colour of this name.
        """
        return QColor(self._shell[name])

    @cached_property
    def icon_colour(self) -> QColor:
        """The colour icons are drawn in."""
        return self.colour("text_soft")

    def palette(self) -> QPalette:
        """Return the palette for the whole application."""
        palette = QPalette()
        for role, name in _ROLES.items():
            palette.setColor(role, self.colour(name))
        palette.setColor(QPalette.ColorRole.Link, QColor(self._page["link"]))
        faint = _blend(self.colour("text_soft"), self.colour("panel"), 0.6)
        for role in _FAINT:
            palette.setColor(QPalette.ColorGroup.Disabled, role, faint)
        return palette

    def style_sheet(self) -> str:
        """Return the style sheet of the shell."""
        veil = f"#e0{self._shell['selected'][1:]}"  # lets what lies below shine through
        return style_sheet(self._shell | {"paper": self._page["paper"], "veil": veil})

    def page_style(self, settings: Settings, *, zoom: float | None = None) -> PageStyle:
        """Return the look of the article page, with the sizes the person chose.

        Args:
            settings: the sizes.
            zoom: instead of the one that is kept.
        """
        if zoom is None:
            zoom = settings.get("reader/zoom", 1.0)
        colours = {name: self._page[name] for name in _PAGE_COLOURS}
        return PageStyle(
            family=chosen_family(settings),
            size=_within(settings.get("reader/size", PageStyle().size), 6, 40),
            line_height=_within(settings.get("reader/line-height", PageStyle().line_height), 1, 3),
            measure=int(_within(settings.get("reader/measure", PageStyle().measure), 30, 140)),
            zoom=_within(zoom, 0.5, 3),
            is_dark=self.is_dark,
            **colours,
        )


class Appearance(QObject):
    """Which theme is on; applies it to the application and follows the desktop.

    Args:
        settings: keeps the choice.
        parent: owns this.
    """

    changed = Signal(object)  # Theme

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.choice = settings.get("theme", SYSTEM)
        self.theme = Theme(self._wanted())
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._turn)

    def apply(self) -> None:
        """Give the application the theme's palette and tell the views."""
        application = QCoreApplication.instance()
        assert isinstance(application, QApplication)
        application.setPalette(self.theme.palette())
        self.changed.emit(self.theme)

    def choose(self, name: str) -> None:
        """Turn to a theme, or to "system"; kept between runs."""
        self.choice = name
        self._settings.set("theme", name)
        self._turn()

    def _turn(self) -> None:
        wanted = self._wanted()
        if wanted != self.theme.name:
            self.theme = Theme(wanted)
            self.apply()

    def _wanted(self) -> str:
        if self.choice in NAMES:
            return self.choice
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return "dark" if dark else "light"


def _within(value: float, least: float, most: float) -> float:
    return min(max(value, least), most)


def _blend(colour: QColor, other: QColor, share: float) -> QColor:
    """Return a mix of two colours; `share` of it is the first."""
    return QColor.fromRgbF(
        colour.redF() * share + other.redF() * (1 - share),
        colour.greenF() * share + other.greenF() * (1 - share),
        colour.blueF() * share + other.blueF() * (1 - share),
    )
