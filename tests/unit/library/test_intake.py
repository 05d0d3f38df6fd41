"""Files on their way in: known texts, marks merged, edited bodies as new versions, nothing lost."""

import hashlib
from dataclasses import replace

import pytest

from factories import make_article, make_id
from postil.annotated_markdown import write
from postil.annotated_markdown.document import ParsedMark
from postil.domain.annotation import IncomingMark, Placement, Status
from postil.domain.article import Original
from postil.domain.errors import UserError
from postil.domain.tags import Codebook, Group, LineStyle, Tag, TagSet
from postil.importers import Imported
from postil.library import AddAnnotation, ChangeAnnotation, DeleteArticles
from postil.library.handing_on import Wanted, handed_on
from postil.library.intake import add_marks, take_in

DOUBT = "persuasion23/doubt"
FERRY = "For years the council, that club of dinosaurs, has told us nothing can be done."


def imported(article=None, *marks, data=b"bytes", **fields):
    """Return what an importer hands over."""
    original = Original(
        data,
        hashlib.sha256(data).hexdigest(),
        "text/plain",
        "f.md",
        "utf-8",
        "2026-05-04T10:00:00Z",
    )
    fields.setdefault("is_ours", bool(marks))
    fields.setdefault("hash_matches", fields["is_ours"])
    return Imported(article or make_article(), original, marks, **fields)


def ours(article, words, number=1, *, pieces=False, **fields):
    """Return a mark as a file of ours has it: offsets where the hash is right, else pieces."""
    start = article.text.index(words)
    at = (start, start + len(words))
    fields.setdefault("created", "2026-05-04T10:00:00Z")
    fields.setdefault("author", "ana")
    mark = IncomingMark(id=make_id(number), exact=words, **fields)
    if pieces:
        return ParsedMark(mark, at)
    return ParsedMark(replace(mark, start=at[0], end=at[1]), at)


def marks_of(library, intake):
    return library.annotations(intake.article_id)


def test_a_new_text_is_new_and_the_same_again_changes_nothing(library):
    first = take_in(library, imported())
    step = library.undo_step()
    second = take_in(library, imported(data=b"other bytes, same text"))
    assert (first.status, second.status) == ("new", "known")
    assert second.article_id == first.article_id
    assert library.undo_step() == step
    assert library.original(first.article_id).data == b"bytes"


def test_a_file_of_ours_brings_article_marks_tags_and_notes(library):
    article = make_article()
    file = imported(
        article,
        ours(article, "that club of dinosaurs", tags=(DOUBT, "Brand new"), note="Why?"),
        ours(article, "club of dinosaurs, has told us", 2, status=Status.OPEN),
        note="On the whole.",
        answers=(("reading_questions/q_author", "Ada."),),
    )
    intake = take_in(library, file)
    first, second = marks_of(library, intake)
    assert (first.id, first.tags, first.note) == (make_id(1), (DOUBT, "my/brand-new"), "Why?")
    assert (first.author, first.created, first.edited) == ("ana", "2026-05-04T10:00:00Z", "")
    assert second.status is Status.OPEN
    assert [placed.outcome for placed in intake.placed] == ["new", "new"]
    record = library.article(intake.article_id).record
    assert (record.note, record.answers) == ("On the whole.", file.answers)
    library.undo()
    assert library.articles() == []


def test_the_same_file_again_changes_nothing(library):
    article = make_article()
    file = imported(article, ours(article, "council", tags=("New one",), note="n"), note="whole")
    take_in(library, file)
    step = library.undo_step()
    again = take_in(library, file)
    assert (again.status, again.placed[0].outcome, again.missing) == ("known", "known", ())
    assert library.undo_step() == step


def test_what_a_stranger_did_not_sign_is_not_signed_here(library):
    article = make_article()
    file = imported(article, ours(article, "council", author=""))
    intake = take_in(library, file)
    add_marks(library, intake.article_id, (IncomingMark(start=0, end=3, exact="For"),))
    library.do(AddAnnotation(intake.article_id, 4, 9))
    authors = {mark.anchor.exact: mark.author for mark in marks_of(library, intake)}
    assert authors == {"council": "", "For": "", article.text[4:9]: "reader"}
    text = write(handed_on(library, intake.article_id))
    assert text.count("by=reader") == text.count("by=") == 1


def test_a_mark_of_the_readers_is_known_when_it_comes_back_without_id_and_name(library):
    intake = take_in(library, imported())
    library.do(AddAnnotation(intake.article_id, 0, 3, note="Mine."))
    bare = IncomingMark(start=0, end=3, exact="For", note="Mine.")
    (placed,) = add_marks(library, intake.article_id, (bare,))
    assert (placed.outcome, len(marks_of(library, intake))) == ("known", 1)


def test_a_note_or_tag_changed_in_the_file_comes_in_as_a_change(library):
    article = make_article()
    intake = take_in(library, imported(article, ours(article, "council", note="old")))
    changed = imported(article, ours(article, "council", note="new", tags=(DOUBT,)))
    assert take_in(library, changed).placed[0].outcome == "changed"
    (mark,) = marks_of(library, intake)
    assert (mark.note, mark.tags) == ("new", (DOUBT,))
    assert mark.edited
    library.undo()
    assert marks_of(library, intake)[0].note == "old"


def test_what_was_edited_here_later_is_not_overwritten(library):
    article = make_article()
    file = imported(article, ours(article, "council", note="from the file"))
    intake = take_in(library, file)
    library.do(ChangeAnnotation(make_id(1), note="written here later"))
    again = take_in(library, imported(article, ours(article, "council", note="file again")))
    assert marks_of(library, intake)[0].note == "written here later"
    assert "edited here after" in again.remarks[0]


def test_marks_the_file_lacks_are_listed_and_stay(library):
    article = make_article()
    intake = take_in(library, imported(article, ours(article, "council"), ours(article, "plot", 2)))
    fewer = imported(article, ours(article, "council"))
    assert take_in(library, fewer).missing == (make_id(2),)
    assert take_in(library, replace(fewer, partial=True)).missing == ()
    assert len(marks_of(library, intake)) == 2


def test_a_mark_without_an_id_is_known_by_what_it_says(library):
    article = make_article()
    intake = take_in(library, imported(article))
    mark = IncomingMark(start=0, end=3, exact="For", tags=("Own",), note="n")
    (first,) = add_marks(library, intake.article_id, (mark,))
    (again,) = add_marks(library, intake.article_id, (mark,))
    (other,) = add_marks(library, intake.article_id, (replace(mark, note="other"),))
    assert (first.outcome, again.outcome, other.outcome) == ("new", "known", "new")
    assert again.id == first.id != other.id


def test_an_edited_body_becomes_a_new_version_and_carries_every_mark(library):
    article = make_article(FERRY, "Most observers agree it was a plot.")
    intake = take_in(
        library, imported(article, ours(article, "club of dinosaurs"), ours(article, "a plot", 2))
    )
    library.do(AddAnnotation(intake.article_id, 0, len("For years"), note="only here"))
    edited = make_article("New first words. " + FERRY, "Most observers agree it was planned.")
    file = imported(
        edited,
        ours(edited, "club of dinosaurs", pieces=True),
        ParsedMark(IncomingMark(id=make_id(2), exact="a plot", created="2026-05-04T10:00:00Z")),
        is_ours=True,
        hash_matches=False,
    )
    revised = take_in(library, file)
    assert (revised.status, revised.article_id) == ("revised", intake.article_id)
    opened = library.article(intake.article_id)
    assert (opened.article.text, opened.revisions) == (edited.text, 2)
    marks = {mark.id: mark for mark in marks_of(library, intake)}
    assert len(marks) == 3
    kept = marks[make_id(1)]
    assert kept.placement is Placement.MOVED
    assert edited.text[kept.start : kept.end] == "club of dinosaurs"
    assert [m.anchor.exact for m in library.loose_marks(intake.article_id)] == ["a plot"]
    assert "For years" in [m.anchor.exact for m in library.placed_marks(intake.article_id)]
    library.undo()
    assert library.article(intake.article_id).article.text == article.text
    assert len(library.placed_marks(intake.article_id)) == 3


def test_an_older_text_of_an_article_does_not_become_its_newest_again(library):
    article = make_article(FERRY)
    old = imported(article, ours(article, "club of dinosaurs", note="n"))
    intake = take_in(library, old)
    edited = make_article("Before. " + FERRY)
    take_in(
        library,
        imported(
            edited, ours(edited, "club of dinosaurs", pieces=True, note="n"), hash_matches=False
        ),
    )
    again = take_in(library, old)
    assert (again.status, again.article_id) == ("known", intake.article_id)
    assert library.article(intake.article_id).article.text == edited.text
    (mark,) = marks_of(library, intake)
    assert edited.text[mark.start : mark.end] == "club of dinosaurs"


def test_an_edited_file_is_recognised_by_the_text_it_names(library):
    article = make_article()
    intake = take_in(library, imported(article))
    edited = make_article("Another text altogether.")
    file = imported(edited, is_ours=True, hash_matches=False, claimed_sha256=article.sha256)
    assert take_in(library, file).article_id == intake.article_id


def test_foreign_ids_are_the_same_again_and_never_another_articles(library):
    one = take_in(library, imported(make_article("One text with words.")))
    two = take_in(library, imported(make_article("Two texts with words.")))
    for name in ("a1", "https://example.org/annotations/7", make_id(5)):
        mark = IncomingMark(id=name, exact="words")
        (first,) = add_marks(library, one.article_id, (mark,))
        (again,) = add_marks(library, one.article_id, (mark,))
        (other,) = add_marks(library, two.article_id, (mark,))
        assert again.id == first.id != other.id
        assert (again.outcome, other.outcome) == ("known", "new")


def test_a_mark_without_a_place_is_kept_and_placed_later_by_its_file(library):
    intake = take_in(library, imported(make_article(FERRY)))
    lost = IncomingMark(id=make_id(3), exact="a bridge to the moon", note="n", start=-4, end=10**9)
    (placed,) = add_marks(library, intake.article_id, (lost,))
    assert (placed.placement, placed.start) == (Placement.UNPLACED, None)
    (loose,) = library.loose_marks(intake.article_id)
    assert (loose.anchor.exact, loose.note) == ("a bridge to the moon", "n")
    found = replace(lost, exact="club of dinosaurs")
    (placed,) = add_marks(library, intake.article_id, (found,))
    assert (placed.placement.is_placed, placed.outcome) == (True, "changed")
    assert library.loose_marks(intake.article_id) == []


def test_offsets_without_a_quotation_are_taken_at_their_word(library):
    intake = take_in(library, imported(make_article(FERRY)))
    (placed,) = add_marks(library, intake.article_id, (IncomingMark(start=4, end=9),))
    assert (placed.placement, placed.quote) == (Placement.EXACT, "years")


def test_definitions_that_travel_are_added_once(library):
    group = Group("press", "tone", "Tone", "#EE8866")
    tag = Tag("press/snide", "tone", "Snide", "SN", LineStyle.WAVE, definition="A sneer.")
    mine = Tag("my/own", "own", "Own", "OW")
    sets = (
        TagSet(Codebook("press", "Press", "2", enabled=True), (group,), (tag,)),
        TagSet(
            Codebook("my", "My tags", "1"), (Group("my", "own", "My tags", "#DDDDDD"),), (mine,)
        ),
    )
    article = make_article()
    file = imported(article, ours(article, "council", tags=(tag.id, mine.id)), tag_sets=sets)
    intake = take_in(library, file)
    take_in(library, file)
    assert marks_of(library, intake)[0].tags == (tag.id, mine.id)
    known = {s.codebook.id: s for s in library.tag_sets()}
    assert known["press"].tags == (tag,)
    assert not known["press"].codebook.enabled
    handed = handed_on(library, intake.article_id)
    assert {s.codebook.id for s in handed.tag_sets} == {"press", "my"}
    assert set(handed.codebooks) == {"press@2", "my@1"}


def test_gaps_in_source_data_are_filled_and_nothing_is_replaced(library):
    intake = take_in(library, imported(make_article(author="Ada", title="T")))
    take_in(library, imported(make_article(author="Other", outlet="Post", title="U")))
    about = library.article(intake.article_id).article.metadata
    assert (about.title, about.author, about.outlet) == ("T", "Ada", "Post")


def test_handing_on_leaves_out_loose_marks_and_says_when_partial(library):
    article = make_article()
    intake = take_in(
        library,
        imported(article, ours(article, "council", tags=(DOUBT,)), ours(article, "plot", 2)),
    )
    add_marks(library, intake.article_id, (IncomingMark(exact="not in there at all, no"),))
    assert len(handed_on(library, intake.article_id).annotations) == 2
    assert not handed_on(library, intake.article_id).partial
    some = handed_on(library, intake.article_id, Wanted(tags=[DOUBT]))
    assert (len(some.annotations), some.partial) == (1, True)
    assert handed_on(library, intake.article_id, Wanted(authors=["nobody"])).annotations == ()


def test_marks_for_an_article_that_is_gone_are_refused(library):
    intake = take_in(library, imported())
    library.do(DeleteArticles((intake.article_id,)))
    with pytest.raises(UserError, match="not in the library"):
        add_marks(library, intake.article_id, (IncomingMark(exact="council"),))


def test_tags_that_are_made_are_told(library):
    article = make_article()
    first = ours(article, "council", tags=(DOUBT, "Fear"))
    file = imported(article, first, ours(article, "plot", 2, tags=("Fear", "Doom")))
    intake = take_in(library, file)
    assert intake.new_tags == ("Fear", "Doom")
    assert [placed.new_tags for placed in intake.placed] == [("Fear",), ("Doom",)]
    assert take_in(library, file).new_tags == ()
    mark = IncomingMark(exact="council", tags=("Gloom", "Doom"))
    assert add_marks(library, intake.article_id, (mark,))[0].new_tags == ("Gloom",)


def test_tags_that_came_with_their_definition_are_told_only_under_my_tags(library):
    sets = (
        TagSet(
            Codebook("press", "Press", "2"),
            (Group("press", "tone", "Tone", "#EE8866"),),
            (Tag("press/snide", "tone", "Snide", "SN"),),
        ),
        TagSet(
            Codebook("my", "My tags", "1"),
            (Group("my", "own", "My tags", "#DDDDDD"),),
            (Tag("my/own", "own", "Own", "OW"),),
        ),
    )
    article = make_article()
    file = imported(article, ours(article, "council", tags=("my/own",)), tag_sets=sets)
    assert take_in(library, file).new_tags == ("Own",)


def test_a_tag_named_both_ways_keeps_its_name_in_another_library(library):
    intake = take_in(library, imported(make_article()))
    names = (("my/kranfuehrer", "Kranführer’s word"), ("press/snide", "Snide"), (DOUBT, "Other"))
    mark = IncomingMark(exact="council", tags=tuple(dict(names)), tag_names=names)
    (placed,) = add_marks(library, intake.article_id, (mark,))
    assert placed.new_tags == ("Kranführer’s word", "Snide")
    tags = marks_of(library, intake)[0].tags
    assert tags == ("my/kranfuehrer", "my/snide", DOUBT)
    (again,) = add_marks(library, intake.article_id, (mark,))
    assert (again.outcome, again.new_tags) == ("known", ())


@pytest.mark.parametrize(
    ("exact", "claimed", "expected"),
    [
        ("club of dinosaurs", None, Placement.EXACT),
        ("club of dinosaurs", (28, 45), Placement.EXACT),
        ("club of dinosaurs", (7, 24), Placement.MOVED),
        ("circle of dinosaurs", (30, 47), Placement.CHANGED),
        (None, (30, 47), Placement.CHANGED),
    ],
)
def test_in_a_fresh_library_a_mark_is_told_as_it_stands(library, exact, claimed, expected):
    article = make_article(FERRY)
    start = article.text.index("club of")
    assert start == 28
    mark = ParsedMark(IncomingMark(exact=exact), (28, 45), claimed=claimed)
    (placed,) = take_in(library, imported(article, mark, hash_matches=False)).placed
    assert placed.placement is expected


def test_loose_marks_are_not_missing_since_no_file_has_them(library):
    article = make_article(FERRY, "Most observers agree it was a plot.")
    file = imported(article, ours(article, "club of dinosaurs"), ours(article, "a plot", 2))
    intake = take_in(library, file)
    add_marks(library, intake.article_id, (IncomingMark(exact="a bridge to the moon"),))
    assert len(library.loose_marks(intake.article_id)) == 1
    assert take_in(library, file).missing == ()
    shorter = make_article(FERRY)
    fewer = imported(shorter, ours(shorter, "club of dinosaurs", pieces=True), hash_matches=False)
    revised = take_in(library, fewer)
    assert (revised.status, revised.missing) == ("revised", (make_id(2),))


def test_a_mark_that_kept_its_place_among_other_words_is_exact(library):
    former = make_article(
        "Most observers agree it was a plot and nothing more than that, said Ada. "
        "Then all went home and slept."
    )
    intake = take_in(library, imported(former))
    library.do(AddAnnotation(intake.article_id, 82, 91))
    edited = make_article(
        "Mxsj jzserzezs zxrjz xt waq x pjox jqz njzxqnq mzxe jhxn zhat, sjiz Ada. "
        "jhex all went home axd sjjpzq"
    )
    assert edited.text.startswith("went home", 82)
    file = imported(edited, is_ours=True, hash_matches=False, claimed_sha256=former.sha256)
    assert take_in(library, file).status == "revised"
    (mark,) = library.placed_marks(intake.article_id)
    assert (mark.start, mark.placement) == (82, Placement.EXACT)


def test_tags_are_known_by_name_where_a_file_has_another_version_of_their_codebook(library):
    article = make_article()
    mark = ours(article, "council", tags=(DOUBT,))
    file = imported(article, replace(mark, tag_names=("Doubt",)), codebooks=("persuasion23@0",))
    intake = take_in(library, file)
    assert marks_of(library, intake)[0].tags == (DOUBT,)
