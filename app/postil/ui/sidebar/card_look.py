"""Fonts, distances and colours of the cards, all from the font of the widget and the theme."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics

from postil.page.style import PageStyle
from postil.ui.theme import Theme

_SMALL = 0.86  # of the font of the window
_QUOTE = 1.1
_CODE = 0.82
MARK_INK = PageStyle().mark_ink  # letters on the colour of a group, in every theme


def scaled(font: QFont, factor: float) -> QFont:
    """Return a copy of `font` of another size, whether it is set in points or in pixels."""
    copy = QFont(font)
    if font.pointSizeF() > 0:
        copy.setPointSizeF(font.pointSizeF() * factor)
    else:
        copy.setPixelSize(max(1, round(QFontInfo(font).pixelSize() * factor)))
    return copy


@dataclass(frozen=True)
class CardLook:
    """How cards look; distances in pixels."""

    text: QFont
    small: QFont
    code: QFont
    quote: QFont
    unit: int  # a quarter of a line: all distances are multiples of it
    colours: dict[str, QColor]

    @property
    def bar(self) -> int:
        """Width of the bar at the left edge of a card."""
        return max(4, self.unit)

    @property
    def padding(self) -> int:
        """Distance of the words from the edge of a card."""
        return round(2.6 * self.unit)

    @property
    def gap(self) -> int:
        """Distance between two cards."""
        return 2 * self.unit

    @property
    def margin(self) -> int:
        """Distance of a card from the sides of the list."""
        return round(2.5 * self.unit)

    @property
    def radius(self) -> float:
        """Radius of the corners of a card."""
        return 1.4 * self.unit

    @property
    def estimate(self) -> int:
        """Height of a card with one line of each kind, for those not laid out yet."""
        lines = QFontMetrics(self.text).lineSpacing() + QFontMetrics(self.small).lineSpacing()
        quote = QFontMetrics(self.quote).lineSpacing()
        return lines + quote + 2 * self.padding + 2 * self.unit + self.gap

    def colour(self, name: str) -> QColor:
        """Return a colour of the theme."""
        return self.colours[name]


def card_look(font: QFont, theme: Theme, family: str = "") -> CardLook:
    """Return the look of cards in a widget.

    Args:
        font: of the widget; everything grows with it.
        theme: has the colours.
        family: of quotations, that of the page; empty for any with serifs.
    """
    code = scaled(font, _CODE)
    code.setBold(True)
    quote = QFont()
    serif = family or QFontInfo(QFont(PageStyle().family)).family()
    quote.setFamilies([serif, *font.families()])  # the others for other scripts
    quote.setStyleHint(QFont.StyleHint.Serif)
    quote.setPixelSize(max(1, round(QFontInfo(font).pixelSize() * _QUOTE)))
    quote.setItalic(True)
    names = ("card", "card_border", "text", "text_soft", "accent", "hover", "warning", "focus")
    return CardLook(
        text=QFont(font),
        small=scaled(font, _SMALL),
        code=code,
        quote=quote,
        unit=max(3, round(QFontMetrics(font).lineSpacing() / 4)),
        colours={name: QColor(theme.colour(name)) for name in names},
    )
