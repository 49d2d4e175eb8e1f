import numpy as np
import pytest

from core.runs import inspection_queue, inspections
from core.runs.epoch_answers import EpochAnswers, forget_answers
from core.runs.inspections import InspectionKind
from tests.core.runs.builders import ELSEWHERE

ANSWERS = EpochAnswers((1, 3, 9), np.random.default_rng(0).random((3, 5, 2), dtype=np.float32))


def assert_same(found: EpochAnswers) -> None:
    assert found.epochs == ANSWERS.epochs
    np.testing.assert_array_equal(found.answers, ANSWERS.answers, strict=True)


def test_answers_are_asked_for_once_and_read_from_the_inspection(database):
    asked = inspections.ask_epoch_answers(database, "one")
    assert (asked.kind, asked.payload) == (InspectionKind.EPOCH_ANSWERS, {"run_id": "one"})
    inspection_queue.claim(database, ELSEWHERE)
    inspection_queue.finish(database, asked.id, ANSWERS.to_result(), ANSWERS.to_data())

    answered = inspections.ask_epoch_answers(database, "one")

    assert (answered.id, answered.result) == (asked.id, {"epochs": [1, 3, 9]})
    assert_same(EpochAnswers.read(answered))


def test_answers_stay_with_the_run_until_it_goes_on(tmp_path):
    assert EpochAnswers.stored(tmp_path) is None
    ANSWERS.store(tmp_path)
    assert_same(EpochAnswers.stored(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["epoch_answers.npz"]
    for _ in range(2):
        forget_answers(tmp_path)
        assert EpochAnswers.stored(tmp_path) is None


@pytest.mark.parametrize("rest", [b"", b"PK"])
def test_an_unfinished_file_is_none(tmp_path, rest):
    (tmp_path / ".unfinished-epoch_answers.npz").write_bytes(rest)
    assert EpochAnswers.stored(tmp_path) is None
