"""By how much a test figure flatters at most, once the test set was opened several times."""

from dataclasses import dataclass
from math import log, sqrt


@dataclass(frozen=True)
class Optimism:
    """Upper bounds on how much better the best of the opened models looks than it is, as shares of right answers (0-1),
    on average over test sets of that size.

    ``by_choosing``: where the models were trained without a look at the test figures, and only the best was kept.
    ``by_adapting``: where each was made knowing the figures of those before it. Where more than the figure was looked
    at, such as single mistakes, no bound is known.
    """

    by_choosing: float
    by_adapting: float


def optimism(openings: int, images: int) -> Optimism:
    """Those after ``openings`` of a test set of ``images``, one or more.

    An accuracy on n images strays from its mean as a sub-Gaussian variable with the variance factor 1/(4n) (Hoeffding's
    lemma), and the largest of N such variables exceeds its mean by sqrt(ln N / (2n)) at most: Boucheron, Lugosi and
    Massart, 2013, Concentration Inequalities, theorem 2.5. Whoever keeps the best of k models chooses among N = k.
    Whoever makes each by the figures before it, which can each have n + 1 values, ends at one of
    N = 1 + (n + 1) + … + (n + 1)^(k - 1): the counting argument of Blum and Hardt, 2015, The Ladder.
    """
    if openings < 1:
        return Optimism(0.0, 0.0)
    reachable = sum((images + 1) ** earlier for earlier in range(openings))
    return Optimism(_largest_of(openings, images), _largest_of(reachable, images))


def _largest_of(models: int, images: int) -> float:
    return min(1.0, sqrt(log(models) / (2 * images)))
