import tomllib
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest

from core.architecture.readout import walk
from tests.ui.bricks.nets import NETS, summary
from ui.bricks.drawing import drawing, svg_file
from ui.bricks.hues import FAINT_INK, HUES, INK, PROBLEM

SVG = "{http://www.w3.org/2000/svg}"
CONFIG = Path(__file__).parents[3] / ".streamlit" / "config.toml"


def parsed(name: str, **arguments) -> Element:
    net, image = summary(name)
    return fromstring(drawing(net, image, **arguments))


def titles(name: str) -> list[str]:
    return [group.findtext("title") for group in parsed(name).iterfind("g") if group.get("class").startswith("brick")]


@pytest.mark.parametrize("name", NETS)
def test_every_layer_can_be_clicked_by_its_place(name):
    net, _ = summary(name)
    switched_off = [readout.place for readout in net.walk() if readout.layer.disabled]
    expected = {
        ".".join(map(str, readout.place))
        for readout in walk(net.readouts)
        if not any(readout.place[: len(place)] == place != readout.place for place in switched_off)
    }
    places = [group.get("data-place") for group in parsed(name).iter("g") if group.get("data-place")]
    assert len(places) == len(set(places))
    assert set(places) == expected


@pytest.mark.parametrize("name", NETS)
def test_the_file_is_well_formed_and_needs_no_theme(name):
    text = svg_file(*summary(name))
    root = fromstring(text)
    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    assert "var(" not in text
    assert "color-mix" not in text


@pytest.mark.parametrize(
    ("name", "highest"),
    [
        *((name, 230) for name in ("2 layers", "LeNet-5", "12 layers", "a problem")),
        ("VGG16", 350),
        *((name, 520) for name in ("ResNet", "40 layers of one size", "40 layers that shrink")),
    ],
)
def test_the_height_stays_moderate(name, highest):
    _, _, width, height = map(float, parsed(name).get("viewBox").split())
    assert width == 960
    assert height <= highest


def test_texts_have_ten_pixels_where_the_drawing_has_nine_hundred():
    sizes = [float(element.get("font-size")) for element in parsed("VGG16").iter() if element.get("font-size")]
    assert min(sizes) * 900 / 960 >= 10


def test_the_title_tells_what_the_layer_does():
    assert titles("LeNet-5")[:4] == [
        "Image: 28 × 28 × 1",
        "1 Conv2D 6 filters · 5 × 5 · same · tanh: 28 × 28 × 1 → 28 × 28 × 6",
        "2 AveragePooling2D 2 × 2: 28 × 28 × 6 → 14 × 14 × 6",
        "3 Conv2D 16 filters · 5 × 5 · tanh: 14 × 14 × 6 → 10 × 10 × 16",
    ]


def test_the_title_says_what_is_wrong_and_what_is_off():
    _, _, off, wrong, inside, *_ = titles("a problem")
    assert off.startswith("2 Dropout")
    assert off.endswith("switched off, the net does without it")
    assert "3 MaxPooling2D 40 × 40: The pool_size of 40 × 40 is larger than the input of 28 × 28" in wrong
    assert inside.startswith("4.1 Conv2D")
    assert inside.endswith("its output is not known, because another layer has a problem")


def test_the_layer_with_the_problem_is_marked():
    marked = [group for group in parsed("a problem").iter("g") if group.get("data-problem") is not None]
    assert [group.get("data-place") for group in marked] == ["2"]
    assert marked[0].findtext("text") == "!"


def test_texts_are_escaped(monkeypatch):
    monkeypatch.setattr("ui.bricks.texts.settings", lambda _layer: '<script>"&</script>')
    net, image = summary("2 layers")
    assert "<script>" not in drawing(net, image)
    assert titles("2 layers")[1] == '1 Flatten <script>"&</script>: 28 × 28 × 1 → 784'


@pytest.mark.parametrize(("place", "windows"), [(None, 0), ((2,), 1), ((4,), 0), ((99,), 0)])
def test_only_an_open_layer_with_a_window_shows_it(place, windows):
    root = parsed("LeNet-5", opened=place)
    assert sum(group.get("class") == "window" for group in root.iter("g")) == windows


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("LeNet-5", "The net as bricks: 8 layers make an output of 10 from an image of 28 × 28 × 1."),
        ("a problem", "The net as bricks: 5 layers on an image of 28 × 28 × 1; what comes out is not known yet."),
    ],
)
def test_one_sentence_says_what_is_shown(name, sentence):
    assert parsed(name).get("aria-label") == sentence


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("ResNet", "The corner is 5 pixels high and wide and 10 channels long."),
        (
            "VGG16",
            "The corner is 20 pixels high and wide and 100 channels long. A brick with a cut is longer than drawn.",
        ),
    ],
)
def test_the_legend_says_how_large_a_pixel_and_a_channel_are(name, sentence):
    said = [text.text for text in parsed(name).iter("text") if text.get("class") == "scale"]
    assert said == [sentence]


def test_the_colours_on_paper_are_those_of_the_light_theme():
    theme = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"]["light"]
    assert {name: theme[f"{name}Color"] for name in HUES if name != "image"} | {"image": theme["borderColor"]} == HUES
    assert (theme["textColor"], theme["grayTextColor"], theme["redTextColor"]) == (INK, FAINT_INK, PROBLEM)
