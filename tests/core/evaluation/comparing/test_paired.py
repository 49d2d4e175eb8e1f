import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import bootstrap
from sklearn.metrics import f1_score
from statsmodels.stats.contingency_tables import mcnemar as judge

from core.evaluation.comparing.common_images import CommonImages
from core.evaluation.comparing.paired import PairedClasses, mcnemar
from core.message import say
from tests.core.evaluation.judged import classified, drawn_labels

NAMES = say("run {number}", number=7), say("run {number}", number=5)


def paired(labels, first, second, classes=3) -> PairedClasses:
    return PairedClasses(CommonImages(classified(labels, first, classes), classified(labels, second, classes), (0, 0)))


def of_counts(both: int, only_first: int, only_second: int, neither: int) -> PairedClasses:
    first = [0] * (both + only_first) + [1] * (only_second + neither)
    second = [0] * both + [1] * only_first + [0] * only_second + [1] * neither
    return paired([0] * len(first), first, second, classes=2)


@given(st.integers(0, 300), st.integers(0, 300))
def test_p_is_that_of_statsmodels_and_the_same_when_the_models_change_places(only_first, only_second):
    p_value = mcnemar(only_first, only_second)
    assert p_value == mcnemar(only_second, only_first)
    assert 0 <= p_value <= 1
    if only_first + only_second:
        assert p_value == pytest.approx(judge([[0, only_first], [only_second, 0]], exact=True).pvalue)


def test_the_table_counts_who_was_right():
    both = of_counts(both=10, only_first=4, only_second=2, neither=3)
    assert both.agreement.tolist() == [[3, 2], [4, 10]]
    assert (both.only_first, both.only_second) == (4, 2)
    assert both.right_only(first=True).tolist() == [10, 11, 12, 13]
    assert both.right_only(first=False).tolist() == [14, 15]


@pytest.mark.parametrize("seed", range(3))
def test_the_intervals_are_those_of_pairs_drawn_one_by_one(seed):
    labels, first = drawn_labels(seed, 250, 3, 0.8)
    second = drawn_labels(seed + 10, 250, 3, 0.6)[1]
    pair = paired(labels, first, second)

    def accuracy(labels, first, second, axis=-1):
        return (first == labels).mean(axis=axis) - (second == labels).mean(axis=axis)

    def macro_f1(labels, first, second):
        return f1_score(labels, first, average="macro") - f1_score(labels, second, average="macro")

    for found, figure, draws in (
        (pair.accuracy_difference, accuracy, 5000),
        (pair.macro_f1_difference, macro_f1, 500),
    ):
        theirs = bootstrap(
            (labels, first, second), figure, paired=True, n_resamples=draws, method="percentile", rng=seed
        ).confidence_interval
        assert found.value == pytest.approx(figure(labels, first, second))
        assert found.interval == pytest.approx((theirs.low, theirs.high), abs=0.02)


answers = st.lists(st.tuples(*[st.integers(0, 2)] * 3), min_size=1, max_size=40)


@given(answers)
def test_a_change_of_places_turns_the_differences_round(images):
    labels, first, second = map(list, zip(*images, strict=True))
    pair, turned = paired(labels, first, second), paired(labels, second, first)
    assert pair.p_value == turned.p_value
    assert (pair.agreement == turned.agreement.T).all()
    assert pair.accuracy_difference.value == -turned.accuracy_difference.value
    assert pair.macro_f1_difference.value == pytest.approx(-turned.macro_f1_difference.value)
    for found in (pair.accuracy_difference, pair.macro_f1_difference):
        assert found.interval is None or found.interval[0] <= found.value <= found.interval[1]


VERDICTS = [
    (
        (800, 23, 18, 59),
        "Only one of the two is right on 41 of 900 images: on 23 it is run 7, on 18 run 5. "
        "That much comes about by chance about 5 times in 10, so this difference cannot be told from noise.",
    ),
    (
        (800, 60, 18, 22),
        "Only one of the two is right on 78 of 900 images: on 60 it is run 7, on 18 run 5. "
        "That much comes about by chance less than once in 1,000, so this difference is more than noise.",
    ),
    (
        (5, 0, 0, 4),
        "Of 9 images both are right on the same and wrong on the same: nothing tells them apart.",
    ),
]


@pytest.mark.parametrize(("counts", "verdict"), VERDICTS)
def test_the_verdict_says_whether_it_is_noise(counts, verdict):
    assert str(of_counts(*counts).verdict(*NAMES)) == verdict


@pytest.mark.parametrize(
    ("counts", "contradicts"), [((13, 5, 0, 0), True), ((800, 23, 18, 59), False), ((800, 60, 18, 22), False)]
)
def test_few_images_can_set_the_draws_against_the_exact_test(counts, contradicts):
    assert of_counts(*counts).contradicts_draws is contradicts


def test_two_models_that_are_equally_good_are_seldom_found_to_differ():
    random = np.random.default_rng(0)
    found = []
    for _ in range(400):
        first, second = (random.random((2, 200)) < 0.2).astype(int)
        found.append(paired(np.zeros(200, int), first, second, classes=2).is_real)
    assert np.mean(found) <= 0.06
