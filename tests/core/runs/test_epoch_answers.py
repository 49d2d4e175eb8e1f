import numpy as np
import pytest

from core.runs import inspection_queue, inspections
from core.runs.epoch_answers import EpochAnswers, forget_answers
from tests.core.runs.builders import ELSEWHERE

RANDOM = np.random.default_rng(0)
ANSWERS = {epoch: RANDOM.random((5, 2), dtype=np.float32) for epoch in (9, 1, 3)}


def test_what_is_stored_is_read_an_epoch_at_a_time_until_the_run_goes_on(tmp_path):
    assert EpochAnswers.stored(tmp_path) is None
    EpochAnswers.store(tmp_path, ANSWERS)
    found = EpochAnswers.stored(tmp_path)
    assert found.epochs == (1, 3, 9)
    for epoch, answers in ANSWERS.items():
        np.testing.assert_array_equal(found.after(epoch), answers, strict=True)
    assert [path.name for path in tmp_path.iterdir()] == ["epoch_answers.npz"]
    for _ in range(2):
        forget_answers(tmp_path)
        assert EpochAnswers.stored(tmp_path) is None


@pytest.mark.parametrize("rest", [b"", b"half"])
def test_what_was_not_written_to_its_end_is_not_there(tmp_path, rest):
    (tmp_path / ".unfinished-epoch_answers.npz").write_bytes(rest)
    assert EpochAnswers.stored(tmp_path) is None


def test_a_file_from_before_each_epoch_had_its_own_array_is_none(tmp_path):
    np.savez(tmp_path / "epoch_answers.npz", epochs=np.array([1]), answers=np.zeros((1, 5, 2), np.float32))
    assert EpochAnswers.stored(tmp_path) is None
    EpochAnswers.store(tmp_path, ANSWERS)
    assert EpochAnswers.stored(tmp_path).epochs == (1, 3, 9)


def test_after_an_answer_the_question_can_be_asked_again_for_its_file_may_be_gone(database):
    asked = inspections.ask_epoch_answers(database, "one")
    assert inspections.ask_epoch_answers(database, "one").id == asked.id, "while it waits, it is one question"
    inspection_queue.claim(database, ELSEWHERE)
    assert inspection_queue.finish(database, asked.id, {"epochs": [1, 3, 9]})
    answered = inspections.get(database, asked.id)
    assert (answered.result, answered.data) == ({"epochs": [1, 3, 9]}, None)
    assert inspections.ask_epoch_answers(database, "one").id != asked.id
