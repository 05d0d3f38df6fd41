"""Articles that may be one: the same text, the same page of the web, or nearly the same text.

Nearly the same are texts that share most of their sentences word by word: what was corrected
in an article changes few of them. Nothing is merged; a person looks and decides.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Iterable
from contextlib import AbstractContextManager, nullcontext
from itertools import combinations

from postil.domain.shelf import Duplicate, Likeness
from postil.library.catalogue import Catalogue
from postil.library.searching import search
from postil.search import parse
from postil.store import Transaction, queries, shelf_queries

Source = tuple[str, str, str, str]  # id, title, address, hash of the text
Sentences = dict[str, frozenset[int]]  # by hash of the text: hashes of its sentences

_LEAST = 24  # code points of a sentence that tells texts apart
_SHARE = 0.6  # of the sentences of the longer text
_FURNITURE = 20  # articles with a sentence that tells nothing: a byline, a licence
_LOOKED_FOR = 3  # sentences by which others are found
_PHRASE = 80  # code points of each
_TEXTS = 20  # read at once; a few milliseconds, as the other stretches between two pauses
_SOURCES = 500
_HELD = 5_000  # sentences

Found = dict[str, list[Duplicate]]  # by id of the article, the surest first


def looking(
    reading: Callable[[], AbstractContextManager[Transaction]],
    sources: list[Source],
    known: Sentences,
) -> Generator[None, None, Found]:
    """Look for the articles that may be the same as others; return each with those.

    Between two steps, which take a few milliseconds, others may use and change the library.

    Args:
        reading: holds the library while some texts are read.
        sources: every article.
        known: sentences of texts that were looked into; filled here.
    """
    from postil.importers.addresses import page_key  # with all importers: the start does without

    yield
    found: dict[str, dict[str, Duplicate]] = {}
    by_text = _alike((sha256, source) for source in sources if (sha256 := source[3]))
    _link(found, by_text.values(), Likeness.TEXT)
    yield
    by_page: dict[object, list[Source]] = defaultdict(list)
    for number, source in enumerate(sources):
        if source[2] and (key := page_key(source[2])):
            by_page[key].append(source)
        if number % _SOURCES == 0:
            yield
    _link(found, by_page.values(), Likeness.ADDRESS)
    one_each = {source[3]: source for source in reversed(sources)}
    missing = [sha256 for sha256 in one_each if sha256 not in known]
    for first in range(0, len(missing), _TEXTS):
        with reading() as transaction:
            _read(transaction, missing[first : first + _TEXTS], known)
        yield
    # What went meanwhile is in no text; whoever asks again will see that the sources changed.
    near = yield from _near({h: known[h] for h in one_each if h in known})
    _link(found, ((one_each[a], one_each[b]) for a, b in near), Likeness.NEARLY)
    return {article_id: list(others.values()) for article_id, others in found.items()}


def at_once(steps: Generator[None, None, Found]) -> Found:
    """Return what all the steps together come to."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: Found = end.value
            return found


def duplicates_of(
    transaction: Transaction, catalogue: Catalogue, article_id: str, known: Sentences
) -> list[Duplicate]:
    """Return what may be the same as one article, without a look at all of them."""
    from postil.importers.addresses import page_key

    record = transaction.ask(queries.article, article_id)
    if record is None:
        return []
    text = transaction.ask(queries.revision, record.revision_id).article
    key = page_key(record.metadata.source)
    likely = set(transaction.ask(queries.articles_with_text, text.sha256))
    if key:
        likely.update(transaction.ask(shelf_queries.articles_at, key[1] or key[0]))
    longest = sorted(_sentences(text.text), key=len, reverse=True)[:_LOOKED_FOR]
    for sentence in longest:
        phrase = sentence[:_PHRASE].rpartition(" ")[0].replace('"', " ")
        likely.update(search(transaction, parse(f'"{phrase}"'), catalogue).ids[:_FURNITURE])
    likely.add(article_id)
    sources = transaction.ask(shelf_queries.sources, list(likely))
    found = at_once(looking(lambda: nullcontext(transaction), sources, known))
    return found.get(article_id, [])


def _alike(keyed: Iterable[tuple[object, Source]]) -> dict[object, list[Source]]:
    groups: dict[object, list[Source]] = defaultdict(list)
    for key, source in keyed:
        groups[key].append(source)
    return groups


def _link(
    found: dict[str, dict[str, Duplicate]], groups: Iterable[Iterable[Source]], likeness: Likeness
) -> None:
    """Note the first of each group for all others, and all others for the first."""
    for group in groups:
        first, *others = group
        for other in others:
            for one, two in ((first, other), (other, first)):
                noted = found.setdefault(one[0], {})
                noted.setdefault(two[0], Duplicate(two[0], two[1], likeness))


def _read(transaction: Transaction, hashes: Iterable[str], known: Sentences) -> None:
    for sha256, text in transaction.ask(shelf_queries.texts, list(hashes)):
        known[sha256] = frozenset(map(hash, _sentences(text)))


def _sentences(text: str) -> list[str]:
    """Return the stretches between full stops and line ends that are long enough to tell."""
    return [piece for piece in text.replace(". ", "\n").split("\n") if len(piece) >= _LEAST]


def _near(sentences: Sentences) -> Generator[None, None, list[tuple[str, str]]]:
    """Return the pairs of texts that share most of their sentences, in steps."""
    holders: dict[int, list[str]] = defaultdict(list)
    for number, (sha256, hashes) in enumerate(sentences.items()):
        for sentence in hashes:
            holders[sentence].append(sha256)
        if number % _SOURCES == 0:
            yield
    shared: Counter[tuple[str, str]] = Counter()
    for number, texts in enumerate(holders.values()):
        if 1 < len(texts) <= _FURNITURE:
            shared.update(combinations(texts, 2))
        if number % _HELD == 0:
            yield
    return [
        (one, two)
        for (one, two), number in shared.items()
        if number >= _SHARE * max(len(sentences[one]), len(sentences[two]))
    ]
