"""Archives (ZIP) that documents come in, read within limits; the child's side.

Nothing is ever unpacked to the disk, and an entry is never trusted to be as large as it says.
"""

import io
import zipfile
import zlib
from typing import Any

from postil.domain import limits
from postil.domain.errors import UserError

_DEPTH = 256  # of elements; libxml2 reads no deeper
_ENCRYPTED = 0x1  # bit of an entry's flags
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)


class Archive:
    """A ZIP archive in memory.

    Args:
        data: the whole file.
        name: for sentences.

    Raises:
        UserError: it is damaged, protected, or over a limit.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGED as error:
            raise self._damaged() from error
        entries = self._zip.infolist()
        self._sizes = {entry.filename: entry.file_size for entry in entries}
        if len(entries) > limits.ENTRIES:
            raise self._over(f"has more than {limits.ENTRIES:,} entries")
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise UserError(f"{name} is protected by a password", "Save it without one.")
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > limits.UNPACKED_BYTES:
            raise self._over(f"unpacks to more than {limits.UNPACKED_BYTES // limits.MB} MB")
        if unpacked > limits.MB and unpacked > limits.UNPACKED_RATIO * len(data):
            raise self._over(f"unpacks to more than {limits.UNPACKED_RATIO} times its size")

    def __contains__(self, entry: str) -> bool:
        return entry in self._sizes

    @property
    def names(self) -> tuple[str, ...]:
        """The entries, as the archive lists them."""
        return tuple(self._sizes)

    @property
    def entries(self) -> list[str]:
        """What every entry is called, in order; names may stand there twice."""
        return [entry.filename for entry in self._zip.infolist()]

    def read_at(self, index: int) -> bytes:
        """Return the bytes of an entry by its place among `entries`.

        Raises:
            UserError: it is damaged or too large.
        """
        return self._read(self._zip.infolist()[index])

    def read(self, entry: str) -> bytes:
        """Return the bytes of an entry.

        Raises:
            UserError: it is missing, damaged or too large.
        """
        return self._read(entry)

    def _read(self, entry: str | zipfile.ZipInfo) -> bytes:
        limit = limits.ENTRY_BYTES
        try:
            with self._zip.open(entry) as file:
                data = file.read(limit + 1)
        except (KeyError, RuntimeError, *_DAMAGED) as error:
            raise self._damaged() from error
        if len(data) > limit:
            raise self._over(f"has an entry of more than {limit // limits.MB} MB")
        return data

    def xml(self, entry: str) -> Any:  # noqa: ANN401 - lxml
        """Return the root element of an entry that is XML; nothing it names is followed.

        Raises:
            UserError: it is missing, too large, no XML, or declares entities.
        """
        return read_xml(self.read(entry), self._name)

    def _damaged(self) -> UserError:
        return UserError(f"{self._name} is damaged or cut off", "Save or fetch it once more.")

    def _over(self, what: str) -> UserError:
        return UserError(f"{self._name} {what}", "It may be made to do harm; do not open it.")


def read_xml(data: bytes, name: str) -> Any:  # noqa: ANN401 - lxml
    """Return the root element of XML from elsewhere; nothing it names is followed.

    Raises:
        UserError: it is no XML, declares entities, or is nested too deep.
    """
    from lxml import etree  # only the child parses XML

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
            raise UserError(
                f"{name} has XML that is nested deeper than {_DEPTH} elements, or has entities"
                " that grow as they are read",
                "It may be made to do harm; do not open it.",
            ) from error
        raise UserError(f"{name} is damaged: its XML is broken", "Save it once more.") from error
    about: Any = root.getroottree().docinfo  # lxml's stubs lack the field
    declared = about.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise UserError(
            f"{name} declares entities, which a document has no need of",
            "It may be made to do harm; do not open it.",
        )
    return root
