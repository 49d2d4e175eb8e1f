import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import auc, average_precision_score, precision_recall_curve, roc_auc_score

from core.evaluation.confidence.curves import BUCKETS, areas, macro_means, precision_recall, roc
from tests.core.evaluation.generated import answers

NAMES = ["cat", "dog", "fox"]


def test_the_areas_are_those_of_scikit_learn():
    labels, probabilities = answers(400, 3)
    table = areas(labels, probabilities, NAMES)
    expected = roc_auc_score(labels, probabilities, multi_class="ovr", average=None)
    assert table["roc_area"].tolist() == pytest.approx(expected)
    binary = np.eye(3)[labels]
    assert table["average_precision"].tolist() == pytest.approx(
        average_precision_score(binary, probabilities, average=None)
    )
    assert macro_means(table) == pytest.approx(
        (
            roc_auc_score(labels, probabilities, multi_class="ovr", average="macro"),
            average_precision_score(binary, probabilities, average="macro"),
        )
    )
    assert (table["images"] + table["others"]).tolist() == [400, 400, 400]


@pytest.mark.parametrize("labels", [[0, 0, 0, 0], [0, 1, 1, 0]])
def test_a_class_with_images_on_one_side_only_has_no_area_and_no_curve(labels):
    labels, probabilities = np.array(labels), np.full((4, 3), 1 / 3)
    table = areas(labels, probabilities, NAMES).set_index("class_name")
    assert table.loc["fox", ["images", "others"]].tolist() == [0, 4]
    assert table.loc["fox", ["roc_area", "average_precision"]].isna().all()
    assert roc(labels, probabilities, 2, "fox").empty
    assert precision_recall(labels, probabilities, 2, "fox").empty


def test_the_macro_mean_is_of_the_classes_that_have_an_area():
    table = pd.DataFrame({"roc_area": [0.9, np.nan, 0.7], "average_precision": [0.5, np.nan, np.nan]})
    assert macro_means(table) == pytest.approx((0.8, 0.5))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("images", [10, 300, 30_000])
def test_thinning_does_not_move_the_areas(images, seed):
    labels, probabilities = answers(images, 3, seed=seed)
    is_dog = labels == 1
    curve = roc(labels, probabilities, 1, "dog")
    assert len(curve) <= 2 * BUCKETS + 2
    area = auc(curve["false_positive_rate"], curve["true_positive_rate"])
    assert area == pytest.approx(roc_auc_score(is_dog, probabilities[:, 1]), abs=1 / (2 * BUCKETS))
    curve = precision_recall(labels, probabilities, 1, "dog")
    assert len(curve) <= 2 * BUCKETS + 2
    average = (curve["recall"].diff() * curve["precision"]).sum()
    assert average == pytest.approx(average_precision_score(is_dog, probabilities[:, 1]), abs=1 / BUCKETS)


def test_each_point_of_the_curves_is_what_its_threshold_gives():
    labels, probabilities = answers(200, 2)
    for point in roc(labels, probabilities, 1, "dog").dropna().itertuples():
        called = probabilities[:, 1] >= point.threshold
        assert point.true_positive_rate == pytest.approx(called[labels == 1].mean())
        assert point.false_positive_rate == pytest.approx(called[labels == 0].mean())
    for point in precision_recall(labels, probabilities, 1, "dog").dropna().itertuples():
        called = probabilities[:, 1] >= point.threshold
        assert (point.recall, point.precision) == pytest.approx((called[labels == 1].mean(), labels[called].mean()))


def test_the_curves_reach_from_one_end_to_the_other():
    labels, probabilities = answers(50_000, 2)
    curve = roc(labels, probabilities, 0, "cat")
    ends = curve[["false_positive_rate", "true_positive_rate"]].iloc[[0, -1]]
    assert ends.to_numpy().tolist() == [[0, 0], [1, 1]]
    curve = precision_recall(labels, probabilities, 0, "cat")
    precision, recall, _ = precision_recall_curve(labels == 0, probabilities[:, 0])
    assert curve[["recall", "precision"]].iloc[0].tolist() == [recall[-1], precision[-1]]
    assert curve["recall"].iloc[-1] == 1
