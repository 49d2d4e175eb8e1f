import numpy as np
import pandas as pd
import pytest

from core.evaluation.evaluation import judge_answers
from ui.charts import confusion

NAMES = ("고양이", "dog")


def judged(*pairs: tuple[int, int]):
    """Of each image its class and the class it was taken for."""
    labels, predicted = zip(*pairs, strict=True)
    images = pd.DataFrame({"path": [str(row) for row in range(len(pairs))], "label": labels})
    answers = np.eye(2)[list(predicted)]
    return judge_answers(answers, np.arange(len(pairs)), images, NAMES, "validation", openings=0)


def test_each_cell_has_its_count_and_its_share_of_the_true_class():
    cells = confusion.table(judged((0, 0), (0, 0), (0, 1), (1, 1))).set_index(["true", "predicted"])
    assert cells["images"].to_dict() == {
        ("고양이", "고양이"): 2,
        ("고양이", "dog"): 1,
        ("dog", "고양이"): 0,
        ("dog", "dog"): 1,
    }
    assert cells.loc[("고양이", "dog"), "share"] == pytest.approx(1 / 3)


def test_a_class_without_images_has_no_share():
    cells = confusion.table(judged((0, 0)))
    assert cells[cells["true"] == "dog"]["share"].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([(0, 0), (1, 1)], "No class is taken for another."),
        ([(0, 1), (1, 1)], "The one mistake: 고양이 is taken for dog."),
        ([(0, 1), (0, 1), (1, 0)], "Most often 고양이 is taken for dog: 2 of 3 mistakes."),
    ],
)
def test_the_sentence_names_the_most_frequent_mistake(pairs, expected):
    assert confusion.sentence(confusion.table(judged(*pairs))) == expected


@pytest.mark.parametrize(("classes", "layers"), [(10, 2), (60, 1)])
def test_cells_too_small_for_a_number_have_none(classes, layers):
    names = [f"class {number}" for number in range(classes)]
    cells = pd.DataFrame({"true": names, "predicted": names, "images": 1, "share": 1.0})
    assert len(confusion.chart(cells, 680, "light").layer) == layers


@pytest.mark.parametrize(
    ("largest", "figure", "texts"),
    [(5, "images", 1), (99_999, "images", 0), (99_999, "share", 1)],
)
def test_a_figure_that_its_cell_has_no_room_for_is_left_out(largest, figure, texts):
    names = [f"class {number}" for number in range(10)]
    cells = pd.DataFrame({"true": names, "predicted": names, "images": largest, "share": 1.0})
    assert len(confusion.chart(cells, 330, "light", figure).layer) == 1 + texts


def test_the_outline_is_on_top_and_is_what_is_read_out():
    chart = confusion.chart(confusion.table(judged((0, 1))), 330, "dark", is_clickable=True, start=("고양이", "dog"))
    *below, outline = chart.layer
    assert [layer.mark.aria for layer in below] == [False, False]
    (cell,) = chart.to_dict()["params"]
    assert cell["value"] == [{"true": "고양이", "predicted": "dog"}]
    assert outline.mark.fill == "transparent"


@pytest.mark.parametrize(("name", "angle"), [("cat", 0), ("automobile", -90), ("고양", 0), ("고양이다", -90)])
def test_names_that_are_wider_than_a_cell_stand_upright(name, angle):
    names = [name, *map(str, range(9))]
    cells = pd.DataFrame({"true": names, "predicted": names, "images": 1, "share": 1.0})
    squares = confusion.chart(cells, 330, "light").layer[0].to_dict()
    assert squares["encoding"]["x"]["axis"]["labelAngle"] == angle
