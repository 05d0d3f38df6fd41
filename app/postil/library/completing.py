"""Ways to go on with a query: the operators, and the values the library has for them."""

from collections.abc import Iterator

from postil.domain.annotation import Status
from postil.domain.found import Completion
from postil.library.catalogue import Catalogue
from postil.library.searching import comparable
from postil.library.tagging import folded
from postil.search.query import OPERATORS, QUOTATION_MARKS, Field, last_piece
from postil.store import Transaction, queries, search_queries

_LIMIT = 12  # ways offered
_LOOKED_AT = 2_000  # marks made last whose notes are asked for fields


def completions(transaction: Transaction, catalogue: Catalogue, text: str) -> list[Completion]:
    """Return how a query that is being typed may go on, the likeliest first.

    Args:
        transaction: holds the library.
        catalogue: of the library.
        text: of the query up to the caret.
    """
    start, operator, value = last_piece(text)
    if not operator:
        typed = value.lower()
        names = [name for name in OPERATORS if typed and name.startswith(typed)]
        return [Completion(f"{name}:", start, f"{name}:") for name in names]
    typed = comparable(value)
    starting: list[tuple[str, str]] = []
    inside: list[tuple[str, str]] = []
    for name, label in dict.fromkeys(_values(transaction, catalogue, operator)):
        if comparable(name).startswith(typed):
            starting.append((name, label))
        elif typed in comparable(label):
            inside.append((name, label))
    return [
        Completion(_quoted(name) + " ", start, label)
        for name, label in (starting + inside)[:_LIMIT]
    ]


def _values(
    transaction: Transaction, catalogue: Catalogue, operator: str
) -> Iterator[tuple[str, str]]:
    """Yield the values of an operator, and what to call them."""
    if operator == "tag":
        for tag_set in transaction.ask(queries.tag_sets):
            yield from ((tag.name, f"{tag.name} ({tag.code})") for tag in tag_set.tags)
    elif operator in {"author", "outlet"}:
        facts = catalogue.facts(transaction).values()
        values = {one.author if operator == "author" else one.outlet for one in facts}
        values.discard("")
        yield from ((value, value) for value in sorted(values, key=folded))
    elif operator == "status":
        yield from ((status.value, status.value) for status in Status if status.value)
    elif operator == "field":
        names = transaction.ask(search_queries.newest_field_names, _LOOKED_AT)
        yield from ((name, name) for name in names)
    elif operator == "in":
        yield from ((field.value, field.value) for field in Field)


def _quoted(value: str) -> str:
    value = "".join(" " if sign in QUOTATION_MARKS else sign for sign in value)
    return f'"{value}"' if any(letter.isspace() for letter in value) else value
