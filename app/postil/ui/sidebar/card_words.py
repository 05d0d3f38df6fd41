"""What a card says about a mark, in words and colours, from what lies on the desk."""

from collections.abc import Iterator

from postil.domain.annotation import Annotation
from postil.ui.desk import Desk
from postil.ui.sidebar.card_layout import CardLink, CardTag, CardText
from postil.ui.sidebar.marks_model import MarksModel
from postil.ui.sidebar.note_rendering import NoteRenderer, shown_part
from postil.ui.sidebar.wording import (
    confidence_word,
    link_words,
    placement_word,
    star_word,
    status_word,
    voice_word,
)

_NEUTRAL = "#DDDDDD"


class CardWords:
    """Turns marks into the words of their cards.

    Args:
        desk: has tags, groups and marks.
        model: knows paragraphs and authors.
        notes: has the rendered notes.
    """

    def __init__(self, desk: Desk, model: MarksModel, notes: NoteRenderer) -> None:
        self._desk = desk
        self._model = model
        self._notes = notes

    def of(self, annotation: Annotation) -> CardText:
        """Return the words of a card."""
        note = shown_part(annotation.note)
        return CardText(
            tags=self.tags(annotation.tags) or (CardTag("", self._model.tr("Plain mark"), ""),),
            colour=self._desk.colour(annotation),
            place=self._model.place(annotation),
            quotation=annotation.anchor.exact,
            note=note,
            note_html=self._notes.html(note) if note else None,
            remarks=self._remarks(annotation),
            links=tuple(self.links(annotation)),
            warning=placement_word(annotation.placement),
        )

    def tags(self, ids: tuple[str, ...]) -> tuple[CardTag, ...]:
        """Return tags with their colours; an id nobody knows stands for itself."""
        return tuple(self.tag(tag_id) for tag_id in ids)

    def tag(self, tag_id: str) -> CardTag:
        """Return one tag with its colour; an id or name nobody knows stands for itself."""
        tag = self._desk.tags.get(tag_id)
        if tag is None:
            return CardTag("?", tag_id.rpartition("/")[2], _NEUTRAL)
        return CardTag(tag.code, tag.name, self._desk.fill(tag))

    def links(self, annotation: Annotation) -> Iterator[CardLink]:
        """Yield the links of a mark, from whichever end they were made."""
        for end in self._model.links.of(annotation):
            near = self._desk.marks.get(end.other_id)
            yield CardLink(link_words(end, self._model.place(near) if near else ""), end)

    def _remarks(self, annotation: Annotation) -> str:
        parts = [
            star_word(annotation.starred),
            voice_word(annotation.voice),
            confidence_word(annotation.confidence),
            status_word(annotation.status),
        ]
        if self._model.has_several_authors() and annotation.author:
            parts.append(annotation.author)
        return " · ".join(part for part in parts if part)
