"""R1, R3: what was acknowledged and all but a moment of what was typed is there after a kill."""

import contextlib
import json
import os
import subprocess
import sys
import time

import pytest

from postil.library import Library
from torture.writing import begin, with_tests_on_the_path, write


@pytest.mark.skipif(not hasattr(os, "fork"), reason="R1 forks, which this system cannot")
class TestKilledWriter:
    """R1."""

    def test_nothing_acknowledged_is_lost(self, script, tmp_path, rounds, seed, tell):
        found = json.loads(script("killing", tmp_path, rounds(25, 1_000), seed, "honest"))
        tell(
            f"R1 kill -9 of a writer: {found['cycles']} cycles, {found['acknowledged']} marks"
            f" acknowledged, {found['journals']} hot journals, wrong:"
            f" {found['wrong'] or 'nothing'}, {found['seconds']} s"
        )
        assert found["wrong"] == []
        assert found["acknowledged"] > found["cycles"]

    def test_a_store_that_acknowledges_early_is_found_out(self, script, tmp_path, seed):
        found = json.loads(script("killing", tmp_path, 100, seed, "hasty"))
        assert any(what.startswith("lost") for what in found["wrong"])


@pytest.mark.only_long
class TestKilledWindow:
    """R3; its short form is tests/journeys/test_cut_off.py."""

    MOST_LOST = 1.0  # seconds of typing

    def cycle(self, library, mark, how, chance):
        """Start the program, let it type, kill it; return what it showed and what was typed."""
        command = [sys.executable, "-m", "torture.typist", str(library), *mark, how]
        with subprocess.Popen(
            command, env=with_tests_on_the_path(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process:
            first = json.loads(process.stdout.readline())
            assert "shown" in first, first
            process.stdout.readline()  # it types
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(chance.uniform(1.1, 1.9))
            process.kill()
            killed = time.monotonic()
            lines = process.stdout.read().splitlines(keepends=True)
        typed = [json.loads(line) for line in lines if line.endswith(b"\n")]
        return first, typed, killed

    def lost(self, typed, killed, kept):
        """Return how many seconds before the kill the first letter was typed that is gone."""
        gone = [key["at"] for key in typed if key["length"] > kept]
        return killed - gone[0] if gone else 0.0

    def run(self, tmp_path, cycles, how, chance):
        library = tmp_path / "library.sqlite"
        article_id = begin(library)
        with Library.open(library) as opened:
            mark_id = write(opened, article_id, 1)
        mark = (article_id, mark_id)
        losses_, starts = [], []
        _, typed, killed = self.cycle(library, mark, how, chance)
        for _ in range(cycles):
            shown, next_typed, next_killed = self.cycle(library, mark, how, chance)
            losses_.append(self.lost(typed, killed, len(shown["shown"])))
            starts.append(shown["seconds"])
            typed, killed = next_typed, next_killed
        return max(losses_), max(starts)

    def test_a_second_of_typing_at_most_is_lost(self, tmp_path, rounds, chance, tell):
        cycles = rounds(1, 200)
        lost, start = self.run(tmp_path, cycles, "honest", chance)
        tell(
            f"R3 kill -9 of the window while typing: {cycles} cycles, at most {lost:.2f} s of"
            f" typing lost, open again in at most {start:.1f} s, without a question"
        )
        assert lost <= self.MOST_LOST

    def test_a_window_that_keeps_no_drafts_is_found_out(self, tmp_path, chance):
        lost, _ = self.run(tmp_path, 1, "forgetful", chance)
        assert lost > self.MOST_LOST
