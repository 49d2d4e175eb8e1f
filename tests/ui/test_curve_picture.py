"""The exported pictures, read back: SVG as XML, PNG by Pillow."""

from io import BytesIO
from threading import Thread
from xml.etree import ElementTree

import pandas as pd
import pytest
from PIL import Image

from core.runs.curves import curves
from core.runs.rate_curve import rate_curve
from ui import curve_picture
from ui.charts import curve_chart, rate_chart

HISTORY = pd.DataFrame(
    {
        "epoch": [1, 2, 3],
        "loss": [1.0, 0.5, 0.2],
        "accuracy": [0.5, 0.7, 0.9],
        "val_loss": [0.9, 0.6, 0.7],
        "val_accuracy": [0.4, 0.6, 0.8],
        "mean_absolute_error": [0.3, 0.2, 0.1],
        "val_mean_absolute_error": [0.4, 0.3, 0.2],
    }
)
STEPS = pd.DataFrame({"step": [1, 2, 3], "loss": [1.5, 0.9, 0.3], "accuracy": [0.3, 0.6, 0.9], "learning_rate": 0.001})
CHANGES = pd.DataFrame({"step": [1.0], "learning_rate": [0.0005]})
FIGURES = ["loss", "accuracy", "mean_absolute_error"]
TITLE, SUBTITLE = "고양이 & <dogs> · run 3", "dashed: kept, epoch 2"
WHITE = (255, 255, 255)


@pytest.fixture
def rows() -> dict[str, pd.DataFrame]:
    table = curves(HISTORY, STEPS, 1, 3)
    return {figure: curve_chart.rows(table, figure, kept_epoch=2) for figure in FIGURES} | {
        curve_picture.RATE: rate_chart.rows(rate_curve(HISTORY, STEPS, CHANGES, 1, 3))
    }


@pytest.fixture
def layout() -> dict:
    return curve_picture.layout(FIGURES, 3, "Learning rate", "en")


def texts(svg: str) -> list[str]:
    return [element.text for element in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def colours(svg: str) -> set[str]:
    elements = list(ElementTree.fromstring(svg).iter())
    return {element.get(name, "").upper() for element in elements for name in ("stroke", "fill")}


def test_the_picture_says_which_run_it_is_and_what_is_drawn(layout, rows):
    svg = curve_picture.svg(layout, TITLE, SUBTITLE, rows)
    expected = {TITLE, SUBTITLE, "Loss", "Accuracy", "Mean absolute error", "Learning rate", "Training", "Validation"}
    assert expected <= set(texts(svg))


def test_the_legend_is_there_once(layout, rows):
    assert texts(curve_picture.svg(layout, TITLE, SUBTITLE, rows)).count("Validation") == 1


def test_the_parts_have_their_colours_on_a_light_ground(layout, rows):
    svg = curve_picture.svg(layout, TITLE, SUBTITLE, rows)
    assert {"#0072B2", "#E69F00", "#FFFFFF", curve_chart.NEUTRAL} <= colours(svg)


def test_a_png_is_as_sharp_as_a_good_screen_and_light(layout, rows):
    image = Image.open(BytesIO(curve_picture.png(layout, TITLE, SUBTITLE, rows)))
    width = float(ElementTree.fromstring(curve_picture.svg(layout, TITLE, SUBTITLE, rows)).get("width"))
    assert image.width == pytest.approx(2 * width, abs=2)
    assert image.convert("RGB").getpixel((3, 3)) == WHITE


def test_a_run_that_has_only_begun_has_a_picture_too():
    layout = curve_picture.layout(["loss", "accuracy"], 3, "Learning rate", "en")
    nothing = curves(HISTORY.head(0), STEPS.head(0), 1, 3)
    rows = {figure: curve_chart.rows(nothing, figure) for figure in ("loss", "accuracy")}
    rates = rate_chart.rows(rate_curve(HISTORY.head(0), STEPS.head(0), CHANGES.head(0), 1, 3))
    assert "Loss" in texts(curve_picture.svg(layout, TITLE, "", rows | {curve_picture.RATE: rates}))


def test_a_picture_can_be_made_in_another_thread(layout, rows):
    """Streamlit calls what makes a download there."""
    made: list[bytes] = []
    thread = Thread(target=lambda: made.append(curve_picture.png(layout, TITLE, SUBTITLE, rows)))
    thread.start()
    thread.join()
    assert made[0].startswith(b"\x89PNG")
