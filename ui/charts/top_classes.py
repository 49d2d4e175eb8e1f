"""The most probable classes of one image."""

import pandas as pd

from core.evaluation.trying.prediction import Prediction

SHOWN = 5


def table(prediction: Prediction, count: int | None = None) -> pd.DataFrame:
    """Columns class_name and probability (0–1), the most probable first: ``count`` of them, or all."""
    ranked = prediction.top(count or len(prediction.class_names))
    return pd.DataFrame(ranked, columns=["class_name", "probability"])
