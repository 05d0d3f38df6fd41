"""The decisions of the start script: which Python, which packages, and when all is ready."""

import ast
import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
SCRIPTS = ("machine", "environment", "start")


@pytest.fixture(scope="module")
def scripts():
    """Return the modules of the start script, imported as they import each other."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(PACKAGING))
        modules = {}
        for name in SCRIPTS:
            spec = importlib.util.spec_from_file_location(name, PACKAGING / f"{name}.py")
            modules[name] = importlib.util.module_from_spec(spec)
            patch.setitem(sys.modules, name, modules[name])
            spec.loader.exec_module(modules[name])
        yield modules


@pytest.fixture
def machine(scripts):
    return scripts["machine"]


class Runs:
    """Stands for `subprocess.run`: remembers commands and answers by their first words."""

    def __init__(self, **answers):
        self.commands = []
        self.answers = answers

    def __call__(self, command, **_):
        self.commands.append(" ".join(command))
        for words, (code, error) in self.answers.items():
            if words.replace("_", " ") in self.commands[-1].replace("-", " "):
                return subprocess.CompletedProcess(command, code, "", error)
        return subprocess.CompletedProcess(command, 0, "", "")


@pytest.mark.parametrize("name", SCRIPTS)
def test_an_old_python_can_read_it(name):
    source = (PACKAGING / f"{name}.py").read_text("utf-8")
    ast.parse(source, feature_version=(3, 8))
    assert "from __future__ import annotations" in source


@pytest.mark.parametrize("name", SCRIPTS)
def test_only_the_standard_library_is_imported(name):
    for node in ast.walk(ast.parse((PACKAGING / f"{name}.py").read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names = [node.module]
        else:
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for imported in names:
            assert imported.partition(".")[0] in sys.stdlib_module_names | set(SCRIPTS)


class TestPython:
    def test_the_first_that_runs_is_taken(self, machine):
        run = Runs(**{"python3.13": (127, "not installed here")})
        there = {"python3.13", "python3.11"}
        assert machine.newer_python(lambda name: name in there, run) == ["python3.11"]

    def test_none_is_none(self, machine):
        assert machine.newer_python(lambda _: None, Runs()) is None

    def test_what_to_install_is_said(self, machine):
        said = str(machine.python_wanted((3, 9, 2)))
        assert "Python 3.11 or newer" in said
        assert "this is 3.9.2" in said
        for words in ("apt-get install python3.11", "dnf install", "pacman -S", "python.org"):
            assert words in said

    def test_an_old_python_without_a_newer_one_ends_with_the_sentence(
        self, scripts, monkeypatch, capsys
    ):
        monkeypatch.setattr(scripts["machine"], "OLDEST_PYTHON", (99, 1))
        monkeypatch.setattr(scripts["machine"], "newer_python", lambda: None)
        assert scripts["start"].main([]) == 1
        assert "needs Python 99.1 or newer" in capsys.readouterr().err

    def test_an_old_python_hands_over(self, scripts, monkeypatch):
        called = []
        monkeypatch.setattr(scripts["machine"], "OLDEST_PYTHON", (99, 1))
        monkeypatch.setattr(scripts["machine"], "newer_python", lambda: ["python3.12"])
        monkeypatch.setattr(
            scripts["start"].subprocess, "call", lambda command: called.append(command) or 7
        )
        assert scripts["start"].main(["--headless", "a.txt"]) == 7
        assert called == [["python3.12", str(PACKAGING / "start.py"), "--headless", "a.txt"]]


class TestSystem:
    @pytest.mark.parametrize(
        ("system", "libc", "reason"),
        [
            ("linux", ("glibc", "2.31"), "2.34"),
            ("linux", ("", ""), "another C library"),
        ],
    )
    def test_a_linux_without_qt_is_refused(self, machine, system, libc, reason):
        with pytest.raises(machine.Refusal, match=reason):
            machine.check_system(system, libc)

    @pytest.mark.parametrize(
        ("system", "libc"),
        [("linux", ("glibc", "2.36")), ("linux", ("glibc", "2.34")), ("darwin", ("", ""))],
    )
    def test_others_are_not(self, machine, system, libc):
        machine.check_system(system, libc)

    @pytest.mark.parametrize(
        ("system", "environment", "screen"),
        [
            ("linux", {}, False),
            ("linux", {"DISPLAY": ""}, False),
            ("linux", {"DISPLAY": ":0"}, True),
            ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
            ("darwin", {}, True),
            ("win32", {}, True),
        ],
    )
    def test_a_screen_is_found(self, machine, system, environment, screen):
        assert machine.has_screen(system, environment) is screen


class TestPackages:
    @pytest.mark.parametrize(
        ("program", "command"),
        [
            ("apt-get", "sudo apt-get install -y --no-install-recommends libgl1"),
            ("dnf", "sudo dnf install -y libgl1"),
            ("pacman", "sudo pacman -S --needed libgl1"),
            ("zypper", "sudo zypper install -y libgl1"),
        ],
    )
    def test_a_person_is_told_the_command(self, machine, program, command):
        manager = machine.find_manager(lambda name: name == program)
        run = Runs()
        with pytest.raises(machine.Refusal) as refusal:
            machine.obtain("A library is", ("libgl1",), manager, root=False, run=run)
        assert f"\n    {command}\n" in str(refusal.value)
        assert run.commands == []

    def test_root_elsewhere_is_told_it_without_sudo(self, machine):
        manager = machine.find_manager(lambda name: name == "dnf")
        with pytest.raises(machine.Refusal, match="\n    dnf install -y mesa"):
            machine.obtain("A library is", ("mesa",), manager, root=True, run=Runs())

    def test_root_on_debian_gets_them_under_the_old_name(self, machine):
        run = Runs(apt_cache=(100, "no such package"))
        machine.obtain("Libraries are", ("libglib2.0-0", "libgl1"), machine.APT, root=True, run=run)
        assert run.commands[0].startswith("apt-get update")
        assert run.commands[-1].endswith(" libglib2.0-0 libgl1")

    def test_and_under_the_new_name(self, machine):
        run = Runs()
        machine.obtain("Libraries are", ("libglib2.0-0", "libgl1"), machine.APT, root=True, run=run)
        assert run.commands[-1].endswith(" libglib2.0-0t64 libgl1")

    def test_a_failure_is_told_with_its_reason(self, machine):
        run = Runs(apt_get_install=(100, "E: Unable to locate package\n"), update=(100, ""))
        with pytest.raises(machine.Refusal) as refusal:
            machine.obtain("Libraries are", ("libgl1",), machine.APT, root=True, run=run)
        assert "Unable to locate package" in str(refusal.value)
        assert "connection" in str(refusal.value)

    @pytest.mark.parametrize(
        ("system", "root", "has_one", "installs"),
        [
            ("debian", True, False, True),
            ("debian", True, True, False),
            ("debian", False, False, False),
            ("ubuntu", True, False, False),
            ("", True, False, False),
        ],
    )
    def test_the_tests_get_a_browser_on_debian_as_root(
        self, machine, system, root, has_one, installs
    ):
        run = Runs()
        find = lambda name: name if has_one else None  # noqa: E731
        assert machine.obtain_browser({"ID": system}, root=root, which=find, run=run) == ""
        assert any(command.endswith(" chromium") for command in run.commands) is installs

    def test_tests_go_on_without_a_browser_that_cannot_be_had(self, machine):
        run = Runs(apt_get_install=(100, "E: Unable to locate package\n"))
        said = machine.obtain_browser({"ID": "debian"}, root=True, which=lambda _: None, run=run)
        assert "Unable to locate package" in said

    def test_no_known_manager_names_all_four(self, scripts, monkeypatch):
        monkeypatch.setattr(scripts["machine"], "find_manager", lambda: None)
        with pytest.raises(scripts["machine"].Refusal) as refusal:
            scripts["environment"]._obtain_libraries("libGL.so.1", Runs(), screen=True)
        for words in ("apt-get install", "dnf install", "pacman -S", "zypper install"):
            assert words in str(refusal.value)


@pytest.fixture
def environment(scripts, tmp_path):
    """Return an environment with a Python in a made-up checkout."""
    (tmp_path / "app" / "postil").mkdir(parents=True)
    (tmp_path / "app" / "postil" / "__init__.py").write_text("__version__ = '1'\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    made = scripts["environment"].Environment(tmp_path, run=Runs())
    Path(made.python).parent.mkdir(parents=True)
    Path(made.python).touch()
    return made


class TestStamp:
    def test_what_is_done_is_known(self, environment):
        assert not environment.is_ready("window")
        environment.mark_ready("installed")
        environment.mark_ready("window")
        assert environment.is_ready("installed")
        assert environment.is_ready("window")
        assert not environment.is_ready("tools")

    @pytest.mark.parametrize("name", ["pyproject.toml", "app/postil/__init__.py"])
    def test_a_changed_project_is_not_ready(self, environment, name):
        environment.mark_ready("installed")
        (environment.top / name).write_text("changed\n")
        assert not environment.is_ready("installed")

    def test_another_python_is_not_ready(self, environment, monkeypatch):
        environment.mark_ready("installed")
        monkeypatch.setattr(sys, "version", "3.99")
        assert not environment.is_ready("installed")

    def test_a_lost_python_is_not_ready(self, environment):
        environment.mark_ready("installed")
        Path(environment.python).unlink()
        assert not environment.is_ready("installed")

    @pytest.mark.parametrize("content", ["", "{", "[]", '{"key": "other", "done": ["installed"]}'])
    def test_a_damaged_stamp_is_none(self, environment, content):
        (environment.folder / "postil-stamp.json").write_text(content)
        assert not environment.is_ready("installed")
        environment.mark_ready("installed")
        assert json.loads((environment.folder / "postil-stamp.json").read_text())["done"] == [
            "installed"
        ]


class TestReadiness:
    def test_the_first_run_does_all_and_the_second_nothing(self, scripts, environment):
        run = environment._run
        scripts["start"]._prepare(environment, screen=False)
        said = "\n".join(run.commands)
        assert said.index("--upgrade pip") < said.index("--editable .")
        before = len(run.commands)
        scripts["start"]._prepare(environment, screen=False)
        assert len(run.commands) == before

    def test_a_window_looks_for_more_libraries_but_installs_nothing_again(
        self, scripts, environment, monkeypatch
    ):
        monkeypatch.setenv("DISPLAY", ":9")
        scripts["start"]._prepare(environment, screen=False)
        before = len(environment._run.commands)
        scripts["start"]._prepare(environment, screen=True)
        later = environment._run.commands[before:]
        assert "libqxcb.so" in later[-1]
        assert not any("pip install" in command for command in later)

    @pytest.mark.parametrize(
        ("output", "reason"),
        [
            ("WARNING: nothing much", "No matching distribution"),
            ("WARNING: Retrying after connection broken by 'NoRoute()': /pip/", "NoRoute"),
        ],
    )
    def test_a_failed_download_is_one_sentence(self, scripts, environment, output, reason):
        environment._run = Runs(install=(1, f"{output}\nERROR: No matching distribution\n"))
        with pytest.raises(scripts["machine"].Refusal) as refusal:
            environment.install("what Postil needs", "--editable", ".")
        said = str(refusal.value)
        assert "could not install what Postil needs" in said
        assert reason in said
        assert "\n" not in said

    def test_missing_libraries_are_installed_and_looked_for_again(
        self, scripts, environment, monkeypatch
    ):
        missing = ["libGL.so.1: cannot open shared object file", ""]
        monkeypatch.setattr(environment, "_missing_library", lambda _: missing.pop(0))
        monkeypatch.setattr(scripts["machine"], "find_manager", lambda: scripts["machine"].APT)
        monkeypatch.setattr(scripts["machine"], "is_root", lambda: True)
        monkeypatch.setattr(sys, "platform", "linux")
        environment.check_libraries({"DISPLAY": ":0"})
        installed = environment._run.commands[-1]
        assert "libgl1" in installed
        assert "libxcb-cursor0" in installed
        assert missing == []

    def test_an_environment_that_does_not_work_is_made_anew(self, scripts, environment):
        environment.make()
        assert f"-m venv --clear {environment.folder}" in environment._run.commands[-1]

    @pytest.mark.parametrize(("elsewhere", "made"), [(False, 0), (True, 1)])
    def test_a_moved_checkout_gets_a_new_one(self, scripts, environment, tmp_path, elsewhere, made):
        environment.mark_ready("installed")
        top = tmp_path / "moved" if elsewhere else environment.top
        if elsewhere:
            shutil.copytree(environment.top, top)
        run = Runs()
        moved = scripts["environment"].Environment(top, run=run)
        moved._works = lambda: True
        moved.make()
        assert len(run.commands) == made

    def test_a_python_without_ensurepip_names_its_package(self, scripts, environment, monkeypatch):
        monkeypatch.setattr(scripts["environment"], "_has_ensurepip", lambda: False)
        monkeypatch.setattr(scripts["machine"], "find_manager", lambda: scripts["machine"].APT)
        monkeypatch.setattr(scripts["machine"], "is_root", lambda: False)
        version = "{}.{}".format(*sys.version_info[:2])
        with pytest.raises(scripts["machine"].Refusal, match=f"python{version}-venv"):
            environment.make()


class TestStart:
    @pytest.fixture
    def called(self, scripts, environment, monkeypatch):
        """Return the commands the script ends in, with everything else ready."""
        calls = []
        monkeypatch.setattr(scripts["start"], "Environment", lambda _: environment)
        monkeypatch.setattr(
            scripts["start"].subprocess, "call", lambda command, **_: calls.append(command) or 0
        )
        return calls

    def test_a_screen_gets_the_window(self, scripts, environment, called, monkeypatch):
        monkeypatch.setenv("DISPLAY", ":0")
        assert scripts["start"].main(["article.txt"]) == 0
        assert called == [[environment.script("postil-desktop"), "article.txt"]]

    def test_no_screen_gets_the_files(self, scripts, called, monkeypatch, capsys):
        monkeypatch.setattr(scripts["machine"], "has_screen", lambda *_: False)
        assert scripts["start"].main(["--output", "there"]) == 0
        assert called[0][1:] == [str(PACKAGING / "demonstration.py"), "there"]
        assert "no display" in capsys.readouterr().out

    def test_test_gets_the_checks(self, scripts, environment, called):
        assert scripts["start"].main(["test"]) == 0
        assert called == [[environment.python, str(PACKAGING / "checks.py")]]
        installs = [command for command in environment._run.commands if "--group" in command]
        assert installs[0].endswith("--group test --group lint --group build")
