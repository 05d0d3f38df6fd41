"""Books for tests: made here, chapter by chapter."""

import io
import zipfile

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="E/book.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>"
)
NAV = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>'
    '<nav epub:type="toc"><ol>{}</ol></nav></body></html>'
)
NCX = '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{}</navMap></ncx>'


def book(chapters, *, contents=(), ncx=(), nav=None, title="Four Bridges"):
    """Return an EPUB book.

    Args:
        chapters: markup of what stands in the body of each.
        contents: (number of the chapter, title) of each line of its page of contents.
        ncx: the same for the older document of contents.
        nav: the page of contents itself, where it is to be odd.
        title: of the book.
    """
    names = [f"c{number}.xhtml" for number in range(1, len(chapters) + 1)]
    files = {"META-INF/container.xml": CONTAINER}
    items = [f'<item id="{n}" href="{n}" media-type="application/xhtml+xml"/>' for n in names]
    if contents or nav is not None:
        lines = "".join(f'<li><a href="c{n}.xhtml#top">{said}</a></li>' for n, said in contents)
        files["E/nav.xhtml"] = NAV.format(lines) if nav is None else nav
        items.append('<item id="n" href="nav.xhtml" media-type="application/xhtml+xml"'
                     ' properties="nav"/>')  # fmt: skip
    if ncx:
        points = (
            f"<navPoint><navLabel><text>{said}</text></navLabel><content src='c{n}.xhtml'/>"
            "</navPoint>"
            for n, said in ncx
        )
        files["E/toc.ncx"] = NCX.format("".join(points))
        items.append('<item id="x" href="toc.ncx" media-type="application/x-dtbncx+xml"/>')
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    files["E/book.opf"] = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>'
        f"<dc:creator>Ada Lind</dc:creator></metadata><manifest>{''.join(items)}</manifest>"
        f"<spine>{spine}</spine></package>"
    )
    for name, body in zip(names, chapters, strict=True):
        files[f"E/{name}"] = f"<html><head><title>x</title></head><body>{body}</body></html>"
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return kept.getvalue()
