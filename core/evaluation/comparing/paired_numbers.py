"""Two models that answered with numbers, compared image by image."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.evaluation.comparing.common_images import CommonImages
from core.evaluation.figures.resampling import Estimate, drawn_means, estimate
from core.evaluation.number_evaluation import NumberEvaluation
from core.message import Message, say


@dataclass(frozen=True)
class PairedNumbers:
    """Differences are those of the first model less the second, in the units of the numbers."""

    common: CommonImages[NumberEvaluation]

    @property
    def images(self) -> int:
        return self.common.first.images

    @cached_property
    def further(self) -> np.ndarray:
        """How much further off the first model is than the second, (images,)."""
        return np.abs(self.common.first.errors) - np.abs(self.common.second.errors)

    @cached_property
    def drawn_differences(self) -> np.ndarray:
        """The difference of the mean absolute errors in each draw of the same images for both: (draws,)."""
        return drawn_means(self.further[:, np.newaxis])[:, 0]

    @property
    def error_difference(self) -> Estimate:
        """Of the mean absolute errors, with its interval from `drawn_differences`."""
        return estimate(float(self.further.mean()), self.drawn_differences)

    @property
    def is_real(self) -> bool:
        """Whether the images, drawn anew, put the same model ahead in 95 of 100 draws and more."""
        interval = self.error_difference.interval
        return interval is not None and not interval[0] <= 0 <= interval[1]

    def closer(self, *, first: bool) -> np.ndarray:
        """The positions of the images where the first, or the second, model is closer; the largest difference first."""
        lead = -self.further if first else self.further
        order = np.argsort(-lead, kind="stable")
        return order[lead[order] > 0]

    def verdict(self, first: Message, second: Message) -> Message:
        """Whether the difference is more than chance, in words; ``first`` and ``second`` are what the runs are
        called."""
        return say(
            "On {by_first:,} of {images:,} images {first} is closer, on {by_second:,} {second}. {meaning}",
            images=self.images,
            by_first=len(self.closer(first=True)),
            by_second=len(self.closer(first=False)),
            first=first,
            second=second,
            meaning=self._meaning(first, second),
        )

    def _meaning(self, first: Message, second: Message) -> Message:
        if not self.is_real:
            return say(
                "Drawn anew, these images put now the one ahead and now the other, so the difference of their errors "
                "cannot be told from noise."
            )
        return say(
            "Drawn anew, these images nearly always put {ahead} ahead, so the difference of their errors is more than "
            "noise.",
            ahead=first if self.error_difference.value < 0 else second,
        )
