"""What a card says and where on it: laid out once for a width, painted often.

Distances come from the fonts alone, so that a card at 200 % is the same card. Nothing here
grows with the length of a quotation or a note: both are cut before they are laid out.
"""

import unicodedata
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextDocument, QTextLayout, QTextOption

from postil.page.type_face import has_italics
from postil.ui.mark_links import LinkEnd
from postil.ui.sidebar.card_look import CardLook
from postil.ui.sidebar.note_rendering import note_document
from postil.ui.sidebar.wording import quoted

MARK = "mark:"  # and a mark's id: where a link to another mark leads
_QUOTE_LINES = 3
_QUOTE_CHARACTERS = 2_000  # more of a quotation is not even measured


@dataclass(frozen=True, slots=True)
class CardTag:
    """A tag as a card shows it."""

    code: str
    name: str
    colour: str  # "#RRGGBB" of its group


@dataclass(frozen=True, slots=True)
class CardLink:
    """A link to another mark as a card shows it."""

    text: str
    end: LinkEnd


@dataclass(frozen=True, slots=True)
class CardText:
    """All words of a card."""

    tags: tuple[CardTag, ...]
    colour: str  # "#RRGGBB" of the bar
    place: str  # such as ¶3
    quotation: str
    note: str  # Markdown
    note_html: str | None  # rendered and safe, or None while it is not there
    remarks: str  # voice, confidence and status on one line
    links: tuple[CardLink, ...] = ()
    warning: str = ""  # what is unsure about the place


@dataclass(slots=True)
class PlacedTag:
    """Where the code and the name of a tag stand."""

    tag: CardTag
    code: QRect
    name: QRect
    shown_name: str  # elided where the card is narrow


def is_right_to_left(text: str) -> bool:
    """Return whether the first letter that has a direction goes from right to left."""
    for character in text[:_QUOTE_CHARACTERS]:
        direction = unicodedata.bidirectional(character)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def lay_out(text: str, font: QFont, width: int) -> QTextLayout:
    """Return lines of plain text, `width` pixels wide; right-to-left text stands at the right."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    if is_right_to_left(text):
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    else:
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
    layout.setTextOption(option)
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        line.setPosition(QPointF(0, y))
        y += line.height()
    layout.endLayout()
    return layout


def lay_out_quotation(text: str, font: QFont, width: int) -> QTextLayout:
    """Return a quotation in at most three lines; a longer one loses its middle."""
    if len(text) > _QUOTE_CHARACTERS:
        half = _QUOTE_CHARACTERS // 2
        text = f"{text[:half]} … {text[-half:]}"
    if not has_italics(text):
        font = QFont(font)
        font.setItalic(False)
    whole = lay_out(quoted(text), font, width)
    room = _QUOTE_LINES * width
    metrics = QFontMetrics(font)
    while whole.lineCount() > _QUOTE_LINES and room > width:
        room -= max(1, width // 8)  # what the ends of the lines leave empty
        shorter = metrics.elidedText(quoted(text), Qt.TextElideMode.ElideMiddle, room)
        whole = lay_out(_at_words(shorter), font, width)
    return whole


def _at_words(elided: str) -> str:
    """Return a text that lost its middle without the halves of words beside the gap."""
    head, _, tail = elided.partition("…")
    head = head.rpartition(" ")[0] or head
    tail = tail.partition(" ")[2] or tail
    return f"{head} … {tail}"


def height_of(layout: QTextLayout) -> int:
    """Return the height of laid out lines in pixels."""
    return ceil(layout.boundingRect().height())


class CardLayout:
    """The parts of one card, in pixels from its upper left corner.

    Args:
        text: the words.
        look: fonts and distances.
        width: of the card.
    """

    def __init__(self, text: CardText, look: CardLook, width: int) -> None:
        self.text = text
        self.left = look.bar + look.padding
        self.inner = max(4 * look.unit, width - self.left - look.padding)
        self.tags: list[PlacedTag] = []
        y = self._place_tags(look, look.padding)
        self.quote = lay_out_quotation(text.quotation, look.quote, self.inner)
        self.quote_top = y + look.unit
        y = self.quote_top + height_of(self.quote)
        self.note: QTextDocument | None = None
        self.note_top = y + look.unit
        if text.note:
            self.note = note_document(text.note, text.note_html, look)
            self.note.setTextWidth(self.inner)
            y = self.note_top + ceil(self.note.size().height())
        self.remarks = lay_out(text.remarks, look.small, self.inner) if text.remarks else None
        self.remarks_top = y + look.unit
        if self.remarks:
            y = self.remarks_top + height_of(self.remarks)
        self.links: list[tuple[QTextLayout, int]] = []  # the lines and where they begin
        for link in text.links:
            lines = lay_out(link.text, look.small, self.inner)
            self.links.append((lines, y + look.unit // 2))
            y += look.unit // 2 + height_of(lines)
        self.warning = lay_out(text.warning, look.small, self.inner) if text.warning else None
        self.warning_top = y + look.unit // 2
        if self.warning:
            y = self.warning_top + height_of(self.warning)
        self.height = y + look.padding

    def link_at(self, x: int, y: int) -> str:
        """Return the address of the link at a point of the card, or nothing.

        That of a link to another mark is `MARK` and the mark's id.
        """
        for (lines, top), link in zip(self.links, self.text.links, strict=True):
            if lines.boundingRect().translated(self.left, top).contains(x, y):
                return MARK + link.end.other_id
        if self.note is None:
            return ""
        return self.note.documentLayout().anchorAt(QPointF(x - self.left, y - self.note_top))

    def _place_tags(self, look: CardLook, top: int) -> int:
        """Set codes and names side by side, as many in a line as fit; return where they end."""
        text, code = QFontMetrics(look.text), QFontMetrics(look.code)
        small = QFontMetrics(look.small)
        line = max(text.height(), code.height() + look.unit // 2)
        right = self.left + self.inner
        place = small.horizontalAdvance(self.text.place)
        self.place = QRect(right - place, top, place, line)
        limit = right - place - 2 * look.unit
        x, y = self.left, top
        for tag in self.text.tags:
            chip = code.horizontalAdvance(tag.code) + 2 * look.unit if tag.code else 0
            name_at = chip + 3 * look.unit // 2 if chip else 0
            if x > self.left and x + name_at + text.horizontalAdvance(tag.name) > limit:
                x, y, limit = self.left, y + line + look.unit // 2, right
            room = max(0, limit - x - name_at)
            name = text.elidedText(tag.name, Qt.TextElideMode.ElideRight, room)
            width = min(room, text.horizontalAdvance(name))
            chip_top = y + (line - code.height()) // 2
            placed = PlacedTag(
                tag,
                QRect(x, chip_top, chip, code.height()),
                QRect(x + name_at, y, width, line),
                name,
            )
            self.tags.append(placed)
            x += name_at + width + 2 * look.unit
        return y + line
