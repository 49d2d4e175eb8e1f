"""How sure a share of right answers is."""

from scipy.stats import binomtest


def wilson(right: int, images: int) -> tuple[float, float]:
    """The 95 % interval of an accuracy of ``right`` out of ``images``, which are one or more (Wilson, 1927)."""
    low, high = binomtest(right, images).proportion_ci(confidence_level=0.95, method="wilson")
    return float(low), float(high)
