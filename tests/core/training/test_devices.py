"""Several devices learn what one learns. Two logical processors stand in for graphics processors."""

import json
import subprocess
import sys

import pytest

from core.runs.process import PROJECT_ROOT

PROGRAM = """
import json, sys
import numpy as np
import tensorflow as tf

processors = tf.config.list_physical_devices("CPU")
tf.config.set_logical_device_configuration(processors[0], [tf.config.LogicalDeviceConfiguration()] * 2)

from core.training.job import plain_model, prepare
from core.training import job
from tests.core.training.nets import NORMALIZED_NET, RANDOM_NET, SMALL_NET, recipe_of, some_data
from core.training.loop import fit
from core.training.watcher import Nobody

nets = {"small": SMALL_NET, "normalized": NORMALIZED_NET, "random": RANDOM_NET}
strategies = {
    "one": tf.distribute.get_strategy,
    "two": lambda: tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"]),
}


class Heard(Nobody):
    def __init__(self): self.epochs = []
    def on_epoch(self, epoch): self.epochs.append([epoch.loss, epoch.accuracy, epoch.val_loss, epoch.val_accuracy])


def trained(net, devices):
    recipe = recipe_of(nets[net], optimizer={"kind": "SGD", "learning_rate": 0.05, "momentum": 0.9})
    job.strategy = strategies[devices]
    heard = Heard()
    parts = prepare(recipe)
    fit(parts, some_data(parts), recipe.training, heard)
    weights = [array.tolist() for array in plain_model(parts, recipe).get_weights()]
    return [parts.share.replicas, heard.epochs, weights]


print(json.dumps([trained(*training.split()) for training in sys.argv[1:]]))
"""


def test_two_devices_learn_what_one_learns() -> None:
    (one, history, weights), (two, histories, mirrored) = trained("small one", "small two")

    assert (one, two) == (1, 2)
    for figures, of_two in zip(history, histories, strict=True):
        assert of_two == pytest.approx(figures, abs=1e-4)
    for array, of_two in zip(weights, mirrored, strict=True):
        assert _flat(of_two) == pytest.approx(_flat(array), abs=1e-4)


def test_dropout_and_normalization_are_trained_on_two_devices() -> None:
    [(replicas, history, _)] = trained("random two")

    assert replicas == 2
    assert history[-1][0] < history[0][0]


def trained(*trainings: str) -> list:
    """The number of replicas, the history and the weights of each training, in a process of their own."""
    command = [sys.executable, "-c", PROGRAM, *trainings]
    done = subprocess.run(command, cwd=PROJECT_ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def _flat(values: list | float) -> list[float]:
    return [number for value in values for number in _flat(value)] if isinstance(values, list) else [values]
