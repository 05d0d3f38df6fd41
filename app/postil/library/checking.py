"""Checking a library: what is found, and what could be mended on the spot."""

from dataclasses import dataclass

from postil.store import Store, checking


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be."""

    kind: str  # "file", "row", "text", "mark" or "index"
    what: str  # a sentence without its full stop
    is_mended: bool = False


def check(store: Store) -> list[Finding]:
    """Return what is wrong with a library; the index of words is mended.

    Raises:
        UserError: the library cannot be read, or is in use by another program.
    """
    findings: list[Finding] = []
    with store.reading() as transaction:
        ask = transaction.ask
        findings += [Finding("file", what) for what in ask(checking.file_problems)]
        findings += [Finding("row", what) for what in ask(checking.loose_rows)]
        findings += [
            Finding("text", f"The text {revision} is not the one that was kept")
            for revision in ask(checking.changed_texts)
        ]
        findings += [
            Finding("mark", f"The mark {mark} does not stand on its words")
            for mark in ask(lambda connection: list(checking.strayed_marks(connection)))
        ]
        is_index_right = transaction.index_fits()
    if not is_index_right:
        with store.writing() as transaction:
            transaction.rebuild_index()
        what = "The index of words did not fit the library and was made anew"
        findings.append(Finding("index", what, is_mended=True))
    return findings
