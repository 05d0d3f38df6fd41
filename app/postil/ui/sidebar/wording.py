"""The words the sidebar has for the values of a mark, translated."""

from PySide6.QtCore import QCoreApplication

from postil.domain.annotation import Confidence, Placement, Relation, Status, Voice
from postil.ui.mark_links import LinkEnd

_LINK_CHARACTERS = 32  # of the quotation of a mark that another one names
_OPENING, _CLOSING = '“„«»"”‟', '”“»«"‟'


def _tr(text: str) -> str:
    return QCoreApplication.translate("Wording", text)


def voice_word(voice: Voice) -> str:
    """Return whose voice it is, or an empty string where nothing was said."""
    return {
        Voice.UNSAID: "",
        Voice.AUTHOR: _tr("author’s voice"),
        Voice.QUOTED: _tr("quoted"),
        Voice.HEADLINE: _tr("headline"),
        Voice.CAPTION: _tr("caption"),
    }[voice]


def confidence_word(confidence: Confidence) -> str:
    """Return how sure the annotator is, or an empty string."""
    return {
        Confidence.UNSAID: "",
        Confidence.SURE: _tr("sure"),
        Confidence.LIKELY: _tr("likely"),
        Confidence.UNSURE: _tr("unsure"),
    }[confidence]


def star_word(starred: bool) -> str:  # noqa: FBT001 - a field of a mark, as the others
    """Return what a card says of a mark with a star, or an empty string."""
    return _tr("★ starred") if starred else ""


def status_word(status: Status) -> str:
    """Return how far the check of a claim has come, or an empty string."""
    return {
        Status.UNSAID: "",
        Status.NONE: _tr("nothing to check"),
        Status.TO_CHECK: _tr("to check"),
        Status.SUPPORTED: _tr("supported"),
        Status.REFUTED: _tr("refuted"),
        Status.OPEN: _tr("left open"),
    }[status]


def placement_word(placement: Placement) -> str:
    """Return what is unsure about the place of a mark, or an empty string."""
    return {
        Placement.EXACT: "",
        Placement.MOVED: _tr("moved"),
        Placement.CHANGED: _tr("words changed"),
        Placement.AMBIGUOUS: _tr("several places fit"),
        Placement.UNPLACED: _tr("no place found"),
    }[placement]


def relation_word(relation: Relation) -> str:
    """Return what one mark is to another."""
    return {
        Relation.EVIDENCE_FOR: _tr("supports"),
        Relation.CONTRADICTS: _tr("contradicts"),
        Relation.REPEATS: _tr("repeats"),
        Relation.SOURCE_OF: _tr("source of"),
        Relation.ANSWERS: _tr("answers"),
    }[relation]


def incoming_word(relation: Relation) -> str:
    """Return what one mark is to another, said from the other one."""
    return {
        Relation.EVIDENCE_FOR: _tr("supported by"),
        Relation.CONTRADICTS: _tr("contradicted by"),
        Relation.REPEATS: _tr("repeated by"),
        Relation.SOURCE_OF: _tr("drawn from"),
        Relation.ANSWERS: _tr("answered by"),
    }[relation]


def link_words(end: LinkEnd, place: str = "") -> str:
    """Return a link as seen from one of its marks, with the beginning of the other one."""
    word = incoming_word(end.relation) if end.is_incoming else relation_word(end.relation)
    if not end.words:
        return f"{word} {_tr('a mark that is not in the library')}"
    words = end.words
    if len(words) > _LINK_CHARACTERS:
        words = f"{words[:_LINK_CHARACTERS].rstrip()}…"
    said = " ".join(part for part in (word, place, quoted(words)) if part)
    return f"{said} · {end.title}" if end.title else said


def quoted(text: str) -> str:
    """Return words between quotation marks, on one line; those that have some get no more."""
    words = " ".join(text.split())
    if len(words) > 1 and words[0] in _OPENING and words[-1] in _CLOSING:
        return words
    return _tr("“{0}”").replace("{0}", words)
