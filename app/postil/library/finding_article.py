"""Which article the work in a file is on: by the very text, else by likeness; never by a name."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from postil.anchoring import likeness
from postil.annotated_markdown import ParsedMark
from postil.domain.article import Article
from postil.library import likening
from postil.library.handed_in import NEW_ARTICLE, HandedIn, Recognition
from postil.library.merging import own_id
from postil.library.plan import Situation
from postil.store import queries

New = Sequence[tuple[str, Article]]


@dataclass(frozen=True, slots=True)
class Found:
    """The article of a file, as far as it is sure."""

    recognition: Recognition
    article_id: str = ""  # empty for a new one, and where it is not sure
    likeness: float = 1.0
    candidates: tuple[str, ...] = ()


class ArticleFinder:
    """Finds the articles of files.

    Args:
        situation: the library.
        taken: which article has the mark with an id.
    """

    def __init__(self, situation: Situation, taken: Mapping[str, str]) -> None:
        self._situation = situation
        self._taken = taken

    def find(self, handed: HandedIn, new: New) -> Found:
        """Return the article of a file; somebody's word comes first.

        Args:
            handed: the file.
            new: (id, text) of articles that files merged with it make.

        Raises:
            UserError: the article somebody chose is not there any more.
        """
        work = handed.work
        imported = work.imported
        if handed.into and handed.into != NEW_ARTICLE:
            return Found(Recognition.CHOSEN, self._situation.article(handed.into).id)
        if handed.into == NEW_ARTICLE and imported is not None:
            return Found(Recognition.NEW)
        sha256 = imported.article.sha256 if imported else work.claimed_sha256
        if found := self._by_hash(work.marks, sha256, new):
            return found
        if imported is None:
            quotations = (parsed.mark.exact or "" for parsed in work.marks)
            likely = likening.by_quotations(self._situation, quotations)
            likely += [(1.0, one) for one, article in new if _quotes(work.marks, article.text)]
            return self._likeliest(work.marks, likely, Recognition.QUOTATIONS) or Found(
                Recognition.UNKNOWN
            )
        text = imported.article.text
        likely = likening.by_text(self._situation, text)
        likely += [(likeness(text, article.text), one) for one, article in new]
        found = self._likeliest(work.marks, likely, Recognition.ALIKE)
        return found or Found(Recognition.NEW)

    def _by_hash(self, marks: Sequence[ParsedMark], sha256: str, new: New) -> Found | None:
        ask = self._situation.transaction.ask
        made = [one for one, article in new if article.sha256 == sha256]
        for recognition, ids in (
            (Recognition.TEXT, [*ask(queries.articles_with_text, sha256), *made]),
            (Recognition.FORMER_TEXT, ask(queries.articles_that_had_text, sha256)),
        ):
            if found := self._likeliest(marks, [(1.0, one) for one in ids], recognition):
                return found
        return None

    def _likeliest(
        self, marks: Sequence[ParsedMark], likely: likening.Likely, how: Recognition
    ) -> Found | None:
        """Return the one article that stands out, by likeness or by the marks it has already."""
        near = sorted((one for one in likely if one[0] >= likening.ENOUGH), reverse=True)
        if not near:
            return None
        near = [one for one in near if one[0] > near[0][0] - likening.MARGIN]
        if len(near) > 1:
            owned = Counter(self._taken.get(own_id(parsed.mark, "")) for parsed in marks)
            most = max(owned[article_id] for _, article_id in near)
            first = [one for one in near if owned[one[1]] == most]
            if not most or len(first) > 1:
                ids = tuple(sorted(article_id for _, article_id in near))
                return Found(Recognition.AMBIGUOUS, "", near[0][0], ids)
            near = first
        return Found(how, near[0][1], near[0][0])


def _quotes(marks: Sequence[ParsedMark], text: str) -> bool:
    """Return whether all quotations of a list stand in a text."""
    said = [parsed.mark.exact for parsed in marks if parsed.mark.exact]
    return bool(said) and all(quotation in text for quotation in said)
