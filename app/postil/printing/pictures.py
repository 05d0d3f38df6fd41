"""Pictures of the pages of a PDF file, to look at before it is written."""

import pypdfium2
from PySide6.QtGui import QImage


def page_pictures(data: bytes, width: int, most: int) -> tuple[list[QImage], int]:
    """Return pictures of the first pages, and how many pages there are.

    Args:
        data: a PDF file of ours.
        width: of the pictures, in pixels.
        most: how many pictures are wanted at most.
    """
    with pypdfium2.PdfDocument(data) as document:
        count = len(document)
        pictures = []
        for index in range(min(count, most)):
            page = document[index]
            bitmap = page.render(scale=width / page.get_width(), rev_byteorder=True)
            pictures.append(
                QImage(
                    bytes(bitmap.buffer),
                    bitmap.width,
                    bitmap.height,
                    bitmap.stride,
                    QImage.Format.Format_RGB888,
                ).copy()
            )
        return pictures, count
