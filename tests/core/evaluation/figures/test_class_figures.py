import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import balanced_accuracy_score, f1_score
from statsmodels.stats.proportion import proportion_confint

from core.evaluation.figures.class_figures import class_averages, class_figures
from tests.core.evaluation.judged import classified, drawn_labels

DRAWS = [(0, 60, 3, 0.8), (1, 300, 10, 0.6), (2, 1000, 2, 0.9)]


@pytest.mark.parametrize(("seed", "images", "classes", "right"), DRAWS)
def test_the_averages_are_those_of_scikit_learn(seed, images, classes, right):
    labels, predicted = drawn_labels(seed, images, classes, right)
    averages = class_averages(classified(labels, predicted, classes))
    assert averages.macro_f1.value == pytest.approx(f1_score(labels, predicted, average="macro"))
    assert averages.balanced_accuracy.value == pytest.approx(balanced_accuracy_score(labels, predicted))


@pytest.mark.parametrize(("seed", "images", "classes", "right"), DRAWS)
def test_their_intervals_are_those_of_images_drawn_one_by_one(seed, images, classes, right):
    labels, predicted = drawn_labels(seed, images, classes, right)
    random = np.random.default_rng(seed)
    draws = [random.integers(images, size=images) for _ in range(500)]
    averages = class_averages(classified(labels, predicted, classes))
    macro_f1 = [f1_score(labels[draw], predicted[draw], average="macro") for draw in draws]
    balanced = [balanced_accuracy_score(labels[draw], predicted[draw]) for draw in draws]
    assert averages.macro_f1.interval == pytest.approx(np.percentile(macro_f1, [2.5, 97.5]), abs=0.025)
    assert averages.balanced_accuracy.interval == pytest.approx(np.percentile(balanced, [2.5, 97.5]), abs=0.025)


@pytest.mark.parametrize(("seed", "images", "classes", "right"), DRAWS)
def test_the_intervals_of_a_class_are_wilsons(seed, images, classes, right):
    labels, predicted = drawn_labels(seed, images, classes, right)
    table = class_figures(classified(labels, predicted, classes))
    for label, row in table.iterrows():
        both = int(((labels == label) & (predicted == label)).sum())
        is_label, is_predicted = labels == label, predicted == label
        recall = proportion_confint(both, is_label.sum(), method="wilson")
        precision = proportion_confint(both, is_predicted.sum(), method="wilson")
        of_either = np.array(proportion_confint(both, (is_label | is_predicted).sum(), method="wilson"))
        assert row[["recall_low", "recall_high"]].tolist() == pytest.approx(recall)
        assert row[["precision_low", "precision_high"]].tolist() == pytest.approx(precision)
        assert row[["f1_low", "f1_high"]].tolist() == pytest.approx(2 * of_either / (1 + of_either))


def test_the_interval_of_f1_holds_the_f1_of_all_images_about_as_often_as_it_says():
    labels, predicted = drawn_labels(0, 100_000, 3, 0.7)
    all_images = f1_score(labels, predicted, average=None)
    random = np.random.default_rng(1)
    draws = [random.integers(len(labels), size=80) for _ in range(300)]
    tables = [class_figures(classified(labels[draw], predicted[draw])) for draw in draws]
    held = np.mean([(table["f1_low"] <= all_images) & (all_images <= table["f1_high"]) for table in tables], axis=0)
    assert (held >= 0.91).all()


def test_answers_that_are_all_right_leave_no_interval_of_the_averages_but_one_of_each_class():
    evaluation = classified([0, 1, 1, 2], [0, 1, 1, 2])
    assert class_averages(evaluation).macro_f1.interval is None
    assert class_figures(evaluation)["f1_low"].max() < 0.6


def test_a_class_that_is_neither_there_nor_predicted_counts_for_nothing():
    evaluation = classified([0, 0, 1], [0, 1, 1])
    table = class_figures(evaluation).iloc[2]
    assert table[["f1", "f1_low", "recall_high", "precision_low"]].isna().all()
    assert class_averages(evaluation).macro_f1.value == pytest.approx(2 / 3)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40))
def test_every_interval_holds_its_figure_and_lies_between_0_and_1(pairs):
    evaluation = classified(*zip(*pairs, strict=True), classes=4)
    table = class_figures(evaluation)
    for name in ("precision", "recall", "f1"):
        low, value, high = (table[column].dropna() for column in (f"{name}_low", name, f"{name}_high"))
        assert ((low >= 0) & (low <= value + 1e-12) & (value <= high + 1e-12) & (high <= 1)).all()
