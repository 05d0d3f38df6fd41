"""R11 to R13 in their long form: undo, offsets and round trips, with many more examples.

The short form of each is the property itself, in tests/properties; the negative controls are here.
"""

import random
import uuid

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule, run_state_machine_as_test

from postil.domain.errors import UserError
from postil.library import Library
from properties import test_annotated_markdown as round_trips
from properties import test_page as page
from properties import test_undo as undo

# What fails is kept as an example in `.hypothesis`, and tried first from then on.
LONG = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.reuse, Phase.generate, Phase.shrink],
)


@pytest.fixture
def run(monkeypatch, seed):
    """Return a function that runs a property, for once, as it is told."""

    def run_once(property_, how):
        for name, value in (("settings", how), ("seed", seed)):
            attribute = f"_hypothesis_internal_use_{name}"
            monkeypatch.setattr(property_, attribute, value, raising=False)
        property_()

    return run_once


class LongWalk(undo.Walk):
    """Walks back to the start and forth to the end, too; its ids are the same each time."""

    @initialize()
    def open_library(self):
        ids = random.Random(1)
        uuid.uuid4 = lambda: uuid.UUID(int=ids.getrandbits(128), version=4)
        super().open_library()

    @precondition(lambda self: len(self.states) > 1)
    @rule(back=st.integers(1, 200))
    def walk_back_and_forth(self, back):
        for _ in range(min(back, self.at)):
            self.undo()
            self.is_what_the_model_says()
        while self.at < len(self.states) - 1:
            self.redo()
            self.is_what_the_model_says()


@pytest.mark.only_long
def test_any_walk_of_undo_and_redo_comes_back(monkeypatch, seed, tell):
    monkeypatch.setattr(uuid, "uuid4", uuid.uuid4)  # put back at the end
    walks, steps = 300, 40
    LongWalk._hypothesis_internal_use_seed = seed
    how = settings(LONG, max_examples=walks, stateful_step_count=steps)
    run_state_machine_as_test(LongWalk, settings=how)
    tell(f"R11 {walks} walks of {steps} steps: each state is what the model says")


def test_a_history_that_forgets_a_mark_is_found_out(monkeypatch):
    """The negative control of R11: an undo that takes two steps back."""
    walk = undo.Walk()
    walk.open_library()
    walk.add_article(0)
    walk.add_mark(0, 0, 5, [])
    honest = Library.undo
    monkeypatch.setattr(Library, "undo", lambda library: honest(library) and honest(library))
    walk.undo()
    with pytest.raises(AssertionError):
        walk.is_what_the_model_says()
    walk.teardown()


PROPERTIES = [
    pytest.param("R12 offsets", page.test_offsets_are_those_of_utf_16, 20_000, id="R12-offsets"),
    pytest.param(
        "R12 ranges to a cursor and back", page.test_a_range_goes_to_a_cursor_and_back, 5_000,
        id="R12-cursor",
    ),
    pytest.param(
        "R13 out and in again", round_trips.test_what_is_written_comes_back, 10_000, id="R13-back"
    ),
    pytest.param(
        "R13 the same file again", round_trips.test_the_same_file_is_written_again, 5_000,
        id="R13-same",
    ),
    pytest.param(
        "R13 cut off", round_trips.test_a_file_that_was_cut_off_is_refused, 5_000, id="R13-cut"
    ),
]  # fmt: skip


@pytest.mark.only_long
@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("what", "property_", "examples"), PROPERTIES)
def test_a_property_holds_for_many(what, property_, examples, run, tell):
    run(property_, settings(LONG, max_examples=examples))
    tell(f"{what}: {examples} examples")


def test_offsets_that_cut_a_letter_are_found_out(monkeypatch, qapp, run):
    """The negative control of R12: code points taken for Qt's units."""
    monkeypatch.setattr(page.OffsetMap, "to_qt", lambda _, at: at)
    how = settings(LONG, max_examples=200, phases=[Phase.generate])
    with pytest.raises(AssertionError):
        run(page.test_offsets_are_those_of_utf_16, how)


def test_a_writer_that_escapes_nothing_is_found_out(monkeypatch, run):
    """The negative control of R13."""
    from postil.annotated_markdown import inline

    monkeypatch.setattr(inline, "escape", lambda words, **_: words)
    how = settings(LONG, max_examples=200, phases=[Phase.generate])
    with pytest.raises((AssertionError, UserError)):
        run(round_trips.test_what_is_written_comes_back, how)
