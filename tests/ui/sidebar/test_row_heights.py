"""Heights of rows agree with a plain list, whatever comes in and goes out."""

from hypothesis import given
from hypothesis import strategies as st

from postil.ui.sidebar.row_heights import RowHeights

ESTIMATE = 20

changes = st.lists(
    st.tuples(
        st.sampled_from(("insert", "remove", "measure")),
        st.floats(0, 1, exclude_max=True),
        st.integers(1, 1500),
    ),
    max_size=25,
)


def _apply(heights: RowHeights, plain: list[int], change: tuple[str, float, int]) -> None:
    kind, share, number = change
    if kind == "insert":
        row = int(share * (len(plain) + 1))
        heights.insert(row, number)
        plain[row:row] = [ESTIMATE] * number
    elif plain and kind == "remove":
        row = int(share * len(plain))
        number = min(number, len(plain) - row)
        heights.remove(row, number)
        del plain[row : row + number]
    elif plain:
        row = int(share * len(plain))
        assert heights.measure(row, number) == number - plain[row]
        plain[row] = number


@given(st.integers(0, 3000), changes)
def test_agrees_with_a_list(count, steps):
    heights, plain = RowHeights(count, ESTIMATE), [ESTIMATE] * count
    for step in steps:
        _apply(heights, plain, step)
    assert len(heights) == len(plain)
    assert heights.total == sum(plain)
    assert heights.top(len(plain)) == sum(plain)
    for row in range(0, len(plain), max(1, len(plain) // 40)):
        top = sum(plain[:row])
        assert heights.height(row) == plain[row]
        assert heights.top(row) == top
        assert heights.row_at(top) == row
        assert heights.row_at(top + plain[row] - 1) == row


def test_outside_is_the_nearest_row():
    heights = RowHeights(3, 10)
    assert (heights.row_at(-5), heights.row_at(1000)) == (0, 2)
    assert RowHeights().row_at(0) == -1


def test_knows_what_was_measured():
    heights = RowHeights(2, 10)
    heights.measure(1, 10)
    assert [heights.is_measured(row) for row in (0, 1)] == [False, True]
