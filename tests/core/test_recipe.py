"""The recipe file: what is in it comes back, and what is wrong with it is said in one sentence."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.augmentation.random_flip import RandomFlip
from core.augmentation.random_rotation import RandomRotation
from core.dataset.image_size import ImageSize
from core.errors import RecipeError
from core.message import say
from core.objective import LOSSES, OPTIMIZERS, SCHEDULES, Adam, EarlyStopping, ReduceLROnPlateau, Training
from core.objective.optimizers import AdamW
from core.objective.schedules import CosineDecay, StepDecay
from core.problem import Fix
from core.recipe import Recipe, default_recipe, dump, from_content, load, parse
from core.split import Split

RECIPES = sorted((Path(__file__).parents[2] / "recipes").glob("*.yaml"))

TEXT = """\
version: 1
image: {height: 28, width: 28, channels: 1}
split: {train: 0.7, validation: 0.15, test: 0.15, seed: 0, stratify: true, keep_together: exact}
augmentation: []
layers:
  - {kind: Conv2D, filters: 32, kernel_size: 5, activation: relu}
  - {kind: MaxPooling2D, pool_size: [2, 3], strides: null}
  - {kind: Flatten}
  - {kind: Dense, units: 10, activation: softmax}
training:
  loss: categorical_crossentropy
  optimizer: {kind: Adam, learning_rate: 0.001}
  batch_size: 32
  epochs: 5
  seed: 0
"""


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: path.stem)
def test_a_bundled_recipe_loads_comes_back_and_can_be_trained(path: Path) -> None:
    recipe = load(path)

    assert parse(dump(recipe)) == recipe
    assert parse(recipe.model_dump_json()) == recipe
    assert Recipe.model_validate(recipe.model_dump()) == recipe
    assert from_content(recipe.model_dump(mode="json")) == recipe
    assert not any(problem.forbids_training for problem in recipe.problems())
    classes = 0 if recipe.training.standardize else recipe.layers[-1].units
    assert not any(problem.forbids_training for problem in recipe.problems(classes))


def test_the_bundled_recipes_are_there() -> None:
    names = "alexnet_small first_cnn fully_convolutional gauges lenet5 mlp resnet_small vgg16 vgg19 vgg_small"
    assert [path.stem for path in RECIPES] == names.split()


def test_a_file_is_read_as_it_is_written() -> None:
    recipe = parse(TEXT)

    assert recipe.image.shape == (28, 28, 1)
    assert recipe.split == Split()
    assert recipe.layers[0] == Conv2D(filters=32, kernel_size=5, activation="relu")
    assert recipe.layers[1].pool_size == (2, 3)
    assert recipe.layers[3] == Dense(units=10, activation="softmax")
    assert recipe.training == Training(loss="categorical_crossentropy", optimizer=Adam(), epochs=5)


def test_split_augmentation_and_version_may_be_left_out() -> None:
    short = "\n".join(line for line in TEXT.splitlines() if not line.startswith(("version", "split", "augmentation")))

    assert parse(short) == parse(TEXT)


def test_a_dumped_recipe_has_one_line_for_each_layer() -> None:
    lines = dump(parse(TEXT)).splitlines()

    assert sum("kind" in line for line in lines) == 5
    assert "image: {height: 28, width: 28, channels: 1}" in lines
    assert any("pool_size: [2, 3]" in line for line in lines)


NEWER_SPLIT_SETTINGS = [
    {"keep_together": "group", "group_pattern": "{group}_*.png"},
    {"given": True, "folds": 5, "fold": 2},
]


@pytest.mark.parametrize("settings", NEWER_SPLIT_SETTINGS)
def test_a_dumped_split_has_what_it_always_had_and_what_was_chosen(settings: dict) -> None:
    recipe = parse(TEXT).model_copy(update={"split": Split(**settings)})
    always = ["train", "validation", "test", "seed", "stratify", "keep_together"]

    assert list(yaml.safe_load(dump(parse(TEXT)))["split"]) == always
    assert sorted(yaml.safe_load(dump(recipe))["split"]) == sorted({*always, *settings})
    assert parse(dump(recipe)) == recipe


WITH_ALL = """\
augmentation:
  - {kind: RandomFlip, mode: horizontal}
  - {kind: RandomRotation, factor: 0.05, fill_mode: nearest}
training:
  loss: categorical_crossentropy
  optimizer: {kind: AdamW, learning_rate: 0.001, weight_decay: 0.01, global_clipnorm: 1}
  batch_size: 32
  epochs: 40
  seed: 0
  metrics: [top_5_accuracy, mean_absolute_error]
  label_smoothing: 0.1
  class_weights: {0: 2, 7: 0.5}
  schedule: {kind: CosineDecay, warmup_epochs: 2}
  early_stopping: {monitor: val_accuracy, patience: 8}
  reduce_on_plateau: {monitor: val_loss, patience: 3, factor: 0.5}
  keep_best: val_accuracy
  mixed_precision: true
"""


def test_augmentation_and_the_whole_course_of_a_training_come_back() -> None:
    head, _, rest = TEXT.partition("augmentation: []\n")
    recipe = parse(head + rest.partition("training:")[0] + WITH_ALL)

    assert recipe.augmentation == (
        RandomFlip(mode="horizontal"),
        RandomRotation(factor=0.05, fill_mode="nearest"),
    )
    assert recipe.training == Training(
        loss="categorical_crossentropy",
        optimizer=AdamW(weight_decay=0.01, global_clipnorm=1.0),
        epochs=40,
        metrics=("top_5_accuracy", "mean_absolute_error"),
        label_smoothing=0.1,
        class_weights={"0": 2.0, "7": 0.5},
        schedule=CosineDecay(warmup_epochs=2.0),
        early_stopping=EarlyStopping(monitor="val_accuracy", patience=8),
        reduce_on_plateau=ReduceLROnPlateau(patience=3, factor=0.5),
        keep_best="val_accuracy",
        mixed_precision=True,
    )
    assert parse(dump(recipe)) == recipe
    assert from_content(recipe.model_dump(mode="json")) == recipe
    assert Recipe.model_validate(recipe.model_dump()) == recipe


def test_a_dumped_recipe_says_of_the_training_what_is_not_a_default() -> None:
    assert dump(parse(TEXT)).partition("training:\n")[2].splitlines() == [
        "  loss: categorical_crossentropy",
        "  optimizer: {kind: Adam, learning_rate: 0.001}",
        "  batch_size: 32",
        "  epochs: 5",
        "  seed: 0",
    ]


def test_a_dumped_monitor_schedule_or_list_of_metrics_has_one_line() -> None:
    training = Training(
        loss="categorical_crossentropy",
        optimizer=Adam(),
        metrics=("top_3_accuracy", "mean_squared_error"),
        schedule=StepDecay(warmup_epochs=1.0),
        early_stopping=EarlyStopping(),
    )

    assert dump(parse(TEXT).model_copy(update={"training": training})).splitlines()[-3:] == [
        "  metrics: [top_3_accuracy, mean_squared_error]",
        "  schedule: {kind: StepDecay, warmup_epochs: 1.0, decay_rate: 0.5, decay_epochs: 5.0}",
        "  early_stopping: {monitor: val_loss, patience: 0}",
    ]


@settings(max_examples=60)
@given(
    rate=st.floats(0, 1, exclude_max=True),
    learning_rate=st.floats(0, 100, exclude_min=True),
    optimizer=st.sampled_from(list(OPTIMIZERS)),
    loss=st.sampled_from(list(LOSSES)),
    schedule=st.sampled_from(list(SCHEDULES)),
    class_weights=st.none() | st.dictionaries(st.text(), st.floats(0, 1000, exclude_min=True)),
)
def test_every_number_survives_the_file(
    rate: float,
    learning_rate: float,
    optimizer: str,
    loss: str,
    schedule: str,
    class_weights: dict[str, float] | None,
) -> None:
    content = parse(TEXT).model_dump(mode="json")
    content["layers"].insert(0, {"kind": "Dropout", "rate": rate})
    content["augmentation"] = [{"kind": "RandomErasing", "factor": rate}]
    content["training"] |= {
        "loss": loss,
        "optimizer": {"kind": optimizer, "learning_rate": learning_rate},
        "label_smoothing": rate,
        "class_weights": class_weights,
        "schedule": {"kind": schedule},
    }

    recipe = from_content(content)

    assert parse(dump(recipe)) == recipe
    assert recipe.layers[0].rate == rate
    assert recipe.training.optimizer.learning_rate == learning_rate
    assert recipe.training.class_weights == class_weights


@pytest.mark.parametrize(
    "name", ["\x85", "a\nb", "a\u2028", "\r", "", " ", "no", "3", "고양이 😀", "'", "? [", "x" * 300]
)
def test_the_name_of_a_class_survives_the_file(name: str) -> None:
    recipe = parse(TEXT)
    training = recipe.training.model_copy(update={"class_weights": {name: 2.0}})

    assert parse(dump(recipe.model_copy(update={"training": training}))).training == training


NUMBERS = [("1e-3", 0.001), ("1E-3", 0.001), ("1.0e-3", 0.001), ("1.e-3", 0.001), ("+1e-3", 0.001), ("1", 1.0)]


@pytest.mark.parametrize(("written", "number"), NUMBERS)
def test_a_number_may_be_written_with_an_exponent(written: str, number: float) -> None:
    assert parse(TEXT.replace("0.001", written)).training.optimizer.learning_rate == number


def test_json_with_tabs_and_escapes_is_read() -> None:
    text = json.dumps(parse(TEXT).model_dump(mode="json"), indent="\t").replace("softmax", "soft\\u006dax")

    assert parse(text) == parse(TEXT)


def test_a_file_may_begin_with_a_byte_order_mark_and_hold_korean_comments(tmp_path: Path) -> None:
    path = tmp_path / "조리법.yaml"
    path.write_text(f"# 첫 합성곱 😀\n{TEXT}", encoding="utf-8-sig")

    assert load(path) == parse(TEXT)


# What is changed in the file, and the words that the sentence must hold: the place, what was received, what is right.
WRONG = [
    # unknown keys
    ("filters: 32", "filter: 32", ["layers.0", "unknown key filter.", "Did you mean filters?", "kernel_size"]),
    ("filters: 32", "filters: 32, Conv2D: 1", ["layers.0", "unknown key Conv2D", "Known keys"]),
    ("learning_rate: 0.001", "lr: 0.001", ["training.optimizer", "unknown key lr.", "learning_rate"]),
    ("kind: Adam, learning_rate: 0.001", "kind: Adam, momentum: 0.9", ["training.optimizer", "momentum", "beta_1"]),
    ("height: 28", "hight: 28", ["image", "unknown key hight", "Did you mean height?"]),
    ("stratify: true", "stratified: true", ["split", "unknown key stratified", "Did you mean stratify?"]),
    ("epochs: 5", "epoch: 5", ["training", "unknown key epoch.", "Did you mean epochs?"]),
    ("augmentation: []", "augmentations: []", ["recipe has an unknown key augmentations", "augmentation"]),
    ("version: 1", "version: 1\n3: 4", ["recipe has an unknown key 3", "layers"]),
    # missing keys
    ("filters: 32, ", "", ["layers.0.filters is missing"]),
    ("height: 28, ", "", ["image.height is missing"]),
    ("  loss: categorical_crossentropy\n", "", ["training.loss is missing"]),
    ("  optimizer: {kind: Adam, learning_rate: 0.001}\n", "", ["training.optimizer is missing"]),
    ("image: {height: 28, width: 28, channels: 1}\n", "", ["image is missing"]),
    ("{kind: Flatten}", "{rate: 3}", ["layers.2", "needs the key kind", "rate"]),
    # kinds
    ("kind: Flatten", "kind: Flaten", ["layers.2", "unknown kind Flaten", "Did you mean Flatten?"]),
    ("kind: Flatten", "kind: LSTM", ["layers.2", "unknown kind LSTM", "Conv2D", "Activation"]),
    ("kind: Flatten", "kind: 3", ["layers.2", "unknown kind 3"]),
    ("kind: Adam", "kind: adam", ["training.optimizer", "unknown kind adam", "Did you mean Adam?", "SGD"]),
    ("augmentation: []", "augmentation: [{kind: RandomCrop}]", ["augmentation.0", "unknown kind RandomCrop", "Zoom"]),
    ("epochs: 5", "schedule: {kind: Cosine}", ["training.schedule", "kind Cosine", "Did you mean CosineDecay?"]),
    ("epochs: 5", "schedule: {alpha: 0.1}", ["training.schedule", "needs the key kind"]),
    # types
    ("filters: 32", "filters: many", ["layers.0.filters", "a whole number", "'many'"]),
    ("filters: 32", "filters: '32'", ["layers.0.filters", "a whole number", "'32'"]),
    ("filters: 32", "filters: 32.0", ["layers.0.filters", "a whole number", "32.0"]),
    ("filters: 32", "filters: 32.5", ["layers.0.filters", "a whole number", "32.5"]),
    ("filters: 32", "filters: true", ["layers.0.filters", "a whole number", "received true"]),
    ("filters: 32", "filters: null", ["layers.0.filters", "a whole number", "received null"]),
    ("filters: 32", "filters: [1, 2]", ["layers.0.filters", "a whole number", "[1, 2]"]),
    ("0.001", "fast", ["training.optimizer.learning_rate", "a number", "'fast'"]),
    ("0.001", "x" * 200, ["training.optimizer.learning_rate", "a number", "xxx…"]),
    ("stratify: true", "stratify: 'yes'", ["split.stratify", "true or false", "'yes'"]),
    ("stratify: true", "stratify: 1", ["split.stratify", "true or false", "received 1"]),
    ("activation: relu", "activation: rellu", ["layers.0.activation", "'relu'", "'softmax'", "received 'rellu'"]),
    ("activation: relu", "activation: 3", ["layers.0.activation", "'relu'", "received 3"]),
    ("loss: categorical_crossentropy", "loss: hinge", ["training.loss", "'mean_squared_error'", "received 'hinge'"]),
    ("exact", "similar", ["split.keep_together", "'nothing', 'exact', 'near' or 'group'", "received 'similar'"]),
    ("exact", "exact, folds: 1", ["split.folds must be 0 for no folds, or a number from 2 to 20", "received 1"]),
    ("exact", "exact, folds: 5, fold: 5", ["split: fold is counted from 0, so 5 is not one of 5 folds"]),
    ("exact", "group, group_pattern: '*.png'", ["split.group_pattern", "hold {group} once", "received '*.png'"]),
    ("version: 1", "version: 2", ["version must be 1", "received 2"]),
    ("{kind: Flatten}", "Flatten", ["layers.2", "a mapping", "'Flatten'"]),
    ("{kind: Flatten}", "", ["layers.2", "a mapping", "received null"]),
    ("{kind: Adam, learning_rate: 0.001}", "Adam", ["training.optimizer", "a mapping", "'Adam'"]),
    ("{height: 28, width: 28, channels: 1}", "[28, 28, 1]", ["image", "a mapping", "[28, 28, 1]"]),
    ("augmentation: []", "augmentation: {}", ["augmentation must be a list", "received {}"]),
    ("augmentation: []", "augmentation: [RandomFlip]", ["augmentation.0", "a mapping", "'RandomFlip'"]),
    # bounds
    ("filters: 32", "filters: 0", ["layers.0.filters", "at least 1", "received 0"]),
    ("filters: 32", "filters: 9000", ["layers.0.filters", "at most 8192", "received 9000"]),
    ("filters: 32", "filters: 1000000000000000000000", ["layers.0.filters", "at most 8192"]),
    ("kernel_size: 5", "kernel_size: 0", ["layers.0.kernel_size", "at least 1", "[height, width]", "received 0"]),
    ("kernel_size: 5", "kernel_size: [5, 0]", ["layers.0.kernel_size", "at least 1", "received [5, 0]"]),
    ("kernel_size: 5", "kernel_size: [1, 2, 3]", ["layers.0.kernel_size", "two of them", "[1, 2, 3]"]),
    ("kernel_size: 5", "kernel_size: 5.5", ["layers.0.kernel_size", "a whole number", "received 5.5"]),
    ("kernel_size: 5", "kernel_size: big", ["layers.0.kernel_size", "a whole number", "received 'big'"]),
    ("strides: null", "strides: -1", ["layers.1.strides", "at least 1", "received -1"]),
    ("height: 28", "height: 0", ["image.height", "at least 1", "received 0"]),
    ("height: 28", "height: 5000", ["image.height", "at most 1024", "received 5000"]),
    ("channels: 1", "channels: 4", ["image.channels", "1 or 3", "received 4"]),
    ("0.001", "0", ["training.optimizer.learning_rate", "greater than 0", "received 0"]),
    ("0.001", "-1e-3", ["training.optimizer.learning_rate", "greater than 0", "received -0.001"]),
    ("0.001", ".nan", ["training.optimizer.learning_rate", "a finite number", "received NaN"]),
    ("0.001", ".inf", ["training.optimizer.learning_rate", "a finite number", "received Infinity"]),
    ("batch_size: 32", "batch_size: 0", ["training.batch_size", "at least 1", "received 0"]),
    ("epochs: 5", "epochs: 0.5", ["training.epochs", "a whole number", "received 0.5"]),
    ("seed: 0,", "seed: -1,", ["split.seed", "at least 0", "received -1"]),
    ("train: 0.7", "train: 0.8", ["split: train, validation and test must sum to 1, not 1.1"]),
    ("train: 0.7", "train: 7", ["split.train", "at most 1", "received 7"]),
    ("test: 0.15", "test: .nan", ["split.test", "a finite number"]),
    ("{kind: Flatten}", "{kind: UpSampling2D, size: 65}", ["layers.2.size", "from 1 to 64", "received 65"]),
    ("{kind: Flatten}", "{kind: UpSampling2D, size: [2, 0]}", ["layers.2.size", "[height, width]", "received [2, 0]"]),
    ("{kind: Flatten}", "{kind: UpSampling2D, size: 1000000000}", ["layers.2.size", "from 1 to 64"]),
    ("{kind: Flatten}", "{kind: Dropout, rate: 1}", ["layers.2.rate", "less than 1", "received 1"]),
    # augmentation and course
    ("augmentation: []", "augmentation: [{kind: RandomRotation}]", ["augmentation.0.factor is missing"]),
    ("augmentation: []", "augmentation: [{kind: RandomFlip, mod: vertical}]", ["augmentation.0", "Did you mean mode?"]),
    ("augmentation: []", "augmentation: [{kind: RandomFlip, mode: up}]", ["augmentation.0.mode", "'vertical'", "'up'"]),
    ("augmentation: []", "augmentation: [{kind: RandomZoom, height_factor: 1}]", ["augmentation.0.height_factor"]),
    ("epochs: 5", "schedule: {kind: StepDecay, alpha: 1}", ["training.schedule has an unknown key alpha", "decay"]),
    ("epochs: 5", "schedule: {kind: StepDecay, decay_rate: 2}", ["training.schedule.decay_rate", "less than 1", "2"]),
    ("epochs: 5", "schedule: CosineDecay", ["training.schedule", "a mapping", "'CosineDecay'"]),
    ("epochs: 5", "early_stopping: {patient: 3}", ["training.early_stopping", "patient.", "Did you mean patience?"]),
    ("epochs: 5", "early_stopping: {monitor: loss}", ["training.early_stopping.monitor", "or 'val_accuracy'"]),
    ("epochs: 5", "early_stopping: true", ["training.early_stopping", "a mapping", "received true"]),
    ("epochs: 5", "reduce_on_plateau: {factor: 1}", ["training.reduce_on_plateau.factor", "less than 1", "received 1"]),
    ("epochs: 5", "keep_best: loss", ["training.keep_best", "'val_loss' or 'val_accuracy'", "'loss'"]),
    ("epochs: 5", "label_smoothing: 1", ["training.label_smoothing", "less than 1", "received 1"]),
    ("epochs: 5", "mixed_precision: 1", ["training.mixed_precision", "true or false", "received 1"]),
    ("epochs: 5", "metrics: top_3_accuracy", ["training.metrics", "a list", "'top_3_accuracy'"]),
    ("epochs: 5", "metrics: [top_1_accuracy]", ["training.metrics.0", "'top_3_accuracy'", "received 'top_1_accuracy'"]),
    ("epochs: 5", "metrics: [top_3_accuracy, top_3_accuracy]", ["training.metrics must not hold top_3_accuracy twice"]),
    ("epochs: 5", "class_weights: equal", ["training.class_weights must be balanced, or a number", "'equal'"]),
    ("epochs: 5", "class_weights: {cat: 0}", ["training.class_weights", "above 0 and up to 1000", '{"cat": 0}']),
    ("kind: Adam", "kind: Adam, clipnorm: 1, clipvalue: 1", ["training.optimizer: only one of clipnorm, clipvalue"]),
    ("kind: Adam", "kind: Adam, clipnorm: 0", ["training.optimizer.clipnorm", "greater than 0", "received 0"]),
    ("kind: Adam", "kind: AdamW, weight_decay: null", ["training.optimizer.weight_decay", "a number", "received null"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words"), WRONG, ids=[f"{old}→{new[:40]}" for old, new, _ in WRONG])
def test_a_mistake_is_told_with_its_place_and_what_was_received(old: str, new: str, words: list[str]) -> None:
    assert old in TEXT
    sentence = _refusal(TEXT.replace(old, new, 1))

    assert sentence.startswith("my.yaml: ")
    assert [word for word in words if word not in sentence] == [], sentence


NOT_A_RECIPE = [
    ("", "it should hold the keys image, split, layers and training"),
    ("# only a comment", "it should hold the keys image, split, layers and training"),
    ("hello", "it should hold the keys"),
    ("- 1\n- 2", "it should hold the keys"),
    ("[]", "it should hold the keys"),
    ("3", "it should hold the keys"),
    ("null", "it should hold the keys"),
    ("a: [1", "line 1: expected ',' or ']'"),
    ("a: 1\nb: {\nc", "line 3"),
    ("a:\n\tb: 1", "line 2: found character '\\t'"),
    (f"{TEXT}---\n{TEXT}", "another document"),
    (f"{TEXT}x: !!python/object/apply:os.system [ls]\n", "could not determine a constructor"),
    (f"{TEXT}x: 2024-13-45\n", "line 16: this is no timestamp"),
    (f"{TEXT}x: !!bool maybe\n", "line 16: this is no bool"),
    (f"{TEXT}x: !!timestamp soon\n", "line 16: this is no timestamp"),
    (f"{TEXT}x: {'9' * 5000}\n", "line 16: this is no int"),
    (f"{TEXT}2024-01-01: 1\n", "keys must be str"),
    (f"{TEXT}x: &a [*a]\n", "line 16: a recipe has no aliases"),
    (
        "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 50)),
        "line 2: a recipe has no",
    ),
    (f'{TEXT}x: "\\ud800"\n', "surrogates not allowed"),
    ('{"version": ' + "9" * 5000 + "}", "digits"),
    ("[" * 5000, "recursion"),
    ("- " * 5000, "recursion"),
    ('{"a":' * 5000, "recursion"),
    ("\0", "it is not text"),
    ("{version: 1, <<: 3}", "expected a mapping"),
]


@pytest.mark.parametrize(("text", "words"), NOT_A_RECIPE, ids=[repr(text[-30:]) for text, _ in NOT_A_RECIPE])
def test_what_is_no_recipe_at_all_is_told(text: str, words: str) -> None:
    sentence = _refusal(text)

    assert "my.yaml" in sentence
    assert words in sentence


NESTED = {
    "layers": ('{"kind": "Residual", "layers": [', "]}"),
    "image": ('{"height": ', "}"),
    "augmentation": ("[", "]"),
}


@pytest.mark.parametrize("depth", [70, 100, 150, 400, 1000])
@pytest.mark.parametrize("key", NESTED)
def test_a_recipe_that_is_nested_deeply_is_refused(key: str, depth: int) -> None:
    """As JSON, and as YAML, which a comment makes of it."""
    opening, closing = NESTED[key]
    content = json.loads(parse(TEXT).model_dump_json()) | {key: "nested"}
    as_json = json.dumps(content).replace('"nested"', f"[{opening * depth}{closing * depth}]")

    for text in (as_json, f"# YAML\n{as_json}"):
        _refusal(text)


def _refusal(text: str) -> str:
    """The sentence, which is one line, names the file, and is our own."""
    with pytest.raises(RecipeError) as refused:
        parse(text, "my.yaml")
    sentence = str(refused.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert "pydantic" not in sentence.lower()
    assert "http" not in sentence
    assert len(sentence) < 400
    assert refused.value.message.from_json(refused.value.message.to_json()) == refused.value.message
    return sentence


@settings(max_examples=200)
@given(st.text(max_size=60) | st.text(alphabet="{}[]:,-&*!|>'\"%@` \n\t01a#?~", max_size=40))
def test_no_text_whatever_is_anything_but_refused(text: str) -> None:
    with pytest.raises(RecipeError):
        parse(text)


@settings(max_examples=200)
@given(st.integers(0, len(TEXT)), st.integers(0, 12), st.text(alphabet="{}[]:,-&*!'\" \n\t01ae.#?~", max_size=4))
def test_a_slip_of_the_pen_is_a_recipe_or_is_refused(position: int, removed: int, added: str) -> None:
    try:
        recipe = parse(TEXT[:position] + added + TEXT[position + removed :])
    except RecipeError:
        return
    assert parse(dump(recipe)) == recipe


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match=r"There is no recipe file .*none\.yaml\. Give the path"):
        load(tmp_path / "none.yaml")


UNREADABLE = {
    "empty.yaml": (b"", "should hold the keys"),
    "image.yaml": (b"\x89PNG\r\n\x1a\n\x00\xff\xfe", "cannot be read"),
    "utf16.yaml": (TEXT.encode("utf-16"), "cannot be read"),
    "latin.yaml": ("# Größe".encode("latin-1"), "cannot be read"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_is_no_text_is_told_with_its_path(tmp_path: Path, name: str) -> None:
    content, words = UNREADABLE[name]
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(RecipeError, match=words) as refused:
        load(path)
    assert str(path) in str(refused.value)


def test_a_folder_is_no_recipe_file(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="cannot be read"):
        load(tmp_path)


def test_a_recipe_without_layers_can_be_kept_but_not_trained() -> None:
    recipe = parse(TEXT).model_copy(update={"layers": ()})

    assert parse(dump(recipe)) == recipe
    (problem,) = recipe.problems(10)
    assert problem.forbids_training


@pytest.mark.parametrize("classes", [1, 2, 3, 10, 1000])
def test_the_default_recipe_fits_the_classes(classes: int) -> None:
    recipe = default_recipe(ImageSize(height=32, width=32, channels=3), classes)

    assert recipe.layers[-1] == Dense(units=classes, activation="softmax")
    assert any(problem.forbids_training for problem in recipe.problems(classes)) is (classes == 1)


def test_the_default_recipe_keeps_the_best_epoch_and_is_otherwise_as_keras_trains() -> None:
    training = default_recipe(ImageSize(height=32, width=32, channels=3), 3).training

    assert training == Training(loss=training.loss, optimizer=Adam(), epochs=5, keep_best="val_loss")


def test_problems_of_the_training_come_behind_those_of_the_layers() -> None:
    recipe = parse(TEXT.replace("units: 10", "units: 3").replace("epochs: 5", "schedule: {kind: StepDecay}"))

    places = [(problem.place, problem.forbids_training) for problem in recipe.problems(10)]

    assert places == [((3,), True), (None, False)]


@pytest.mark.parametrize("side", [1, 5, 11, 12, 64])
def test_the_default_recipe_says_where_images_are_too_small_for_it(side: int) -> None:
    problems = default_recipe(ImageSize(height=side, width=side, channels=1), 3).problems(3)

    assert bool(problems) is (side < 12)
    assert all(problem.fixes for problem in problems)


def test_a_fix_changes_layers_and_training_and_nothing_else() -> None:
    recipe = parse(TEXT)
    layers = (Dense(units=1),)

    fixed = recipe.apply(Fix(say("Mend"), layers, {"loss": "mean_squared_error"}))

    assert fixed.layers == layers
    assert fixed.training.loss == "mean_squared_error"
    assert fixed.model_copy(update={"layers": recipe.layers, "training": recipe.training}) == recipe
    assert recipe.apply(Fix(say("Nothing"))) == recipe


def test_a_recipe_cannot_be_changed_in_place() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        parse(TEXT).version = 2


def test_a_class_whose_name_looks_like_a_number_stays_a_name() -> None:
    content = parse(TEXT).model_dump(mode="json")
    content["training"]["class_weights"] = {"0E0": 2.0, "1e3": 1.0, "12": 3.0}
    recipe = from_content(content)
    assert parse(dump(recipe)) == recipe
