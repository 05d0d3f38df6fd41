"""The window: menus, the three parts side by side, the line at the bottom.

It comes in three steps, each on the screen before the next begins: an empty frame, which needs
nothing but Qt; the page with the article that was read last; then shelf, sidebar and the rest.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
)
from PySide6.QtWidgets import QLabel, QMainWindow, QMenu, QVBoxLayout, QWidget

from postil.domain.errors import UserError
from postil.resources import resource
from postil.settings import Settings
from postil.ui.action_table import TABLE
from postil.ui.actions import Actions
from postil.ui.counting import counted
from postil.ui.first_steps import FirstSteps
from postil.ui.icons import application_icon, icon
from postil.ui.keymap import Keymap
from postil.ui.palette_field import PaletteField
from postil.ui.panels import READER, SHELF, SIDEBAR, Panels
from postil.ui.prompts import Prompts
from postil.ui.session import Session
from postil.ui.status import Status
from postil.ui.tasks import Tasks
from postil.ui.theme import Appearance, Theme
from postil.ui.toast import Banner, Notices, Toast
from postil.ui.view_actions import ViewActions

if TYPE_CHECKING:
    from postil.library import Library
    from postil.library.intake import Intake
    from postil.ui.start_notices import StartReport
    from postil.ui.waiting import WaitingDesk

_SIDEBAR_LINES = 14  # the sidebar has at least these; the first steps scroll first


class MainWindow(QMainWindow):
    """The window of one library.

    Args:
        settings: what the person prefers.
        prompts: asks the questions; a window of its own asks with dialogs.
    """

    def __init__(self, settings: Settings, prompts: Prompts | None = None) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("Postil")
        self.setWindowIcon(application_icon())
        self.setAcceptDrops(True)
        self.settings = settings
        self.prompts = prompts or Prompts(self)
        self.session = Session(settings)
        self.tasks = Tasks(self)
        self.appearance = Appearance(settings, self)
        theme = self.appearance.theme
        self.actions_ = Actions(self, theme, Keymap(TABLE, settings, self))
        self.status = Status(self)
        self.panels = Panels(settings)
        self.banner = Banner(icon("close", theme.icon_colour))
        self._start_banner = Banner(icon("close", theme.icon_colour), "startBanner")
        self.desk: WaitingDesk | None = None
        self.is_complete = False  # everything is there, and may be asked for
        self._is_over = False
        self._lay_out()
        self.notices = Notices(Toast(self._centre), self.banner)
        self._view = ViewActions(
            self,
            self.panels,
            self.actions_,
            self.appearance,
            settings,
            self._restyle,
            self.notices.toast.take_focus,
        )
        self.actions_.bind(self._view.handlers() | {"quit": self.close})
        self.tasks.begun.connect(self.status.begin)
        self.tasks.progressed.connect(self.status.progress)
        self.tasks.rested.connect(self.status.rest)
        self.status.cancel_wanted.connect(self.tasks.cancel)
        self.status.normal_size_wanted.connect(self.actions_["zoom-reset"].trigger)
        self.status.show_zoom(self._view.zoom)
        self.appearance.changed.connect(self._take_theme)
        self.session.restore_window(self)
        self.appearance.apply()

    def _lay_out(self) -> None:
        self.actions_.fill(self.menuBar())
        self.menuBar().setAccessibleName(self.tr("Menus"))
        self._palette_field = PaletteField(self, self.actions_)
        self.setStatusBar(self.status)
        self._centre = centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._start_banner)
        column.addWidget(self.banner)
        column.addWidget(self.panels, 1)
        self.setCentralWidget(centre)
        self._veil = QLabel(self.tr("Drop it here to make it an article"), self)
        self._veil.setObjectName("dropVeil")
        self._veil.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._veil.hide()

    # --- the parts ---

    def furnish(
        self, library: "Library", *, is_new: bool = False, report: "StartReport | None" = None
    ) -> None:
        """Put the parts in and take up where the last run ended.

        Args:
            library: the open library; whoever opened it closes it after the window.
            is_new: it was made just now and gets the sample.
            report: what there is to tell of the start.
        """
        from postil.ui.start_notices import StartNotices, StartReport

        self._show_page(library)
        # The page is laid out and painted now, without a turn of the event loop: keys and clicks
        # wait until all is there to take them.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        self.repaint()
        self.complete()
        if is_new:
            self._take_sample()
        else:
            self.invitation.look()
        assert self.desk is not None
        telling = StartNotices(self.desk, self._start_banner, self.notices, self)
        telling.whole_wanted.connect(self.sidebar.write_on_whole)
        telling.loose_wanted.connect(self.sidebar.show_article)
        telling.begin(report or StartReport())

    def _show_page(self, library: "Library") -> None:
        """Put the page in, with the article that was read last where it was left."""
        # These bring the database with them, after the first paint.
        from postil.ui.centre import Centre
        from postil.ui.library_watch import LibraryWatch
        from postil.ui.places import Places
        from postil.ui.reader import ReaderView
        from postil.ui.showing_state import ShowingState
        from postil.ui.waiting import WaitingDesk

        self.desk = desk = WaitingDesk(library, self)
        self.reader: ReaderView = ReaderView(desk)
        self.centre = Centre(self.reader)
        self.panels.furnish(READER, self.centre)
        ShowingState(desk, self.status, self.actions_, self.settings)
        self._restyle()
        self.reader.setFocus(Qt.FocusReason.OtherFocusReason)
        self._watch = LibraryWatch(desk, self.banner, self)
        self.places = Places(
            desk,
            self.session,
            self.actions_,
            self.reader.show_position,
            library.has_article,
            self,
        )
        desk.article_opened.connect(self._show_title)
        desk.article_changed.connect(self._show_title)
        if library.has_article(self.session.article):
            desk.open_article(self.session.article)

    def complete(self) -> None:
        """Put everything around the page in, once the page is on the screen."""
        from postil.ui.backup_actions import BackupActions
        from postil.ui.binding import bind_actions
        from postil.ui.present_actions import PresentActions
        from postil.ui.shelf.shelf import Shelf
        from postil.ui.sidebar.sidebar import Sidebar

        assert self.desk is not None
        theme = self.appearance.theme
        ids = (
            "rename-article",
            "describe-articles",
            "add-to-collection",
            "take-out-of-collection",
            "export",
            "delete-article",
        )
        self.shelf: Shelf = Shelf(
            self.desk,
            theme,
            icon("search", theme.icon_colour),
            [self.actions_[i] for i in ids],
            [self.actions_[i] for i in ("open", "paste-article")],
            self.actions_["shelf-columns"],
            self.prompts,
            self.settings,
        )
        self.sidebar: Sidebar = Sidebar(self.desk, theme, self.prompts)
        self.first_steps = FirstSteps(icon("close", theme.icon_colour), self.actions_.keymap)
        for place in (self.notices.toast, self.banner, self._start_banner):
            place.left.connect(self.reader.setFocus)
        self.panels.furnish(SHELF, self.shelf)
        self.panels.furnish(SIDEBAR, self._column(self.sidebar))
        self.presenting = PresentActions(
            self.desk, self.appearance, self.settings, self.notices, self
        )
        self.backing_up = BackupActions(
            self.desk, self.tasks, self.prompts, self.notices, self.sidebar.leave, self
        )
        self.files = bind_actions(self, self.desk)
        self._join(self.desk)
        self.sidebar.tabs.setCurrentIndex(self.session.sidebar_tab)
        self.is_complete = True

    def _column(self, sidebar: QWidget) -> QWidget:
        """Return the sidebar with the first steps below it."""
        column = QWidget()
        column.setObjectName("sidebarColumn")
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(sidebar, 1)
        sidebar.setMinimumHeight(_SIDEBAR_LINES * self.fontMetrics().lineSpacing())
        layout.addWidget(self.first_steps)
        return column

    def _join(self, desk: "WaitingDesk") -> None:
        """Join desk and parts."""
        from postil.ui.codebook_menu import CodebookMenu
        from postil.ui.invitation import Invitation
        from postil.ui.links import Links
        from postil.ui.status_line import StatusLine

        self.shelf.paste_wanted.connect(self.files.paste)
        ways_in = [self.actions_[i] for i in ("open", "paste-article")]
        self.invitation = Invitation(desk, ways_in, self._take_sample, self.reader)
        codebooks = QMenu(self.tr("&Codebooks"), self)
        self.actions_.menus["mark"].addSeparator()
        self.actions_.menus["mark"].addMenu(codebooks)
        self._codebooks = CodebookMenu(desk, self.status, codebooks)
        self._line = StatusLine(desk, self.status)
        links = Links(self.prompts, self)
        self.sidebar.address_wanted.connect(links.open)
        self.reader.link_clicked.connect(links.ask)
        self._view.watch_gestures(self.reader.page.viewport())
        for area in (self.reader.page, self.shelf.list, self.sidebar.marks.list):
            self.places.watch(area.viewport())
        desk.edit_wanted.connect(lambda: self.panels.insist(SIDEBAR))
        self._watch.begin(lambda: self.sidebar.is_waiting)

    # --- beginning and end ---

    def _take_sample(self) -> None:
        path = next(iter(sorted(resource("sample").glob("*.md"))))
        self.files.take_file(path, self.tr("Opening the sample"), self._show_sample, self._fail)

    def _show_sample(self, intake: "Intake") -> None:
        if self.desk is not None and self.desk.opened is None:
            self.desk.open_article(intake.article_id)

    def _fail(self, error: UserError) -> None:
        self.notices.fail(error)
        self.invitation.look()

    def take_over(self, words: list[str]) -> None:
        """Come to the front with what a second start was to open."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()
        if words:
            self.files.take_named(words)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what still waits, remember the state, and end the work."""
        if self._is_over:  # closing twice is no mistake
            super().closeEvent(event)
            return
        if self.desk is not None and self.is_complete:
            if not self._may_leave(self.desk):
                event.ignore()
                return
            self._watch.end()
            self.shelf.model.close()
            self.presenting.end()
            self.backing_up.end()
            self.places.keep()
            self.session.keep_sidebar_tab(self.sidebar.tabs.currentIndex())
            self.desk.close()
        self._view.keep()
        self.panels.keep_widths()
        self.session.keep_window(self)
        if self.tasks.is_busy:
            from postil import isolation  # here and not above: the frame does without it

            isolation.close()  # what is being read there is not waited for
        self.tasks.close()
        self._is_over = True
        super().closeEvent(event)

    def _may_leave(self, desk: "WaitingDesk") -> bool:
        """Save what is being typed and what waits; ask when something cannot be saved."""
        is_typed_saved = self.sidebar.leave()
        desk.try_again()
        waiting = desk.waiting or int(not is_typed_saved)
        return not waiting or self.prompts.confirm(
            self.tr("Changes wait"),
            counted(
                waiting,
                "The library is in use by another program. Quit and lose a change?",
                "The library is in use by another program. Quit and lose %n changes?",
            ),
            self.tr("Quit"),
        )

    # --- following ---

    def _show_title(self) -> None:
        opened = self.desk.opened if self.desk else None
        title = opened.record.metadata.title if opened else ""
        self.setWindowTitle(f"{title} — Postil" if title else "Postil")

    def _restyle(self) -> None:
        """Give the page its look."""
        self.status.show_zoom(self._view.zoom)
        if self.desk is not None:
            style = self.appearance.theme.page_style(self.settings, zoom=self._view.zoom)
            self.reader.set_style(style)

    def _take_theme(self, theme: Theme) -> None:
        self.setStyleSheet(theme.style_sheet())
        self.actions_.set_theme(theme)
        for banner in (self.banner, self._start_banner):
            banner.close_button.setIcon(icon("close", theme.icon_colour))
        if self.is_complete:
            self.first_steps.close_button.setIcon(icon("close", theme.icon_colour))
            self.shelf.set_theme(theme, icon("search", theme.icon_colour))
            self.sidebar.set_theme(theme)
        self._restyle()

    # --- things dropped, and the state of the window ---

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and text."""
        mime = event.mimeData()
        if self.is_complete and (mime.hasUrls() or mime.hasText() or mime.hasHtml()):
            event.acceptProposedAction()
            self._veil.setGeometry(self.rect())
            self._veil.raise_()
            self._veil.show()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went elsewhere."""
        self._veil.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Make it an article."""
        self._veil.hide()
        if self.files.take_dropped(event.mimeData()):
            event.acceptProposedAction()

    def changeEvent(self, event: QEvent) -> None:
        """Let the switch for the full screen follow the window."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange:
            self._view.show_state()
