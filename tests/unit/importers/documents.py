"""The article that other programs wrote into the files in `tests/data/documents`.

All were made from `harbour.md` there, by pandoc and by LibreOffice.
"""

from pathlib import Path

from postil.importers.crossing import Request

FOLDER = Path(__file__).resolve().parents[2] / "data" / "documents"
TITLE = "The toll that pays for itself"

# Kind, level, number, words; without the title and the byline.
BODY = [
    ("paragraph", 0, None, "Nobody asked for the toll, says the notice. Café owners 😀 disagree."),
    ("heading", 2, None, "What the board says"),
    ("item", 1, None, "The bridge is old"),
    ("item", 1, None, "The ferry is older"),
    ("item", 2, None, "and slower"),
    ("item", 1, 1, "Count the cars"),
    ("item", 1, 2, "Count them again"),
    ("quotation", 0, None, "We looked at the figures, and then we looked away."),
    ("row", 0, None, "Year\tToll"),
    ("row", 0, None, "2024\t5.90"),
    ("row", 0, None, "2025\t6.40"),
]
SPANS = [
    ("emphasis", "asked", ""),
    ("strong", "the toll", ""),
    ("link", "the notice", "https://example.org/notice"),
]


def ask(name, data=None):
    """Return the request for a file of the folder, or for other bytes under its name."""
    return Request("", name, data=(FOLDER / name).read_bytes() if data is None else data)


def blocks(article):
    return [
        (block.kind.value, block.level, block.number, article.block_text(block))
        for block in article.blocks
    ]


def spans(article):
    return [(s.kind.value, article.text[s.start : s.end], s.address) for s in article.spans]
