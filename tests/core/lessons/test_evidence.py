"""What is read of a search that is over."""

import pytest

from core.lessons.evidence import evidence
from core.runs.states import RunState
from core.tuning import searches
from core.tuning.trials import trials
from tests.core.runs.conftest import dataset, project
from tests.core.tuning.builders import RATE, conduct, conductor, create, make_space

__all__ = ["dataset", "project"]

RATES = (0.001, 0.01, 0.1)


@pytest.fixture
def found(database, workspace, dataset):
    """Of three rates, of which one comes to 75 % and the others to 50 %; one run is lost, and its rate tried again."""
    space = make_space(f"parameters: {{{RATE}: {{choices: {list(RATES)}}}}}", sampler="grid")
    search = create(database, workspace, dataset, space, trials=3)
    lost = []

    def worker(run):
        rate = run.recipe.training.optimizer.learning_rate
        if rate == 0.01 and not lost:
            lost.append(run)
            return RunState.LOST
        return [0.25, 0.75] if rate == 0.001 else [0.25, 0.5]

    at_work = conductor(database, workspace, search)
    conduct(database, at_work, search.id, worker)
    at_work.close()
    return evidence(database, workspace, searches.get(database, search.id), trials(database, search.id))


def test_each_setting_is_there_once_with_its_last_attempt(found):
    assert sorted(tried.labels[RATE] for tried in found.tried) == list(RATES)
    assert all(tried.is_complete for tried in found.tried)
    assert found.wanted == 3


def test_its_figures_are_those_of_its_run(found):
    by_rate = {tried.labels[RATE]: tried for tried in found.complete}
    assert {rate: tried.last("val_accuracy") for rate, tried in by_rate.items()} == {0.001: 0.75, 0.01: 0.5, 0.1: 0.5}
    assert {(tried.first("val_accuracy"), tried.epochs) for tried in by_rate.values()} == {(0.25, 2)}


def test_the_images_are_counted_as_the_split_deals_them(found):
    assert found.training_images == 12
    assert found.label_counts.tolist() == [2, 2]


def test_as_good_as_the_best_is_what_lies_in_its_interval(found):
    low, high = found.interval(0.75)
    assert (round(low, 2), round(high, 2)) == (0.3, 0.95)  # 3 of 4 right (Wilson)
    assert found.is_about(0.5, 0.75)
    assert not found.is_about(0.25, 0.75)
