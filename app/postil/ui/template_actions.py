"""Templates for the note that is being written: put in, made of a note, led to the settings."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu, QWidget
from shiboken6 import isValid

from postil.domain.canonical import clean_line
from postil.domain.note_fields import emptied
from postil.settings import Settings
from postil.ui.desk import Desk
from postil.ui.dialogs.settings_templates import PAGE
from postil.ui.note_templates import (
    NoteTemplate,
    built_in_templates,
    keep_own_templates,
    own_templates,
)
from postil.ui.prompts import Prompts
from postil.ui.sidebar.note_edit import NoteEdit
from postil.ui.sidebar.sidebar import Sidebar
from postil.ui.toast import Notices


class TemplateActions(QObject):
    """Offers them in a menu at the note.

    Args:
        desk: what lies open.
        sidebar: has the editors of notes.
        settings: keeps the person's own templates.
        prompts: asks what a template is to be called.
        notices: where to say that there is no note to put it into.
        show_settings: shows the page of the settings with this name.
        window: the menu's parent.
    """

    def __init__(
        self,
        desk: Desk,
        sidebar: Sidebar,
        settings: Settings,
        prompts: Prompts,
        notices: Notices,
        show_settings: Callable[[str], object],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._sidebar = sidebar
        self._settings = settings
        self._prompts = prompts
        self._notices = notices
        self._show_settings = show_settings
        self._window = window
        desk.template_wanted.connect(self.offer)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do that are bound here."""
        return {"note-template": self.offer}

    def offer(self) -> None:
        """Show the templates in a menu at the note."""
        field = self._field()
        if field is None:
            self._notices.say(self.tr("Choose a mark first"))
            return
        menu = QMenu(self._window)
        menu.setObjectName("note_templates")
        menu.setAccessibleName(self.tr("Templates for the note"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        own = own_templates(self._settings)
        for templates in (built_in_templates(), own):
            for template in templates:
                action = menu.addAction(template.name.replace("&", "&&"))
                action.triggered.connect(partial(self._put_in, field, template))
            menu.addSeparator()
        keep = menu.addAction(self.tr("&Save Note as Template…"))
        keep.setEnabled(bool(field.toPlainText().strip()))
        keep.triggered.connect(partial(self._keep, field))
        edit = menu.addAction(self.tr("&Edit Templates…"))
        edit.triggered.connect(lambda: self._show_settings(PAGE))
        menu.popup(field.viewport().mapToGlobal(field.cursorRect().bottomLeft()))

    def _field(self) -> NoteEdit | None:
        """Return the field of the note that is written, or of the chosen mark's."""
        focused = self._window.focusWidget()
        if isinstance(focused, NoteEdit):
            return focused
        if self._sidebar.marks.editor is None and self._desk.chosen:
            self._desk.edit_wanted.emit(self._desk.chosen)
        editor = self._sidebar.marks.editor
        return editor.note if editor else None

    def _put_in(self, field: NoteEdit, template: NoteTemplate, *_: bool) -> None:
        if isValid(field):  # the mark may be gone meanwhile
            field.put_in(template.note)
            field.setFocus()

    def _keep(self, field: NoteEdit, *_: bool) -> None:
        """Make a template of a note: its fields emptied, all else as it is."""
        note = emptied(field.toPlainText())
        answer = self._prompts.text(
            self.tr("Save Note as Template"), self.tr("Name of the template:"), ""
        )
        name = clean_line(answer or "")
        if not name:
            return
        others = [one for one in own_templates(self._settings) if one.name != name]
        keep_own_templates(self._settings, [*others, NoteTemplate(name, note)])
        self._notices.say(self.tr("The template “{0}” is kept").replace("{0}", name))
