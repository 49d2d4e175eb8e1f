"""Where a net looks for a class in one image, as it is kept and shown."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np

from core.runs.feature_maps import refuse_not_finite
from core.runs.inspections import Inspection


@dataclass(frozen=True, eq=False)
class HeatMaps:
    """The answer to `core.runs.inspections.ask_heat_maps`, for the net after each of ``epochs``.

    ``maps``: float32, (epochs, height, width) of the net's input, each from 0, which does not speak for the class, to
    1, its own peak. ``peaks``: what that was before; where it is 0, nothing in the image speaks for the class, and the
    map is all 0. ``cells``: height and width of the layer's own maps, which is as fine as the net can tell.
    ``probabilities``: float64, (epochs, classes), rows sum to 1; of a net that predicts numbers (epochs, 1), its answer
    in its own units.
    """

    epochs: tuple[int, ...]
    maps: np.ndarray
    peaks: tuple[float, ...]
    cells: tuple[int, int]
    probabilities: np.ndarray

    @classmethod
    def of(cls, epochs: Sequence[int], maps: np.ndarray, cells: tuple[int, int], probabilities: np.ndarray) -> Self:
        """Those of ``maps`` that are not scaled yet, (epochs, height, width), 0 and above.

        InspectionError where a value is not a finite number.
        """
        refuse_not_finite(maps)
        refuse_not_finite(probabilities)
        peaks = maps.max(axis=(1, 2))
        scaled = maps / np.where(peaks > 0, peaks, 1)[:, np.newaxis, np.newaxis]
        return cls(tuple(epochs), scaled.astype(np.float32), tuple(peaks.tolist()), cells, probabilities)

    def on_one_scale(self) -> Self:
        """The same with one scale for all epochs: 1 is the largest of the peaks."""
        largest = max(self.peaks)
        if not largest:
            return self
        shares = np.array(self.peaks, np.float32) / np.float32(largest)
        return replace(self, maps=self.maps * shares[:, np.newaxis, np.newaxis])

    @classmethod
    def read(cls, inspection: Inspection) -> Self:
        """Those that an answered inspection holds."""
        assert inspection.result is not None
        assert inspection.data is not None
        result = inspection.result
        with np.load(io.BytesIO(inspection.data), allow_pickle=False) as arrays:
            maps, probabilities = arrays["maps"].astype(np.float32), arrays["probabilities"]
        height, width = result["cells"]
        return cls(tuple(result["epochs"]), maps, tuple(result["peaks"]), (height, width), probabilities)

    def to_result(self) -> dict[str, Any]:
        """Everything but the arrays, in JSON values."""
        return {"epochs": list(self.epochs), "peaks": list(self.peaks), "cells": list(self.cells)}

    def to_data(self) -> bytes:
        """The arrays as a compressed npz file: three digits of each map are more than an eye can tell apart."""
        file = io.BytesIO()
        np.savez_compressed(file, maps=self.maps.astype(np.float16), probabilities=self.probabilities)
        return file.getvalue()
