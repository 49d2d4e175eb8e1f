import errno
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from core.errors import RunError
from core.message import say
from core.training.failure import explain

LOG = Path("runs/one/worker.log")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (RunError(say("The loss is gone.")), "The loss is gone."),
        (MemoryError(), "smaller batch size"),
        (tf.errors.ResourceExhaustedError(None, None, "OOM when allocating tensor"), "smaller batch size"),
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full"),
        (
            ValueError("Odd shape\nand more"),
            "error in Layerlab: ValueError: Odd shape. The log is in runs/one/worker.log.",
        ),
        (AssertionError(), "error in Layerlab: AssertionError: no reason given."),
    ],
)
def test_every_failure_has_a_sentence(error: Exception, sentence: str) -> None:
    assert sentence in str(explain(error, LOG))


def test_an_array_that_does_not_fit_into_memory_is_explained() -> None:
    with pytest.raises(MemoryError) as failure:
        np.zeros(2**60, np.uint8)

    assert "memory of this machine" in str(explain(failure.value, LOG))
