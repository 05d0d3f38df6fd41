"""Which article of the library a text, or a list of quotations, is most likely of.

By the words alone: a few runs of them, spread over the text, are asked of the index, and the
articles that have most of these are compared whole. Titles, names and addresses do not count.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from postil.anchoring import likeness
from postil.library.plan import Situation
from postil.search.query import Term
from postil.search.words import words
from postil.store import search_queries

ENOUGH: Final = 0.5  # likeness from which a text is taken for another version of an article
MARGIN: Final = 0.1  # a runner-up as near as this leaves it open which one is meant
_RUNS = 24  # runs of words that are asked of the index
_RUN = 5  # words of one
_FEWEST = 3  # words of a block from which its runs tell something
_LOOKED_AT = 6  # articles that are compared whole
_QUOTED = 12  # code points; shorter quotations tell an article only where there are no others

Likely = list[tuple[float, str]]  # (likeness, article id), the likeliest first


def by_text(situation: Situation, text: str) -> Likely:
    """Return the articles whose text is like this one, each with how much, 0 to 1."""
    found = [
        (likeness(text, _text(situation, article_id)), article_id)
        for article_id in _with_runs(situation, _runs(text))
    ]
    return _ranked(found)


def by_quotations(situation: Situation, quotations: Iterable[str]) -> Likely:
    """Return the articles in which these words stand, each with the share of them, 0 to 1."""
    every = list(dict.fromkeys(filter(None, quotations)))
    said = [quotation for quotation in every if len(quotation) >= _QUOTED] or every
    step = max(len(said) // _RUNS, 1)
    runs = [run for quotation in said[::step][:_RUNS] for run in _runs(quotation)[:1]]
    found = []
    for article_id in _with_runs(situation, runs):
        text = _text(situation, article_id)
        found.append((sum(quotation in text for quotation in said) / len(said), article_id))
    return _ranked(found)


def _runs(text: str) -> list[Term]:
    """Return some runs of words of a text, spread evenly over it; none goes over a block's end."""
    blocks = [[word.text for word in words(block)] for block in text.split("\n")]
    whole = [block for block in blocks if len(block) >= _FEWEST] or blocks
    places = [(block, at) for block in whole for at in range(len(block))]
    last = len(places) - 1
    chosen = sorted({last * n // (_RUNS - 1) for n in range(_RUNS)}) if places else []
    runs = []
    for block, at in map(places.__getitem__, chosen):
        start = max(min(at, len(block) - _RUN), 0)
        runs.append(Term(tuple(block[start : start + _RUN])))
    return list(dict.fromkeys(runs))


def _with_runs(situation: Situation, runs: Sequence[Term]) -> list[str]:
    """Return the articles with most of these runs of words."""
    counted = situation.transaction.ask(search_queries.articles_with_runs, runs)
    return sorted(counted, key=lambda one: (-counted[one], one))[:_LOOKED_AT]


def _text(situation: Situation, article_id: str) -> str:
    return situation.text(situation.article(article_id).revision_id).text


def _ranked(found: Likely) -> Likely:
    return sorted((one for one in found if one[0] >= ENOUGH), key=lambda one: (-one[0], one[1]))
