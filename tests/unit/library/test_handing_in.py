"""Work that comes back by file: articles found by their words, marks settled, nothing lost."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import make_annotation, make_article, make_id
from postil.annotated_markdown import HandedOn, ParsedMark, write
from postil.domain.annotation import Placement, Status
from postil.domain.errors import UserError
from postil.exporters import EXPORTERS, ExportOptions
from postil.importers import Source, Work, mark_files, read_work
from postil.library import (
    AddAnnotation,
    AddArticle,
    ChangeAnnotation,
    DeleteAnnotations,
    Keep,
    Library,
    SettleConflicts,
    WriteOnArticle,
    rival_of,
)
from postil.library.handed_in import NEW_ARTICLE, HandedIn, Outcome, Recognition
from postil.library.handing_in import HandIn
from postil.library.handing_on import handed_on

DOUBT, CALLING = "persuasion23/doubt", "persuasion23/name_calling_labelling"
WORDS = (
    "For years the council, that club of dinosaurs, has told us nothing can be done.",
    "Most observers agree it was a plot, and the harbour paid for it with its trees.",
    "“We looked at the figures,” said Ada Lind, “and then we looked away from them.”",
    "Nobody asked the ferrymen, who had carried the town over the water since the war.",
)
ARTICLE = make_article(*WORDS, heading="The ferry")


@pytest.fixture
def ferry(library):
    """Return the id of an article in the library, with one mark of the reader's."""
    article_id = make_id(500)
    library.do(AddArticle(ARTICLE, id=article_id))
    start = ARTICLE.text.index("club of dinosaurs")
    library.do(AddAnnotation(article_id, start, start + 17, (CALLING,), "Mine.", id=make_id(1)))
    return article_id


def work(text, name="anna.md"):
    return read_work(Source(text.encode(), name, name))


def hand_in(library, *files, into=""):
    """Merge texts of files, or (text, name) pairs; return what became of them."""
    named = [file if isinstance(file, tuple) else (file, "anna.md") for file in files]
    handed = tuple(HandedIn(one := work(*file), one.stem, into) for file in named)
    command = HandIn(handed)
    library.do(command)
    return command.merged


def exported(library, article_id):
    return write(handed_on(library, article_id))


def dated(text, mark_id, edited):
    """Return a file in which a mark was edited at a time."""
    at = text.index(f"id={mark_id}")
    line = text[at : text.index("`", at)]
    kept = " ".join(part for part in line.split() if not part.startswith("edited="))
    return text.replace(line, f"{kept} edited={edited}")


def snapshot(library):
    """Return everything the library has, as values."""
    return [
        (library.article(row.id), sorted(library.annotations(row.id), key=lambda m: m.id))
        for row in library.articles()
    ]


def contents(library):
    """Return what all marks say, whatever their ids."""
    return sorted(
        repr((mark.start, mark.end, mark.tags, mark.note, mark.author, mark.status))
        for row in library.articles()
        for mark in library.annotations(row.id)
    )


def marked(words, note, author="", number=0, edited="", article=ARTICLE):
    """Return a file of one mark as JSON Lines, which names no article."""
    start = article.text.index(words)
    said = {"start": start, "end": start + len(words), "quote": words, "note": note}
    extra = {"id": make_id(number) if number else "", "author": author, "created": edited}
    return json.dumps(said | {key: value for key, value in extra.items() if value})


def test_work_on_the_same_text_comes_in_as_one_step_and_goes_out_as_one(library, ferry):
    before = snapshot(library)
    line = marked("Ada Lind", "Who is she?")
    far = line.replace("Ada Lind", "Bo Berg")
    merged = hand_in(library, (exported(library, ferry), "anna.md"), (far, "ben.jsonl"))
    assert [file.recognition for file in merged.files] == [Recognition.TEXT, Recognition.UNKNOWN]
    assert merged.files[0].count(Outcome.KNOWN) == 1
    (file,) = hand_in(library, (line, "ben.jsonl"), into=ferry).files
    assert (file.recognition, file.count(Outcome.NEW), file.nameless) == (Recognition.CHOSEN, 1, 1)
    assert file.marks[0].mark.author == "ben"
    assert library.undo_step().name == "merge-file"
    library.undo()
    assert snapshot(library) == before


def test_thirty_files_without_an_author_stay_apart(library, ferry):
    line = marked("Ada Lind", "Who?")
    files = [(line + " " * n, f"student{n}.jsonl") for n in range(30)]
    hand_in(library, *files, into=ferry)
    marks = [mark for mark in library.annotations(ferry) if mark.note == "Who?"]
    assert {mark.author for mark in marks} == {f"student{n}" for n in range(30)}
    before = snapshot(library)
    merged = hand_in(library, *files, into=ferry)
    assert (merged.count(Outcome.KNOWN), snapshot(library)) == (30, before)


@pytest.fixture
def unsigned(tmp_path):
    """Return a file of two marks by somebody who has no alias; both have ids."""
    with Library.open(tmp_path / "theirs.sqlite", create=True) as theirs:
        theirs.do(AddArticle(ARTICLE, id=make_id(7)))
        for number, words in enumerate(("Ada Lind", "it was a plot"), 20):
            start = ARTICLE.text.index(words)
            note = f"Note {number}."
            theirs.do(
                AddAnnotation(make_id(7), start, start + len(words), note=note, id=make_id(number))
            )
        return exported(theirs, make_id(7))


def test_an_unsigned_file_under_another_name_is_known(library, ferry, unsigned):
    assert hand_in(library, (unsigned, "anna.md")).count(Outcome.NEW) == 2
    edited = unsigned.replace("Note 20.", "By hand.")  # without a date: it may be anybody's
    assert hand_in(library, (edited, "ben.md")).count(Outcome.CONFLICT) == 1
    before = snapshot(library)
    for number, text in enumerate((unsigned, edited) * 2):
        merged = hand_in(library, (text + "\n" * number, f"copy{number}.md"))
        assert (merged.count(Outcome.KNOWN), snapshot(library)) == (2, before)
    assert {mark.author for mark in library.annotations(ferry)} == {"reader", "anna", "ben"}


def test_an_edit_kept_beside_its_authors_own_is_known_under_another_name(library, ferry, unsigned):
    hand_in(library, (unsigned, "anna.md"))
    edited = unsigned.replace("Note 20.", "By hand.")
    assert hand_in(library, (edited, "anna.md")).count(Outcome.CONFLICT) == 1
    assert hand_in(library, (edited, "again.md")).count(Outcome.KNOWN) == 2
    assert len(library.annotations(ferry)) == 4


def test_marks_made_without_an_alias_are_known_when_they_come_back_signed(library, ferry):
    library.author = ""
    start = ARTICLE.text.index("Ada Lind")
    library.do(AddAnnotation(ferry, start, start + 8, note="Who?", id=make_id(30)))
    before = snapshot(library)
    signed = marked("Ada Lind", "Who?", "given elsewhere", 30)
    merged = hand_in(library, signed, into=ferry)
    assert (merged.count(Outcome.KNOWN), snapshot(library)) == (1, before)


def test_who_signs_what_somebody_said_and_changed_since_brings_no_conflict_twice(library, ferry):
    first, later = (f"{year}-01-01T00:00:00Z" for year in (2100, 2101))
    hand_in(library, marked("Ada Lind", "One.", "zoe", 30, first), into=ferry)
    same = marked("Ada Lind", "One.", "ana", 30, first)
    assert hand_in(library, same, into=ferry).count(Outcome.KNOWN) == 1
    files = (same, marked("Ada Lind", "Two.", "zoe", 30, later))
    assert hand_in(library, *files, into=ferry).count(Outcome.CONFLICT) == 1
    before = snapshot(library)
    assert hand_in(library, *files, into=ferry).count(Outcome.KNOWN) == 2
    assert snapshot(library) == before


def test_a_newer_edit_of_the_same_author_wins_and_an_older_one_does_not(library, ferry):
    text = exported(library, ferry).replace("Mine.", "Changed later.")
    newer = dated(text, make_id(1), "2100-01-01T00:00:00Z")
    merged = hand_in(library, newer)
    (one,) = merged.files[0].marks
    assert (one.outcome, one.mark.note) == (Outcome.UPDATED, "Changed later.")
    older = dated(text.replace("later", "long ago"), make_id(1), "2001-01-01T00:00:00Z")
    assert hand_in(library, older).count(Outcome.OLDER) == 1
    (mark,) = library.annotations(ferry)
    assert (mark.note, mark.edited) == ("Changed later.", "2100-01-01T00:00:00Z")


@pytest.mark.parametrize(
    ("edited", "outcome"),
    [
        ("yesterday", Outcome.CONFLICT),
        ("2100-99-99T00:00:00Z", Outcome.CONFLICT),
        ("2100-01-01T00:00:00+02:00", Outcome.OLDER),
        ("2100-01-01T00:00:00-02:00", Outcome.UPDATED),
    ],
)
def test_a_time_counts_wherever_the_clock_stood_and_what_is_none_does_not(
    library, ferry, edited, outcome
):
    first = dated(exported(library, ferry), make_id(1), "2100-01-01T00:00:00Z")
    hand_in(library, first.replace("Mine.", "Later."))
    text = dated(exported(library, ferry).replace("Later.", "By hand."), make_id(1), edited)
    assert [one.outcome for one in hand_in(library, text).files[0].marks] == [outcome]


def test_an_edit_by_another_author_is_kept_beside_and_listed_once(library, ferry):
    file = marked("club of dinosaurs", "Unfair!", "ben", 1, "2100-01-01T00:00:00Z")
    (one,) = hand_in(library, file, into=ferry).files[0].marks
    assert (one.outcome, one.rival, rival_of(one.mark)) == (
        Outcome.CONFLICT,
        make_id(1),
        make_id(1),
    )
    assert {mark.note for mark in library.annotations(ferry)} == {"Mine.", "Unfair!"}
    before = snapshot(library)
    assert hand_in(library, file, into=ferry).count(Outcome.KNOWN) == 1
    assert snapshot(library) == before
    later = marked("club of dinosaurs", "Unfair indeed!", "ben", 1, "2101-01-01T00:00:00Z")
    assert hand_in(library, later, into=ferry).count(Outcome.UPDATED) == 1
    assert {mark.note for mark in library.annotations(ferry)} == {"Mine.", "Unfair indeed!"}


def test_hands_that_edit_without_a_date_make_a_conflict_and_never_replace(library, ferry):
    text = exported(library, ferry)
    one, other = text.replace("Mine.", "By hand."), text.replace("Mine.", "Another hand.")
    merged = hand_in(library, (one, "a.md"), (other, "b.md"))
    assert merged.count(Outcome.CONFLICT) == 2
    notes = {mark.note for mark in library.annotations(ferry)}
    assert notes == {"Mine.", "By hand.", "Another hand."}
    assert hand_in(library, one).count(Outcome.KNOWN) == 1


def test_the_same_words_with_a_later_date_hold_against_edits_before_it(library, ferry):
    dates = ("2100-01-01T00:00:00Z", "2102-01-01T00:00:00Z", "2101-01-01T00:00:00Z")
    notes = ("One.", "One.", "Two.")
    for note, date in zip(notes, dates, strict=True):
        hand_in(library, marked("Ada Lind", note, "ben", 7, date), into=ferry)
    assert {mark.note for mark in library.annotations(ferry)} == {"Mine.", "One."}


def test_what_was_changed_here_since_it_came_stays(library, ferry):
    files = [
        marked("Ada Lind", "Who?"),
        marked("club of dinosaurs", "Unfair!", "ben", 1),
    ]
    for file in files:
        (one,) = hand_in(library, file, into=ferry).files[0].marks
        library.do(ChangeAnnotation(one.mark.id, note="Answered."))
        assert hand_in(library, file, into=ferry).files[0].marks[0].outcome is not Outcome.NEW
        assert library.annotations(ferry).count(one.mark) == 0
        assert [m.note for m in library.annotations(ferry) if m.id == one.mark.id] == ["Answered."]


@pytest.mark.parametrize(
    ("keep", "notes"),
    [
        (Keep.MINE, ["Mine."]),
        (Keep.THEIRS, ["Unfair!"]),
        (Keep.BOTH, ["Mine.", "Unfair!"]),
    ],
)
def test_a_conflict_is_settled_and_that_can_be_undone(library, ferry, keep, notes):
    file = marked("club of dinosaurs", "Unfair!", "ben", 1, "2026-01-01T00:00:00Z")
    (one,) = hand_in(library, file, into=ferry).files[0].marks
    before = snapshot(library)
    library.do(SettleConflicts((one.mark.id,), keep))
    marks = library.annotations(ferry)
    assert sorted(mark.note for mark in marks) == notes
    assert not any(map(rival_of, marks))
    assert make_id(1) in {mark.id for mark in marks}
    settled = snapshot(library)
    assert hand_in(library, file, into=ferry).count(Outcome.KNOWN) == 1
    assert snapshot(library) == settled
    library.undo()
    assert snapshot(library) == before


def test_what_was_refused_is_remembered_through_edits_and_files_and_nothing_else_is(library, ferry):
    def file(note, date):
        return marked("club of dinosaurs", note, "ben", 1, date)

    old = file("Unfair!", "2026-01-01T00:00:00Z")
    (one,) = hand_in(library, old, into=ferry).files[0].marks
    library.do(SettleConflicts((one.mark.id,), Keep.MINE))
    text = exported(library, ferry).replace("Mine.", "Mine, and later.")
    assert hand_in(library, dated(text, make_id(1), "2100-01-01T00:00:00Z")).count(Outcome.UPDATED)
    assert hand_in(library, old, into=ferry).count(Outcome.KNOWN) == 1
    # What the same hand wrote since is another matter, also once that is refused too.
    new = file("Unfair indeed!", "2026-01-02T00:00:00Z")
    (one,) = hand_in(library, new, into=ferry).files[0].marks
    assert (one.outcome, one.mark.note) == (Outcome.CONFLICT, "Unfair indeed!")
    library.do(SettleConflicts((one.mark.id,), Keep.MINE))
    for again in (old, new):
        assert hand_in(library, again, into=ferry).count(Outcome.KNOWN) == 1
    assert [mark.note for mark in library.annotations(ferry)] == ["Mine, and later."]


def test_a_conflict_whose_other_side_is_gone_is_none(library, ferry):
    file = marked("club of dinosaurs", "Unfair!", "ben", 1)
    (one,) = hand_in(library, file, into=ferry).files[0].marks
    library.do(DeleteAnnotations((make_id(1),)))
    library.do(SettleConflicts((one.mark.id,), Keep.MINE))
    (left,) = library.annotations(ferry)
    assert (left.id, rival_of(left)) == (one.mark.id, "")


def test_an_edited_text_is_recognised_and_its_marks_find_their_words(library, ferry):
    text = exported(library, ferry).replace("the harbour paid", "the old harbour has paid")
    text = text.replace("The ferry", "Something else altogether")
    text += "\n"
    merged = hand_in(library, (text.replace("Mine.", "Seen."), "quite-another-name.md"))
    (file,) = merged.files
    assert (file.recognition, file.article_id) == (Recognition.ALIKE, ferry)
    assert 0.6 < file.likeness < 1
    assert file.marks[0].mark.placement is not Placement.UNPLACED
    assert library.article(ferry).article.text == ARTICLE.text
    assert len(library.articles()) == 1


def test_a_foreign_text_becomes_an_article_whatever_it_is_called(library, ferry):
    other = make_article("Quite other words stand here, and none of them is about boats or water.")
    with Library.open(library.path.with_name("theirs.sqlite")) as theirs_:
        theirs_.do(AddArticle(replace(other, metadata=ARTICLE.metadata), id=make_id(9)))
        theirs_.do(AddAnnotation(make_id(9), 0, 5, ("Own tag",), id=make_id(77)))
        text = exported(theirs_, make_id(9))
    merged = hand_in(library, (text, "the-ferry.md"), (text + "\n", "again.md"))
    assert [file.recognition for file in merged.files].count(Recognition.NEW) == 1
    assert {file.article_id for file in merged.files} != {ferry}
    assert len(library.articles()) == 2
    assert merged.files[0].new_tags + merged.files[1].new_tags == ("Own tag",)
    library.undo()
    assert len(library.articles()) == 1


def test_marks_alone_find_the_article_in_which_their_words_stand(library, ferry):
    lines = [marked("Most observers agree", "Who?"), marked("looked at the figures", "When?")]
    library.do(AddArticle(make_article("Other words altogether, of other people."), id=make_id(6)))
    library.do(ChangeAnnotation(make_id(1), status=Status.OPEN))
    merged = hand_in(library, ("\n".join(lines), "the-other.jsonl"))
    assert merged.files[0].recognition is Recognition.QUOTATIONS
    assert merged.files[0].article_id == ferry
    for name in ("jsonld", "hypothesis"):
        exporter = EXPORTERS[name]
        text = exporter.export(handed_on(library, ferry), ExportOptions()).data.decode()
        before = snapshot(library)
        (file,) = hand_in(library, (text, f"x{exporter.suffix}")).files
        assert (file.recognition, file.article_id, len(file.marks)) == (Recognition.TEXT, ferry, 3)
        assert snapshot(library) == before


def test_two_articles_with_one_text_are_asked_about_unless_the_marks_tell(library, ferry):
    text = exported(library, ferry)
    library.do(AddArticle(ARTICLE, id=make_id(501)))
    assert hand_in(library, text).files[0].article_id == ferry
    fresh = text[: text.index("[^a1]:")].replace("[^a1]", "") + "<!-- end of file -->\n"
    (file,) = hand_in(library, fresh).files
    assert file.recognition is Recognition.AMBIGUOUS
    assert {one for one, _ in file.candidates} == {ferry, make_id(501)}
    assert len(library.annotations(ferry)) == 1
    command = HandIn((HandedIn(work(fresh), "x", make_id(501)), HandedIn(work(text), "y")))
    library.do(command)
    assert command.merged.files[0].article_id == make_id(501)


def test_a_text_the_article_had_before_is_still_its_own(library, ferry):
    from postil.importers import read
    from postil.library.intake import take_in

    text = exported(library, ferry)
    changed = "\n\n".join((*WORDS[:1], "A new paragraph about something else.", *WORDS[2:]))
    imported = read(Source(changed.encode(), "x.txt", "x.txt"))
    take_in(library, imported, version_of=ferry)
    (file,) = hand_in(library, text).files
    assert (file.recognition, file.article_id) == (Recognition.FORMER_TEXT, ferry)
    assert file.count(Outcome.KNOWN) == 1


def test_marks_a_file_lacks_are_listed_and_kept(library, ferry):
    start = ARTICLE.text.index("Ada Lind")
    text = exported(library, ferry)
    library.do(AddAnnotation(ferry, start, start + 8, id=make_id(2)))
    assert hand_in(library, text).files[0].missing == (make_id(2),)
    assert len(library.annotations(ferry)) == 2


def test_a_mark_that_is_known_beside_another_is_not_missing(library, ferry, unsigned):
    from postil.importers import read
    from postil.library.intake import take_in

    take_in(library, read(Source(unsigned.encode(), "x.md", "x.md")))  # and stays unsigned
    edited = unsigned.replace("Note 20.", "By hand.")
    for name in ("anna.md", "ben.md"):
        assert hand_in(library, (edited, name)).files[0].missing == ()
    signed = exported(library, ferry)
    for text in (signed, signed.replace("Mine.", "By hand."), signed):
        assert hand_in(library, text).files[0].missing == ()


def test_the_same_bytes_twice_count_once(library, ferry):
    line = marked("Ada Lind", "Who?")
    merged = hand_in(library, (line, "a.jsonl"), (line, "b.jsonl"), into=ferry)
    assert sorted(file.recognition for file in merged.files) == [
        Recognition.CHOSEN,
        Recognition.REPEATED,
    ]
    assert len(library.annotations(ferry)) == 2


def test_one_id_on_two_articles_makes_two_marks(library, ferry):
    other = make_article("Quite other words stand here, and none of them is about boats or water.")
    library.do(AddArticle(other, id=make_id(9)))
    line = marked("Quite other words", "Same id.", "ben", 1, article=other)
    (file,) = hand_in(library, line, into=make_id(9)).files
    assert file.count(Outcome.NEW) == 1
    assert file.marks[0].mark.id != make_id(1)
    assert [mark.note for mark in library.annotations(ferry)] == ["Mine."]


def test_notes_on_the_whole_article_are_taken_where_there_is_none_and_all_agree(library, ferry):
    bare = exported(library, ferry)
    library.do(WriteOnArticle(ferry, "Written here."))
    with_note = exported(library, ferry)
    merged = hand_in(library, with_note.replace("Written here.", "Written there."))
    assert "“Written there.”" in merged.files[0].remarks[-1]
    assert library.article(ferry).record.note == "Written here."
    library.undo()
    hand_in(library, with_note, (bare, "b.md"))
    assert library.article(ferry).record.note == "Written here."
    library.undo()
    files = [with_note.replace("here.", word) for word in ("one.", "two.")]
    merged = hand_in(library, *files)
    assert library.article(ferry).record.note == ""
    assert all(file.remarks for file in merged.files)


def test_answers_that_agree_are_taken_and_others_told(library, ferry):
    question = "reading_questions/q_author"
    bare = exported(library, ferry)
    library.do(WriteOnArticle(ferry, "Ada.", question))
    answered = exported(library, ferry)
    library.undo()
    assert hand_in(library, answered, (bare, "b.md")).files[0].remarks == ()
    assert dict(library.article(ferry).record.answers) == {question: "Ada."}
    merged = hand_in(library, answered.replace("Ada.", "Nobody."))
    assert merged.files[0].remarks == ("Its answer to a question was not taken: “Nobody.”.",)


def test_a_mark_that_waited_for_a_place_gets_the_one_it_has_in_a_file(library, ferry):
    lost = marked("Ada Lind", "Who?", "ben", 5).replace("Ada Lind", "nowhere to be found at all")
    (one,) = hand_in(library, lost, into=ferry).files[0].marks
    assert not one.is_placed
    (one,) = hand_in(library, marked("Ada Lind", "Who?", "ben", 5), into=ferry).files[0].marks
    assert (one.outcome, one.is_placed) == (Outcome.KNOWN, True)


def test_lists_of_marks_follow_a_text_that_came_with_them(library):
    text = "A text nobody here has, about a lighthouse that was sold for scrap."
    article = make_article(text, title="Lighthouse")
    file = write(HandedOn(article, (make_annotation(article, "lighthouse", number=3),)))
    line = marked("sold for scrap", "Why?", article=article)
    merged = hand_in(library, (file, "a.md"), (line, "b.jsonl"))
    assert len(library.articles()) == 1
    assert [one.recognition for one in merged.files] == [Recognition.NEW, Recognition.QUOTATIONS]


def test_an_article_somebody_chose_may_be_gone(library, ferry):
    before = snapshot(library)
    with pytest.raises(UserError, match="not in the library any more"):
        hand_in(library, marked("Ada Lind", "Who?"), into=make_id(4_000))
    assert snapshot(library) == before
    file = work(exported(library, ferry))
    command = HandIn((HandedIn(file, "x", NEW_ARTICLE),))
    library.rehearse(command)
    assert command.merged.files[0].recognition is Recognition.NEW
    assert snapshot(library) == before


VARIANTS = st.lists(
    st.tuples(
        st.sampled_from(("club of dinosaurs", "Ada Lind", "nothing can be done")),
        st.sampled_from(("one", "two", "three")),
        st.sampled_from(("ana", "ben", "")),
        st.integers(0, 3),
        st.integers(1, 3),
    ),
    min_size=1,
    max_size=6,
)


def test_order_does_not_matter_and_merging_again_adds_nothing(library, ferry):
    before = snapshot(library)

    def merged(files):
        """Merge files in this order, and again; return what all marks say. Undo takes it back."""
        command = HandIn(tuple(HandedIn(file, file.stem, ferry) for file in files))
        library.do(command)
        after = snapshot(library)
        assert before[0][1][0].note in {mark.note for mark in after[0][1]}
        again = HandIn(command.files)
        library.do(again)
        assert again.merged.count(Outcome.NEW) == 0
        assert snapshot(library) == after
        said = contents(library)
        while library.undo_step().name.startswith("merge"):
            library.undo()
        assert snapshot(library) == before
        return said

    @settings(max_examples=15)
    @given(VARIANTS, st.randoms(use_true_random=False))
    def check(variants, chance):
        files = [
            read_here(marked(words, note, author, number, f"20{10 + year}-01-01T00:00:00Z"), n)
            for n, (words, note, author, number, year) in enumerate(variants)
        ]
        assert merged(files) == merged(chance.sample(files, len(files)))

    check()


def read_here(text, number):
    """Return a file of marks, read without the child process."""
    found = mark_files.read(text, "x")
    name = f"f{number}.jsonl"
    return Work(name, f"{number}{text}", tuple(map(ParsedMark, found.marks)))


def test_i09_a_note_emptied_elsewhere_does_not_take_the_words_here_away(library, ferry):
    text = exported(library, ferry).replace("Mine.", "")
    hand_in(library, dated(text, make_id(1), "2100-01-01T00:00:00Z"))
    assert [mark.note for mark in library.annotations(ferry)] == ["Mine."]
