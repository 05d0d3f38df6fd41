"""Settings: typed, kept between runs, never a reason to stop."""

import json
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from postil.settings import Settings, config_folder, data_folder, default_library

VALUES = st.one_of(
    st.text(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.lists(st.text(), max_size=5),
    st.dictionaries(st.text(), st.integers(-(2**53), 2**53), max_size=5),
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "folder" / "settings.json"


def test_a_default_is_returned_until_something_is_kept(path):
    settings = Settings(path)
    assert settings.get("reader/zoom", 1.0) == 1.0
    settings.set("reader/zoom", 1.25)
    assert settings.get("reader/zoom", 1.0) == 1.25
    assert Settings(path).get("reader/zoom", 1.0) == 1.25


@profile(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.text(), VALUES, max_size=6))
def test_what_is_kept_comes_back_as_it_was(tmp_path, values):
    path = tmp_path / "settings.json"
    path.unlink(missing_ok=True)
    Settings(path).update(values)
    again = Settings(path)
    for key, value in values.items():
        got = again.get(key, type(value)())
        assert got == value
        assert type(got) is type(value)


@pytest.mark.parametrize(
    ("kept", "default"),
    [
        ("wide", 1.0),
        (True, 1),
        (1, True),
        (None, "light"),
        ([1, 2], ["a"]),
        ({"a": "b"}, {"a": 1}),
        ({"a": True}, {"a": 1}),
        (1.5, 2),
    ],
)
def test_a_value_of_another_type_is_not_returned(path, kept, default):
    path.parent.mkdir()
    path.write_text(json.dumps({"key": kept}))
    assert Settings(path).get("key", default) is default


def test_a_whole_number_serves_where_a_broken_one_is_wanted(path):
    path.parent.mkdir()
    path.write_text('{"zoom": 2}')
    assert Settings(path).get("zoom", 1.0) == 2.0


def test_an_endless_number_is_not_returned(path):
    path.parent.mkdir()
    path.write_text('{"zoom": Infinity}')
    assert Settings(path).get("zoom", 1.0) == 1.0


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[1, 2]", b"\xff\xfe\x00", b'{"a": 1', b"[" * 99_999]
)
def test_a_damaged_file_is_set_aside_and_the_defaults_hold(path, damage):
    path.parent.mkdir()
    path.write_bytes(damage)
    settings = Settings(path)
    assert settings.get("theme", "system") == "system"
    assert path.with_name("settings.damaged.json").read_bytes() == damage
    settings.set("theme", "dark")
    assert Settings(path).get("theme", "system") == "dark"


def test_setting_the_same_value_again_writes_nothing(path):
    settings = Settings(path)
    settings.set("theme", "dark")
    path.unlink()
    settings.set("theme", "dark")
    assert not path.exists()
    settings.set("theme", "light")
    assert path.exists()


def test_what_is_forgotten_is_the_default_again_also_after_a_restart(tmp_path):
    path = tmp_path / "settings.json"
    settings = Settings(path)
    settings.update({"theme": "dark", "zoom": 2.0})
    settings.forget(["theme", "never there"])
    for one in (settings, Settings(path)):
        assert one.get("theme", "system") == "system"
        assert one.get("zoom", 1.0) == 2.0


def test_a_folder_that_cannot_be_made_stops_nobody(tmp_path):
    blocker = tmp_path / "file"
    blocker.write_text("here is no folder")
    settings = Settings(blocker / "settings.json")
    settings.set("theme", "dark")
    assert settings.get("theme", "system") == "dark"


def test_places_are_in_the_folders_of_the_user():
    assert default_library().parent == data_folder()
    assert default_library().suffix == ".sqlite"
    assert Settings().path.parent == config_folder()
    assert data_folder().name == config_folder().name == "postil"


def test_settings_do_not_bring_qt():
    code = "import sys, postil.settings; print('PySide6' in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "False"
