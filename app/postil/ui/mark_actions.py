"""The Mark menu: what the keys of the reader do, by name."""

from collections.abc import Callable

from postil.ui.reader import ReaderView


def mark_handlers(reader: ReaderView) -> dict[str, Callable[[], object]]:
    """Return what the actions do that are about marks in the open article."""
    keys = reader.keys
    return {
        "mark-plain": keys.plain,
        "mark-tag": keys.ask_tag,
        "mark-note": keys.note,
        "mark-again": keys.again,
        "delete-mark": keys.delete,
        "next-mark": keys.next_mark,
        "previous-mark": keys.previous_mark,
        "other-mark": keys.cycle,
        "list-marks": keys.ask_list,
        "end-left": keys.end_left,
        "end-right": keys.end_right,
        "end-left-by-word": keys.end_left_by_word,
        "end-right-by-word": keys.end_right_by_word,
        "other-end": keys.other_end,
        "caret": keys.toggle_caret,
        "select-more": keys.select_more,
        "select-paragraph": keys.select_paragraph,
        "sentence-forward": keys.sentence_forward,
        "sentence-back": keys.sentence_back,
        "sentence-forward-too": keys.sentence_forward_too,
        "sentence-back-too": keys.sentence_back_too,
        "voice": keys.voice,
        "confidence": keys.confidence,
        "check-status": keys.status,
        "voice-back": keys.voice_back,
        "confidence-back": keys.confidence_back,
        "check-status-back": keys.status_back,
        "hide-marks": keys.toggle_marks,
        "quiet": keys.toggle_quiet,
        "isolate-tag": keys.isolate_tag,
        "isolate-group": keys.isolate_group,
        "find": reader.find_bar.open,
        "find-next": reader.find_bar.next,
        "find-previous": reader.find_bar.previous,
    }
