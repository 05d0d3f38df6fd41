"""R1 to R5: what was acknowledged is there after a kill, a power cut, a fault, a full disk."""

import json
import os

import pytest


@pytest.mark.skipif(not hasattr(os, "fork"), reason="R1 forks, which this system cannot")
class TestKilledWriter:
    """R1."""

    def test_nothing_acknowledged_is_lost(self, script, tmp_path, rounds, seed, tell):
        found = json.loads(script("killing", tmp_path, rounds(25, 1_000), seed, "honest"))
        tell(
            f"R1 kill -9 of a writer: {found['cycles']} cycles, {found['acknowledged']} marks"
            f" acknowledged, {found['journals']} hot journals, wrong: {found['wrong'] or 'nothing'},"
            f" {found['seconds']} s"
        )
        assert found["wrong"] == []
        assert found["acknowledged"] > found["cycles"]

    def test_a_store_that_acknowledges_early_is_found_out(self, script, tmp_path, seed):
        found = json.loads(script("killing", tmp_path, 100, seed, "hasty"))
        assert any(what.startswith("lost") for what in found["wrong"])
