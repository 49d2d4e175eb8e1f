"""Baselines against scikit-learn by hand, on its own digits."""

import json

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import accuracy_score, mean_absolute_error
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

from core.evaluation import Evaluation, NumberEvaluation
from core.evaluation.simple_methods import baselines
from core.evaluation.simple_methods.baseline_verdict import unbeaten, verdict
from core.evaluation.simple_methods.baselines import Baselines, train_baselines
from core.evaluation.simple_methods.visible_rows import VisibleRows
from tests.core.evaluation.visible_pixels import VisiblePixels

DIGITS = load_digits()
IMAGES = (DIGITS.images * 15).astype(np.uint8)[..., np.newaxis]
LABELS = DIGITS.target.astype(np.int64)
BRIGHTNESS = IMAGES.mean((1, 2, 3), dtype=np.float64)
PARTS = np.random.default_rng(1).choice(3, len(LABELS), p=[0.4, 0.2, 0.4])
TRAIN, VALIDATION, TEST = (np.flatnonzero(part == PARTS) for part in range(3))
VISIBLE = VisibleRows(TRAIN, VALIDATION, len(LABELS))
FLAT = IMAGES.reshape(len(IMAGES), -1) / np.float32(255)


def to_nobody(_done: int, _total: int) -> None:
    """Where nobody asks how far it is."""


def trained(images=IMAGES, truth=LABELS, visible=VISIBLE, predicts_numbers=False) -> Baselines:
    return train_baselines(images, truth, visible, to_nobody, predicts_numbers=predicts_numbers)


@pytest.fixture(scope="module")
def of_digits() -> Baselines:
    return trained()


@pytest.fixture(scope="module")
def of_brightness() -> Baselines:
    return trained(truth=BRIGHTNESS, predicts_numbers=True)


def test_the_baselines_of_classes_are_those_of_scikit_learn(of_digits):
    most_frequent = np.bincount(LABELS[TRAIN]).argmax()
    expected = {
        "majority_class": np.full(len(VALIDATION), most_frequent),
        "nearest_neighbours": KNeighborsClassifier(5).fit(FLAT[TRAIN], LABELS[TRAIN]).predict(FLAT[VALIDATION]),
        "logistic_regression": LogisticRegression(max_iter=200)
        .fit(FLAT[TRAIN], LABELS[TRAIN])
        .predict(FLAT[VALIDATION]),
    }
    for name, answers in expected.items():
        baseline = of_digits.of[name]
        assert baseline.answers.tolist() == answers.tolist()
        assert baseline.figure == accuracy_score(LABELS[VALIDATION], answers)
        right = int((answers == LABELS[VALIDATION]).sum())
        assert baseline.interval == tuple(binomtest(right, len(answers)).proportion_ci(method="wilson"))


def test_the_mean_colour_alone_tells_little_of_digits(of_digits):
    share = np.bincount(LABELS[VALIDATION]).max() / len(VALIDATION)
    assert of_digits.of["majority_class"].figure < of_digits.of["mean_colour"].figure < 3 * share
    assert of_digits.best.name == "nearest_neighbours"


def test_the_baselines_of_numbers_are_those_of_scikit_learn(of_brightness):
    expected = {
        "mean_number": np.full(len(VALIDATION), BRIGHTNESS[TRAIN].mean()),
        "nearest_neighbours": KNeighborsRegressor(5).fit(FLAT[TRAIN], BRIGHTNESS[TRAIN]).predict(FLAT[VALIDATION]),
        "ridge_regression": Ridge().fit(FLAT[TRAIN], BRIGHTNESS[TRAIN]).predict(FLAT[VALIDATION]),
    }
    for name, answers in expected.items():
        baseline = of_brightness.of[name]
        assert baseline.figure == pytest.approx(mean_absolute_error(BRIGHTNESS[VALIDATION], answers), rel=1e-5)
        assert baseline.interval[0] < baseline.figure < baseline.interval[1]
    assert of_brightness.of["mean_colour"].figure < 0.1
    assert of_brightness.best.name in ("mean_colour", "ridge_regression")


def test_test_images_and_their_labels_are_never_looked_at(of_digits):
    sealed = LABELS.copy()
    sealed[TEST] = 77
    found = trained(VisiblePixels(IMAGES, np.concatenate([TRAIN, VALIDATION])), sealed)
    assert found.result() == of_digits.result()
    assert found.data() == of_digits.data()


def test_of_many_training_images_some_are_drawn_and_that_is_said(monkeypatch):
    monkeypatch.setattr(baselines, "drawn", lambda rows, labels: rows[:100])
    found = trained()
    assert (found.drawn, found.training_images, found.size) == (100, len(TRAIN), (8, 8, 1))


def test_one_class_of_training_images_is_the_answer_of_all_baselines():
    truth = np.where(PARTS == 1, LABELS, 3)
    found = trained(truth=truth)
    assert all(set(baseline.answers) == {3} for baseline in found.of.values())


def test_fewer_images_than_neighbours_are_enough():
    visible = VisibleRows(TRAIN[:3], VALIDATION, len(LABELS))
    assert len(trained(visible=visible).of["nearest_neighbours"].answers) == len(VALIDATION)


@pytest.mark.parametrize("kept", ["of_digits", "of_brightness"])
def test_what_is_kept_can_be_read_again(kept, request):
    found = request.getfixturevalue(kept)
    read = Baselines.read(json.loads(json.dumps(found.result())), found.data())
    assert read.result() == found.result()
    assert read.rows.tolist() == VALIDATION.tolist()
    assert all(read.of[name].answers.tolist() == each.answers.tolist() for name, each in found.of.items())
    assert read.to_json() == found.to_json()


def test_the_command_line_gets_the_figure_and_its_interval(of_digits, of_brightness):
    knn = of_digits.of["nearest_neighbours"]
    assert of_digits.to_json()["nearest_neighbours"] == {"accuracy": knn.figure, "interval": list(knn.interval)}
    assert set(of_brightness.to_json()["mean_number"]) == {"mean_absolute_error", "interval"}


def test_how_far_it_is_is_told_in_baselines():
    told = []
    train_baselines(IMAGES, LABELS, VISIBLE, lambda *at: told.append(at), predicts_numbers=False)
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]


def net(answers) -> Evaluation:
    """A net that gives these classes to the validation images."""
    table = pd.DataFrame({"row": VALIDATION, "label": LABELS[VALIDATION], "predicted": answers})
    return Evaluation("validation", tuple("0123456789"), table, np.eye(10)[answers], 0)


def with_wrong(answers, count: int) -> np.ndarray:
    """``answers`` with one more mistake in ``count`` images that they get right."""
    changed = answers.copy()
    right = np.flatnonzero(answers == LABELS[VALIDATION])[:count]
    changed[right] = (changed[right] + 1) % 10
    return changed


def test_a_net_that_is_always_right_beats_all(of_digits):
    best = net(LABELS[VALIDATION])
    assert unbeaten(best, of_digits) == []
    assert str(verdict(best, of_digits)).startswith("The net is right on 100.0%, the class of the most similar")
    assert "what no simple method here gives" in str(verdict(best, of_digits))


@pytest.mark.parametrize("mistakes", [0, 40])
def test_a_net_that_is_no_better_has_added_nothing(of_digits, mistakes):
    of_knn = of_digits.of["nearest_neighbours"].answers
    worse = net(with_wrong(of_knn, mistakes))
    assert unbeaten(worse, of_digits)[0].name == "nearest_neighbours"
    assert "the layers have added nothing that this simple method does not give" in str(verdict(worse, of_digits))


def test_a_lead_of_one_image_is_noise(of_digits):
    answers = of_digits.of["nearest_neighbours"].answers.copy()
    wrong = np.flatnonzero(answers != LABELS[VALIDATION])[0]
    answers[wrong] = LABELS[VALIDATION][wrong]
    assert "cannot be told from noise" in str(verdict(net(answers), of_digits))


@pytest.mark.parametrize(("noise", "is_ahead"), [(0.0, True), (30.0, False)])
def test_nets_that_answer_with_numbers_are_compared_by_their_errors(of_brightness, noise, is_ahead):
    value = BRIGHTNESS[VALIDATION]
    answers = value + noise * np.resize([1, -1], len(value))
    judged = NumberEvaluation("validation", pd.DataFrame({"value": value, "predicted": answers}), 0)
    assert (unbeaten(judged, of_brightness) == []) is is_ahead
    assert str(verdict(judged, of_brightness)).startswith(f"The net is off by {noise:,.4g} on average, a ")
