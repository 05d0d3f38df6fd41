"""Checking a library: what is found, and what could be mended on the spot."""

from dataclasses import dataclass
from pathlib import Path

from postil.domain.errors import DamagedError, NotALibraryError, UserError
from postil.library.backing_up import DAMAGED
from postil.store import Store, Transaction, checking, queries
from postil.store.checking import changed_rows, changed_steps, strayed_marks

_PRECIOUS = ("file", "row", "text", "sum")  # kinds of findings after which no backup is made
_WAIT_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be."""

    kind: str  # "file", "row", "text", "sum", "mark" or "index"
    what: str  # a sentence without its full stop
    is_mended: bool = False


_UNREADABLE = Finding("row", "Rows hold what this program does not write")


def check(store: Store) -> list[Finding]:
    """Return what is wrong with a library; the index of words is mended.

    What is found is remembered: no backup is made of a damaged library.

    Raises:
        DamagedError: it cannot be read.
        LibraryBusyError: it is in use by another program.
    """
    findings: list[Finding] = []
    with store.reading() as transaction:
        findings += _of_file(transaction.ask(checking.file_problems))
        try:
            findings += _of_rows(transaction)
            is_index_right = transaction.index_fits()
        except (DamagedError, ValueError, TypeError, AttributeError):
            findings.append(_UNREADABLE)
            is_index_right = True  # nobody can tell
    if not is_index_right:
        with store.writing() as transaction:
            transaction.rebuild_index()
        what = "The index of words did not fit the library and was made anew"
        findings.append(Finding("index", what, is_mended=True))
    _remember(store, is_damaged=any(map(is_damage, findings)))
    return findings


def is_damage(finding: Finding) -> bool:
    """Return whether what was found is damage, after which no backup is made."""
    return finding.kind in _PRECIOUS and not finding.is_mended


def check_file(path: Path, *, whole: bool) -> list[Finding]:
    """Check a library through a connection of its own, in whatever thread this is.

    Args:
        path: of the library, which may be in use.
        whole: everything but the index of words, which holds nothing of its own; otherwise only
            what SQLite sees at once, about 200 MB a second.

    Raises:
        LibraryBusyError: another program holds it.
    """
    try:
        store = Store(path, create=False, wait_seconds=_WAIT_SECONDS)
    except (DamagedError, NotALibraryError) as error:
        return [Finding("file", error.what)]
    try:
        return _found(store, whole=whole)
    except DamagedError as error:
        return [Finding("file", error.what)]
    except (ValueError, TypeError, AttributeError):
        return [_UNREADABLE]
    finally:
        store.close()


def _found(store: Store, *, whole: bool) -> list[Finding]:
    """Return what is wrong, letting go of the library in between."""
    with store.reading() as transaction:
        found = transaction.ask(checking.file_problems, quick=not whole)
    findings = _of_file(found)
    if whole:
        with store.reading() as transaction:
            findings += _of_rows(transaction)
        _remember(store, is_damaged=any(map(is_damage, findings)))
    return findings


def _of_file(found: list[str]) -> list[Finding]:
    """Return what SQLite finds wrong with the file, its own words behind ours."""
    return [Finding("file", f"The file is not whole; SQLite says: {what}") for what in found]


def _of_rows(transaction: Transaction) -> list[Finding]:
    """Return what is wrong with rows."""
    ask = transaction.ask
    findings = [Finding("row", what) for what in ask(checking.loose_rows)]
    findings += [
        Finding("text", f"The text {revision} is not the one that was kept")
        for revision in ask(checking.changed_texts)
    ]
    findings += [
        Finding("sum", what) for changed in (changed_rows, changed_steps) for what in ask(changed)
    ]
    findings += [
        Finding("mark", f"The mark {mark} does not stand on its words")
        for mark in ask(lambda connection: list(strayed_marks(connection)))
    ]
    return findings


def _remember(store: Store, *, is_damaged: bool) -> None:
    """Keep whether a library is damaged, where that is not known yet and can be written."""
    try:
        with store.reading() as transaction:
            is_known = transaction.ask(queries.fact, DAMAGED) != ""
        if is_known == is_damaged:
            return
        with store.writing() as transaction:
            if is_damaged:
                transaction.set_fact(DAMAGED, "1")
            else:
                transaction.drop_fact(DAMAGED)
    except UserError:
        return  # what cannot be written now is found again at the next check
