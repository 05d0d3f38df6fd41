"""Comments of a Word document: the tags, fields and note of each mark, by whoever made it."""

from typing import TYPE_CHECKING, Any

from postil.annotated_markdown import HandedOn
from postil.domain.annotation import Annotation
from postil.domain.canonical import clean_line
from postil.exporters import strict
from postil.exporters.docx_elements import Element, element, words

if TYPE_CHECKING:
    from docx.document import Document

_QUOTED = 60  # characters of a mark that another one is linked to
_INITIALS = 4  # letters at most


class Comments:
    """The comments of one document, numbered in reading order; 0 is on the whole article.

    Args:
        document: takes them.
        handed_on: what they say.
        marks: in reading order.
    """

    def __init__(self, document: "Document", handed_on: HandedOn, marks: list[Annotation]) -> None:
        self._document = document
        self._handed_on = handed_on
        self._numbers = {mark.id: str(number) for number, mark in enumerate(marks, 1)}
        self._marks = {mark.id: mark for mark in marks}
        self._whole = self._on_the_whole()

    def begin(self, parent: Element, mark: Annotation) -> None:
        """Begin the range of a mark's comment."""
        _begin(parent, self._numbers[mark.id])

    def end(self, parent: Element, mark: Annotation) -> None:
        """End the range of a mark's comment."""
        _end(parent, self._numbers[mark.id])

    def begin_whole(self, parent: Element) -> None:
        """Begin the range of the comment on the whole article, if there is one."""
        if self._whole:
            _begin(parent, "0")

    def end_whole(self, parent: Element) -> None:
        """End the range of the comment on the whole article."""
        if self._whole:
            _end(parent, "0")

    def write(self) -> None:
        """Put all comments into the document."""
        if not self._marks and not self._whole:
            return
        from docx.opc.constants import RELATIONSHIP_TYPE

        _ = self._document.comments  # makes the part
        part: Any = self._document.part.part_related_by(RELATIONSHIP_TYPE.COMMENTS)
        if self._whole:
            part.element.append(_comment("0", "", "", self._whole))
        for mark in self._marks.values():
            made = strict.time(mark.created)
            paragraphs = self._paragraphs(mark)
            part.element.append(_comment(self._numbers[mark.id], mark.author, made, paragraphs))

    def _on_the_whole(self) -> list[tuple[str, str]]:
        """Return what is said of the whole article: (kind, words) a paragraph."""
        given = self._handed_on
        said = [("strong", "On the whole article"), *_lines(given.note)] if given.note else []
        for tag_id, answer in given.answers:
            said += [("strong", given.questions.get(tag_id, tag_id)), *_lines(answer)]
        return said

    def _paragraphs(self, mark: Annotation) -> list[tuple[str, str]]:
        """Return what is said of a mark: (kind, words) a paragraph."""
        tags = [self._tag(tag_id) for tag_id in mark.tags]
        fields = [
            f"{name}: {field.value}"
            for name, field in (
                ("voice", mark.voice),
                ("certainty", mark.confidence),
                ("check", mark.status),
            )
            if field
        ]
        fields += ["★"] if mark.starred else []
        said = [("strong", " · ".join(tags) or "No tag")]
        said += [("emphasis", " · ".join(fields))] if fields else []
        said += _lines(mark.note)
        for link in mark.links:
            if target := self._marks.get(link.target):
                exact = clean_line(target.anchor.exact)
                shown = exact if len(exact) <= _QUOTED else f"{exact[: _QUOTED - 1]}…"
                said.append(("emphasis", f"{link.relation.value}: “{shown}”"))
        return said

    def _tag(self, tag_id: str) -> str:
        tag = self._handed_on.tags.get(tag_id)
        return f"{tag.name} ({tag.code})" if tag else tag_id


def _lines(note: str) -> list[tuple[str, str]]:
    return [("plain", line) for line in note.split("\n") if line.strip()]


def _begin(parent: Element, number: str) -> None:
    parent.append(element("w:commentRangeStart", id=number))


def _end(parent: Element, number: str) -> None:
    parent.append(element("w:commentRangeEnd", id=number))
    parent.append(element("w:r", element("w:commentReference", id=number)))


def _comment(number: str, author: str, made: str, paragraphs: list[tuple[str, str]]) -> Element:
    """Return a comment.

    Args:
        number: its id.
        author: an alias, or empty.
        made: a time in UTC, or empty.
        paragraphs: each with how it is set.
    """
    initials = "".join(word[0] for word in author.split())[:_INITIALS].upper()
    date = {"date": made} if made else {}
    comment = element("w:comment", id=number, author=author, initials=initials, **date)
    for kind, text in paragraphs:
        run = element("w:r")
        if kind != "plain":
            run.append(element("w:rPr", element("w:b" if kind == "strong" else "w:i")))
        run.append(words(text))
        comment.append(element("w:p", run))
    return comment
