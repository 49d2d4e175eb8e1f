"""The learning rate in the course of a training, as a table to draw before it begins."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from core.objective.training import Training

MOST_ROWS = 600
MOST_TURNS = 150
"""More of them than this could not be told apart in a chart."""


def schedule_curve(training: Training, images: int) -> pd.DataFrame:
    """The learning rate of the schedule for ``images`` training images, without what lowers it on a plateau.

    Columns: ``epoch``, how many epochs are done, from 0.0 to the last; ``step``, how many steps are; ``learning_rate``
    of the step behind them. Up to 600 rows: all steps of a short training, else some evenly, and those on both sides of
    each jump (up to 150 jumps). To be drawn as steps (``step-after``). The last row is the end, where the last rate is
    repeated. No rows without images.
    """
    steps_per_epoch = training.updates_per_epoch(images)
    shown = _shown_steps(training, steps_per_epoch) if steps_per_epoch else []
    rates = [
        training.schedule.rate(step, training.optimizer.learning_rate, steps_per_epoch, training.epochs)
        for step in shown
    ]
    return pd.DataFrame(
        {
            "epoch": np.array(shown, float) / max(steps_per_epoch, 1),
            "step": np.array(shown, int),
            "learning_rate": np.array(rates, float),
        }
    )


def _shown_steps(training: Training, steps_per_epoch: int) -> list[int]:
    steps = steps_per_epoch * training.epochs
    if steps < MOST_ROWS:
        return list(range(steps + 1))
    turns = _some(training.schedule.turns(steps_per_epoch, training.epochs), MOST_TURNS)
    beside = {step for turn in turns for step in (turn - 1, turn)}
    return sorted(beside | set(_some(range(steps + 1), MOST_ROWS - len(beside))))


def _some(steps: Sequence[int], most: int) -> Iterable[int]:
    """All of ``steps``, or ``most`` of them at even distances, with the first and the last."""
    if len(steps) <= most:
        return steps
    return (steps[place] for place in np.linspace(0, len(steps) - 1, most).round().astype(int).tolist())
