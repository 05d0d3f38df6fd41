"""Icons: in the theme's colour, sharp at any ratio, faint when disabled."""

import pytest
from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from postil.resources import resource
from postil.ui.icons import application_icon, icon


def painted(pixmap):
    """Return the colours of the pixels that are more than a shade."""
    image = pixmap.toImage()
    colours = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {(c.red(), c.green(), c.blue()) for c in colours if c.alpha() > 100}


def test_an_icon_has_the_colour_asked_for(qapp):
    colours = painted(icon("open", QColor(18, 171, 52)).pixmap(64, 64))
    assert colours
    for red, green, blue in colours:  # premultiplied pixels round by one or two
        assert (abs(red - 18) < 3, abs(green - 171) < 3, abs(blue - 52) < 3) == (True,) * 3


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0, 3.0])
def test_an_icon_is_drawn_anew_for_every_ratio(qapp, ratio):
    pixmap = icon("search", QColor("black")).pixmap(QSize(16, 16), ratio)
    assert pixmap.devicePixelRatio() == ratio
    assert pixmap.width() == round(16 * ratio)
    assert painted(pixmap)


def drawn(name, side):
    """Return the drawing of an icon in black, as sharp as this many device pixels allow."""
    svg = resource("icons", f"{name}.svg").read_bytes().replace(b"currentColor", b"#000000")
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(image.rect()))
    painter.end()
    return image


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0, 3.0])
@pytest.mark.parametrize("size", [16, 20])
def test_every_icon_is_as_sharp_as_the_screen(qapp, size, ratio):
    side = round(size * ratio)
    for path in sorted(resource("icons").glob("*.svg")):
        pixmap = icon(path.stem, QColor("black")).pixmap(QSize(size, size), ratio)
        assert pixmap.size() == QSize(side, side), path.stem
        image = pixmap.toImage().convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(1.0)
        assert image == drawn(path.stem, side), path.stem


def test_an_icon_painted_on_a_fine_screen_is_not_enlarged_pixels(qapp):
    image = QImage(48, 48, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(3.0)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    icon("search", QColor("black")).paint(painter, 0, 0, 16, 16)
    painter.end()
    image.setDevicePixelRatio(1.0)
    assert image == drawn("search", 48)
    assert image != drawn("search", 16).scaled(48, 48)


def test_a_disabled_icon_is_faint(qapp):
    drawn = icon("open", QColor("black"))
    faint = drawn.pixmap(QSize(32, 32), 1.0, QIcon.Mode.Disabled).toImage()
    strongest = max(faint.pixelColor(x, y).alpha() for x in range(32) for y in range(32))
    assert 0 < strongest < 160


def test_copies_of_an_icon_draw_the_same(qapp):
    first = icon("undo", QColor("red"))
    copy = QIcon(first)
    del first
    copy.addPixmap(copy.pixmap(8, 8))  # makes the copy a picture of its own
    assert not copy.pixmap(24, 24).isNull()


def test_the_program_has_an_icon_in_its_own_colours(qapp):
    assert len(painted(application_icon().pixmap(128, 128))) > 1


def test_an_icon_that_is_not_there_is_a_mistake(qapp):
    with pytest.raises(FileNotFoundError):
        icon("no such icon", QColor("black"))


def test_a_button_squeezed_to_nothing_has_an_icon_without_a_warning(qapp):
    assert icon("close", QColor("#000000")).pixmap(QSize(0, 0)).isNull()
