"""R8: libraries of every schema come to today's, or stay what they were, wherever they are stopped.

That a newer one is refused untouched stands in tests/unit/store/test_opening.py.
"""

import json
import os
from pathlib import Path

import pytest

LIBRARIES = sorted((Path(__file__).parents[1] / "data" / "libraries").glob("*.sqlite"))

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="R8 forks")


@pytest.mark.parametrize("frozen", LIBRARIES, ids=lambda path: path.stem)
def test_a_migration_killed_at_any_statement_is_old_or_new(script, tmp_path, frozen, tell):
    found = json.loads(script("migrating", tmp_path, frozen, 1, "honest"))
    tell(
        f"R8 {frozen.stem} killed at each of {found['statements']} statements: {found['old']} old,"
        f" {found['new']} new, {len(found['between'])} between"
    )
    assert found["statements"] > 0
    assert found["between"] == []


def test_a_migration_that_keeps_each_statement_is_found_out(script, tmp_path):
    found = json.loads(script("migrating", tmp_path, LIBRARIES[0], 3, "careless"))
    assert found["between"]
