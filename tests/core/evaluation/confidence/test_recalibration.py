from dataclasses import replace

import numpy as np
import pytest

from core.evaluation.confidence.recalibration import recalibrated
from core.evaluation.confidence.temperature import cross_fitted, fitted_temperature, with_temperature
from tests.core.evaluation.generated import evaluation


def test_validation_images_are_judged_with_the_temperature_of_the_others():
    validation = evaluation(600, 4, temperature=2.0)
    labels = validation.predictions["label"].to_numpy()
    found = recalibrated(validation, validation)
    assert found.temperature == fitted_temperature(labels, validation.probabilities)
    assert np.array_equal(found.evaluation.probabilities, cross_fitted(labels, validation.probabilities))
    assert found.evaluation.predictions["predicted"].equals(validation.predictions["predicted"])
    assert found.evaluation.predictions["confidence"].to_numpy() == pytest.approx(
        found.evaluation.probabilities.max(axis=1)
    )


def test_test_images_get_the_temperature_of_the_validation_images():
    validation, test = evaluation(600, 3, temperature=2.0), evaluation(200, 3, temperature=0.5, part="test")
    found = recalibrated(test, validation)
    assert found.temperature == pytest.approx(2, rel=0.2)
    assert np.array_equal(found.evaluation.probabilities, with_temperature(test.probabilities, found.temperature))


def test_without_mistakes_there_is_nothing_to_learn():
    judged = evaluation(600, 2, temperature=2.0)
    right = replace(judged, probabilities=np.eye(2)[judged.predictions["label"]] * 0.8 + 0.1)
    assert recalibrated(right, right) is None
