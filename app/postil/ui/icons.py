"""Our icons: SVG files in `currentColor`, drawn in a theme's colour at any size and ratio.

Desktop themes are absent on many machines, so nothing here asks them.
"""

from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from postil.resources import resource

_FAINT = 0.35  # opacity of the icon of a disabled action


class _SvgEngine(QIconEngine):
    """Draws one coloured SVG; nothing is kept as pixels, so it is sharp everywhere.

    The file is read when it is first drawn: most icons lie in menus nobody opens.
    """

    def __init__(self, path: Path, colour: QColor | None) -> None:
        super().__init__()
        self._path = path
        self._colour = colour
        self._renderer: QSvgRenderer | None = None

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Draw the icon, fainter when disabled."""
        if mode is QIcon.Mode.Disabled:
            painter.setOpacity(painter.opacity() * _FAINT)
        if self._renderer is None:
            self._renderer = QSvgRenderer(QByteArray(self._svg()))
        self._renderer.render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon on a clear ground; `size` is in device pixels."""
        pixmap = QPixmap(size)
        if pixmap.isNull():  # Qt asks so for buttons that a narrow window has squeezed to nothing
            return pixmap
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, pixmap.rect(), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        """Return another engine of the same picture."""
        return _SvgEngine(self._path, self._colour)

    def _svg(self) -> bytes:
        svg = self._path.read_bytes()
        if self._colour is None:
            return svg
        return svg.replace(b"currentColor", self._colour.name().encode())


def icon(name: str, colour: QColor) -> QIcon:
    """Return an icon of ours in one colour.

    Args:
        name: the file in `resources/icons` without its suffix.
        colour: stands for `currentColor`.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    return QIcon(_SvgEngine(resource("icons", f"{name}.svg"), colour))


def application_icon() -> QIcon:
    """Return the icon of the program, in its own colours."""
    return QIcon(_SvgEngine(resource("icons", "postil.svg"), None))
