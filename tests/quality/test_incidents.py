"""What went wrong in other programs that keep people's notes, and the test of each here.

Losses, wipes, hangs and holes that were reported in public. Each names the tests that
fail where it would happen here; what cannot happen here says why.
"""

import ast
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]

_EDITING = "ui/sidebar/test_editing.py"
_MERGING = "unit/library/test_handing_in.py"
_TAKING = "unit/library/test_intake.py"
_RESCUING = "unit/library/test_recovery.py"
_OPENING = "unit/store/test_opening.py"
_FILES = "unit/test_files.py"
_HOSTILE = "unit/cli/test_hostile_files.py"

# Number, what happened, and the tests.
INCIDENTS = [
    (1, "the last words typed were lost when another note was opened",
     f"{_EDITING}::test_switching_articles_at_any_moment_saves"),
    (2, "a note got the text of another", f"{_EDITING}::test_each_note_keeps_its_own_text"),
    (3, "undo forgot everything when another note was opened",
     "unit/library/test_library.py::test_undo_and_redo_walk_the_steps_also_after_a_restart"),
    (4, "what an input method held was lost",
     f"{_EDITING}::test_what_an_input_method_holds_is_taken_in"),
    (5, "a full disk cut a note short",
     f"{_OPENING}::test_the_disks_refusals_are_told_in_words",
     f"{_EDITING}::test_a_refused_change_keeps_the_editor_and_a_draft"),
    (6, "an empty other side was taken as the truth",
     f"{_MERGING}::test_marks_a_file_lacks_are_listed_and_kept"),
    (7, "a conflict of names was solved by deleting",
     f"{_TAKING}::test_tags_are_known_by_name_where_a_file_has_another_version_of_their_codebook"),
    (8, "an unknown article was taken for one without notes",
     f"{_TAKING}::test_marks_for_an_article_that_is_gone_are_refused",
     f"{_MERGING}::test_an_article_somebody_chose_may_be_gone",
     f"{_MERGING}::test_a_foreign_text_becomes_an_article_whatever_it_is_called"),
    (9, "an empty note replaced a full one for it was newer",
     f"{_MERGING}::test_i09_a_note_emptied_elsewhere_does_not_take_the_words_here_away"),
    (10, "the losing side of a conflict was dropped",
     f"{_MERGING}::test_an_edit_by_another_author_is_kept_beside_and_listed_once"),
    (11, "what was left of a journal was played into a library that had been restored",
     f"{_RESCUING}::test_a_journal_goes_with_its_library_and_never_beside_another"),
    (12, "a damaged library without a backup did not start",
     f"{_RESCUING}::test_it_starts_whatever_is_left"),
    (13, "a place without locks could not be opened",
     f"{_OPENING}::test_i13_a_place_without_locks_is_told",
     f"{_OPENING}::test_a_library_in_a_place_that_takes_no_writing_says_so",
     "ui/test_start_notices.py::test_a_library_that_is_only_read_says_so_and_changes_nothing"),
    (14, "a copied library lacked what its side files held",
     f"{_OPENING}::test_i14_a_closed_library_is_one_whole_file"),
    (16, "annotations went with a file that was replaced",
     f"{_TAKING}::test_an_edited_body_becomes_a_new_version_and_carries_every_mark"),
    (17, "a parser hung and the queue of imports with it",
     "unit/isolation/test_isolation.py::test_a_task_that_takes_too_long_is_killed"),
    (18, "long notes froze", f"{_EDITING}::test_a_megabyte_without_a_space_does_not_hang",
     "benchmarks/test_sidebar.py::test_i18_a_key_in_a_note"),
    (19, "all notes since the start were lost when the system ended the program",
     "journeys/test_main_job.py::test_what_was_acknowledged_survives_a_kill"),
    (20, "marks without a place crashed the opening",
     "ui/sidebar/test_article_tab.py::test_loose_marks_are_announced_and_listed"),
    (21, "a missing quotation marked the whole page",
     f"{_HOSTILE}::test_i21_marks_that_cannot_be_are_refused"),
    (22, "marks that found no place vanished",
     "properties/test_versions.py::test_no_mark_is_lost_or_moved_in_silence"),
    (23, "a position beyond the text stopped the search for the words",
     "unit/anchoring/test_resolve.py::test_a_wrong_position_falls_through"),
    (24, "damage was met where nobody expected it",
     f"{_OPENING}::test_a_row_that_cannot_be_read_is_told_as_damage"),
    (25, "a full disk ended the program",
     f"{_EDITING}::test_a_draft_that_could_not_be_written_is_tried_again"),
    (26, "a locked database froze the window",
     "ui/test_waiting.py::test_a_locked_library_of_another_process",
     "torture/test_window.py::test_the_window_goes_on_while_the_library_is_held"),
    (27, "missing tables and rows were mistakes of the program",
     f"{_OPENING}::test_i27_a_table_that_is_gone_is_told_as_damage_and_lost_rows_are_borne",
     f"{_OPENING}::test_a_damaged_schema_is_told_as_damage"),
    (28, "two windows overwrote each other",
     f"{_EDITING}::test_a_note_changed_here_and_elsewhere_keeps_both",
     "ui/test_desktop.py::test_a_second_start_gives_its_files_to_the_first_and_ends",
     "torture/test_disk.py::test_nothing_is_lost_and_the_reason_is_told"),
    (29, "a key or a click crashed the program inside Qt",
     "torture/test_window.py::test_any_hand_is_borne"),
    (30, "a file was emptied before it was written",
     f"{_FILES}::test_a_failure_leaves_the_target_untouched",
     f"{_FILES}::test_file_is_on_the_disk_before_it_has_its_name_and_the_folder_after"),
    (31, "a backup was empty, and nobody had looked",
     "unit/library/test_backing_up.py::test_a_copy_that_lacks_rows_is_no_backup",
     "torture/test_damage.py::test_every_backup_of_a_year_can_be_looked_into"),
    (32, "an import changed what it read",
     f"{_HOSTILE}::test_a_file_becomes_an_article_or_one_sentence"),
    (33, "an import left things out and said nothing",
     "unit/importers/test_html.py::test_images_are_dropped_and_counted",
     f"{_MERGING}::test_answers_that_agree_are_taken_and_others_told"),
    (34, "stored markup ran in a viewer",
     "properties/test_safe_exports.py::test_i34_an_export_does_nothing_for_whoever_opens_it",
     "ui/test_hostile_words.py::test_tips_and_labels_are_never_markup_of_strangers"),
    (35, "the standard library's HTML parser took the square of time",
     f"{_HOSTILE}::test_a_file_becomes_an_article_or_one_sentence"),
]  # fmt: skip

NOT_HERE = {
    15: "a library in a folder that a cloud copies: it is one file while nobody writes, copies of"
    " it that went apart are brought together by merging exports; no place is warned of by name",
}


@cache
def functions(path):
    tree = ast.parse((TESTS / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("incident", INCIDENTS, ids=lambda incident: f"I{incident[0]}")
def test_each_incident_has_its_tests(incident):
    number, happened, *tests = incident
    assert happened
    assert tests
    assert number not in NOT_HERE
    for test in tests:
        path, _, name = test.partition("::")
        assert name in functions(path), test


def test_every_incident_has_tests_or_a_reason():
    assert sorted([*NOT_HERE, *(number for number, *_ in INCIDENTS)]) == list(range(1, 36))


def test_no_html_is_read_by_the_standard_library():
    app = TESTS.parent / "app" / "postil"
    for path in app.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = [alias.name for alias in getattr(node, "names", ())]
            assert "html.parser" not in [*modules, getattr(node, "module", None)], path
