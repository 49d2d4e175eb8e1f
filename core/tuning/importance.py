"""How much each parameter of a search, by itself, had to do with what its trials reached."""

from dataclasses import dataclass
from math import log10

import optuna
import pandas as pd
from optuna.distributions import FloatDistribution, IntDistribution
from optuna.importance import FanovaImportanceEvaluator
from optuna.trial import FrozenTrial, TrialState

from core.message import Message, say
from core.runs.database import Database
from core.tuning.searches import get
from core.tuning.trials import load

FEWEST_TRIALS, MOST_TRIALS = 10, 200
"""How many complete trials are looked at: of 1,000, fANOVA would take a minute."""
LEAST_TOGETHER = 0.1
"""Where all parameters explain less, each by itself, their order tells nothing."""
SEED = 0


@dataclass(frozen=True)
class Importance:
    """``shares``: parameter and share (0–1), the largest first; with ``rest`` they sum to 1. Empty where nothing can be
    said, and ``message`` says why; otherwise ``message`` says how to read them."""

    shares: pd.DataFrame
    rest: float
    message: Message


def importance(database: Database, search_id: str) -> Importance:
    """The share of the variance of the objective that each parameter explains by itself: the main effects of fANOVA
    (Hutter, Hoos and Leyton-Brown, 2014), of the complete trials. Raises SearchError where there is no such search.

    A forest of 64 trees learns the objective from the parameters. In each tree, a main effect is the variance of
    its answer, averaged over all other parameters, divided by the variance of the tree; the mean over the trees is
    the share. What is left of 1 are the effects of two and more parameters at once, which Optuna does not compute.
    Every value between the ends of a range weighs alike, whatever the sampler tried; where the range is
    logarithmic, every order of magnitude. The trees learn every trial by heart, so chance is in the shares too: of
    values that are nothing but chance, two to five parameters explain some 0.8 of 20 trials, and 0.4 of 200.
    """
    parameters = get(database, search_id).space.parameters
    study = load(database, search_id)
    complete = [] if study is None else study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,))
    if len(complete) < FEWEST_TRIALS:
        return _nothing(
            say(
                "Which parameter matters cannot be told from {complete:,} complete trials. It takes {fewest} at least.",
                complete=len(complete),
                fewest=FEWEST_TRIALS,
            )
        )
    seen = spread(complete)
    if len({trial.value for trial in seen}) == 1:
        return _nothing(say("All complete trials reached the same, so no parameter made a difference."))
    varied = [path for path in parameters if len({repr(trial.params[path]) for trial in seen}) > 1]
    if not varied:
        return _nothing(say("All complete trials had the same values, so there is nothing to compare."))
    if len(varied) == 1:
        return _nothing(say("Only one parameter has different values, so there is no other to compare it with."))
    return _told(_shares(seen, varied), len(seen))


def spread(trials: list[FrozenTrial]) -> list[FrozenTrial]:
    """At most `MOST_TRIALS` of them, spread evenly: the newest alone would be those that a sampler found promising."""
    count = min(len(trials), MOST_TRIALS)
    return [trials[position * len(trials) // count] for position in range(count)]


def _shares(trials: list[FrozenTrial], parameters: list[str]) -> pd.DataFrame:
    study = optuna.create_study()
    study.add_trials([_by_magnitude(trial) for trial in trials])
    found = FanovaImportanceEvaluator(seed=SEED).evaluate(study, params=parameters)
    return pd.DataFrame(list(found.items()), columns=["parameter", "share"])


def _by_magnitude(trial: FrozenTrial) -> FrozenTrial:
    """The trial with the logarithms of what lies on logarithmic ranges: Optuna's fANOVA takes the ranges as linear, and
    nine tenths of each would be its last order of magnitude."""
    logarithmic = {
        path: FloatDistribution(log10(each.low), log10(each.high))
        for path, each in trial.distributions.items()
        if isinstance(each, FloatDistribution | IntDistribution) and each.log
    }
    return optuna.trial.create_trial(
        params=trial.params | {path: _within(log10(trial.params[path]), each) for path, each in logarithmic.items()},
        distributions=trial.distributions | logarithmic,
        value=trial.value,
    )


def _within(number: float, ends: FloatDistribution) -> float:
    return min(max(number, ends.low), ends.high)


def _told(shares: pd.DataFrame, trials: int) -> Importance:
    rest = max(0.0, 1 - float(shares["share"].sum()))
    if 1 - rest < LEAST_TOGETHER:
        return _nothing(
            say(
                "Which parameter matters cannot be told: {rest:.0%} of the differences between {trials:,} trials goes "
                "with several of them together, or with chance.",
                rest=rest,
                trials=trials,
            )
        )
    message = say(
        "The share of the differences between {trials:,} trials that goes with each parameter by itself, within the "
        "ranges that were searched. The rest, {rest:.0%}, goes with several of them together, or with chance. Of few "
        "trials, chance is in every share.",
        trials=trials,
        rest=rest,
    )
    return Importance(shares, rest, message)


def _nothing(message: Message) -> Importance:
    none = pd.DataFrame({"parameter": pd.Series(dtype="str"), "share": pd.Series(dtype="float64")})
    return Importance(none, 0.0, message)
