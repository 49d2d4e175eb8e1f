"""Curves made by hand, as cases for the doctor."""

from functools import cache

import numpy as np
import pandas as pd

from core.doctor import Case
from core.recipe import parse

BALANCED = (200, 200, 200)


@cache
def recipe(epochs: int, dropout: float = 0.0, normalizes: bool = False):
    special = f"{{kind: Dropout, rate: {dropout}}}, " if dropout else ""
    special += "{kind: BatchNormalization}, " if normalizes else ""
    return parse(
        f"""
        image: {{height: 8, width: 8, channels: 1}}
        layers: [{{kind: Flatten}}, {special}{{kind: Dense, units: 3, activation: softmax}}]
        training: {{loss: categorical_crossentropy, optimizer: {{kind: Adam}}, epochs: {epochs}}}
        """
    )


def case(
    loss,
    val_loss,
    accuracy=0.95,
    val_accuracy=0.94,
    *,
    planned=None,
    dropout=0.0,
    normalizes=False,
    counts=BALANCED,
    rates=0.001,
    **further,
):
    """A run with these curves; a number stands for a curve that stays there."""
    epochs = len(loss)
    history = pd.DataFrame(
        {
            "epoch": range(1, epochs + 1),
            "loss": loss,
            "accuracy": np.broadcast_to(accuracy, epochs),
            "val_loss": np.broadcast_to(val_loss, epochs),
            "val_accuracy": np.broadcast_to(val_accuracy, epochs),
            "learning_rate": np.broadcast_to(rates, epochs),
        }
    )
    options = {"is_over": True, "validation_counts": counts} | further
    return Case(recipe(planned or epochs, dropout, normalizes), history, **options)


def falling(start: float, end: float, epochs: int) -> np.ndarray:
    """As a loss falls: fast at first, then hardly any more."""
    way = np.exp(-5 * np.linspace(0, 1, epochs))
    return end + (start - end) * (way - way[-1]) / (1 - way[-1])


def trembling(curve: np.ndarray, share: float) -> np.ndarray:
    return curve * (1 + share * np.random.default_rng(0).standard_normal(len(curve)))
