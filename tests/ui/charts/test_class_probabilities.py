import numpy as np
import pytest

from ui.charts import class_probabilities

NAMES = tuple("abcdefghijklmn")


@pytest.mark.parametrize(
    ("label", "predicted", "roles"),
    [(0, 2, ["predicted", "true", "other"]), (2, 2, ["true", "other", "other"])],
)
def test_the_most_probable_class_comes_first_and_each_has_its_role(label, predicted, roles):
    rows = class_probabilities.table(np.array([0.3, 0.1, 0.6]), NAMES[:3], label, predicted)
    assert rows["class_name"].tolist() == ["c", "a", "b"]
    assert rows["probability"].tolist() == [0.6, 0.3, 0.1]
    assert rows["role"].tolist() == roles


def test_of_many_classes_the_true_one_has_its_bar_however_improbable():
    probabilities = np.linspace(0.2, 0.01, len(NAMES))
    rows = class_probabilities.shown(class_probabilities.table(probabilities, NAMES, label=13, predicted=0))
    assert rows["class_name"].tolist() == [*NAMES[:10], "n"]
