"""The JSON Schema of codebooks, and its errors in words.

`jsonschema` takes longer to import than the rest of the command line, hence only here and
only when a file is read.
"""

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from postil.codebooks.complaints import complain, in_quotes
from postil.resources import resource

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

_KINDS = {"string": "text", "array": "a list", "object": "an object"}

# Schema keyword -> the reason in words. What is not here is said by the schema itself, in the
# description of the part that failed.
_REASONS: dict[str, Callable[["ValidationError"], str]] = {
    "required": lambda error: f"{_missing(error)} is missing",
    "additionalProperties": lambda error: f"there is no field {_surplus(error)}",
    "type": lambda error: f"must be {_KINDS[str(error.validator_value)]}",
    "enum": lambda error: f"{_shown(error)} is not one of {_listed(error.validator_value)}",
    "minLength": lambda _: "is empty",
    "maxLength": lambda error: f"is longer than {error.validator_value} characters",
    "minItems": lambda _: "there is none",
    "maxItems": lambda error: f"there are more than {error.validator_value:,}",
    "maxProperties": lambda error: f"there are more than {error.validator_value}",
    "uniqueItems": lambda _: "the same tag stands there twice",
}


def check_schema(document: object, name: str) -> None:
    """Check a parsed codebook against the schema.

    Args:
        document: any JSON value, nested less deep than Python's recursion limit.
        name: of the file, for the message.

    Raises:
        UserError: names the first place that does not fit, in the order of the schema.
    """
    from jsonschema import Draft202012Validator

    schema = json.loads(resource("codebooks", "codebook.schema.json").read_bytes())
    error = next(Draft202012Validator(schema).iter_errors(document), None)
    if error is not None:
        complain(name, _place(error.absolute_path), _reason(error))


def _reason(error: "ValidationError") -> str:
    reason = _REASONS.get(str(error.validator))
    if reason is not None:
        return reason(error)
    assert isinstance(error.schema, dict)
    return f"{_shown(error)} is not {error.schema['description']}"


def _place(path: Iterable[str | int]) -> str:
    """Return `["tags", 2, "code"]` as "tag 3, code"."""
    parts: list[str] = []
    for step in path:
        if isinstance(step, int):
            parts[-1] = f"{parts[-1].removesuffix('s')} {step + 1}"
        else:
            parts.append(step)
    return ", ".join(parts)


def _missing(error: "ValidationError") -> str:
    given: Any = error.instance
    assert isinstance(error.validator_value, list)
    return in_quotes(next(key for key in error.validator_value if key not in given))


def _surplus(error: "ValidationError") -> str:
    given: Any = error.instance
    assert isinstance(error.schema, dict)
    return in_quotes(next(key for key in given if key not in error.schema["properties"]))


def _shown(error: "ValidationError") -> str:
    return in_quotes(error.instance)


def _listed(values: object) -> str:
    assert isinstance(values, list)
    return ", ".join(values)
