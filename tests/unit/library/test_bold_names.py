"""What a person does to the names in bold, and what that does to the tags."""

import pytest

from postil.library.bold_names import reconciled

KNOWN = {"p/doubt": "Casting doubt", "p/flag": "Flag waving", "p/quote": "“Scare” quotes"}


@pytest.mark.parametrize(
    ("ids", "names", "tags"),
    [
        pytest.param(["p/doubt"], ["Casting doubt"], ["p/doubt"], id="untouched"),
        pytest.param(["p/doubt"], ["casting  DOUBT"], ["p/doubt"], id="case and spaces"),
        pytest.param(["p/quote"], ['"Scare" quotes'], ["p/quote"], id="straight quotes"),
        pytest.param(["p/doubt", "p/flag"], ["Flag waving"], ["p/flag"], id="one struck out"),
        pytest.param(["p/doubt"], [], [], id="all struck out"),
        pytest.param(["p/doubt"], ["Suspicion"], ["Suspicion"], id="renamed"),
        pytest.param(["p/doubt"], ["New", "Casting doubt"], ["p/doubt", "New"], id="one added"),
        pytest.param([], ["Flag waving"], ["Flag waving"], id="no line of code"),
        pytest.param(["q/gone"], ["Gone"], ["Gone"], id="unknown codebook"),
    ],
)
def test_names_edited_by_hand_count(ids, names, tags):
    assert reconciled(ids, names, KNOWN, ()) == tuple(tags)


@pytest.mark.parametrize(
    ("ids", "names", "tags"),
    [
        (["p/doubt"], ["Its former name"], ["p/doubt"]),
        (["p/doubt", "p/flag"], ["Former", "Flag waving"], ["p/doubt", "p/flag"]),
        (["p/doubt"], ["Former", "Added"], ["p/doubt", "Added"]),
        (["p/gone"], ["Former"], ["Former"]),
    ],
)
def test_another_version_of_a_codebook_may_have_other_names(ids, names, tags):
    assert reconciled(ids, names, KNOWN, {"p"}) == tuple(tags)
