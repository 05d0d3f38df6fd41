"""Articles that may be one: the same text, the same page of the web, or nearly the same text.

Nearly the same are texts that share most of their sentences word by word: what was corrected
in an article changes few of them. Nothing is merged; a person looks and decides.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations

from postil.domain.shelf import Duplicate, Likeness
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


def duplicates(
    transaction: Transaction, sources: list[Source], known: Sentences
) -> dict[str, list[Duplicate]]:
    """Return the articles that may be the same as others, each with those, the surest first.

    Args:
        transaction: holds the library.
        sources: every article.
        known: sentences of texts that were looked into; filled here.
    """
    from postil.importers.addresses import page_key  # with all importers: the start does without

    found: dict[str, dict[str, Duplicate]] = {}
    by_text = _alike((sha256, source) for source in sources if (sha256 := source[3]))
    _link(found, by_text.values(), Likeness.TEXT)
    by_page = _alike((key, s) for s in sources if s[2] and (key := page_key(s[2])))
    _link(found, by_page.values(), Likeness.ADDRESS)
    one_each = {source[3]: source for source in reversed(sources)}
    _read(transaction, one_each, known)
    pairs = ((one_each[a], one_each[b]) for a, b in _near({h: known[h] for h in one_each}))
    _link(found, pairs, Likeness.NEARLY)
    return {article_id: list(others.values()) for article_id, others in found.items()}


def duplicates_of(transaction: Transaction, article_id: str, known: Sentences) -> list[Duplicate]:
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
        likely.update(search(transaction, parse(f'"{phrase}"')).ids[:_FURNITURE])
    likely.add(article_id)
    sources = transaction.ask(shelf_queries.sources, list(likely))
    return duplicates(transaction, sources, known).get(article_id, [])


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
    missing = [sha256 for sha256 in hashes if sha256 not in known]
    for sha256, text in transaction.ask(shelf_queries.texts, missing):
        known[sha256] = frozenset(map(hash, _sentences(text)))


def _sentences(text: str) -> list[str]:
    """Return the stretches between full stops and line ends that are long enough to tell."""
    return [piece for piece in text.replace(". ", "\n").split("\n") if len(piece) >= _LEAST]


def _near(sentences: Sentences) -> list[tuple[str, str]]:
    """Return the pairs of texts that share most of their sentences."""
    holders: dict[int, list[str]] = defaultdict(list)
    for sha256, hashes in sentences.items():
        for sentence in hashes:
            holders[sentence].append(sha256)
    shared = Counter(
        pair
        for texts in holders.values()
        if 1 < len(texts) <= _FURNITURE
        for pair in combinations(texts, 2)
    )
    return [
        (one, two)
        for (one, two), number in shared.items()
        if number >= _SHARE * max(len(sentences[one]), len(sentences[two]))
    ]
