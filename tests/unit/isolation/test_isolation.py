import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from postil import isolation
from postil.domain.errors import UserError
from postil.isolation import LimitError, Pool
from postil.isolation.tasks import TASKS

HOSTILE = (sys.executable, "-P", "-B", str(Path(__file__).with_name("hostile_child.py")))


@pytest.fixture
def pool():
    pool = Pool(HOSTILE)
    yield pool
    pool.close()


def ask(pool, task, payload=b"", *, seconds=20.0):
    return pool.run(task, payload, seconds=seconds, what="evil.html")


def test_bytes_go_in_and_come_out_whatever_the_task_prints(pool):
    payload = os.urandom(3_000_000)
    assert ask(pool, "echo", payload) == payload
    assert ask(pool, "echo") == b""


def test_a_child_stays_warm(pool):
    assert ask(pool, "pid") == ask(pool, "pid")


def test_a_child_is_replaced_after_a_large_payload(pool):
    first = ask(pool, "pid")
    ask(pool, "echo", bytes(9_000_000))
    assert ask(pool, "pid") != first


def test_a_refusal_comes_back_in_its_own_words_and_keeps_the_child(pool):
    first = ask(pool, "pid")
    with pytest.raises(UserError) as caught:
        ask(pool, "refuse")
    assert (caught.value.what, caught.value.remedy) == ("It is no good", "Try another.")
    assert not isinstance(caught.value, LimitError)
    assert ask(pool, "pid") == first


@pytest.mark.parametrize(
    ("task", "words"),
    [
        ("die", "1,024 MB of memory"),
        pytest.param(
            "crash", "ended the process", marks=pytest.mark.skipif(os.name == "nt", reason="POSIX")
        ),
        ("leave", "ended the process"),
        pytest.param(
            "swell", "1,024 MB of memory", marks=pytest.mark.skipif(os.name == "nt", reason="POSIX")
        ),
        ("flood", "256 MB"),
        ("recurse", "nested too deep"),
        ("raise_bug", "something it does not know"),
        ("babble", "ended the process"),
    ],
)
def test_a_death_is_one_sentence_and_the_next_task_runs(pool, task, words):
    with pytest.raises(LimitError) as caught:
        ask(pool, task)
    assert words in caught.value.what
    assert "evil.html" in caught.value.what
    assert caught.value.remedy
    assert ask(pool, "echo", b"next") == b"next"


@pytest.mark.timeout(60)
@pytest.mark.parametrize("task", ["hang", "burn"])
def test_a_task_that_takes_too_long_is_killed(pool, task):
    ask(pool, "echo")
    with pytest.raises(LimitError, match=r"evil\.html took longer than 0\.3 seconds"):
        ask(pool, task, seconds=0.3)
    assert ask(pool, "echo", b"next") == b"next"


def test_the_start_of_a_child_does_not_count_as_time_of_the_task(pool):
    # Shorter than any interpreter needs to start.
    assert ask(pool, "echo", b"x", seconds=0.05) == b"x"


@pytest.mark.parametrize("task", ["connect", "spawn"])
def test_the_child_reaches_neither_network_nor_other_programs(pool, task):
    assert ask(pool, task) == b"refused"


def test_the_child_writes_no_files(pool, tmp_path):
    target = tmp_path / "planted"
    assert ask(pool, "write", str(target).encode()) == b"refused"
    assert not target.exists()


def test_the_child_sees_no_secrets_of_the_environment(pool, monkeypatch):
    monkeypatch.setenv("A_TOKEN", "secret")
    assert b"A_TOKEN" not in ask(pool, "environment")


def test_modules_in_the_working_folder_are_not_imported(pool, tmp_path, monkeypatch):
    (tmp_path / "json.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    assert str(tmp_path).encode() not in ask(pool, "folder_of_json")


def test_a_child_killed_while_idle_is_replaced(pool):
    import signal

    os.kill(int(ask(pool, "pid")), getattr(signal, "SIGKILL", signal.SIGTERM))
    assert ask(pool, "echo", b"again") == b"again"


def test_a_child_that_cannot_start_is_said_so(pool):
    broken = Pool((sys.executable, "-c", "pass"))
    with pytest.raises(UserError, match="does not start"):
        ask(broken, "echo")
    missing = Pool((str(Path(sys.executable).with_name("no-such-program")),))
    with pytest.raises(UserError, match="could not be started"):
        ask(missing, "echo")


def test_a_task_that_no_table_names_is_never_run(pool):
    with pytest.raises(UserError):
        ask(pool, "os:system", b"true")


def test_many_threads_share_the_children(pool):
    def double(number):
        return ask(pool, "echo", str(number).encode() * 2)

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(double, range(60)))
    assert answers == [str(number).encode() * 2 for number in range(60)]


def test_closing_ends_a_child_at_work(pool):
    ask(pool, "echo")
    failures = []

    def work():
        try:
            ask(pool, "hang", seconds=60)
        except UserError as error:
            failures.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    while thread.is_alive():
        pool.close()
        thread.join(0.05)
    assert len(failures) == 1
    assert ask(pool, "echo", b"again") == b"again"


def test_every_task_of_the_table_is_a_function_of_ours():
    import importlib

    for path in TASKS.values():
        module, _, name = path.partition(":")
        assert module.startswith("postil.")
        assert callable(getattr(importlib.import_module(module), name))


def test_the_real_children_start_answer_and_leave_nothing_behind(tmp_path):
    script = (
        "from postil import isolation\n"
        "print(isolation.run('note', b'*x*', seconds=20, what='x').decode())\n"
        "import sys\n"
        "print(sorted(m for m in sys.modules if m.startswith(('PySide6', 'lxml', 'markdown'))))\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-X", "dev", "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(isolation.__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.splitlines() == ["<p><em>x</em></p>", "[]"]
    assert not done.stderr
