"""Parameters, samplers and pruners in Optuna's words."""

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Final, cast

import numpy as np
from optuna.distributions import BaseDistribution, CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.pruners import BasePruner, HyperbandPruner, MedianPruner, NopPruner
from optuna.samplers import BaseSampler, RandomSampler, TPESampler
from optuna.study import Study
from optuna.trial import FrozenTrial

from core.recipe import Recipe
from core.tuning.space import Choices, Parameter, SearchSpace

EPOCHS = "training.epochs"
FEWEST_BEFORE, MOST_BEFORE = 4, 10
"""How many trials are random before TPE has something to go by, or before there is a median: a quarter of all."""


def distributions(space: SearchSpace) -> dict[str, BaseDistribution]:
    """What Optuna chooses from, by the paths of the parameters."""
    return {path: _distribution(parameter) for path, parameter in space.parameters.items()}


def sampler(space: SearchSpace, trials: int, number: int) -> BaseSampler:
    """What chooses the values of trial ``number``, from 0, of ``trials``.

    Each trial has a seed of its own, made from that of the search: the random numbers do not depend on whether the
    process was the same all along.
    """
    (seed,) = np.random.SeedSequence([space.seed, number]).generate_state(1)
    if space.sampler == "tpe":
        return TPESampler(seed=int(seed), n_startup_trials=_before(trials))
    return RandomSampler(seed=int(seed))  # the points of a grid are given, so there is nothing left to choose


def pruner(space: SearchSpace, recipe: Recipe, trials: int) -> BasePruner:
    """What ends trials early, by their figures after each epoch."""
    return _PRUNERS[space.pruner](space, recipe, trials)


def _distribution(parameter: Parameter) -> BaseDistribution:
    if isinstance(parameter, Choices):
        return CategoricalDistribution(parameter.labels)
    if parameter.is_whole:
        return IntDistribution(
            int(parameter.low), int(parameter.last), log=parameter.log, step=int(parameter.step or 1)
        )
    return FloatDistribution(
        float(parameter.low),
        float(parameter.last),
        log=parameter.log,
        step=None if parameter.step is None else float(parameter.step),
    )


def _before(trials: int) -> int:
    return max(FEWEST_BEFORE, min(MOST_BEFORE, trials // 4))


def _most_epochs(space: SearchSpace, recipe: Recipe) -> int:
    searched = space.parameters.get(EPOCHS)
    return max((recipe.training.epochs, *(searched.extremes if searched else ())))


class _SeededHyperband(HyperbandPruner):
    """Hyperband that divides the trials among its brackets by the seed of the search. Optuna's goes by the name of the
    study, so that two searches alike would prune differently."""

    def __init__(self, seed: int, max_resource: int) -> None:
        super().__init__(min_resource=1, max_resource=max_resource)
        self._seed = seed

    def _get_bracket_id(self, study: Study, trial: FrozenTrial) -> int:
        named = cast(Study, SimpleNamespace(study_name=f"seed-{self._seed}"))  # all that it asks of the study
        return super()._get_bracket_id(named, trial)


_PRUNERS: Final[Mapping[str, Callable[[SearchSpace, Recipe, int], BasePruner]]] = {
    "none": lambda space, recipe, trials: NopPruner(),
    "median": lambda space, recipe, trials: MedianPruner(n_startup_trials=_before(trials)),
    "hyperband": lambda space, recipe, trials: _SeededHyperband(space.seed, _most_epochs(space, recipe)),
}
