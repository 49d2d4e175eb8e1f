import json
import zipfile
from io import BytesIO
from pathlib import Path

import keras
import pytest
import yaml

from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.architecture.templates import RECIPES
from core.errors import RecipeError
from core.net_file import LARGEST_TEXT, NetFile, read_net, read_net_text
from core.recipe import dump, dump_layers, load

IMAGE = (28, 28, 1)
LAYERS = (Conv2D(filters=4, kernel_size=(3, 5), activation="relu"), Flatten(), Dense(units=3, activation="softmax"))
RECIPE = load(RECIPES / "first_cnn.yaml")
AS_TEXT = """
layers:
  - {kind: Conv2D, filters: 4, kernel_size: [3, 5], activation: relu}
  - {kind: Flatten}
  - {kind: Dense, units: 3, activation: softmax}
"""
WITHOUT_KEY = [
    {"kind": "Conv2D", "filters": 4, "kernel_size": [3, 5], "activation": "relu"},
    {"kind": "Flatten"},
    {"kind": "Dense", "units": 3, "activation": "softmax"},
]
BOM = "\ufeff"


@pytest.fixture(scope="module")
def model() -> keras.Model:
    """`LAYERS` as somebody else has built them."""
    return keras.Sequential(
        [
            keras.Input(IMAGE),
            keras.layers.Rescaling(1 / 255),
            keras.layers.Conv2D(4, (3, 5), activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )


def refusal(data: bytes, name: str = "net.yaml") -> str:
    with pytest.raises(RecipeError) as error:
        read_net(data, name)
    return str(error.value)


LAYERS_ALONE = {
    "a mapping": AS_TEXT,
    "a bare list": yaml.safe_dump(WITHOUT_KEY),
    "a mapping in JSON": json.dumps({"layers": WITHOUT_KEY}),
    "a bare list in JSON": json.dumps(WITHOUT_KEY, indent="\t"),
    "what Layerlab writes": dump_layers(LAYERS),
    "with the mark of Windows": BOM + AS_TEXT.replace("\n", "\r\n"),
    "with a comment": f"# 나의 신경망\n{AS_TEXT}",
}


@pytest.mark.parametrize("text", LAYERS_ALONE.values(), ids=LAYERS_ALONE)
@pytest.mark.parametrize("name", ["net.yaml", "net.yml", "NET.JSON", "net", "net.txt"])
def test_layers_alone_are_read_whatever_the_file_is_called(text: str, name: str) -> None:
    assert read_net(text.encode(), name) == NetFile(LAYERS)


def test_a_recipe_is_read_as_a_whole() -> None:
    expected = NetFile(RECIPE.layers, RECIPE, RECIPE.image.shape)

    assert read_net((RECIPES / "first_cnn.yaml").read_bytes(), "first_cnn.yaml") == expected
    assert read_net(dump(RECIPE).encode(), "recipe.yaml") == expected
    assert read_net(RECIPE.model_dump_json().encode(), "recipe.json") == expected
    assert read_net_text(dump(RECIPE), "The text") == expected


def test_a_model_that_keras_saved_is_read(model: keras.Model, tmp_path: Path) -> None:
    path = tmp_path / "mine.keras"
    model.save(path)

    net = read_net(path.read_bytes(), "mine.keras")

    assert net.layers == LAYERS
    assert net.recipe is None
    assert net.input_shape == IMAGE
    assert [str(note) for note in net.notes] == ["Weights are left out: a recipe has none, and training begins anew."]


@pytest.mark.parametrize("name", ["model.json", "model.txt", "model.yaml", "model.keras"])
@pytest.mark.parametrize("opening", ["", BOM, "\n  "])
def test_what_to_json_gives_is_read_from_a_file(model: keras.Model, name: str, opening: str) -> None:
    net = read_net((opening + model.to_json()).encode(), name)

    assert net == NetFile(LAYERS, input_shape=IMAGE)


@pytest.mark.parametrize("indent", [None, 2])
def test_what_to_json_gives_is_read_from_a_text(model: keras.Model, indent: int | None) -> None:
    assert read_net_text(model.to_json(indent=indent), "The text") == NetFile(LAYERS, input_shape=IMAGE)


REFUSED = [
    (b"", "net.yaml is not a recipe"),
    (b"   \n", "net.yaml is not a recipe"),
    (b"hello", "net.yaml is not a recipe: it should hold the keys image, split, layers and training."),
    (b"3", "net.yaml is not a recipe"),
    (b"layers: [", "net.yaml is not YAML or JSON, line 1"),
    (b"layers:\n\t- {kind: Flatten}", "net.yaml is not YAML or JSON, line 2"),
    (b"layers: {kind: Flatten}", "net.yaml: layers must be a list"),
    (b"- {kind: Flaten}", "Did you mean Flatten?"),
    (b"- {kind: Dense}", "net.yaml: layers.0.units is missing."),
    (b"- {kind: Dense, units: many}", "net.yaml: layers.0.units must be a whole number; received 'many'."),
    (b"- {kind: Conv2D, filters: 4, kernel_sise: 3}", "Did you mean kernel_size?"),
    (b"- Flatten", "net.yaml: layers.0"),
    (b"layers: []\nimage: {height: 8, width: 8, channels: 1}", "net.yaml: training is missing."),
    (b"\x89PNG\r\n\x1a\n\x00\x00", "net.yaml is no text."),
    (AS_TEXT.encode("utf-16"), "net.yaml is no text."),
    ("# 층".encode("cp949"), "net.yaml is no text."),
]


@pytest.mark.parametrize(("data", "sentence"), REFUSED)
def test_what_is_no_net_is_refused_with_what_is_wrong(data: bytes, sentence: str) -> None:
    assert sentence in refusal(data)


REFUSED_AS_KERAS = [
    (b"", "mine.keras is neither a .keras file nor JSON"),
    (AS_TEXT.encode(), "mine.keras is neither a .keras file nor JSON"),
    (b"\x89HDF\r\n\x1a\n", "mine.keras is an HDF5 file"),
    (b"PK\x03\x04cut off", "mine.keras is damaged"),
]


@pytest.mark.parametrize(("data", "sentence"), REFUSED_AS_KERAS)
def test_what_is_no_model_is_refused_by_its_name(data: bytes, sentence: str) -> None:
    assert sentence in refusal(data, "mine.keras")


def test_an_archive_without_a_model_is_refused() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("recipe.yaml", AS_TEXT)

    assert "zip archive without config.json" in refusal(file.getvalue(), "mine.keras")


def test_a_text_that_is_too_large_is_refused_before_it_is_read() -> None:
    sentence = f"{LARGEST_TEXT + 1:,} bytes; a recipe has at most {LARGEST_TEXT:,}."

    assert sentence in refusal(b" " * (LARGEST_TEXT + 1))
    with pytest.raises(RecipeError, match=sentence):
        read_net_text(" " * (LARGEST_TEXT + 1), "The text")


def test_a_model_with_a_layer_of_its_own_is_refused_by_its_name() -> None:
    model = keras.Sequential([keras.Input(IMAGE), keras.layers.Conv2DTranspose(4, 3, name="up")])

    assert "'up'" in refusal(model.to_json().encode(), "model.json")
