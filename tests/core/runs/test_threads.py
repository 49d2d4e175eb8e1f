import pytest

from core.architecture.layers.batch_normalization import BatchNormalization
from core.architecture.layers.residual import Residual
from core.runs.threads import Threads
from tests.core.runs.builders import make_recipe

TOGETHER, APART = Threads(4), Threads(4, shares=4)


@pytest.mark.parametrize(
    ("batch_size", "count", "shares"), [(32, 1, 1), (32, 2, 2), (32, 16, 4), (15, 2, 1), (16, 2, 2), (1, 8, 1)]
)
def test_a_batch_is_shared_by_as_many_cores_as_get_eight_images_each(batch_size, count, shares):
    recipe = make_recipe()
    training = recipe.training.model_copy(update={"batch_size": batch_size})
    recipe = recipe.model_copy(update={"training": training})
    assert Threads.for_recipe(recipe, count) == Threads(count, shares)


@pytest.mark.parametrize("mixing", [BatchNormalization(), Residual(layers=(BatchNormalization(),))])
def test_a_batch_stays_whole_where_a_layer_mixes_its_images(mixing):
    recipe = make_recipe()
    mixed = recipe.model_copy(update={"layers": (mixing, *recipe.layers)})
    off = recipe.model_copy(update={"layers": (mixing.changed(disabled=True), *recipe.layers)})
    assert Threads.for_recipe(mixed, 2).shares == 1
    assert Threads.for_recipe(off, 2).shares == 2


@pytest.mark.parametrize(
    ("has", "wanted", "serves"),
    [
        (APART, Threads(2, shares=2), True),
        (APART, TOGETHER, False),
        (TOGETHER, APART, False),
        (TOGETHER, TOGETHER, True),
        (TOGETHER, Threads(2), False),
    ],
)
def test_a_process_serves_where_its_sums_are_rounded_alike(has, wanted, serves):
    assert has.serves(wanted) is serves


def test_a_process_finds_what_it_was_started_with():
    assert Threads.from_environment(APART.environment) == APART
