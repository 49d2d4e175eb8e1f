"""The learning rate in the course of a training: Keras's own schedules and numbers worked by hand are the oracle."""

import keras
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from core.objective import SCHEDULES, Schedule
from core.objective.schedules import Constant, CosineDecay, ExponentialDecay, OneCycle, StepDecay

# The schedule, and steps per epoch and epochs of a training.
AS_IN_KERAS = [
    (StepDecay(), 10, 12),
    (StepDecay(decay_rate=0.1, decay_epochs=2.5), 7, 12),
    (StepDecay(decay_epochs=0.01), 3, 4),
    (StepDecay(decay_epochs=1.0), 1, 20),
    (ExponentialDecay(), 10, 12),
    (ExponentialDecay(decay_rate=0.96, decay_epochs=1.0), 22, 5),
    (ExponentialDecay(decay_rate=0.5, decay_epochs=0.3), 1, 30),
    (CosineDecay(), 10, 12),
    (CosineDecay(alpha=0.1), 7, 3),
    (CosineDecay(alpha=1.0), 1, 1),
    (CosineDecay(warmup_epochs=2.0), 10, 12),
    (CosineDecay(alpha=0.2, warmup_epochs=0.33), 22, 3),
    (CosineDecay(warmup_epochs=1.0), 4, 1),
    (CosineDecay(warmup_epochs=5.0), 4, 2),
]


@pytest.mark.parametrize(("schedule", "steps_per_epoch", "epochs"), AS_IN_KERAS, ids=repr)
def test_a_schedule_gives_the_rates_of_keras(schedule: Schedule, steps_per_epoch: int, epochs: int) -> None:
    named = schedule.keras_schedule(0.1, steps_per_epoch, epochs)
    assert named is not None
    name, arguments = named
    in_keras = getattr(keras.optimizers.schedules, name)(**arguments)

    for step in range(steps_per_epoch * epochs):
        expected = float(in_keras(step))
        assert schedule.rate(step, 0.1, steps_per_epoch, epochs) == pytest.approx(expected, rel=1e-5, abs=1e-8)


def test_a_warm_up_alone_is_that_of_keras_before_a_cosine_that_does_not_fall() -> None:
    schedule, steps_per_epoch, epochs = Constant(warmup_epochs=1.5), 10, 4
    in_keras = keras.optimizers.schedules.CosineDecay(0.0, 25, alpha=1.0, warmup_target=0.1, warmup_steps=15)

    rates = [schedule.rate(step, 0.1, steps_per_epoch, epochs) for step in range(40)]

    assert rates == pytest.approx([float(in_keras(step)) for step in range(40)], rel=1e-5)


@pytest.mark.parametrize("kind", [StepDecay, ExponentialDecay])
def test_a_decay_begins_behind_the_warm_up(kind: type[StepDecay | ExponentialDecay]) -> None:
    cold, warm = kind(decay_epochs=1.0), kind(decay_epochs=1.0, warmup_epochs=2.0)

    rising = [warm.rate(step, 0.1, 10, 8) for step in range(20)]
    falling = [warm.rate(step, 0.1, 10, 8) for step in range(20, 80)]

    assert rising == pytest.approx([0.1 * step / 20 for step in range(20)])
    assert falling == [cold.rate(step, 0.1, 10, 8) for step in range(60)]


# Peak 1 at step 5 of 0 … 19, the first rate a 25th of it, the last a 10,000th of the first: half a cosine goes through
# the middle at its middle (step 12), and has done (1 − cos 36°) / 2 = 0.0954915 of its way after one of five steps.
ONE_CYCLE = {
    0: 0.04,
    1: 0.04 + 0.96 * 0.0954915,
    4: 1 - 0.96 * 0.0954915,
    5: 1.0,
    12: (1 + 0.000004) / 2,
    19: 0.000004,
}


@pytest.mark.parametrize("step", ONE_CYCLE)
@pytest.mark.parametrize(("steps_per_epoch", "epochs"), [(20, 1), (5, 4), (1, 20)])
def test_one_cycle_as_worked_by_hand(step: int, steps_per_epoch: int, epochs: int) -> None:
    assert OneCycle().rate(step, 1.0, steps_per_epoch, epochs) == pytest.approx(ONE_CYCLE[step], rel=1e-6)


def test_one_cycle_with_other_divisors_and_another_rise() -> None:
    """Half of 8 steps rise: the peak is at step 3, and step 5 is the middle of what falls from it to step 7."""
    cycle = OneCycle(rise=0.5, start_divisor=2.0, end_divisor=5.0)

    assert [cycle.rate(step, 0.2, 8, 1) for step in (0, 3, 5, 7)] == pytest.approx([0.1, 0.2, 0.11, 0.02])


def test_a_constant_rate_needs_no_keras_schedule_and_what_keras_lacks_has_none() -> None:
    assert Constant().rate(7, 0.3, 5, 2) == 0.3
    without = [Constant(), Constant(warmup_epochs=1.0), StepDecay(warmup_epochs=1.0), OneCycle()]

    assert [schedule.keras_schedule(0.1, 10, 10) for schedule in without] == [None] * 4


COURSES = st.one_of(
    st.builds(Constant, warmup_epochs=st.floats(0, 20)),
    st.builds(StepDecay, decay_epochs=st.floats(0.001, 30), warmup_epochs=st.floats(0, 20)),
    st.builds(ExponentialDecay, decay_epochs=st.floats(0.001, 30), warmup_epochs=st.floats(0, 20)),
    st.builds(CosineDecay, alpha=st.floats(0, 1), warmup_epochs=st.floats(0, 20)),
    st.builds(OneCycle, rise=st.floats(0.001, 0.999)),
)


@given(schedule=COURSES, steps_per_epoch=st.integers(1, 40), epochs=st.integers(1, 12), beyond=st.integers(0, 1000))
def test_a_rate_is_never_above_the_optimizers_and_is_kept_behind_the_last_step(
    schedule: Schedule, steps_per_epoch: int, epochs: int, beyond: int
) -> None:
    steps = steps_per_epoch * epochs
    rates = [schedule.rate(step, 0.1, steps_per_epoch, epochs) for step in range(steps)]

    assert all(0 <= rate <= 0.1 for rate in rates)
    assert schedule.rate(steps + beyond, 0.1, steps_per_epoch, epochs) == rates[-1]


@given(schedule=COURSES, steps_per_epoch=st.integers(1, 40), epochs=st.integers(1, 12))
def test_the_rate_jumps_only_where_a_schedule_turns(schedule: Schedule, steps_per_epoch: int, epochs: int) -> None:
    """Between two turns, a staircase is level."""
    turns = schedule.turns(steps_per_epoch, epochs)
    steps = range(1, steps_per_epoch * epochs)

    assert list(turns) == sorted(set(turns) & set(steps))
    if isinstance(schedule, StepDecay):
        rates = [schedule.rate(step, 0.1, steps_per_epoch, epochs) for step in (0, *steps)]
        falls = [step for step in steps if rates[step] < rates[step - 1]]
        assert set(falls) <= set(turns)


@pytest.mark.parametrize("kind", SCHEDULES)
def test_a_schedule_and_its_fields_are_described(kind: str) -> None:
    schedule = SCHEDULES[kind]
    fields = {name: field for name, field in schedule.model_fields.items() if name != "kind"}

    assert schedule().kind == kind
    assert schedule.summary.endswith(".")
    assert [name for name, field in fields.items() if not (field.description or "").endswith(".")] == []


OUT_OF_BOUNDS = [
    (Constant, {"warmup_epochs": -1.0}),
    (StepDecay, {"decay_rate": 0.0}),
    (StepDecay, {"decay_rate": 1.0}),
    (ExponentialDecay, {"decay_epochs": 0.0}),
    (CosineDecay, {"alpha": 1.1}),
    (OneCycle, {"rise": 1.0}),
    (OneCycle, {"start_divisor": 0.5}),
    (OneCycle, {"warmup_epochs": 1.0}),
]


@pytest.mark.parametrize(("kind", "arguments"), OUT_OF_BOUNDS)
def test_a_schedule_refuses_what_is_out_of_bounds(kind: type[Schedule], arguments: dict) -> None:
    with pytest.raises(ValidationError):
        kind(**arguments)
    with pytest.raises(ValidationError):
        kind().changed(**arguments)
