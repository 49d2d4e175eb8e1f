"""Files that are damaged, made to harm, or something else: each is refused with a sentence, and nothing is run."""

import base64
import io
import json
import marshal
import pickle
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import keras
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.architecture.keras_file import read_keras_model
from core.architecture.keras_file.graph import MOST_LAYERS
from core.architecture.keras_file.model_file import LARGEST_DESCRIPTION
from tests.core.architecture.keras_file.models import IMAGE, archive, as_file, as_json, imported, refusal, scaled

L = keras.layers
GOOD = {"class_name": "Sequential", "config": {"layers": [{"class_name": "Flatten", "config": {"name": "flat"}}]}}
TOO_LARGE = b" " * (LARGEST_DESCRIPTION + 1)


class Bomb:
    """Makes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.path,)


class OwnLayer(keras.layers.Layer):
    def call(self, values: Any) -> Any:
        return values


class OwnModel(keras.Model):
    def __init__(self) -> None:
        super().__init__()
        self.last = L.Dense(3)

    def call(self, values: Any) -> Any:
        return self.last(values)


def as_bytes(content: Any) -> bytes:
    return json.dumps(content).encode()


def sequential(*layers: Any) -> bytes:
    return as_bytes({"class_name": "Sequential", "config": {"layers": list(layers)}})


def entry(kind: Any, **config: Any) -> dict[str, Any]:
    return {"class_name": kind, "config": config}


def test_the_good_file_that_the_bad_ones_are_made_of_is_read() -> None:
    assert refusal(as_bytes(GOOD)) == ""
    assert refusal(archive(config_json=as_bytes(GOOD))) == ""


NO_MODEL = "net holds no Keras model: it should be a .keras file or what model.to_json() gives."
NOT_JSON = "net is neither a .keras file nor JSON"
DAMAGED = "net is damaged"
FILES = [
    (b"", NOT_JSON),
    (b"hello", NOT_JSON),
    (b"\xff\xfe\x00", NOT_JSON),
    (pickle.dumps({"a": 1}), NOT_JSON),
    (b"1" * 5000, NOT_JSON),
    (b"\x89HDF\r\n\x1a\n" + bytes(100), "net is an HDF5 file, the old format of Keras, which is not read here."),
    (archive(saved_model_pb=b"x"), "net is a zip archive without config.json, so it is no Keras model."),
    (archive(), "net is a zip archive without config.json, so it is no Keras model."),
    (archive(config_json=as_bytes(GOOD))[:60], DAMAGED),
    (archive(config_json=b"hello"), NOT_JSON),
    (archive(config_json=TOO_LARGE), "net describes its model in more than 5 MB, which is the limit."),
    (TOO_LARGE, "net describes its model in more than 5 MB, which is the limit."),
    (b"[" * 200 + b"]" * 200, "net is nested too deeply to be the description of a model."),
    (b"[" * 1_000_000, "net is nested too deeply to be the description of a model."),
    (b'{"config":' * 200_000 + b"1" + b"}" * 200_000, "net is nested too deeply to be the description of a model."),
    (b"null", NO_MODEL),
    (b"[]", NO_MODEL),
    (b'"text"', NO_MODEL),
    (b'{"layers": [{"kind": "Flatten"}]}', NO_MODEL),
    (b'{"class_name": "Dense", "config": {"units": 3}}', NO_MODEL),
    (b'{"class_name": "Sequential", "config": 3}', NO_MODEL),
    (b'{"class_name": ["Sequential"], "config": {}}', NO_MODEL),
    (sequential(), "net holds a model without layers."),
    (sequential(entry("InputLayer", batch_shape=[None, 8, 8, 3])), "net holds a model without layers."),
    (as_bytes({"class_name": "Sequential", "config": {}}), DAMAGED),
    (sequential("Dense"), DAMAGED),
    (sequential({"class_name": "Dense"}), DAMAGED),
    (sequential(*[entry("Flatten")] * MOST_LAYERS), "net has more than 2,000 layers, which is the limit."),
    (sequential(entry("Dense", name="d")), "Dense 'd': its units is missing."),
    (sequential(entry("Dense", name="d", units=float("nan"))), "Dense 'd': its units is NaN"),
    (sequential(entry("Dense", name="d", units=[[[]]])), "its units is [[[]]]"),
    (sequential(entry("Dense", name="d", units=3, surprise={"a": 1})), 'its surprise is {"a": 1}'),
    (sequential(entry("Residual", name="r", layers=[])), "Residual 'r': there is no such layer here."),
    (sequential(entry("os.system", name="rm -rf /")), "os.system 'rm -rf /': there is no such layer here."),
    (sequential(entry("x" * 500, name="\ud800{name}")), "'?{name}': there is no such layer here."),
]


@pytest.mark.parametrize(("data", "sentence"), FILES, ids=[sentence[:40] for _, sentence in FILES])
def test_a_file_that_is_of_no_use_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    assert sentence in refusal(data, "net")


def functional(*layers: tuple[str, list[str]], outputs: Any = None) -> bytes:
    """Flatten layers, and an Add where there are several sources, by name and sources."""
    entries = [
        entry("InputLayer", batch_shape=[None, 8, 8, 3]) | {"name": "in", "inbound_nodes": []},
        *(
            entry("Flatten" if len(sources) < 2 else "Add")
            | {"name": name, "inbound_nodes": [[[source, 0, 0, {}] for source in sources]]}
            for name, sources in layers
        ),
    ]
    ends = outputs or [[layers[-1][0], 0, 0]]
    return as_bytes(entry("Functional", layers=entries, input_layers=[["in", 0, 0]], output_layers=ends))


GRAPHS = [
    (functional(("a", ["b"]), ("b", ["a"])), DAMAGED),
    (functional(("a", ["a"])), DAMAGED),
    (functional(("a", ["nowhere"])), DAMAGED),
    (functional(("a", [])), DAMAGED),
    (functional(("a", ["in"]), ("a", ["in"])), DAMAGED),
    (functional(("a", ["in"]), outputs=[["nowhere", 0, 0]]), DAMAGED),
    (functional(("a", ["in"]), outputs=7), DAMAGED),
]


@pytest.mark.parametrize(("data", "sentence"), GRAPHS)
def test_layers_that_are_joined_in_no_sensible_way_are_refused(data: bytes, sentence: str) -> None:
    assert sentence in refusal(data, "net")


def test_branches_that_double_at_every_step_are_refused_without_following_each() -> None:
    """Of 40 steps there are 2⁴⁰ ways through."""
    layers = [("a0", ["in"]), ("b0", ["in"])]
    for step in range(40):
        layers += [(f"{side}{step + 1}", [f"a{step}", f"b{step}"]) for side in "ab"]

    assert "Add 'end'" in refusal(functional(*layers, ("end", ["a40", "b40"])))


IMAGE_INPUT = entry("InputLayer", batch_shape=[None, 8, 8, 3]) | {"name": "in", "inbound_nodes": []}


def called(model: dict[str, Any], name: str, source: str, times: int) -> dict[str, Any]:
    return model | {"name": name, "inbound_nodes": [[[source, 0, 0, {}]] * times]}


def handing_on(times: int) -> dict[str, Any]:
    """A model that is nothing but its input, ``times`` times."""
    return entry("Functional", layers=[IMAGE_INPUT], input_layers=[["in", 0, 0]], output_layers=[["in", 0, 0]] * times)


SAME_AGAIN = entry("Sequential", layers=[IMAGE_INPUT])
FAN_OUTS = [
    (SAME_AGAIN, 10, 4),
    (SAME_AGAIN, 10, 12),
    (SAME_AGAIN, 2, 40),
    (entry("Sequential", layers=[SAME_AGAIN]), 3, 40),
    (handing_on(6000), 1, 2),
]


@pytest.mark.parametrize(("model", "times", "links"), FAN_OUTS)
def test_models_that_hand_on_more_at_every_link_are_refused_without_following_each(
    model: dict[str, Any], times: int, links: int
) -> None:
    names = ["in", *(f"m{link}" for link in range(links))]
    chain = [called(model, name, source, times) for source, name in pairwise(names)]
    ends = [called(entry("Add"), "end", names[-1], 1)]
    data = as_bytes(
        entry(
            "Functional",
            layers=[IMAGE_INPUT, *chain, *ends],
            input_layers=[["in", 0, 0]],
            output_layers=[["end", 0, 0]],
        )
    )

    assert "net joins its layers in more than 10,000 places, which is the limit." in refusal(data, "net")


def test_what_the_output_does_not_need_is_not_read() -> None:
    assert refusal(functional(("unused", ["in", "in", "in"]), ("a", ["in"]))) == ""


def test_a_pickle_in_place_of_the_description_is_not_loaded(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    data = archive(config_json=pickle.dumps(Bomb(trace)), model_weights_h5=pickle.dumps(Bomb(trace)))

    assert NOT_JSON in refusal(data, "net")
    assert not trace.exists()


def test_the_code_of_a_lambda_is_not_run(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    code = compile(f"lambda values: open({str(trace)!r}, 'w')", "bomb", "eval").co_consts[0]
    packed = base64.b64encode(marshal.dumps(code)).decode()
    function = {"class_name": "__lambda__", "config": {"code": packed, "defaults": None, "closure": None}}

    sentence = refusal(sequential(entry("Lambda", name="bomb", function=function), entry("Flatten")))

    assert "Lambda 'bomb': it holds Python code, and nothing in a file is run here." in sentence
    assert not trace.exists()


def test_a_lambda_and_a_class_of_ones_own_in_a_saved_file_are_named(tmp_path: Path) -> None:
    model = scaled(OwnLayer(name="mine"), L.Lambda(lambda values: values, name="plain"), L.Dense(3))

    sentence = refusal(as_file(model, tmp_path))

    assert "OwnLayer 'mine': its class is not one of Keras: its code is not in the file" in sentence
    assert "Lambda 'plain': it holds Python code" in sentence
    assert "Dense" not in sentence


def test_a_class_that_only_has_the_name_of_one_of_keras_is_refused() -> None:
    posing = entry("Dense", name="d", units=3) | {"module": "somewhere", "registered_name": "Dense"}
    registered = entry("my_package>Dense", name="e", units=3)

    sentence = refusal(sequential(posing, registered))

    assert "Dense 'd', my_package>Dense 'e': its class is not one of Keras" in sentence


def test_a_function_of_ones_own_as_activation_is_refused_by_name() -> None:
    def mine(values: Any) -> Any:
        return values

    assert "Dense 'd': its activation is mine" in refusal(as_json(scaled(L.Dense(3, activation=mine, name="d"))))


def test_a_model_whose_layers_are_in_its_code_is_refused(tmp_path: Path) -> None:
    model = OwnModel()
    model(keras.ops.ones((1, *IMAGE)))

    assert "holds a model of the class OwnModel, whose code is not in the file" in refusal(as_file(model, tmp_path))


def test_members_with_names_that_lead_out_of_the_archive_are_not_touched(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name in ("../config.json", "/etc/config.json", "assets/config.json"):
            packed.writestr(name, as_bytes(GOOD))
    assert "is a zip archive without config.json" in refusal(file.getvalue())


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_description_packed_as_keras_does_not_pack_is_refused(method: int) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as packed:
        packed.writestr("config.json", as_bytes(GOOD))
    assert "is packed in a way that Keras does not use" in refusal(file.getvalue())


def test_a_description_that_is_longer_than_it_says_is_not_unpacked_further() -> None:
    size = 2 * LARGEST_DESCRIPTION
    lying = archive(config_json=b" " * size).replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))

    assert DAMAGED in refusal(lying, "net")


def test_a_note_says_that_a_saved_file_is_taken_over_without_its_weights(tmp_path: Path) -> None:
    model = scaled(L.Flatten(), L.Dense(3))

    notes = read_keras_model(as_file(model, tmp_path), "model.keras").notes

    assert [str(note) for note in notes] == ["Weights are left out: a recipe has none, and training begins anew."]
    assert imported(model).notes == ()


plain_values = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3)
json_values = st.recursive(
    plain_values,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


def places(content: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    return [way, *(place for key, value in inside for place in places(value, (*way, key)))]


def replaced(content: Any, way: tuple[Any, ...], value: Any) -> Any:
    if not way:
        return value
    copied = dict(content) if isinstance(content, dict) else list(content)
    copied[way[0]] = replaced(content[way[0]], way[1:], value)
    return copied


def _residual_model() -> Any:
    image = keras.Input(IMAGE)
    inside = L.BatchNormalization()(L.Conv2D(3, 3, padding="same", kernel_regularizer="l2")(image))
    return json.loads(keras.Model(image, L.ReLU()(L.Add()([inside, image]))).to_json())


MODEL = _residual_model()
PLACES = places(MODEL)


@given(place=st.sampled_from(PLACES), value=json_values)
def test_a_file_with_anything_anywhere_is_read_or_refused_and_never_crashes(place: tuple[Any, ...], value: Any) -> None:
    sentence = refusal(as_bytes(replaced(MODEL, place, value)))

    assert sentence.encode().decode() == sentence
