import pytest

from postil.page.style import PageStyle
from postil.page.type_face import Metrics
from postil.page.underlines import lanes_for

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("zoom", [0.5, 1.0, 3.0])
@pytest.mark.parametrize("depth", [1, 2, 4, 200])
def test_lanes_do_not_touch_and_stay_above_the_next_line_s_letters(zoom, depth):
    metrics = Metrics.of(PageStyle(zoom=zoom))
    lanes = lanes_for(metrics, depth)
    assert lanes.pen < lanes.pitch
    lowest = lanes.below(lanes.count - 1) + lanes.pen / 2
    room = metrics.line - metrics.below - metrics.above
    assert lowest <= max(room + metrics.em * 0.3, lanes.pitch * 2 + 3)


def test_few_marks_stand_apart_and_more_stand_closer():
    metrics = Metrics.of(PageStyle())
    pitches = [lanes_for(metrics, depth).pitch for depth in (2, 4, 5)]
    assert pitches == sorted(pitches, reverse=True)
    assert pitches[0] > pitches[-1]
    assert [lanes_for(metrics, depth).count for depth in (1, 4)] == [1, 4]


def test_higher_lines_have_room_for_more_lanes():
    counts = [lanes_for(Metrics.of(PageStyle(line_height=h)), 50).count for h in (1.0, 1.5, 2.5)]
    assert counts[0] < counts[1] < counts[2] <= 8
