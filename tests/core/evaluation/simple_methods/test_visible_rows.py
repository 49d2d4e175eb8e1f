import json

import numpy as np
import pytest

from core.errors import RunError
from core.evaluation.simple_methods.visible_rows import VisibleRows
from core.split import Assignment


def test_rows_are_the_same_after_they_were_written_and_have_no_test_images():
    assignment = Assignment(
        np.array(["train", "test", "validation", "train", "test", "train", "train", "train", "test"])
    )
    written = json.loads(json.dumps(VisibleRows.of(assignment).to_json()))
    read = VisibleRows.from_json(written)
    assert (read.train.tolist(), read.validation.tolist(), read.images) == ([0, 3, 5, 6, 7], [2], 9)


@pytest.mark.parametrize("parts", [["train", "test"], ["validation", "test"]])
def test_without_training_or_validation_images_there_is_nothing_to_compare(parts):
    with pytest.raises(RunError, match="no training or no validation images"):
        VisibleRows.of(Assignment(np.array(parts)))
