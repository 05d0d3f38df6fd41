"""The one exception a user may see: expected, in words, with a remedy.

Every other exception is a bug and is reported as such.
"""


class UserError(Exception):
    """Something expected went wrong; the message is one sentence for the person at the screen.

    Args:
        what: names the file or thing and the reason, without a closing full stop.
        remedy: what to do about it, as a sentence of its own; may be empty.
    """

    def __init__(self, what: str, remedy: str = "") -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(f"{what}. {remedy}".strip() if remedy else f"{what}.")


class LibraryBusyError(UserError):
    """The library is locked by another process longer than a gesture may wait."""


class NoRoomError(UserError):
    """The disk is full, or as much of it as this user may have."""


class DamagedError(UserError):
    """A library is damaged: what can be read of it may be rescued, or a backup restored."""


class NotALibraryError(UserError):
    """A file is no library, or one whose first bytes are lost."""


class ReadOnlyError(UserError):
    """The library may be read but not changed."""


class PrivateAddressError(UserError):
    """An address of the web leads into the machine's own network; the person may insist."""
