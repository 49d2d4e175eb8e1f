import pytest

from core.architecture import Residual, summarize
from core.architecture.layers.conv2d import Conv2D
from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.architecture.layers.max_pooling2d import MaxPooling2D
from core.message import say
from core.problem import Problem, Severity
from ui import opened_layer
from ui.layer_list import Act, rows

IMAGE = (6, 6, 1)
PADDED = Conv2D(filters=2, kernel_size=3, padding="same")
BLOCK = Residual(layers=(PADDED, Residual(layers=(PADDED,))))
NET = (BLOCK, MaxPooling2D(), Flatten(), Dense(units=3))
TOO_LARGE = Problem((1,), say("The pool is larger than its input."))
TOO_MUCH = Problem((1,), say("It is a large pool."), severity=Severity.WARNING)


@pytest.fixture(autouse=True)
def _nothing_is_closed(session_state):
    """The rows of a session that has just begun."""


def of(*layers, problems=()):
    return {row["place"]: row for row in rows(summarize(layers, IMAGE), problems, batch_size=10)}


def test_every_layer_has_a_row_those_inside_behind_their_residual():
    shown = of(*NET)
    assert list(shown) == [(0,), (0, 0), (0, 1), (0, 1, 0), (1,), (2,), (3,)]
    assert [row["kind"] for row in shown.values()] == [
        "Residual",
        "Conv2D",
        "Residual",
        "Conv2D",
        "MaxPooling2D",
        "Flatten",
        "Dense",
    ]
    assert [row["closed"] for row in shown.values()] == [False, None, False, None, None, None, None]
    assert [row["shape"] for row in shown.values()] == ["6 × 6 × 2"] * 4 + ["3 × 3 × 2", "18", "3"]
    assert shown[(0, 0)]["settings"] == "2 filters · 3 × 3 · same"


@pytest.mark.parametrize(
    ("closed", "places"),
    [
        ((0,), [(0,), (1,), (2,), (3,)]),
        ((0, 1), [(0,), (0, 0), (0, 1), (1,), (2,), (3,)]),
    ],
)
def test_a_closed_residual_hides_the_layers_inside(closed, places):
    opened_layer.turn(closed)
    shown = of(*NET)
    assert list(shown) == places
    assert shown[closed]["closed"] is True


def test_figures_are_texts_with_the_share_of_the_whole():
    figures = {place: row["figures"] for place, row in of(MaxPooling2D(), Flatten(), Dense(units=3)).items()}
    # 3·3·1 numbers after the pool, 9 after Flatten and 3 after Dense, which has 9·3 weights and 3 biases
    assert figures[(0,)] == {
        "parameters": ("0", 0.0),
        "multiply_adds": ("0", 0.0),
        "memory": ("360 bytes", pytest.approx(9 / 21)),
        "field": ("2 × 2", 0.0),
    }
    assert figures[(2,)] == {
        "parameters": ("30", 1.0),
        "multiply_adds": ("27", 1.0),
        "memory": ("120 bytes", pytest.approx(3 / 21)),
        "field": ("6 × 6", 0.0),
    }


def test_the_shares_of_the_layers_sum_to_one():
    shown = of(*NET)
    for figure in ("parameters", "multiply_adds", "memory"):
        assert sum(row["figures"][figure][1] for place, row in shown.items() if len(place) == 1) == pytest.approx(1)


def test_a_layer_that_is_off_hands_on_its_input_and_costs_nothing():
    [pool, dense] = of(MaxPooling2D(disabled=True), Dense(units=3, disabled=True)).values()
    assert pool["disabled"]
    assert pool["shape"] == "6 × 6 × 1"
    assert dense["figures"]["parameters"] == ("0", 0.0)
    assert dense["figures"]["memory"] == ("0 bytes", 0.0)


def test_behind_a_layer_that_cannot_work_nothing_is_known():
    shown = of(MaxPooling2D(), Conv2D(filters=4, kernel_size=9), BLOCK, Dense(units=3))
    assert shown[(0,)]["shape"] == "3 × 3 × 1"
    unknown = {"parameters", "multiply_adds", "memory", "field"}
    for place in [(1,), (2,), (2, 0), (2, 1, 0), (3,)]:
        assert shown[place]["shape"] is None
        assert shown[place]["figures"] == dict.fromkeys(unknown, (None, 0.0))


@pytest.mark.parametrize(
    ("problems", "expected"),
    [
        ((), None),
        ((TOO_LARGE,), {"text": "The pool is larger than its input.", "severity": "error"}),
        ((TOO_MUCH,), {"text": "It is a large pool.", "severity": "warning"}),
        ((TOO_LARGE, TOO_MUCH), {"text": "The pool is larger than its input.", "severity": "error"}),
        ((Problem(None, say("There are no layers yet.")),), None),
    ],
)
def test_a_row_tells_the_first_problem_of_its_layer(problems, expected):
    shown = of(*NET, problems=problems)
    assert shown[(1,)]["problem"] == expected
    assert [row["problem"] for place, row in shown.items() if place != (1,)] == [None] * 6


def test_a_problem_inside_a_residual_stands_at_the_layer_there():
    wide = Residual(layers=(PADDED, Conv2D(filters=4, kernel_size=9)))
    summary = summarize((wide,), IMAGE)
    shown = {row["place"]: row for row in rows(summary, summary.problems, 10)}
    assert "9 × 9" in shown[(0, 1)]["problem"]["text"]
    assert shown[(0,)]["problem"] is None
    assert shown[(0, 0)]["shape"] == "6 × 6 × 2"
    assert shown[(0,)]["shape"] is None


def test_a_closed_residual_still_tells_that_something_inside_is_wrong():
    opened_layer.turn((0,))
    summary = summarize((Residual(layers=(PADDED, Conv2D(filters=4, kernel_size=9))),), IMAGE)
    [row] = rows(summary, summary.problems, 10)
    assert "9 × 9" in row["problem"]["text"]


def test_an_empty_list_has_no_rows():
    assert of() == {}


SENT = {"name": "move", "place": [1, 0], "generation": 3, "before": [2]}


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (SENT, Act("move", (1, 0), 3, (2,))),
        ({"name": "open", "place": [0], "generation": 0}, Act("open", (0,), 0)),
        (SENT | {"before": []}, None),
        (SENT | {"name": "open"}, None),
        (SENT | {"name": "format"}, None),
        (SENT | {"place": []}, None),
        (SENT | {"place": [-1]}, None),
        (SENT | {"place": [0.5]}, None),
        (SENT | {"place": ["a"]}, None),
        (SENT | {"place": [True]}, None),
        (SENT | {"place": 3}, None),
        (SENT | {"before": [-1]}, None),
        ({"name": "open", "place": [0]}, None),
        ("open", None),
        (None, None),
    ],
)
def test_only_what_the_list_can_send_is_an_act(sent, expected):
    assert Act.read(sent) == expected
