"""R9: two processes on one library lose nothing of each other's."""

import json
import os

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="R9 forks")


def test_two_writers_lose_nothing(script, tmp_path, rounds, tell):
    count = rounds(60, 600)
    found = json.loads(script("sharing", tmp_path, count, "immediate"))
    tell(
        f"R9 two processes, {count} marks and {found['turns']} turns at one note:"
        f" {found['errors']} errors, wrong: {found['wrong'] or 'nothing'}, the longest wait"
        f" {found['longest']:.1f} s"
    )
    assert (found["marks"], found["errors"], found["wrong"]) == (count, 0, [])


def test_transactions_that_begin_late_are_found_out(script, tmp_path):
    assert json.loads(script("sharing", tmp_path, 60, "deferred"))["errors"] > 0
