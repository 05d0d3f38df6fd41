"""Numbers with their nouns."""

import pytest

from postil.ui.counting import counted


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0 marks"), (1, "1 mark"), (999, "999 marks"), (5000, "5,000 marks")],
)
def test_thousands_are_told_as_everywhere_else(qapp, number, text):
    assert counted(number, "1 mark", "%n marks") == text
