"""Annotated Markdown and HTML of 1 MB with 5,000 marks against one bare sweep; pages of paper.

Processor time; figures are printed, nothing fails on a clock.
"""

import itertools
import random
import re
import time

import pytest

from factories import make_annotation, make_article
from postil.annotated_markdown import HandedOn, parse, write
from postil.exporters import EXPORTERS, ExportOptions

pytestmark = pytest.mark.benchmark

PARAGRAPH = "Word after word stands here, and some of them will be marked by somebody. " * 14
MARKS = 5_000
ESCAPED = re.compile(r"[\\`*_\[{#<&~^|$=%:@]")


def bare_sweep(text, marks):
    """Return the file that one sweep writes: pieces with the marks they lie in, and footnotes.

    The least an export has to do, without blocks, spans, flanking, fields or checks.
    """
    borders = sorted({place for mark in marks for place in (mark.start, mark.end)} | {0, len(text)})
    starting, ending = {}, {}
    for number, mark in enumerate(marks):
        starting.setdefault(mark.start, []).append(number)
        ending.setdefault(mark.end, []).append(number)
    active, parts = [], []
    for start, end in itertools.pairwise(borders):
        for number in ending.get(start, ()):
            active.remove(number)
            parts.append(f"[^a{number}]")
        active += starting.get(start, ())
        piece = ESCAPED.sub(r"\\\g<0>", text[start:end])
        classes = " ".join(f"a{number}" for number in active)
        parts.append(f'<mark class="{classes}">{piece}</mark>' if active else piece)
    for number, mark in enumerate(marks):
        quotation = ESCAPED.sub(r"\\\g<0>", mark.anchor.exact)
        parts.append(f"[^a{number}]: “{quotation}”\n\n    {mark.note}\n\n    `id={mark.id}`\n")
    return "".join(parts)


def best(action):
    """Return the least of a few times: what the code takes when nothing else runs."""
    times = []
    for _ in range(5):
        began = time.process_time()
        action()
        times.append(time.process_time() - began)
    return min(times)


def crowded(size):
    """Return an article of so many paragraphs, with five marks for each."""
    article = make_article(*(f"{number} {PARAGRAPH}" for number in range(size)))
    chance = random.Random(4)
    marks = []
    for number in range(MARKS * size // 1_000):
        start = chance.randrange(len(article.text) - 200)
        while article.text[start].isspace():
            start += 1
        end = start + chance.randrange(5, 120)
        while article.text[end - 1].isspace():
            end -= 1
        marks.append(make_annotation(article, (start, end), number=number, note="A note."))
    return HandedOn(article, tuple(marks))


@pytest.mark.parametrize("size", [250, 1_000])
def test_export_and_return(size):
    handed_on = crowded(size)
    article, marks = handed_on.article, handed_on.annotations
    text = write(handed_on)
    ours = best(lambda: write(handed_on))
    bare = best(lambda: bare_sweep(article.text, marks))
    began = time.process_time()
    parsed = parse(text)
    reading = time.process_time() - began
    assert parsed.hash_matches
    assert len(parsed.marks) == len(marks)
    print(
        f"\n{len(article.text) / 1e6:.2f} MB, {len(marks)} marks: export {1000 * ours:.0f} ms, "
        f"{ours / bare:.1f} x a bare sweep of {1000 * bare:.0f} ms; return {1000 * reading:.0f} ms"
    )


@pytest.mark.parametrize("size", [250, 1_000])
def test_html(size):
    handed_on = crowded(size)
    export, options = EXPORTERS["html"].export, ExportOptions(numbers=True)
    assert export(handed_on, options).data.count(b'<li class="note') == MARKS * size // 1_000
    ours = best(lambda: export(handed_on, options))
    bare = best(lambda: bare_sweep(handed_on.article.text, handed_on.annotations))
    print(
        f"\nHTML of {len(handed_on.article.text) / 1e6:.2f} MB: {1000 * ours:.0f} ms, "
        f"{ours / bare:.1f} x a bare sweep"
    )


@pytest.mark.usefixtures("qapp")
def test_pages():
    """Six kilobytes with 100 notes that differ, and a tenth of a megabyte with 500."""
    from postil.printing import PDF

    for size, options in ((6, ExportOptions(numbers=True, legend=True)), (100, ExportOptions())):
        article = make_article(*(f"{number} {PARAGRAPH}" for number in range(size)))
        step = (len(article.text) - 200) // (100 if size == 6 else 500)
        words = [(at, at + 40) for at in range(5, len(article.text) - 100, step)]
        marks = tuple(
            make_annotation(article, place, number=number, note=f"Note *{number}* says why.")
            for number, place in enumerate(words, 1)
        )
        began = time.perf_counter()
        data = PDF.export(HandedOn(article, marks), options).data
        took = time.perf_counter() - began
        assert data.startswith(b"%PDF")
        print(f"\nPDF of {len(article.text) / 1e3:.0f} kB, {len(marks)} marks: {took:.2f} s")


@pytest.mark.parametrize("name", ["docx", "hypothesis", "jsonld", "csv", "qdpx", "labels"])
def test_other_formats(name):
    article = make_article(*(f"{number} {PARAGRAPH}" for number in range(250)))
    starts = range(100, len(article.text) - 300, len(article.text) // 1_250)
    marks = [
        make_annotation(article, (start, start + 250), number=number, note="A note.", tags=("a/b",))
        for number, start in enumerate(starts)
    ]
    handed_on = HandedOn(article, tuple(marks))
    export = EXPORTERS[name].export
    export(handed_on, ExportOptions())  # what is imported for it
    began = time.process_time()
    made = export(handed_on, ExportOptions())
    took = time.process_time() - began
    assert made.data
    print(f"\n{name}: {len(marks)} marks in {1000 * took:.0f} ms, {len(made.data) / 1e3:.0f} kB")
