"""Files that went wrong on their way: those of tests/data, changed by chance.

Of archives and pages the trees inside are changed, for changed bytes would only be no archive.
"""

import copy
import io
import random
import zipfile
from pathlib import Path

from lxml import etree, html

from properties.test_importers import PIECES

DATA = Path(__file__).resolve().parents[1] / "data"
ORIGINALS = sorted((DATA / "documents").iterdir()) + sorted((DATA / "quotations").iterdir())
_TREES = {".xml", ".xhtml", ".opf", ".ncx", ".rels"}
_PAGE = """<html lang="en"><head><title>The ferry</title><meta name="author" content="Ada Lind">
</head><body><nav><a href="/">Home</a></nav><article><h1>The ferry</h1><p>For years the
<b>council</b> has told us <a href="https://example.org/a">nothing</a> can be done, and 😀 more.</p>
<ul><li>One<ol><li>Two</li></ol></li></ul><table><tr><th>Year<td>Toll</tr></table><blockquote><p>We
looked.</p></blockquote><pre>a  b</pre><figure><img src="x.png">
<figcaption>Seen</figcaption></figure>
<p>Most observers <mark class="a1">agree</mark> it was a plot, say those who ought to know.</p>
</article><footer>Imprint</footer></body></html>"""


def mutants(chance: random.Random):
    """Yield names and bytes of changed files, for ever."""
    pages = [("page.html", _PAGE.encode())]
    originals = [(path.name, path.read_bytes()) for path in ORIGINALS] + pages * 5
    while True:
        name, data = chance.choice(originals)
        yield name, mutated(name, data, chance)


def mutated(name: str, data: bytes, chance: random.Random) -> bytes:
    """Return a file with a few changes."""
    if data[:2] == b"PK":
        return _archive(data, chance)
    if name.endswith(".html"):
        tree = html.document_fromstring(data)
        _change_tree(tree, chance, ("p", "b", "table", "td", "ol", "li", "mark", "pre", "svg", "q"))
        return html.tostring(tree)
    return _bytes(data, chance)


def _archive(data, chance):
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w") as new:
        names = old.namelist()
        trees = [name for name in names if Path(name).suffix in _TREES]
        chosen = set(chance.sample(trees, min(len(trees), chance.choice((1, 1, 2)))))
        for name in names:
            content = old.read(name)
            if name in chosen and chance.random() < 0.05:
                continue  # it is missing
            if name in chosen and content:
                tree = etree.fromstring(content)
                _change_tree(tree, chance)
                content = etree.tostring(tree)
            new.writestr(name, content)
    return written.getvalue()


def _change_tree(tree, chance, names=()):
    """Take out, double, move, wrap and rename elements, and change their words."""
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        elements = [e for e in tree.iter() if isinstance(e.tag, str) and e.getparent() is not None]
        if not elements:
            return
        one, other = chance.choice(elements), chance.choice(elements)
        parent = one.getparent()
        match chance.randrange(7):
            case 0:
                parent.remove(one)
            case 1:
                parent.append(copy.deepcopy(one))
            case 2 if other not in one.iterdescendants() and other is not one:
                other.append(one)
            case 3:
                for _ in range(chance.choice((2, 30, 250))):
                    inner = etree.SubElement(one, chance.choice(names or (one.tag,)))
                    one = inner
                one.text = "deep"
            case 4:
                one.tag = chance.choice(names or (other.tag,))
            case 5 if one.attrib:
                key = chance.choice(list(one.attrib))
                one.set(key, chance.choice(("", "-1", "99999999999", "x" * 5_000, "../../etc")))
            case _:
                one.text = _words(chance)


def _words(chance):
    """Return text an XML tree can hold."""
    pieces = "".join(chance.choices(PIECES, k=chance.randrange(1, 30)))
    return "".join(c for c in pieces if c >= " " or c in "\t\n")


def _bytes(data, chance):
    """Cut, double, overwrite and put in bytes."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 30))):
        at = chance.randrange(len(found) + 1)
        match chance.randrange(5):
            case 0:
                del found[at : at + chance.choice((1, 10, 500))]
            case 1:
                found[at:at] = found[at : at + chance.choice((1, 50, 2_000))]
            case 2:
                found[at : at + 1] = bytes([chance.randrange(256)])
            case 3:
                found[at:at] = chance.choice(PIECES).encode()
            case _:
                found[at:at] = chance.choice((b"\x00", b"\xff\xfe", b"999999999", b"-1", b"(((("))
    return bytes(found)
