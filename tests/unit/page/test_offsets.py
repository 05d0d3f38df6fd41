import pytest

from postil.page.offsets import OffsetMap

TEXT = "A😀B e\u0301 👩‍🚀 שלום\u00a0𝔘𝔫𝔦"


def units(text):
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize("text", ["", "plain", TEXT, "😀", "\U0010ffff" * 3, "naïve – ﷺ"])
def test_every_offset_goes_to_utf_16_and_back(text):
    offsets = OffsetMap(text)
    for at in range(len(text) + 1):
        assert offsets.to_qt(at) == units(text[:at])
        assert offsets.to_code_point(offsets.to_qt(at)) == at


def test_inside_a_surrogate_pair_counts_as_before_the_letter():
    offsets = OffsetMap("A😀B")
    assert [offsets.to_code_point(at) for at in range(5)] == [0, 1, 1, 2, 3]
