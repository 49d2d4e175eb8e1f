from dataclasses import replace

import pandas as pd
import pytest

from tests.ui.example_runs import RUN
from ui.run_figures import figures

NAN = float("nan")
LIVE = replace(RUN, learning_rate=0.0005, images_per_second=12_345.6, memory_bytes=612_900_000, epoch_seconds=1.74)
LAST_EPOCH = pd.Series({"learning_rate": 0.001, "images_per_second": 998.7, "memory_bytes": NAN, "epoch": 3})


@pytest.mark.parametrize(
    ("run", "last_epoch", "expected"),
    [
        (RUN, None, {}),
        (
            LIVE,
            None,
            {
                "learning_rate": "0.0005",
                "images_per_second": "12,300",
                "memory_bytes": "612.9 MB",
                "epoch_seconds": "1.7 s",
            },
        ),
        (RUN, LAST_EPOCH, {"learning_rate": "0.001", "images_per_second": "999"}),
        (replace(RUN, learning_rate=0.5), LAST_EPOCH, {"learning_rate": "0.5", "images_per_second": "999"}),
        (RUN, pd.Series({"epoch": 1}), {}),
    ],
)
def test_figures_are_those_last_measured_else_those_of_the_last_epoch(run, last_epoch, expected):
    assert {name: str(figure) for name, figure in figures(run, last_epoch).items()} == expected
