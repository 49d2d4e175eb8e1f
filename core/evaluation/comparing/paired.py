"""Two models that answered with classes, compared image by image."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.stats import binomtest

from core.evaluation.comparing.chance import REAL_BELOW, how_often
from core.evaluation.comparing.common_images import CommonImages
from core.evaluation.evaluation import Evaluation
from core.evaluation.figures.resampling import Estimate, drawn_from_counts, estimate
from core.evaluation.figures.tally import tally
from core.message import Message, say


def mcnemar(only_first: int, only_second: int) -> float:
    """How likely two models that are equally good differ at least as much by chance (McNemar, 1947; exact, two-sided).

    ``only_first`` and ``only_second``: the images that only the one and only the other got right. Those that both got
    right, or both wrong, do not tell them apart. Returns 0–1.
    """
    differing = only_first + only_second
    return float(binomtest(only_first, differing).pvalue) if differing else 1.0


@dataclass(frozen=True)
class PairedClasses:
    """Differences are those of the first model less the second."""

    common: CommonImages[Evaluation]

    @property
    def images(self) -> int:
        return self.common.first.images

    @cached_property
    def agreement(self) -> np.ndarray:
        """Counts, (2, 2): whether the first model is right (no, yes) by whether the second is."""
        first, second = self._right.astype(np.int64)
        return np.bincount(2 * first + second, minlength=4).reshape(2, 2)

    @property
    def only_first(self) -> int:
        """Images that only the first model got right."""
        return int(self.agreement[1, 0])

    @property
    def only_second(self) -> int:
        """Images that only the second model got right."""
        return int(self.agreement[0, 1])

    @property
    def p_value(self) -> float:
        return mcnemar(self.only_first, self.only_second)

    @property
    def is_real(self) -> bool:
        """Whether chance alone seldom brings about such a difference."""
        return self.p_value < REAL_BELOW

    @cached_property
    def drawn_differences(self) -> np.ndarray:
        """The difference of the accuracies, −1 to 1, in each draw of the same images for both: (draws,)."""
        signs = np.array([[0, -1], [1, 0]]).ravel()
        return drawn_from_counts(lambda counts: counts @ signs, self.agreement.ravel()) / self.images

    @property
    def accuracy_difference(self) -> Estimate:
        """With its interval from `drawn_differences`."""
        return estimate((self.only_first - self.only_second) / self.images, self.drawn_differences)

    @property
    def contradicts_draws(self) -> bool:
        """Whether `is_real` says the one and the interval of `accuracy_difference` the other, as for few images."""
        interval = self.accuracy_difference.interval
        return interval is not None and self.is_real == (interval[0] <= 0 <= interval[1])

    @cached_property
    def macro_f1_difference(self) -> Estimate:
        """With its interval by drawing the same images for both."""
        pairs = (self.common.first, self.common.second)
        answers = np.stack([each.predictions[name] for each in pairs for name in ("label", "predicted")])
        kinds, counts = np.unique(answers, axis=1, return_counts=True)

        def difference(counts: np.ndarray) -> np.ndarray:
            first = tally(counts, kinds[0], kinds[1], len(pairs[0].class_names))
            second = tally(counts, kinds[2], kinds[3], len(pairs[1].class_names))
            return first.macro_f1 - second.macro_f1

        return estimate(float(difference(counts)), drawn_from_counts(difference, counts))

    def right_only(self, *, first: bool) -> np.ndarray:
        """The positions of the images that only the first, or only the second, model got right."""
        of_first, of_second = self._right
        return np.flatnonzero(of_first & ~of_second if first else of_second & ~of_first)

    def verdict(self, first: Message, second: Message) -> Message:
        """Whether the difference is more than chance, in words; ``first`` and ``second`` are what the runs are
        called."""
        differing = self.only_first + self.only_second
        if not differing:
            return say(
                "Of {images:,} images both are right on the same and wrong on the same: nothing tells them apart.",
                images=self.images,
            )
        return say(
            "Only one of the two is right on {differing:,} of {images:,} images: on {only_first:,} it is {first}, on "
            "{only_second:,} {second}. {meaning}",
            images=self.images,
            differing=differing,
            only_first=self.only_first,
            only_second=self.only_second,
            first=first,
            second=second,
            meaning=self._meaning,
        )

    @property
    def _meaning(self) -> Message:
        often = how_often(self.p_value)
        if self.is_real:
            return say("That much comes about by chance {often}, so this difference is more than noise.", often=often)
        return say(
            "That much comes about by chance {often}, so this difference cannot be told from noise.", often=often
        )

    @property
    def _right(self) -> np.ndarray:
        """Bool, (2, images)."""
        predictions = (each.predictions for each in (self.common.first, self.common.second))
        return np.stack([table["label"] == table["predicted"] for table in predictions])
