"""The keys of the actions: those of the table, and what the person put in their place.

Every part that shows or takes keys asks here, so that a key that was moved away is moved
everywhere at once. What settings hold is never trusted: actions that do not exist, keys that
cannot be read and keys that somebody else has already are passed over.
"""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence

from postil.settings import Settings
from postil.ui.action_spec import WINDOW, Spec

_KEEP = "keys/"  # before the action's id, a list of keys in Qt's portable words
_UNSET = [""]  # what nobody has chosen; holds no key
_UNKNOWN = Qt.Key.Key_unknown
_MODIFIERS_ALONE = frozenset(
    {
        Qt.Key.Key_Control,
        Qt.Key.Key_Shift,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
    }
)


class Keymap(QObject):
    """Which keys each action has.

    Args:
        table: the actions.
        settings: keeps what was changed.
        parent: owns this.
    """

    changed = Signal()

    def __init__(
        self, table: Iterable[Spec], settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._table = tuple(table)
        self._settings = settings
        self._defaults = defaults(self._table)
        self._keys = self._read()

    def keys(self, action_id: str) -> list[QKeySequence]:
        """Return the keys of an action, the one to show first."""
        return list(self._keys[action_id])

    def text(self, action_id: str) -> str:
        """Return the first key of an action as this system writes it, or nothing."""
        return native(self._keys[action_id][0]) if self._keys[action_id] else ""

    def is_changed(self, action_id: str) -> bool:
        """Whether an action has other keys than those of the table."""
        return self._keys[action_id] != self._defaults[action_id]

    def rival(self, action_id: str, key: QKeySequence) -> Spec | None:
        """Return the other action that has this key where the first one needs it, if any."""
        spec = next(spec for spec in self._table if spec.id == action_id)
        for other in self._table:
            if other is not spec and _meet(spec, other) and key in self._keys[other.id]:
                return other
        return None

    def give(self, action_id: str, keys: Iterable[QKeySequence]) -> None:
        """Give an action other keys; whoever had one of them in the same place loses it.

        Args:
            action_id: the action.
            keys: all that it has from now on; none is allowed.
        """
        wanted = list(dict.fromkeys(key for key in keys if is_usable(key)))
        kept = {action_id: wanted}
        for key in wanted:
            while rival := self.rival(action_id, key):
                self._keys[rival.id] = [k for k in self._keys[rival.id] if k != key]
                kept[rival.id] = self._keys[rival.id]
        self._settings.update(
            {_KEEP + changed: [portable(key) for key in left] for changed, left in kept.items()}
        )
        self._take_up()

    def reset(self, action_id: str) -> None:
        """Give an action the keys of the table again; those that others have by now stay there."""
        self._settings.forget([_KEEP + action_id])
        self._take_up()

    def reset_all(self) -> None:
        """Give every action the keys of the table again."""
        self._settings.forget([_KEEP + spec.id for spec in self._table])
        self._take_up()

    def moved_away(self, where: str) -> set[QKeySequence]:
        """Return the keys that actions of one place have in the table and no longer have."""
        return {
            key
            for spec in self._table
            if spec.where == where
            for key in self._defaults[spec.id]
            if key not in self._keys[spec.id]
        }

    def _take_up(self) -> None:
        self._keys = self._read()
        self.changed.emit()

    def _read(self) -> dict[str, list[QKeySequence]]:
        """Return the keys of all actions: what was changed goes before what the table says."""
        found: dict[str, list[QKeySequence]] = {}
        owners: dict[QKeySequence, list[Spec]] = {}

        def take(spec: Spec, keys: Iterable[QKeySequence]) -> None:
            free = [
                key
                for key in dict.fromkeys(keys)
                if not any(_meet(spec, owner) for owner in owners.get(key, ()))
            ]
            found[spec.id] = free
            for key in free:
                owners.setdefault(key, []).append(spec)

        later = []
        for spec in self._table:
            kept = self._settings.get(_KEEP + spec.id, _UNSET)
            keys = [key for text in kept if is_usable(key := QKeySequence(text))]
            if keys or not kept:  # an empty list is a choice too
                take(spec, keys)
            else:
                later.append(spec)
        for spec in later:
            take(spec, self._defaults[spec.id])
        return found


def defaults(table: Iterable[Spec]) -> Mapping[str, list[QKeySequence]]:
    """Return the keys of a table: ours first, then the platform's that nobody there has."""
    table = tuple(table)
    ours = {spec.id: [QKeySequence(key) for key in spec.keys] for spec in table}
    taken = {key for keys in ours.values() for key in keys}
    for spec in table:
        if spec.standard is not None:
            for key in QKeySequence.keyBindings(spec.standard):
                if key not in taken:
                    ours[spec.id].append(key)
                    taken.add(key)
    return ours


def is_usable(key: QKeySequence) -> bool:
    """Whether this is one chord that can be pressed."""
    if key.count() != 1:
        return False
    pressed = chord(key).key()
    return pressed != _UNKNOWN and pressed not in _MODIFIERS_ALONE


def chord(key: QKeySequence) -> QKeyCombination:
    """Return the only chord of a key sequence."""
    combination: QKeyCombination = key[0]  # type: ignore[index] # the stubs have forgotten it
    return combination


def portable(key: QKeySequence) -> str:
    """Return a key as settings keep it, the same on every system."""
    return key.toString(QKeySequence.SequenceFormat.PortableText)


def native(key: QKeySequence) -> str:
    """Return a key as this system writes it."""
    return key.toString(QKeySequence.SequenceFormat.NativeText)


def _meet(one: Spec, other: Spec) -> bool:
    """Whether there is a place where the keys of both hold."""
    return one.where == other.where or WINDOW in (one.where, other.where)
