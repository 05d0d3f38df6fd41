"""Which part of a page is its article, and what in it is page furniture.

Words in long runs that are no links speak for the element that holds them; short runs and
links speak against it. The element with most in its favour holds the article, what calls
itself furniture or consists of links is left out of it, and what stays is read as it stands.
"""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from postil.importers.html_tree import HEADINGS, Element, walk

# Elements that part one run of words from the next.
_PARTING: Final = HEADINGS | {
    "address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "li",
    "main", "menu", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead",
    "tr", "ul",
}  # fmt: skip
_FURNITURE_TAGS: Final = frozenset({"aside", "footer", "form", "menu"})
_FURNITURE_ROLES: Final = frozenset(
    {
        "banner", "complementary", "contentinfo", "dialog", "menu", "menubar", "navigation",
        "search", "tablist", "toolbar",
    }
)  # fmt: skip
# Words in a class or id by which pages name what is not the article.
_FURNITURE_NAME = re.compile(
    r"(?:^|[\s_-])(?:"
    r"ad|ads|advert\w*|sponsor\w*|promo\w*|outbrain|taboola|teasers?|"
    r"breadcrumbs?|nav|navbar|navigation|menu|masthead|toolbar|sidebar|rail|pagination|pager|"
    r"footer|colophon|copyright|disclaimer|"
    r"comments?|disqus|replies|respond|"
    r"share|sharing|sharebar|sharetools|social|follow|likes?|print|permalink|"
    r"related|recommend\w*|recirc\w*|popular|trending|readmore|read-more|more-on|most-read|"
    r"newsletter|subscri\w*|signup|sign-up|login|register|paywall|"
    r"cookies?|consent|gdpr|popup|modal|overlay|"
    r"byline|dateline|timestamp|tags|topics|keywords|skip|skip-?link|"
    r"screen-reader\w*|visually-?hidden|sr-only"
    r")(?=$|[\s_-])",
    re.IGNORECASE,
)
# What readers wrote may be far more than the article; "has-comments" is no name for it.
_READERS_NAME = re.compile(
    r"(?:^|\s)(?:(?:article|post|reader|the|user)[_-])?(?:comments?|disqus|replies)"
    r"(?:[_-](?:area|block|box|container|list|section|thread|wrap\w*))?(?=$|\s)",
    re.IGNORECASE,
)
# What is for those who paid may be a sentence that says so, or half of the article.
_PAID_NAME = re.compile(r"(?:^|[\s_-])(?:subscri\w*|paywall)(?=$|[\s_-])", re.IGNORECASE)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")  # where the next word of a camelCase name begins
_NAME_CHARACTERS: Final = 500  # of what an element is called; hostile pages have megabytes
_TOLL: Final = 40  # what each run costs the element it stands in, in characters
_LINKED: Final = 2.0  # how much a linked character counts against it
_BESIDE: Final = 0.1  # linked characters for each plain one beside an article that may be of it
_LEAST: Final = 200  # characters in long runs; with less it is no article to be sure of
_PAID: Final = 400  # characters in long runs for those who paid; with more it is the article
_HOLDS_ARTICLE: Final = 0.5  # what holds this share of all long runs is no furniture
_FEW_LINKS: Final = 0.3  # linked characters for each plain one in an article of short runs
_LINKS: Final = 0.6  # the share of linked characters from which a part consists of links
_LONG: Final = 80  # characters that are no links; a part with such a run is kept


@dataclass(slots=True)
class _Runs:
    """Runs of words, in characters that are no spaces."""

    favour: float = 0.0  # what speaks for their being the article
    long: int = 0  # unlinked characters of long runs
    plain: int = 0  # unlinked characters
    linked: int = 0
    count: int = 0

    def add(self, other: "_Runs") -> None:
        """Take in more runs."""
        self.favour += other.favour
        self.long += other.long
        self.plain += other.plain
        self.linked += other.linked
        self.count += other.count


@dataclass(slots=True)
class _Part:
    """One element and the runs of words in it."""

    element: Element
    tag: str
    parent: "_Part | None"
    own: _Runs = field(default_factory=_Runs)
    whole: _Runs = field(default_factory=_Runs)  # with those of all its parts
    kept: _Runs = field(default_factory=_Runs)  # with those of its parts, but for furniture
    children: "list[_Part]" = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """Where the article of a page is."""

    element: Element  # holds it
    furniture: Sequence[Element] = ()  # stands in it and is no part of it
    left_out: int = 0  # runs of words of the page that are not in it, or are furniture


def find_article(root: Element, headings: Sequence[Element]) -> Found | None:
    """Find the part of a page that is its article, and the furniture in it.

    Args:
        root: the page.
        headings: its first-level headings; what holds the only one is no furniture.

    Returns:
        What was found. None where there is no furniture, or no article to be sure of.
    """
    page = _Measuring().measure(root)
    title = headings[0] if len(headings) == 1 else None
    holders = set() if title is None else {title, *title.iterancestors()}
    furniture = _furniture(page, holders)
    if not furniture:
        return None
    parts = list(_below(page, furniture))
    for part in reversed(parts):
        part.kept.add(part.own)
        for inner in part.children:
            part.kept.add(inner.kept)
    best = max(parts, key=lambda part: part.kept.favour)
    article = _with_beside(best)
    told = _told(parts, holders)
    is_sure = article.kept.long >= _LEAST
    if told is not None and not (is_sure and _overlap(best, told)):
        article = told
    elif not is_sure and not _is_most(article.kept, page.kept):
        return None
    hidden = [part for part in _below(article) if part.element in furniture]
    if article.kept.long >= _LEAST:  # else links stand among its short runs
        hidden += _links_after(article, furniture)
    hidden_runs = sum(part.whole.count for part in hidden)
    left_out = page.whole.count - article.whole.count + hidden_runs
    return Found(article.element, [part.element for part in hidden], left_out)


def _furniture(page: _Part, needed: Container[Element]) -> set[Element]:
    """Return the elements that call themselves furniture; none of them lies in another."""
    found: set[Element] = set()
    paid: list[_Part] = []
    for part in _below(page, found):  # what is added while it yields is not gone into
        if not part.whole.count or part.element in needed or not _is_named(part):
            continue
        if part.whole.long > _HOLDS_ARTICLE * page.whole.long:
            is_more = page.whole.long - part.whole.long >= _LEAST
            if not is_more or not _READERS_NAME.search(_names(part)):
                continue
        found.add(part.element)
        if _PAID_NAME.search(_names(part)):
            paid.append(part)
    if sum(part.whole.long for part in paid) >= _PAID:
        found.difference_update(part.element for part in paid)
    return found


def _is_named(part: _Part) -> bool:
    if part.tag in ("html", "body", "main", "article", "blockquote"):
        return False
    if part.tag in _FURNITURE_TAGS or part.element.get("role") in _FURNITURE_ROLES:
        return True
    return _FURNITURE_NAME.search(_names(part)) is not None


def _names(part: _Part) -> str:
    """Return what the page calls an element, words parted by hyphens or spaces."""
    element = part.element
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return _HUMP.sub("-", names[:_NAME_CHARACTERS]) if names != " " else ""


def _told(parts: Sequence[_Part], holders: Container[Element]) -> _Part | None:
    """Return the part the page itself calls its article: the only one, with the only title."""
    named = [part for part in parts if part.tag == "article"]
    if len(named) != 1 or named[0].element not in holders:
        return None
    runs = named[0].kept
    return named[0] if runs.plain - runs.linked >= _LEAST else None


def _is_most(runs: _Runs, all_of_them: _Runs) -> bool:
    """Return whether short runs are the article, as in an interview: most of all, and no links."""
    return (
        runs.plain >= _LEAST
        and runs.linked <= _FEW_LINKS * runs.plain
        and runs.plain > _HOLDS_ARTICLE * all_of_them.plain
    )


def _overlap(one: _Part, other: _Part) -> bool:
    """Return whether one of two parts holds the other one, or they are the same."""
    inner, outer = (one.element, other.element)
    return inner is outer or outer in inner.iterancestors() or inner in outer.iterancestors()


def _with_beside(article: _Part) -> _Part:
    """Return the widest part round an article that adds few links to it.

    A paragraph is never all of an article: what stands beside it belongs to it.
    """
    if article.tag == "p" and article.parent is not None:
        article = article.parent
    while (around := article.parent) is not None:
        plain = around.kept.plain - article.kept.plain
        linked = around.kept.linked - article.kept.linked
        if linked > _BESIDE * plain:
            break
        article = around
    return article


def _links_after(article: _Part, furniture: Container[Element]) -> list[_Part]:
    """Return the parts after the last long run of an article that consist of links."""
    found: list[_Part] = []
    for part in _below(article, furniture):
        if part.own.long:
            found.clear()
        elif _is_links(part):
            found.append(part)
    return found


def _is_links(part: _Part) -> bool:
    runs = part.whole
    return (
        part.tag in _PARTING
        and not runs.long
        and runs.linked > 0
        and runs.linked >= _LINKS * (runs.linked + runs.plain)
    )


class _Measuring:
    """Measures the parts of a page in one walk."""

    def __init__(self) -> None:
        self._open: list[_Part] = []
        self._links = 0  # open ones
        self._plain = self._linked = 0  # of the run so far

    def measure(self, root: Element) -> _Part:
        """Return what stands in a page, with all its parts."""
        for event, element, tag in walk(root):
            if event == "start":
                self._begin(element, tag)
                self._count(element.text)
                continue
            if event == "end" and element is not root:
                self._end(tag)
            if element is not root:
                self._count(element.tail)
        self._end_run()
        page = self._open[0]
        page.whole.add(page.own)
        return page

    def _begin(self, element: Element, tag: str) -> None:
        if tag in _PARTING:
            self._end_run()
        self._links += tag == "a"
        self._open.append(_Part(element, tag, self._open[-1] if self._open else None))

    def _end(self, tag: str) -> None:
        if tag in _PARTING:
            self._end_run()
        self._links -= tag == "a"
        part = self._open.pop()
        part.whole.add(part.own)
        self._open[-1].children.append(part)
        self._open[-1].whole.add(part.whole)

    def _count(self, text: str | None) -> None:
        characters = len("".join(text.split())) if text else 0
        if self._links:
            self._linked += characters
        else:
            self._plain += characters

    def _end_run(self) -> None:
        plain, linked = self._plain, self._linked
        if plain or linked:
            favour = plain - _LINKED * linked - _TOLL
            long = plain if plain >= _LONG else 0
            part = self._open[-1]
            part.own.add(_Runs(favour, long, plain, linked, 1))
        self._plain = self._linked = 0


def _below(part: _Part, without: Container[Element] = ()) -> Iterator[_Part]:
    """Yield a part and all parts in it, in order, but for what is left out."""
    waiting = [part]
    while waiting:
        part = waiting.pop()
        if part.element in without:
            continue
        yield part
        if part.element not in without:  # it may have become so meanwhile
            waiting.extend(reversed(part.children))
