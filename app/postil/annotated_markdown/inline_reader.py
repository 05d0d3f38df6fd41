"""Reading the Markdown of one block: words, spans, pieces of marks, references, comments.

One pass over tokens, without backtracking, so that hostile text takes linear time. What is
not markup for certain stays words: an asterisk without a partner, a tag nobody here knows,
a reference to a footnote that is not there.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache
from typing import Final

from postil.annotated_markdown.escape import entity, unescape
from postil.annotated_markdown.pieces import is_our_label
from postil.domain.article import SpanKind
from postil.domain.canonical import LINE_BREAK

_FIRST = re.compile(r"[\\&`<\[!\]*_\n\t=]")  # of a token: skips ordinary words quickly
_TOKEN = re.compile(
    r"(?P<escaped>\\[!-/:-@\[-`{-~])"
    r"|(?P<hard>\\\n)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<ticks>`+)"
    r"|(?P<comment><!--)"
    r"|(?P<line><br[ \t]*/?>[ \t]*\n?)"
    r"|(?P<tag></?[A-Za-z][A-Za-z0-9]{0,9}(?:\s[^<>]*)?/?>)"
    r"|(?P<reference>\[\^[^\]\[\s]{1,200}\])"
    r"|(?P<image>!\[)"
    r"|(?P<bracket>\[)"
    r"|(?P<target>\]\((?:<(?P<angled>[^<>\n]{0,8000})>|(?P<address>[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*))"
    r"(?:[ \n]\"[^\"]{0,500}\"|[ \n]'[^']{0,500}')?\))"
    r"|(?P<stars>\*+|_+)"
    r"|(?P<highlight>==)"  # of ours only where a hand has put it: words have entities
    r"|(?P<newline>\n)"
    r"|(?P<tab>\t)"  # an entity of ours that another editor has decoded
)
_HIGHLIGHT_END = re.compile(r"(?<![\s=])==(?!=)")
_CLASS = re.compile(r"""\sclass=["“”']?([^"“”'<>]*)""")
_HREF = re.compile(r"""\shref=["“”']?([^"“”'<>\s]*)""")
_PRINTED = re.compile(r"\A(<sup(?:\s[^<>]*)?>)(\d{1,9})</sup> ?")
_ELEMENTS: Final = {
    "em": SpanKind.EMPHASIS,
    "i": SpanKind.EMPHASIS,
    "strong": SpanKind.STRONG,
    "b": SpanKind.STRONG,
    "code": SpanKind.CODE,
    "a": SpanKind.LINK,
}
_CAPTION: Final = "small"


class Sign(Enum):
    """What an event is."""

    WORDS = auto()  # value: the words
    CELL = auto()
    OPEN = auto()  # kind and value: a span, with the address of a link
    CLOSE = auto()  # kind
    MARK = auto()  # value: the labels of its marks
    UNMARK = auto()
    REFERENCE = auto()  # value: the label
    COMMENT = auto()  # value: what it says
    CAPTION = auto()  # the block is one
    PREFORMATTED = auto()  # the block is


@dataclass(slots=True)
class Event:
    """Something met in the words of a block, in order."""

    sign: Sign
    value: str = ""
    kind: SpanKind | None = None


@dataclass(slots=True)
class _Delimiter:
    """A run of asterisks or underscores that may open emphasis."""

    event: int
    key: str  # the run itself


@dataclass(slots=True)
class InlineReader:
    """Reads blocks of one file.

    Args:
        labels: of the footnotes there are; other references are words.
        is_ours: whether we wrote the file. Words never look like markup in one, so references
            that have lost their footnotes are still some, and `==words==` is a mark.
    """

    labels: Collection[str]
    is_ours: bool = False
    images: int = 0  # how many were left out
    _events: list[Event] = field(default_factory=list)
    _delimiters: list[_Delimiter] = field(default_factory=list)
    _waiting: dict[str, int] = field(default_factory=dict)  # runs on the stack, by key
    _brackets: list[tuple[int, bool]] = field(default_factory=list)  # event, is an image
    _ticks: dict[int, list[int]] = field(default_factory=dict)  # length -> places, last first
    _open_comment: bool = False  # one is not closed, so no later one is
    _classes: list[str] = field(default_factory=list)  # of the marks met in the file
    _highlight_end: int = -1  # where the open one ends
    _text: str = ""

    def read(self, markdown: str) -> list[Event]:
        """Return the events of a block."""
        printed = _PRINTED.match(markdown)
        self._text = text = markdown[printed.end() :] if printed else markdown
        self._events, self._delimiters, self._brackets = [], [], []
        self._waiting, self._ticks, self._open_comment = {}, {}, False
        self._highlight_end = -1 if self.is_ours else len(text)
        for run in reversed(list(re.finditer("`+", text))):
            self._ticks.setdefault(len(run[0]), []).append(run.start())
        at = done = 0
        while first := _FIRST.search(text, at):
            token = _TOKEN.match(text, first.start())
            if token is None:
                at = first.end()
                continue
            self._words(text[done : first.start()])
            at = done = self._token(token)
        self._words(text[done:])
        return self._events

    def _is_lost(self, label: str) -> bool:
        """Return whether a label was that of a footnote of ours."""
        if not self.is_ours:
            return False
        return is_our_label(label) or any(label in classes.split() for classes in self._classes)

    def _words(self, words: str) -> None:
        if words:
            self._events.append(Event(Sign.WORDS, words))

    def _token(self, token: re.Match[str]) -> int:
        """Take a token; return where the next one may begin."""
        what, written = token.lastgroup, token[0]
        if what in ("escaped", "entity", "hard", "line", "newline", "tab"):
            self._character(what, written)
        elif what == "ticks":
            return self._code(token)
        elif what == "comment":
            return self._comment(token)
        elif what == "tag":
            return self._tag(token)
        elif what == "stars":
            self._stars(token)
        elif what == "highlight":
            self._highlight(token)
        elif what in ("bracket", "image"):
            self._brackets.append((len(self._events), what == "image"))
            self._words(written)
        elif what == "target":
            return self._target(token)
        elif written[2:-1] in self.labels or self._is_lost(written[2:-1]):
            self._events.append(Event(Sign.REFERENCE, written[2:-1]))
        else:
            self._words(written)
        return token.end()

    def _character(self, what: str, written: str) -> None:
        """Take a token that stands for one character."""
        if what == "escaped":
            self._words(written[1])
        elif what == "newline":
            self._words(" ")
        elif what in ("entity", "tab"):
            character = entity(written) if what == "entity" else written
            if character == "\t":
                self._events.append(Event(Sign.CELL))
            else:
                self._words(character)
        else:
            self._words(LINE_BREAK)

    def _code(self, token: re.Match[str]) -> int:
        """Take code between ticks, or ticks that have no partner."""
        ticks = len(token[0])
        places = self._ticks.get(ticks, [])
        while places and places[-1] <= token.start():
            places.pop()
        if not places:
            self._words(token[0])
            return token.end()
        words = self._text[token.end() : places[-1]].replace("\n", " ")
        if words.strip(" ") and words[0] == words[-1] == " ":
            words = words[1:-1]
        self._events.append(Event(Sign.OPEN, kind=SpanKind.CODE))
        self._words(words)
        self._events.append(Event(Sign.CLOSE, kind=SpanKind.CODE))
        return places[-1] + ticks

    def _comment(self, token: re.Match[str]) -> int:
        end = -1 if self._open_comment else self._text.find("-->", token.end())
        if end < 0:
            self._open_comment = True
            self._words(token[0])
            return token.end()
        self._events.append(Event(Sign.COMMENT, self._text[token.end() : end]))
        return end + 3

    def _tag(self, token: re.Match[str]) -> int:
        written = token[0]
        name = written.strip("</>").split(None, 1)[0].lower()
        closes = written[1] == "/"
        kind = _ELEMENTS.get(name)
        classes = found[1] if (found := _CLASS.search(written)) else ""
        if name == "mark":
            self._events.append(Event(Sign.UNMARK) if closes else Event(Sign.MARK, classes))
            if classes and self.is_ours:
                self._classes.append(classes)
        elif name == _CAPTION and not closes and not self._events:
            self._events.append(Event(Sign.CAPTION))
        elif name == _CAPTION and closes and self._events[:1] == [Event(Sign.CAPTION)]:
            pass  # nothing else of a caption can be said after its end
        elif kind is None:
            self._words(written[0])
            return token.start() + 1
        elif closes:
            self._events.append(Event(Sign.CLOSE, kind=kind))
        elif kind is SpanKind.CODE and classes == "pre" and not self._events:
            self._events.append(Event(Sign.PREFORMATTED))
        else:
            address = found[1] if (found := _HREF.search(written)) else ""
            self._events.append(Event(Sign.OPEN, unescape(address), kind))
        return token.end()

    def _highlight(self, token: re.Match[str]) -> None:
        """Take two signs of equality: they begin or end a mark, or are words."""
        at, end = token.span()
        if at == self._highlight_end:
            self._events.append(Event(Sign.UNMARK))
            self._highlight_end = -1
            return
        following = self._text[end : end + 1]
        if self._highlight_end < 0 and following not in ("", "=") and not following.isspace():
            closing = _HIGHLIGHT_END.search(self._text, end + 1)
            self._highlight_end = closing.start() if closing else len(self._text)
            if closing:
                self._events.append(Event(Sign.MARK))
                return
        self._words(token[0])

    def _target(self, token: re.Match[str]) -> int:
        """Take the end of a link or an image; an image is left out."""
        if not self._brackets:
            self._words("]")
            return token.start() + 1
        index, is_image = self._brackets.pop()
        if is_image:
            self.images += 1
            del self._events[index:]
            while self._delimiters and self._delimiters[-1].event >= index:
                self._waiting[self._delimiters.pop().key] -= 1
            return token.end()
        address = unescape(token["angled"] or token["address"] or "")
        self._events[index] = Event(Sign.OPEN, address, SpanKind.LINK)
        self._events.append(Event(Sign.CLOSE, kind=SpanKind.LINK))
        return token.end()

    def _stars(self, token: re.Match[str]) -> None:
        """Take a run of asterisks or underscores: it ends emphasis, may begin it, or is words."""
        run = token[0]
        before = self._text[token.start() - 1] if token.start() else " "
        after = self._text[token.end()] if token.end() < len(self._text) else " "
        opens = _faces(before, after)
        closes = _faces(after, before)
        if run[0] == "_":
            opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
        kinds = _EMPHASIS.get(len(run), ())
        if closes and kinds and self._waiting.get(run):
            while (delimiter := self._delimiters.pop()).key != run:
                self._waiting[delimiter.key] -= 1
            self._waiting[run] -= 1
            for offset, kind in enumerate(kinds):
                self._events[delimiter.event + offset] = Event(Sign.OPEN, kind=kind)
            self._events += (Event(Sign.CLOSE, kind=kind) for kind in reversed(kinds))
            return
        if opens and kinds:
            self._delimiters.append(_Delimiter(len(self._events), run))
            self._waiting[run] = self._waiting.get(run, 0) + 1
        for kind in kinds:  # places that become its openings if it finds its partner
            self._words(run[0] * _LENGTHS[kind])
        if not kinds:
            self._words(run)


_EMPHASIS: Final = {
    1: (SpanKind.EMPHASIS,),
    2: (SpanKind.STRONG,),
    3: (SpanKind.STRONG, SpanKind.EMPHASIS),
}
_LENGTHS: Final = {SpanKind.EMPHASIS: 1, SpanKind.STRONG: 2}


@lru_cache(maxsize=4096)
def _faces(outside: str, inside: str) -> bool:
    """Return whether emphasis may begin between these characters (CommonMark 0.31, 6.2)."""
    if inside.isspace():
        return False
    return not _is_punctuation(inside) or outside.isspace() or _is_punctuation(outside)


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
