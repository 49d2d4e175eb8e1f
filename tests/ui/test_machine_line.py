import pytest

from ui import machine_line
from ui.machine_line import spare, turns


@pytest.mark.parametrize(
    ("slots", "threads", "expected"),
    [
        (1, 1, "Trains 1 run at a time, on 1 core."),
        (1, 2, "Trains 1 run at a time, on all 2 cores."),
        (2, 1, "Trains 2 runs at a time, each on 1 core."),
        (3, 8, "Trains 3 runs at a time, each on 8 cores."),
    ],
)
def test_how_many_runs_are_trained_at_once_on_how_many_cores(slots, threads, expected):
    assert str(turns(slots, threads)) == expected


@pytest.mark.parametrize(
    ("memory_bytes", "is_off", "expected"),
    [
        (812_000_000, False, "A process stands by with 812.0 MB, so a run starts at once."),
        (None, False, "The process for the next run is not ready yet."),
        (None, True, "No process stands by (LAYERLAB_SPARE=off), so a run takes some seconds to start."),
    ],
)
def test_whether_a_process_waits_for_the_next_run(memory_bytes, is_off, expected):
    assert str(spare(memory_bytes, is_off=is_off)) == expected


@pytest.mark.parametrize(("variable", "slots"), [("", 1), ("3", 3), ("many", 1)])
def test_slots_are_those_of_the_environment_as_far_as_they_can_be_meant(monkeypatch, variable, slots):
    monkeypatch.setenv("LAYERLAB_SLOTS", variable)
    assert machine_line.settings().slots == slots
