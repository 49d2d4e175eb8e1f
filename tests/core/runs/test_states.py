import pytest

from core.runs.states import InspectionState, IntakeState, RunState

#                      waiting working paused active finished resumable trained trouble
RUN_STATES = [
    (RunState.QUEUED,    True,  False, False, True,  False,   False,    False,  False),
    (RunState.RUNNING,   False, True,  False, True,  False,   False,    False,  False),
    (RunState.PAUSED,    False, False, True,  True,  False,   True,     False,  False),
    (RunState.STOPPED,   False, False, False, False, True,    True,     True,   False),
    (RunState.COMPLETED, False, False, False, False, True,    False,    True,   False),
    (RunState.FAILED,    False, False, False, False, True,    True,     False,  True),
    (RunState.LOST,      False, False, False, False, True,    True,     False,  True),
]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "waiting", "working", "paused", "active", "finished", "resumable", "trained", "trouble"), RUN_STATES
)
def test_a_run_state_answers_questions(state, waiting, working, paused, active, finished, resumable, trained, trouble):
    assert (state.is_waiting, state.is_working, state.is_paused) == (waiting, working, paused)
    assert (state.is_active, state.is_finished, state.is_resumable) == (active, finished, resumable)
    assert (state.is_trained, state.is_trouble) == (trained, trouble)


def test_the_table_knows_every_run_state():
    assert [row[0] for row in RUN_STATES] == list(RunState)


@pytest.mark.parametrize(
    ("state", "working", "finished", "trouble"),
    [
        (IntakeState.QUEUED, False, False, False),
        (IntakeState.WORKING, True, False, False),
        (IntakeState.COMPLETED, False, True, False),
        (IntakeState.FAILED, False, True, True),
        (IntakeState.LOST, False, True, True),
    ],
)
def test_an_intake_state_answers_questions(state, working, finished, trouble):
    assert (state.is_working, state.is_finished, state.is_trouble) == (working, finished, trouble)


#                            waiting working active finished trouble
INSPECTION_STATES = [
    (InspectionState.QUEUED,    True,  False, True,  False, False),
    (InspectionState.WORKING,   False, True,  True,  False, False),
    (InspectionState.COMPLETED, False, False, False, True,  False),
    (InspectionState.FAILED,    False, False, False, True,  True),
]  # fmt: skip


@pytest.mark.parametrize(("state", "waiting", "working", "active", "finished", "trouble"), INSPECTION_STATES)
def test_an_inspection_state_answers_questions(state, waiting, working, active, finished, trouble):
    assert (state.is_waiting, state.is_working, state.is_active) == (waiting, working, active)
    assert (state.is_finished, state.is_trouble) == (finished, trouble)
