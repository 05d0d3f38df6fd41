"""R2, R4, R5: the power fails, the disk has faults, or it takes nothing any more."""

import json
import shutil
import subprocess
import sys

import pytest

from torture import tracing, vfs
from torture.writing import with_tests_on_the_path

NO_VFS, NO_STRACE = vfs.missing(), tracing.missing()
NOTHING = {"lost": 0, "corrupt": 0, "export": 0, "otherwise": []}
needs_vfs = pytest.mark.skipif(bool(NO_VFS), reason=NO_VFS)


def lines_of(found):
    return {kind: found[kind] for kind in ("lost", "corrupt", "export", "otherwise")}


class TestPowerCut:
    """R2. The careless one is SQLite's `synchronous=NORMAL`, and files written in place."""

    def cut(self, script, tmp_path, tell, *arguments):
        found = json.loads(script("cutting", tmp_path, *arguments))
        tell(
            f"R2 power cut, recorded by {arguments[-1]}, {arguments[-2]}: {found['states']} states"
            f" of {found['commits']} commits, {lines_of(found)}, {found['seconds']} s"
        )
        return found

    @needs_vfs
    def test_nothing_is_lost_of_what_sqlite_asked_for(self, script, tmp_path, rounds, seed, tell):
        how = (rounds(60, 300), rounds(400, 3_000), seed, "durable", "vfs")
        assert lines_of(self.cut(script, tmp_path, tell, *how)) == NOTHING

    @needs_vfs
    def test_a_store_that_syncs_less_is_found_out(self, script, tmp_path, seed, tell):
        found = self.cut(script, tmp_path, tell, 40, 100, seed, "careless", "vfs")
        assert found["lost"] > 0

    @pytest.mark.skipif(bool(NO_STRACE), reason=f"{NO_STRACE}: recorded by vfs alone, no exports")
    def test_nothing_is_lost_of_what_the_program_asked_for(
        self, script, tmp_path, rounds, seed, tell
    ):
        how = (rounds(25, 300), rounds(150, 1_500), seed, "durable", "strace")
        assert lines_of(self.cut(script, tmp_path, tell, *how)) == NOTHING

    @pytest.mark.only_long
    @pytest.mark.skipif(bool(NO_STRACE), reason=NO_STRACE)
    def test_a_program_that_syncs_less_is_found_out(self, script, tmp_path, seed, tell):
        found = self.cut(script, tmp_path, tell, 100, 300, seed, "careless", "strace")
        assert min(found["lost"], found["export"]) > 0


@needs_vfs
class TestFaults:
    """R4. What `write_atomically` does with faults stands in tests/unit/test_files.py."""

    def test_every_fault_is_told_and_the_next_try_goes_well(self, script, tmp_path, seed, tell):
        found = json.loads(script("faults", tmp_path, 200, seed, "honest"))
        tell(
            f"R4 the n-th of all {found['last'] - 1} things a mark asks of the disk fails, once and"
            f" for good: {found['refused']} refused in words, {found['marks']} marks there of"
            f" {found['acknowledged']} acknowledged, wrong: {found['wrong'] or 'nothing'}"
        )
        assert found["wrong"] == []
        assert found["refused"] >= found["faults"] - 2  # the two that met no fault
        assert found["refused"] > 100

    def test_a_deaf_program_is_found_out(self, script, tmp_path, seed):
        assert json.loads(script("faults", tmp_path, 200, seed, "deaf"))["wrong"]


def _can_mount():
    words = ["unshare", "-rm", "true"]
    return shutil.which("unshare") and subprocess.run(words, check=False).returncode == 0


CAN_MOUNT = sys.platform == "linux" and _can_mount()
needs_mounts = pytest.mark.skipif(
    not CAN_MOUNT, reason="no mount namespace here: a file that may not grow stands for a full disk"
)


@pytest.mark.skipif(sys.platform == "win32", reason="limits and folders of POSIX")
class TestRefusal:
    """R5. What the window does with a refused note stands in tests/ui/sidebar/test_editing.py."""

    @pytest.fixture
    def refuse(self, tmp_path):
        def run(kind, how):
            apart = ["unshare", "-rm"] if kind in {"full", "read-only"} else []
            command = [*apart, sys.executable, "-m", "torture.refusing", tmp_path, kind, how]
            done = subprocess.run(
                command, capture_output=True, check=True, env=with_tests_on_the_path()
            )
            return json.loads(done.stdout)

        return run

    @pytest.mark.parametrize(
        ("kind", "words"),
        [
            pytest.param("full", "disk is full", marks=needs_mounts),
            pytest.param("read-only", "is read-only", marks=needs_mounts),
            ("limit", "cannot be read or written"),
            ("gone", "is read-only"),
        ],
    )
    def test_nothing_is_lost_and_the_reason_is_told(self, refuse, kind, words, tell):
        found = refuse(kind, "durable")
        tell(
            f"R5 {kind}: {found['acknowledged']} marks acknowledged,"
            f" wrong: {found['wrong'] or 'nothing'}, said: {found['said'].partition('sqlite ')[2]}"
        )
        assert found["wrong"] == []
        assert words in found["said"]
        assert "cannot be written" in found["export said"]

    def test_a_file_written_in_place_is_found_out(self, refuse):
        assert refuse("limit", "careless")["wrong"]
