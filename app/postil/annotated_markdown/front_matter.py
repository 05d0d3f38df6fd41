"""The front matter: one key a line, each value JSON, which every reader of YAML agrees on.

Reading is kinder: values another editor has quoted, folded or made curly quotes of are
understood, and lines with keys of other programs are kept as they are.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import yaml

from postil.annotated_markdown.document import FORMAT, LAST_LINE, OFFSET_UNIT, HandedOn
from postil.domain.article import Metadata
from postil.domain.canonical import clean_line, clean_run

FENCE: Final = "---"
_ENDS: Final = (FENCE, "...")
METADATA_KEYS: Final = (
    *("title", "author", "outlet", "source", "published", "modified"),
    *("retrieved", "language"),
    "original_sha256",
)
KEYS: Final = (
    "format",
    *METADATA_KEYS,
    *("language_guessed", "codebooks", "tags", "partial"),
    *("text_sha256", "text_length", "offset_unit", "last_line"),
)
PRACTICE: Final = "practice"  # read as a line of others: it stays with the article it came with
_KEY = re.compile(r"([A-Za-z0-9_.-]+)[ ]*:(?:[ \t]|$)")
# Printable in JSON, but not, or not in the same way, in YAML.
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_BRACKET = re.compile(r"[\[\]{}]")
_CURLY: Final = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_CURLY_AROUND = re.compile(r"[\"“”„‟«»'‘’](.*)[\"“”„‟«»'‘’]", re.DOTALL)
_YAML_DEPTH: Final = 20  # PyYAML takes long over brackets that never close
_YAML_CHARACTERS: Final = 100_000  # a value longer than this is read as JSON or not at all


def write_front_matter(handed_on: HandedOn, tags: Sequence[Mapping[str, object]]) -> str:
    """Return the front matter with its fences.

    Args:
        handed_on: what is written.
        tags: names and definitions of tags.
    """
    article, about = handed_on.article, handed_on.article.metadata
    values: dict[str, object] = {"format": FORMAT}
    values.update({key: getattr(about, key) for key in METADATA_KEYS})
    values["language_guessed"] = about.language_guessed
    values["original_sha256"] = handed_on.original_sha256 or about.original_sha256
    values["codebooks"] = list(handed_on.codebooks)
    values["tags"] = list(tags)
    values["partial"] = handed_on.partial
    values["text_sha256"] = article.sha256
    values["text_length"] = len(article.text)
    values["offset_unit"] = OFFSET_UNIT
    values["last_line"] = LAST_LINE
    values[PRACTICE] = handed_on.practice
    lines = [f"{key}: {_json(value)}" for key, value in values.items() if value]
    taken = (*KEYS, PRACTICE) if handed_on.practice else KEYS
    return "\n".join([FENCE, *lines, *_foreign_lines(about.extra, taken), FENCE])


def _json(value: object) -> str:
    return _NOT_IN_YAML.sub(
        lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False)
    )


def _foreign_lines(lines: Sequence[str], taken: Collection[str]) -> Iterator[str]:
    """Yield the lines of other programs, but none that would end or change our part.

    Args:
        lines: of their keys.
        taken: keys that are ours in this file.
    """
    is_ours = True
    for line in lines:
        cleaned = clean_run(line, tab="\t").rstrip()
        if key := _begins(cleaned):
            is_ours = key in taken
        if cleaned and not is_ours and cleaned not in _ENDS:
            yield cleaned


def _begins(line: str) -> str:
    """Return the key that begins with this line, "#" for a comment, or nothing."""
    match = _KEY.match(line)
    return match[1] if match else line[:1] if line[:1] == "#" else ""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter says."""

    values: Mapping[str, object]  # of our keys, as JSON or as YAML has them
    extra: tuple[str, ...]  # lines of other programs

    def text(self, key: str) -> str:
        """Return a value of one line, or nothing."""
        value = self.values.get(key)
        return clean_line(value) if isinstance(value, str) else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of a list."""
        value = self.values.get(key)
        found = value if isinstance(value, list) else []
        return tuple(clean_line(text) for text in found if isinstance(text, str))

    @property
    def partial(self) -> bool:
        """Whether marks were left out of the file."""
        return self._is_true("partial")

    def _is_true(self, key: str) -> bool:
        return self.values.get(key) in (True, "true")

    def metadata(self) -> Metadata:
        """Return what the front matter says of the article."""
        said = {key: self.text(key) for key in METADATA_KEYS}
        is_guessed = bool(said["language"]) and self._is_true("language_guessed")
        return Metadata(**said, language_guessed=is_guessed, extra=self.extra)


def read_front_matter(lines: Sequence[str]) -> tuple[FrontMatter, int]:
    """Return the front matter and the index of the first line after it.

    Args:
        lines: of the whole file; without front matter the index is 0.
    """
    start = next((i for i, line in enumerate(lines) if line.strip()), 0)
    end = 0
    if lines[start].rstrip() == FENCE and _begins("".join(lines[start + 1 : start + 2])):
        after = range(start + 1, len(lines))
        end = next((i for i in after if lines[i].rstrip() in _ENDS), 0)
    values: dict[str, object] = {}
    extra: list[str] = []
    for key, chunk in _chunks(lines[start + 1 : end]) if end else ():
        if key in KEYS and key not in values:
            values[key] = _value(key, chunk)
        elif key not in KEYS:
            extra += chunk
    return FrontMatter(values, tuple(extra)), end + 1 if end else 0


def _chunks(lines: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield each key with its line and the lines that go on from it."""
    key, chunk = "", list[str]()
    for line in map(str.rstrip, lines):
        if begun := _begins(line):
            if chunk:
                yield key, chunk
            key, chunk = begun, [line]
        elif line:
            chunk.append(line)
    yield key, chunk


def _value(key: str, lines: Sequence[str]) -> object:
    """Return the value of a key: JSON, JSON with curly quotes, YAML, or its bare words."""
    whole = "\n".join(lines)
    raw = whole.partition(":")[2].strip()
    for candidate in (raw, raw.translate(_CURLY)):
        try:
            value = json.loads(candidate)
        except (ValueError, RecursionError):
            continue
        return raw if isinstance(value, int | float) and not isinstance(value, bool) else value
    if len(whole) <= _YAML_CHARACTERS and _is_shallow(whole):
        try:
            loaded = yaml.load(whole, Loader=yaml.BaseLoader)  # noqa: S506 - makes texts, lists, maps
            raw = loaded[key]
        except (yaml.YAMLError, RecursionError, ValueError, TypeError, KeyError):
            pass
    curly = _CURLY_AROUND.fullmatch(raw) if isinstance(raw, str) else None
    return curly[1] if curly else raw


def _is_shallow(text: str) -> bool:
    """Return whether brackets are nested as little as in values people write."""
    depth = 0
    for bracket in _BRACKET.findall(text):
        depth += 1 if bracket in "[{" else -1
        if depth > _YAML_DEPTH:
            return False
    return True
