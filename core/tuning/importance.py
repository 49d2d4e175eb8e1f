"""How much each parameter of a search had to do with what its trials reached."""

from dataclasses import dataclass

import optuna
import pandas as pd
from optuna.importance import FanovaImportanceEvaluator, get_param_importances
from optuna.trial import FrozenTrial, TrialState

from core.message import Message, say
from core.runs.database import Database
from core.tuning.searches import get
from core.tuning.trials import load

FEWEST_TRIALS, MOST_TRIALS = 10, 200
"""How many complete trials are looked at: of 1,000, fANOVA would take a minute."""
SEED = 0


@dataclass(frozen=True)
class Importance:
    """``shares``: parameter and share, the largest first; the shares sum to 1. Empty where nothing can be said, and
    ``message`` says why; otherwise ``message`` says how to read them."""

    shares: pd.DataFrame
    message: Message


def importance(database: Database, search_id: str) -> Importance:
    """The share of the variance of the objective that each parameter explains by itself or with others: fANOVA (Hutter,
    Hoos and Leyton-Brown, 2014), of the complete trials. Raises SearchError where there is no such search."""
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
    return Importance(_shares(seen, varied), _how_to_read(len(seen)))


def spread(trials: list[FrozenTrial]) -> list[FrozenTrial]:
    """At most `MOST_TRIALS` of them, spread evenly: the newest alone would be those that a sampler found promising."""
    count = min(len(trials), MOST_TRIALS)
    return [trials[position * len(trials) // count] for position in range(count)]


def _shares(trials: list[FrozenTrial], parameters: list[str]) -> pd.DataFrame:
    study = optuna.create_study()
    study.add_trials(trials)
    found = get_param_importances(study, evaluator=FanovaImportanceEvaluator(seed=SEED), params=parameters)
    return pd.DataFrame(list(found.items()), columns=["parameter", "share"])


def _how_to_read(trials: int) -> Message:
    return say(
        "The share of the differences between {trials:,} trials that goes with each parameter, by itself and together "
        "with others, within the ranges that were searched. Few trials make it rough.",
        trials=trials,
    )


def _nothing(message: Message) -> Importance:
    return Importance(pd.DataFrame({"parameter": pd.Series(dtype="str"), "share": pd.Series(dtype="float64")}), message)
