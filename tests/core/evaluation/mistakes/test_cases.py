from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evaluation.evaluation import judge_answers
from core.evaluation.mistakes.cases import Choice, cases, chosen, ordered, page, page_count

NAMES = ("cat", "dog", "fox")

# Of each image: path, true class, probabilities. In words: a sure mistake, a sure hit, a doubtful hit, a doubtful
# mistake, and a mistake as sure as the first one.
JUDGED = [
    ("b/Whiskers.png", 0, (0.05, 0.90, 0.05)),
    ("a/rex.png", 1, (0.01, 0.98, 0.01)),
    ("c/reynard.png", 2, (0.30, 0.30, 0.40)),
    ("a/fido.png", 1, (0.45, 0.35, 0.20)),
    ("a/tom.png", 0, (0.08, 0.90, 0.02)),
]


def evaluation(judged=JUDGED):
    paths, labels, answers = zip(*judged, strict=True)
    images = pd.DataFrame({"path": paths, "label": labels})
    return judge_answers(np.array(answers), np.arange(len(paths)), images, NAMES, "validation", openings=0)


def first_letters(table) -> str:
    return "".join(path.split("/")[1][0] for path in table["path"])


def test_each_image_has_the_probability_of_its_true_class():
    table = cases(evaluation())
    assert list(table) == ["row", "path", "label", "predicted", "confidence", "true_probability"]
    assert table["true_probability"].tolist() == pytest.approx([0.05, 0.98, 0.40, 0.35, 0.08])
    assert table["confidence"].tolist() == pytest.approx([0.90, 0.98, 0.40, 0.45, 0.90])


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice(), "Wrrft"),
        (Choice("mistakes"), "Wft"),
        (Choice("right"), "rr"),
        (Choice(label=0), "Wt"),
        (Choice(predicted=1), "Wrt"),
        (Choice(label=1, predicted=0), "f"),
        (Choice("right", label=1, predicted=0), ""),
        (Choice(text="whiskers"), "W"),
        (Choice(text=" A/ "), "rft"),
        (Choice("mistakes", text="."), "Wft"),
    ],
)
def test_images_are_chosen_by_answer_cell_and_path(choice, expected):
    assert first_letters(chosen(cases(evaluation()), choice)) == expected


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("surest_mistakes", "tWfrr"),  # a/tom before b/Whiskers: as sure, so by path
        ("least_certain_hits", "rrftW"),
        ("missing_probability", "Wtfrr"),
        ("path", "frtWr"),
    ],
)
def test_images_are_put_in_order(order, expected):
    assert first_letters(ordered(cases(evaluation()), order)) == expected


def test_of_the_right_answers_the_least_certain_comes_first():
    assert ordered(cases(evaluation()), "least_certain_hits")["path"].iloc[0] == "c/reynard.png"


def test_the_index_still_finds_the_probabilities():
    judged = evaluation()
    for position, case in ordered(cases(judged), "missing_probability").iterrows():
        assert judged.probabilities[position, case["label"]] == case["true_probability"]


@st.composite
def _evaluations(draw):
    images = draw(st.integers(1, 30))
    share = st.floats(0.01, 1)
    rows = [
        (draw(st.text("abc/.", min_size=1, max_size=6)), draw(st.integers(0, 2)), [draw(share) for _ in NAMES])
        for _ in range(images)
    ]
    return evaluation(rows)


@given(_evaluations(), st.sampled_from(["", "a", "/b"]))
def test_the_cells_of_the_matrix_divide_the_images(judged, text):
    table = cases(judged)
    cells = [chosen(table, Choice("all", *cell, text)) for cell in product(range(3), repeat=2)]
    assert sorted(pd.concat(cells).index) == list(chosen(table, Choice(text=text)).index)
    if not text:
        assert [len(cell) for cell in cells] == judged.confusion.ravel().tolist()


@given(_evaluations())
def test_mistakes_and_right_answers_divide_the_images(judged):
    table = cases(judged)
    right, wrong = chosen(table, Choice("right")), chosen(table, Choice("mistakes"))
    assert len(right) == judged.right
    assert sorted([*right.index, *wrong.index]) == list(table.index)


@given(_evaluations(), st.integers(1, 12), st.sampled_from(["surest_mistakes", "least_certain_hits", "path"]))
def test_the_pages_hold_every_image_once_in_order(judged, per_page, order):
    table = ordered(cases(judged), order)
    pages = [page(table, number, per_page) for number in range(1, page_count(len(table), per_page) + 1)]
    assert all(len(each) for each in pages)
    pd.testing.assert_frame_equal(pd.concat(pages), table)


def test_a_page_behind_the_last_is_the_last():
    table = cases(evaluation())
    assert first_letters(page(table, 9, 2)) == "t"
    assert page_count(0, 12) == 1
    assert page(table.iloc[:0], 1, 12).empty
