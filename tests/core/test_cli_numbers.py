"""The command line on images with a number each: a table of them beside the images, a real training, an evaluation."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from sklearn.metrics import mean_absolute_error

from tests.core.dataset.number_images import needle
from tests.core.test_cli import run

SMALL = """
image: {height: 28, width: 28, channels: 1}
layers:
  - {kind: Conv2D, filters: 8, kernel_size: 5, strides: 2, activation: relu}
  - {kind: Flatten}
  - {kind: Dense, units: 1}
training: {loss: mean_squared_error, optimizer: {kind: Adam, learning_rate: 0.005}, batch_size: 16, epochs: 4,
metrics: [mean_absolute_error], standardize: true, keep_best: val_loss}
"""
IMAGES = 200


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A folder of pictures of needles with a table of what they point to, from 1,000 to 2,000, and recipes."""
    home = tmp_path_factory.mktemp("numbers")
    (home / "small.yaml").write_text(SMALL)
    (home / "plain.yaml").write_text(SMALL.replace("standardize: true", "standardize: false"))
    (home / "classes.yaml").write_text(SMALL.replace("mean_squared_error", "categorical_crossentropy"))
    (home / "needles").mkdir()
    random = np.random.default_rng(0)
    values = [round(1000 + 1000 * share, 1) for share in random.uniform(0, 1, IMAGES)]
    for number, value in enumerate(values):
        picture = needle(np.pi * (1.25 - 1.5 * (value / 1000 - 1)), random)
        Image.fromarray(picture).save(home / "needles" / f"{number:03}.png")
    names = [f"{number:03}.png" for number in range(IMAGES)]
    pd.DataFrame({"file": names, "value": values}).to_csv(home / "needles" / "labels.csv", index=False)
    return home


def test_training_and_evaluation_tell_errors_in_the_units_of_the_numbers(home):
    trained = run(home, "train", str(home / "small.yaml"), "--data", str(home / "needles"), "--run", "one", "--json")
    answer = json.loads(trained.stdout)
    assert (answer["state"], trained.returncode) == ("completed", 0)
    assert {(row["accuracy"], row["val_accuracy"]) for row in answer["history"]} == {(None, None)}
    lines = [line for line in trained.stderr.splitlines() if line.startswith("epoch")]
    assert all("val_mean_absolute_error" in line and "accuracy" not in line for line in lines)
    assert "200 images with a number each" in trained.stderr

    best = min(answer["history"], key=lambda row: row["val_loss"])
    judged = json.loads(run(home, "evaluate", "one", "--on", "validation", "--json").stdout)
    assert list(judged) == [
        "mean_absolute_error",
        "root_mean_squared_error",
        "r_squared",
        "interval",
        "images",
        "openings",
        "calibration_error",
        "baselines",
    ]
    assert judged["mean_absolute_error"] == pytest.approx(best["val_mean_absolute_error"], rel=1e-3)
    assert judged["root_mean_squared_error"] == pytest.approx(best["val_loss"] ** 0.5, rel=1e-3)
    assert judged["mean_absolute_error"] < 200, "answering the mean each time has 250"
    low, high = judged["interval"]
    assert low < judged["mean_absolute_error"] < high
    assert (judged["images"], judged["openings"]) == (30, 0)
    answers = pd.read_parquet(home / "workspace" / "runs" / "one" / "evaluation_validation.parquet")
    assert judged["mean_absolute_error"] == pytest.approx(mean_absolute_error(answers["value"], answers["predicted"]))

    opened = run(home, "evaluate", "one", "--on", "test").stdout
    assert "30 numbers predicted: mean absolute error" in opened
    assert "This test set has now been opened 1 time." in opened


def test_numbers_that_are_learned_as_they_are_come_with_a_warning(home):
    trained = run(home, "train", str(home / "plain.yaml"), "--data", str(home / "needles"))
    assert "warning: The numbers to predict are about 15" in trained.stderr
    assert trained.returncode == 0


def test_a_loss_for_classes_is_refused_with_the_better_one(home):
    refused = run(home, "train", str(home / "classes.yaml"), "--data", str(home / "needles"))
    assert refused.returncode == 1
    assert "The loss categorical_crossentropy judges probabilities of classes" in refused.stderr
    assert "Traceback" not in refused.stderr
