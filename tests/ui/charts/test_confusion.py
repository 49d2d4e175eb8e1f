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
