"""Settings of the course that would not do what they are there for."""

from typing import Any

import pytest

from core.objective import (
    FRESH_EARLY_STOPPING,
    FRESH_REDUCE_ON_PLATEAU,
    Adam,
    EarlyStopping,
    ReduceLROnPlateau,
    Training,
)
from core.objective.course_problems import course_problems
from core.objective.schedules import Constant, CosineDecay, ExponentialDecay, OneCycle, StepDecay


def training(epochs: int, **settings: Any) -> Training:
    return Training(loss="mean_squared_error", optimizer=Adam(), epochs=epochs, **settings)


TOLD = [
    (training(5, schedule=Constant(warmup_epochs=5.0)), "The warm-up takes 5 epochs and the training has 5"),
    (training(1, schedule=CosineDecay(warmup_epochs=1.5)), "The warm-up takes 1.5 epochs and the training has 1"),
    (training(2000, schedule=StepDecay(warmup_epochs=2000.0)), "the training has 2,000"),
    (training(5, schedule=StepDecay()), "the first drop comes after 5 epochs, and the training has 5"),
    (training(1, schedule=StepDecay(decay_epochs=1.0)), "The learning rate never drops"),
    (training(8, schedule=StepDecay(warmup_epochs=4.0)), "the first drop comes after 9 epochs"),
    (training(3, schedule=StepDecay(warmup_epochs=2.999)), "The learning rate never drops"),
    (training(5, early_stopping=EarlyStopping(patience=5)), "it ends after epoch 6 at the earliest"),
    (training(5, early_stopping=EarlyStopping(patience=4)), "it ends after epoch 5 at the earliest"),
    (training(2, early_stopping=EarlyStopping()), "it ends after epoch 2 at the earliest"),
    (training(20, early_stopping=EarlyStopping(start_from_epoch=20)), "it ends after epoch 22 at the earliest"),
    (training(10000, early_stopping=EarlyStopping(patience=9999)), "the training has 10,000"),
    (training(11, reduce_on_plateau=ReduceLROnPlateau()), "after epoch 11 at the earliest, and the training has 11"),
    (training(1, reduce_on_plateau=ReduceLROnPlateau(patience=0)), "The learning rate is never lowered"),
    (training(10000, reduce_on_plateau=ReduceLROnPlateau(patience=10000)), "The learning rate is never lowered"),
    (
        training(50, early_stopping=EarlyStopping(patience=5), reduce_on_plateau=ReduceLROnPlateau()),
        "its patience of 5 has to be larger than the 10 of reduce_on_plateau",
    ),
    (
        training(50, early_stopping=EarlyStopping(), reduce_on_plateau=ReduceLROnPlateau(patience=0)),
        "Early stopping ends the training before the learning rate is lowered",
    ),
    (
        training(9, early_stopping=EarlyStopping(patience=1), reduce_on_plateau=ReduceLROnPlateau(patience=1)),
        "its patience of 1 has to be larger than the 1",
    ),
]


@pytest.mark.parametrize(("training", "words"), TOLD)
def test_what_cannot_act_is_told_and_each_fix_mends_it(training: Training, words: str) -> None:
    (problem,) = course_problems(training)

    assert words in str(problem.message)
    assert not problem.forbids_training
    for fix in problem.fixes:
        mended = training.model_copy(update=dict(fix.training))
        assert course_problems(mended) == ()
        assert Training.model_validate(mended.model_dump()) == mended


def test_all_but_the_longest_have_a_fix() -> None:
    without = [training.epochs for training, _ in TOLD if not course_problems(training)[0].fixes]

    assert set(without) <= {10000}


QUIET = [
    training(1),
    training(1, schedule=ExponentialDecay()),
    training(1, schedule=OneCycle()),
    training(6, schedule=StepDecay()),
    training(5, schedule=Constant(warmup_epochs=4.9)),
    training(7, early_stopping=FRESH_EARLY_STOPPING),
    training(5, reduce_on_plateau=FRESH_REDUCE_ON_PLATEAU),
    training(30, early_stopping=FRESH_EARLY_STOPPING, reduce_on_plateau=FRESH_REDUCE_ON_PLATEAU),
    training(30, schedule=CosineDecay(warmup_epochs=1.0), reduce_on_plateau=FRESH_REDUCE_ON_PLATEAU),
    training(
        30,
        early_stopping=EarlyStopping(patience=2, monitor="val_accuracy"),
        reduce_on_plateau=FRESH_REDUCE_ON_PLATEAU,
    ),
    training(
        30, early_stopping=EarlyStopping(patience=2, start_from_epoch=5), reduce_on_plateau=FRESH_REDUCE_ON_PLATEAU
    ),
]


@pytest.mark.parametrize("training", QUIET)
def test_what_can_act_is_let_be(training: Training) -> None:
    assert course_problems(training) == ()


def test_no_two_fixes_of_one_training_are_told_in_the_same_words() -> None:
    """The screen finds a fix again by its words."""
    crowded = training(
        3, schedule=StepDecay(), early_stopping=EarlyStopping(patience=9), reduce_on_plateau=ReduceLROnPlateau()
    )
    told = [fix.message.template for problem in course_problems(crowded) for fix in problem.fixes]

    assert len(told) == 5
    assert len(set(told)) == len(told)
