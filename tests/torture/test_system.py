"""R0, R18: the interpreter under Qt, and the network nobody reaches for.

R0's short form is tests/quality/test_qt_none.py. R18's is the audit hook of tests/conftest.py,
which every test runs under, with tests/quality/test_network.py.
"""

import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from quality import test_qt_none as qt_none

TOP = Path(__file__).resolve().parents[2]


@pytest.mark.only_long
def test_thousands_of_calls_leave_none_alone(qapp, monkeypatch, tell):
    monkeypatch.setattr(qt_none, "CALLS", 2_000)
    calls = qt_none.calls_of_objects()
    lost = {name: qt_none.references_lost(call) for name, call in calls.items()}
    tell(f"R0 2000 calls each: {max(map(abs, lost.values()))} references to None at most")
    assert max(map(abs, lost.values())) < qt_none.TOLERATED


def test_reaching_for_the_network_is_found_out():
    """The negative control of R18."""
    with pytest.raises(RuntimeError, match="reached for the network"):
        socket.getaddrinfo("example.org", 443)
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one,
        pytest.raises(RuntimeError, match="reached for the network"),
    ):
        one.connect(("192.0.2.1", 9))


@pytest.mark.only_long
@pytest.mark.skipif(
    shutil.which("unshare") is None or shutil.which("ip") is None,
    reason="no network namespace here: the audit hook alone is R18",
)
def test_imports_exports_and_the_main_job_need_no_network(tell):
    """In a network namespace nothing leads out of, not even for a library written in C."""
    folders = ["unit/importers", "unit/exporters", "unit/printing", "unit/cli", "journeys"]
    arguments = [f"tests/{folder}" for folder in folders]
    # Servers of tests lie on this machine, whose own address has to be woken first.
    woken = 'ip link set lo up && exec "$@"'
    done = subprocess.run(
        [
            "unshare",
            "-rn",
            "sh",
            "-c",
            woken,
            "sh",
            sys.executable,
            "-m",
            "pytest",
            "-q",
            *arguments,
        ],
        cwd=TOP,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3_000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    tell(f"R18 {passed[1]} tests without a network")
