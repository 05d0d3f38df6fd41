"""Who does what: the actions of a complete window are bound to the parts that carry them out."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from postil.ui.action_table import COLLECTIONS, READER, SHELF, TAGS
from postil.ui.address_actions import AddressActions
from postil.ui.codebook_actions import CodebookActions
from postil.ui.codebook_files import CodebookFiles
from postil.ui.collection_actions import CollectionActions
from postil.ui.command_actions import CommandActions
from postil.ui.edit_actions import EditActions
from postil.ui.file_actions import FileActions
from postil.ui.help_actions import HelpActions
from postil.ui.history_actions import HistoryActions
from postil.ui.link_actions import LinkActions
from postil.ui.mark_actions import follow_keymap, mark_handlers
from postil.ui.merge_actions import MergeActions
from postil.ui.overview_actions import OverviewActions
from postil.ui.panels import SHELF as SHELF_SIDE
from postil.ui.preview_actions import PreviewActions
from postil.ui.share_actions import ShareActions
from postil.ui.template_actions import TemplateActions
from postil.ui.version_actions import VersionActions
from postil.ui.waiting import WaitingDesk

if TYPE_CHECKING:
    from postil.ui.main_window import MainWindow


def bind_actions(window: "MainWindow", desk: WaitingDesk) -> FileActions:
    """Say what the actions of a window do, and where their keys hold.

    Args:
        window: has all its parts.
        desk: what lies open in it.

    Returns:
        What takes files in, which the window does with what is dropped on it.
    """
    actions, prompts, settings = window.actions_, window.prompts, window.settings
    files = _file_actions(window, desk)
    previews = PreviewActions(desk, files, window.tasks, prompts, window.notices, settings, window)
    addresses = AddressActions(desk, window.tasks, prompts, window.notices, previews, window)
    files.address_dropped.connect(addresses.open_address)
    files.addresses_named.connect(addresses.fetch)
    books = CodebookFiles(desk, window.tasks, prompts, window.notices, settings, window)
    files.codebooks_given.connect(books.take)
    tree = window.sidebar.codebook.tree
    tagging = CodebookActions(desk, tree, books, actions, prompts, window.notices, window)
    editing = EditActions(desk, window.shelf, actions, prompts, window.notices, window)
    history = _history_actions(window, desk, editing)
    collecting = _collection_actions(window, desk, editing)
    sharing = _share_actions(window, desk, editing, files)
    merging = MergeActions(desk, window.tasks, prompts, window.notices, settings, window)
    files.work_given.connect(merging.merge)
    helping = HelpActions(window.first_steps, prompts, settings, actions.keymap, window)
    overview = OverviewActions(
        desk, window.centre, window.appearance, prompts, window.notices, window
    )
    commanding = CommandActions(desk, actions, window.reader, prompts, settings, window)

    def search_library() -> None:
        window.panels.insist(SHELF_SIDE)
        window.shelf.begin_search()

    handlers: dict[str, Callable[[], object]] = mark_handlers(window.reader)
    handlers["search-library"] = search_library
    linking = LinkActions(desk, prompts, window.notices, window)
    templates = TemplateActions(
        desk, window.sidebar, settings, prompts, window.notices, commanding.show_settings, window
    )
    versions = VersionActions(desk, files, window.tasks, prompts, window.notices, settings, window)
    about_text = (files, addresses, previews, versions, sharing, merging)
    about_marks = (editing, history, collecting, tagging, linking, templates)
    for part in (*about_text, *about_marks, helping, commanding, overview, window.backing_up):
        handlers |= part.handlers()
    handlers |= window.places.handlers() | window.presenting.handlers()
    actions.bind(handlers)
    follow_keymap(window.reader, actions.keymap)
    _place_keys(window)
    _follow_writing(window, desk)
    return files


def _place_keys(window: "MainWindow") -> None:
    """Let keys hold in the parts they belong to."""
    for place, widget in (
        (SHELF, window.shelf.articles.rows),
        (SHELF, window.shelf.articles.columns),
        (COLLECTIONS, window.shelf.collections),
        (READER, window.reader),
        (TAGS, window.sidebar.codebook.tree),
    ):
        window.actions_.place(place, widget)


def _follow_writing(window: "MainWindow", desk: WaitingDesk) -> None:
    """Grey what changes the library while it can only be read; its keys still say why."""

    def follow() -> None:
        why = desk.library.read_only
        window.actions_.forbid_changes(why.what if why else "")

    window.actions_.refused.connect(desk.may_change)
    desk.writing_allowed.connect(follow)
    follow()


def _collection_actions(
    window: "MainWindow", desk: WaitingDesk, editing: EditActions
) -> CollectionActions:
    return CollectionActions(
        desk,
        window.shelf,
        editing.targets,
        window.actions_,
        window.prompts,
        window.notices,
        window,
    )


def _file_actions(window: "MainWindow", desk: WaitingDesk) -> FileActions:
    return FileActions(
        desk,
        window.tasks,
        window.prompts,
        window.notices,
        window.settings,
        window.actions_.menus["file/recent"],
        window,
    )


def _share_actions(
    window: "MainWindow", desk: WaitingDesk, editing: EditActions, files: FileActions
) -> ShareActions:
    return ShareActions(
        desk,
        editing.targets,
        window.tasks,
        window.prompts,
        window.notices,
        window.settings,
        files.recent.add,
        window,
    )


def _history_actions(
    window: "MainWindow", desk: WaitingDesk, editing: EditActions
) -> HistoryActions:
    return HistoryActions(
        desk,
        window.actions_,
        editing.show_changed,
        window.sidebar.leave,
        window.appearance,
        window.prompts,
        window.notices,
        window,
    )
