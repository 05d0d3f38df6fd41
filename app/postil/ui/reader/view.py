"""The reader: page, strip, mark bar and tag field put together and bound to the desk."""

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from postil.domain.annotation import Annotation
from postil.domain.history import Changes
from postil.page.painter import colour
from postil.page.style import PageStyle
from postil.ui.desk import Desk
from postil.ui.reader.echo import Echo
from postil.ui.reader.fields import Fields
from postil.ui.reader.find_bar import FindBar
from postil.ui.reader.focus_ring import WIDTH, FocusRing
from postil.ui.reader.head import head_of
from postil.ui.reader.keys import Keys
from postil.ui.reader.look import Looks
from postil.ui.reader.mark_bar import MarkBar, place_beside, place_clear_of
from postil.ui.reader.mark_menu import MarkMenu
from postil.ui.reader.marking import Marking
from postil.ui.reader.offers import tag_offers
from postil.ui.reader.page_view import PageView
from postil.ui.reader.pointer import Pointer
from postil.ui.reader.quoting import Quoting
from postil.ui.reader.spoken import Spoken
from postil.ui.reader.strip import Strip
from postil.ui.reader.tag_field import TagField
from postil.ui.reader.viewing import Viewing

_FOOT_EDGE = 6  # pixels round the bar below the page


class ReaderView(QWidget):
    """Where articles are read and marked.

    Args:
        desk: what lies open; the reader draws from its signals and tells it what was picked.
        parent: owns the reader.
    """

    link_clicked = Signal(str)  # address of a link in the article; nothing is opened here

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reader")
        self.setAccessibleName(self.tr("Reader"))
        self._desk = desk
        self._looks = Looks(desk)
        self._revision = ""  # id of the text on the page
        self._bar_is_open = False
        self._foot = 0  # pixels below the page that the mark bar stands in
        self.page = PageView(self._looks, self)
        self.strip = Strip(self._looks, self)
        self.marking = Marking(desk, self.page, self)
        self.viewing = Viewing(desk, self)
        self.fields = Fields(desk, self)
        self._ring = FocusRing(self.page)
        self.keys = Keys(self.page, self.marking, self.viewing, self.fields, self.leave)
        self.quoting = Quoting(desk, self.page, self)
        self.echo = Echo(self)
        self.spoken = Spoken(desk, self.page)
        self.mark_bar = MarkBar(self)
        self.tag_field = TagField(self)
        self.find_bar = FindBar(desk, self, self)
        self._pointer = Pointer(desk, self.page, self.marking)
        self.page.pointer = self._pointer
        self.page.take_key = self.keys.take
        self._lay_out()
        self._bind()
        self._follow = QTimer(self)  # tells where reading is once scrolling pauses for a moment
        self._follow.setSingleShot(True)
        self._follow.setInterval(30)
        self._follow.timeout.connect(self._tell_place)
        self.set_style(PageStyle())
        self._open()

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.find_bar)
        row = QHBoxLayout()
        row.setContentsMargins(WIDTH, WIDTH, WIDTH, WIDTH)
        row.setSpacing(0)
        column.addLayout(row, 1)
        row.addWidget(self.page, 1)
        row.addWidget(self.strip)
        self.setFocusProxy(self.page)

    def _bind(self) -> None:
        desk = self._desk
        desk.article_opened.connect(self._open)
        desk.marks_changed.connect(self._on_marks)
        desk.article_changed.connect(self._on_article)
        desk.tags_changed.connect(self._on_tags)
        desk.mark_chosen.connect(self._on_chosen)
        desk.showing_changed.connect(self._on_showing)
        desk.mark_hovered.connect(self.page.set_hovered)
        desk.place_wanted.connect(self.scroll_to)
        desk.reading_wanted.connect(self.setFocus)
        desk.words_shown.connect(self.page.set_hits)
        desk.words_shown.connect(self.strip.show_hits)
        self.page.moved.connect(self._on_moved)
        self._ring.changed.connect(self.update)
        self.page.selectionChanged.connect(self._on_selection)
        self.strip.place_picked.connect(self._go_to)
        for panel in (self.mark_bar, self.tag_field):
            panel.tag_picked.connect(lambda tag, own: self.marking.tag(tag, second=own))
        self.mark_bar.tag_wanted.connect(self.marking.ask_tag)
        self.mark_bar.note_wanted.connect(self.marking.note)
        self.mark_bar.plain_wanted.connect(self.marking.plain)
        self.tag_field.left.connect(self._on_field_left)
        self.viewing.said.connect(self._say)
        self.fields.said.connect(self._say)
        self.marking.said.connect(self._say)
        self.quoting.said.connect(self._say)
        self.find_bar.hits_changed.connect(self.page.set_hits)
        self.find_bar.hits_changed.connect(self.strip.show_hits)
        self.find_bar.current_changed.connect(self.page.set_current_hit)
        self.marking.tag_asked.connect(self._open_field)
        self.marking.list_asked.connect(self._open_list)
        self._pointer.menu_wanted.connect(self._open_menu)
        self._pointer.selecting.connect(self._close_bar)
        self._pointer.selected.connect(self._open_bar)
        self.marking.selected.connect(self._open_bar)
        self._pointer.link_clicked.connect(self.link_clicked)

    # What others ask of the reader

    def set_style(self, style: PageStyle) -> None:
        """Take another look; the place in the text and the selection stay."""
        self._style = style
        self.page.set_style(style)
        self.strip.set_style(style)
        self.echo.set_style(style)
        self.mark_bar.set_style(style)
        self.tag_field.set_style(style)
        self.find_bar.set_style(style)
        self._place_panels()

    def selection(self) -> tuple[int, int] | None:
        """Return the selected range in code points, trimmed to whole letters, or None."""
        place, snapping = self.page.selection(), self.marking.snapping()
        return snapping.snapped(*place) if place and snapping else None

    def select(self, start: int, end: int) -> None:
        """Select a range of code points and offer to mark it."""
        self._desk.choose("")
        self.page.select(start, end)
        self._open_bar()

    def scroll_to(self, start: int, end: int) -> None:
        """Bring a range of code points on the screen."""
        if self.page.article is not None:
            self.page.scroll_to(start, end)

    def top_position(self) -> int:
        """Return the code point at which the topmost line begins."""
        return self.page.top_position()

    def show_position(self, position: int) -> None:
        """Scroll so that the line of a code point is the topmost."""
        if self.page.article is not None:
            self.page.show_position(position)

    def leave(self) -> None:
        """Close what is open; let go of the selection, of what stands out, of the active mark."""
        if not self._pointer.cancel():
            self._close_bar()
            showing = self._desk.showing
            if (showing.isolated or showing.is_hidden) and self.page.selection() is None:
                self.viewing.show_all()
            else:
                self.marking.leave()

    # What the desk tells

    def _open(self) -> None:
        opened = self._desk.opened
        self._close_bar()
        self.tag_field.hide()
        revision = opened.record.revision_id if opened else ""
        if revision and revision == self._revision:  # read again, after a change from elsewhere
            self.page.take_marks(self._desk.marks)
            self.page.set_active(self._desk.chosen)
            self._on_article()
            self._map_marks()
            return
        self._revision = revision
        article = opened.article if opened else None
        head = (
            head_of(opened.record.metadata, len(article.text)) if opened and article else ("", "")
        )
        self.page.show_article(article, self._desk.marks, head)
        self.page.set_active(self._desk.chosen)
        self.page.setAccessibleName(head[0] or self.tr("Article"))
        # The map of all marks is worked out once the first page stands.
        QTimer.singleShot(0, self, self._map_marks)

    def _map_marks(self) -> None:
        article = self.page.article
        length = len(article.text) if article else 1
        self.strip.show_marks(self._desk.marks, length, self._desk.showing)

    def _on_marks(self, changes: Changes) -> None:
        if self._desk.opened is None:
            return
        ranges = []
        for pair in changes.annotations(self._desk.opened.id):
            before, after = (mark if mark and mark.placement.is_placed else None for mark in pair)
            self.strip.replace(before, after)
            ranges += [(mark.start, mark.end) for mark in (before, after) if mark]
        self.page.forget_marks(ranges)

    def _on_article(self) -> None:
        if self._desk.opened:
            opened = self._desk.opened
            head = head_of(opened.record.metadata, len(opened.article.text))
            self.page.set_head(head)
            self.page.setAccessibleName(head[0] or self.tr("Article"))

    def _on_tags(self) -> None:
        self._looks.forget()
        self.page.forget_looks()
        self._map_marks()

    def _on_showing(self) -> None:
        self.page.set_showing(self._desk.showing)
        self._map_marks()

    def _on_chosen(self, annotation_id: str) -> None:
        self.page.set_active(annotation_id)
        if annotation_id:
            self.page.unselect()
            self._close_bar()

    # What happens on the page

    def _on_moved(self) -> None:
        self.strip.set_view(*self.page.shown_range())
        self._place_panels()
        if not self._follow.isActive():
            self._follow.start()

    def _go_to(self, position: int) -> None:
        if self.page.article is not None:
            self.page.show_in_the_middle(position)

    def _tell_place(self) -> None:
        if self.page.article is not None:
            self._desk.reading_at.emit(self.page.top_position())

    def _on_selection(self) -> None:
        self._desk.selected = self.selection()
        self._desk.words_selected.emit()
        if self.page.selection() is None:
            self._close_bar()
        elif self.page.shows_caret:
            self._open_bar()

    def _open_bar(self) -> None:
        if self.selection() is None or not self._desk.is_writable:
            return
        tags = []
        for tag_id in self._desk.library.recent_tags():
            tag = self._desk.tags.get(tag_id)
            if tag:
                tags.append((tag, self._desk.fill(tag)))
        self.mark_bar.offer(tags, self._room().width())
        self._bar_is_open = True
        self._set_foot(0)
        self._place_panels()
        self.mark_bar.raise_()

    def _close_bar(self) -> None:
        self._bar_is_open = False
        self.mark_bar.hide()
        self._set_foot(0)

    def _open_field(self) -> None:
        mark = self._desk.chosen_mark() if self.page.selection() is None else None
        self._close_bar()
        self.tag_field.offer(tag_offers(self._desk, mark.tags if mark else ()))
        self._place_panels()

    def _on_field_left(self) -> None:
        self.page.setFocus()
        self._open_bar()

    def _open_list(self, marks: list[Annotation]) -> None:
        """Offer marks by tag and quotation, below the first of them."""
        place = self.page.area_of(marks[0].start, marks[0].end)
        self._open_menu(marks, place.bottomLeft() + QPoint(0, 6))

    def _open_menu(self, marks: list[Annotation], point: QPoint) -> None:
        showing = self._desk.showing
        if marks or showing.isolated or showing.is_hidden:
            menu = MarkMenu(self._desk, marks, self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.page.viewport().mapToGlobal(point))

    # Panels beside what they are about

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep bar and field beside the selection."""
        super().resizeEvent(event)
        self._place_panels()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint paper round the page, and the ring of the focus."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), colour(self._style.paper))
        page = self.page.geometry().united(self.strip.geometry())
        self._ring.paint(painter, page.adjusted(-WIDTH, -WIDTH, WIDTH, WIDTH), self._style.accent)

    def _place_panels(self) -> None:
        place = self.selection()
        mark = self._desk.chosen_mark()
        if place is None and mark is not None:
            place = (mark.start, mark.end)
        if place is None:
            return
        area, room = self._area(*place), self._room()
        self.tag_field.setGeometry(place_beside(area, self.tag_field.size(), room))
        self.mark_bar.setVisible(self._bar_is_open and not area.isEmpty())
        if self.mark_bar.isVisible():
            self._place_bar(place)

    def _place_bar(self, place: tuple[int, int]) -> None:
        """Put the bar near the selected words; where they leave no room, below the page."""
        bar, room = self.mark_bar, self._room()
        corner = self.page.viewport().mapTo(self, QPoint(0, 0))
        lines = [area.translated(corner) for area in self.page.areas_of(*place)]
        beside = place_clear_of(lines, bar.size(), room) if lines and not self._foot else None
        if beside is None:
            self._set_foot(bar.height() + 2 * _FOOT_EDGE)
            x = max((room.width() - bar.width()) // 2, 0)
            beside = QRect(QPoint(x, room.height() - bar.height() - _FOOT_EDGE), bar.size())
        bar.setGeometry(beside)

    def _set_foot(self, height: int) -> None:
        """Keep room below the page; it stays until the bar is closed, so that nothing jumps."""
        if height != self._foot:
            self._foot = height
            self._column.setContentsMargins(0, 0, 0, height)
            self._column.activate()

    def _say(self, text: str) -> None:
        """Tell what was done, beside the active mark or at the top of the page."""
        mark = self._desk.chosen_mark()
        area = self._area(mark.start, mark.end) if mark else QRect()
        if area.isEmpty():
            area = QRect(self.page.geometry().center().x(), 0, 1, 1)
        self.echo.say(text, area, self._room())

    def _area(self, start: int, end: int) -> QRect:
        """Return the rectangle round the visible part of a range; empty if there is none."""
        area = self.page.area_of(start, end)
        return area.translated(self.page.viewport().mapTo(self, QPoint(0, 0)))

    def _room(self) -> QRect:
        """Return where panels may stand."""
        return QRect(0, 0, self.width() - self.strip.width(), self.height())
