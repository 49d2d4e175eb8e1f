"""Numbers to be predicted are spread over the parts by tenths of their range of ranks."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.split import PARTS, Split, assign
from core.split.strata import value_bins
from tests.core.split.tables import table_of

FINITE = st.floats(-1e6, 1e6, allow_nan=False)


@pytest.mark.parametrize("images", [100, 137, 1_000])
def test_bins_are_those_of_pandas(images: int) -> None:
    values = np.random.default_rng(images).lognormal(size=images)

    ours, theirs = np.bincount(value_bins(values)), np.bincount(pd.qcut(values, 10, labels=False))

    assert abs(ours - theirs).max() <= 1


@given(st.lists(FINITE, min_size=1, max_size=50), st.randoms(use_true_random=False))
def test_equal_numbers_are_in_one_bin_and_larger_ones_in_no_lower_one(values: list[float], random) -> None:
    values = [random.choice(values) for _ in range(60)]

    bins = value_bins(np.array(values))

    in_order = [int(bins[row]) for row in np.argsort(values, kind="stable")]
    assert in_order == sorted(in_order)
    assert len({(value, number) for value, number in zip(values, bins.tolist(), strict=True)}) == len(set(values))
    assert bins.max() < 10


@pytest.mark.parametrize("keep_together", ["nothing", "exact", "group"])
def test_every_part_has_its_share_of_small_and_large_numbers(keep_together: str) -> None:
    values = np.random.default_rng(0).lognormal(sigma=2, size=1_000)
    images = table_of([0] * 1_000, value=values, group=[f"group {row // 2}" for row in range(1_000)])
    split = Split(keep_together=keep_together)

    assignment = assign(split, images)

    for part in PARTS:
        found = np.bincount(value_bins(values)[assignment.rows(part)], minlength=10)
        assert abs(found - 100 * split.ratios[part]).max() <= 2


def test_a_value_that_all_images_have_is_no_obstacle() -> None:
    assert list(assign(Split(), table_of([0] * 100, value=[3.5] * 100)).counts().values()) == [70, 15, 15]
