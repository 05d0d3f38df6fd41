import json

import pytest
import yaml

from factories import make_annotation, make_article
from postil.annotated_markdown import HandedOn, WriteOptions, parse, write
from postil.domain import limits
from postil.domain.errors import UserError

FILE = """\
---
format: "postil/1"
title: "The ferry"
author: "Ada Lind"
published: "2026-05-04"
codebooks: ["my@1", "persuasion23@0.1"]
tags: [{"id": "my", "name": "My tags", "version": "1", "groups": \
[{"id": "own", "name": "Own", "colour": "#aabbcc"}], "tags": [{"id": "harbour", "group": "own", \
"name": "Harbour talk", "code": "HT", "definition": "Said of *ports*."}]}]
text_sha256: "bfcf197094339bd53a1590210946fbb61d36c0e45f46bdf774ffed1b62eec7e4"
text_length: 315
offset_unit: "unicode-code-point"
last_line: "end of file"
mood: calm
---

# The ferry that was promised

The council says the bridge is <mark class="a1">inevitable, and </mark><mark class="a1 a2">only \
cranks</mark>[^a1]<mark class="a2"> disagree. It was said twice that </mark>\
<mark class="a2 a3">everyone knows it, and that the money, as always, will come from elsewhere\
</mark>[^a3]<mark class="a2">.</mark>

3. <mark class="a2">first</mark>

    - <mark class="a2">under it</mark>[^a2]

4. last

> We looked at<br>
> snake\\_case.

> Then away.

See <a href="https://example.org/a_b"><mark class="a4">th</mark><mark class="a4 a5">e pl</mark>\
<mark class="a5">an</mark></a>[^a4][^a5] or *not*. It is $41.

year&#9;cost

<small>A boât.</small>

<code class="pre">x = 1<br>
&#32; y = 2</code>

[^a1]: **Loaded language**, **Harbour talk** — “inevitable, and only cranks”

    “Inevitable” closes it.

    - one

    `id=00000000-0000-4000-8000-000000000001 at=59-86 tags=persuasion23/loaded_language,my/harbour \
by=dana`

[^a2]: **Name calling or labelling** — “only cranks disagree. It was said twice that everyone \
knows … elsewhere. first under it”

    `id=00000000-0000-4000-8000-000000000002 at=75-210 tags=persuasion23/name_calling`

[^a3]: “everyone knows it, and that the money, as always, will come from elsewhere”

    A long one.

    `id=00000000-0000-4000-8000-000000000003 at=120-194`

[^a4]: “the pl”

    `id=00000000-0000-4000-8000-000000000004 at=256-262`

[^a5]: **Loaded language** — “e plan”

    `id=00000000-0000-4000-8000-000000000005 at=258-264 tags=persuasion23/loaded_language`

<!-- end of notes -->

<!-- note -->

## Note on the article

> On the whole: *fine*.

<!-- questions -->

## Questions

<!-- question persuasion23/loaded_language -->

### Is it \\#1?

> Yes.

<!-- end of file -->
"""


def test_the_whole_file_reads_like_this(written):
    assert written == FILE


def test_the_front_matter_is_yaml_and_json(written):
    front = written.split("---\n")[1]
    loaded = yaml.safe_load(front)
    assert loaded["text_length"] == 315
    for line in front.splitlines()[:-1]:
        key, _, value = line.partition(": ")
        assert loaded[key] == json.loads(value)


def test_what_is_empty_is_not_written():
    written = write(HandedOn(make_article("Words.")))
    keys = [line.partition(":")[0] for line in written.split("\n")[1:7]]
    assert keys == ["format", "text_sha256", "text_length", "offset_unit", "last_line", "---"]
    assert written.endswith("---\n\nWords.\n\n<!-- end of file -->\n")


def test_a_file_without_marks_says_where_its_article_ends():
    given_on = HandedOn(make_article("Words."), note="A note.")
    written = write(given_on)
    assert written.endswith(
        "Words.\n\n<!-- end of article -->\n\n<!-- note -->\n\n## Note on the article\n\n"
        "> A note.\n\n<!-- end of file -->\n"
    )
    assert parse(written).note == "A note."
    assert parse(written).article == given_on.article


def test_the_legend_is_for_people_and_does_not_come_back(ferry, written):
    with_legend = write(ferry, WriteOptions(legend=True))
    assert with_legend == written.replace(
        "<!-- end of file -->\n",
        "<!-- legend -->\n\n## Tags\n\n- **Harbour talk** — Said of \\*ports\\*.\n\n"
        "- **Loaded language**\n\n- **Name calling or labelling**\n\n<!-- end of file -->\n",
    )
    assert parse(with_legend) == parse(written)


def test_the_note_and_the_answers_come_back_whatever_is_in_them():
    bad = "```\n<!-- questions -->\nnot closed"
    given_on = HandedOn(
        make_article("Words."),
        note=bad,
        answers=(("my/a", bad), ("my/b", ""), ("my/c", "> quoted\n\n# heading\n[^a1]: x")),
    )
    parsed = parse(write(given_on))
    assert parsed.note == bad
    assert parsed.answers == given_on.answers
    assert parsed.remarks == ()


def test_a_section_edited_by_hand_comes_back(written):
    edited = written.replace("> On the whole: *fine*.", "On the whole: *poor*.\n\n- why")
    assert parse(edited).note == "On the whole: *poor*.\n\n- why"
    translated = written.replace("## Note on the article", "## Anmerkung")
    assert parse(translated).note == "On the whole: *fine*."


def test_part_of_the_marks_is_said():
    article = make_article("Words.")
    assert "\npartial: true\n" in write(HandedOn(article, partial=True))
    assert parse(write(HandedOn(article, partial=True))).partial
    assert not parse(write(HandedOn(article))).partial


def test_marks_are_numbered_in_reading_order():
    article = make_article("one two three")
    marks = [
        make_annotation(article, "two", number=1),
        make_annotation(article, "one two", number=3),
        make_annotation(article, "one", number=4),
        make_annotation(article, "one two", number=2),
    ]
    parsed = parse(write(HandedOn(article, tuple(marks))))
    assert [found.mark.id[-1] for found in parsed.marks] == ["2", "3", "4", "1"]
    assert [found.mark.exact for found in parsed.marks] == ["one two", "one two", "one", "two"]


def test_ranges_lose_block_breaks_at_their_ends():
    article = make_article("one", "two", "three")
    parsed = parse(write(HandedOn(article, (make_annotation(article, (3, 8)),))))
    assert (parsed.marks[0].mark.start, parsed.marks[0].mark.end) == (4, 7)


@pytest.mark.parametrize(("start", "end"), [(3, 4), (90, 95)])
def test_a_mark_without_words_is_a_mistake(start, end):
    from dataclasses import replace

    article = make_article("one", "two")
    mark = make_annotation(article, "one")
    mark = replace(mark, anchor=replace(mark.anchor, start=start, end=end))
    with pytest.raises(ValueError, match="no words"):
        write(HandedOn(article, (mark,)))


def test_an_unknown_tag_goes_by_its_id():
    article = make_article("one two")
    mark = make_annotation(article, "one", tags=("far/away",))
    written = write(HandedOn(article, (mark,)))
    assert "[^a1]: **far/away** — “one”" in written
    assert parse(written).marks[0].mark.tags == ("far/away",)


def test_a_file_that_is_not_ours_is_read_as_far_as_it_is_alike():
    parsed = parse("# Title\n\nSome *words*[^1] and\n\n[^1]: said so\n\nmore words.")
    assert not parsed.is_ours
    assert not parsed.hash_matches
    assert parsed.article.text == "Title\nSome words and\nmore words."
    assert [(found.mark.id, found.mark.note) for found in parsed.marks] == [("", "said so")]


def test_a_newer_format_is_ours_with_a_remark(written):
    parsed = parse(written.replace("postil/1", "postil/2"))
    assert parsed.is_ours
    assert parsed.remarks == ("The file is of the format postil/2; this program knows postil/1.",)


@pytest.mark.parametrize("text", ["", "\ufeff", "\n\n", "---\ntitle: x\n---\n", "[^1]: only"])
def test_a_file_without_words_is_refused(text):
    with pytest.raises(UserError, match="no text"):
        parse(text)


def test_a_file_over_a_limit_is_refused(monkeypatch, written):
    with pytest.raises(UserError, match="longer than 100 characters"):
        parse(written, max_characters=100)
    monkeypatch.setattr(limits, "NOTE_CHARACTERS", 15)
    with pytest.raises(UserError, match=r"\[\^a1\] is longer than 15 characters"):
        parse(written)
    with pytest.raises(UserError, match="note on the article is longer than 15"):
        parse(f"x\n\n<!-- note -->\n\n{'y' * 16}")
    monkeypatch.setattr(limits, "MARKS_PER_FILE", 4)
    with pytest.raises(UserError, match="more than 4 notes"):
        parse(written)
