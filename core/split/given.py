"""The parts that images came with, such as those of folders called train and test."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from core.split.parts import PARTS


def given_parts(images: pd.DataFrame) -> np.ndarray:
    """The part that each of ``images`` came with (column given_part), (images,); empty for those without one."""
    parts = images["given_part"] if "given_part" in images else pd.Series("", index=images.index)
    return parts.where(parts.isin(PARTS), "").to_numpy(dtype="<U10")


def missing_shares(given: np.ndarray, ratios: Mapping[str, float]) -> dict[str, float]:
    """How training images are divided where none came for validation or for the test: what each such part takes of
    them, by its ratio to that of training. Empty where nothing is missing."""
    missing = [part for part in PARTS[1:] if ratios[part] > 0 and not (given == part).any()]
    if not missing:
        return {}
    whole = sum(ratios[part] for part in (PARTS[0], *missing))
    return {part: ratios[part] / whole for part in (PARTS[0], *missing)}
