"""What the pruner says of a trial, without a trace of it in Optuna's tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import optuna
from optuna.storages import BaseStorage
from optuna.trial import FrozenTrial


@dataclass(frozen=True)
class Verdict:
    """``notes``: what the pruner wants to know of the trial when it is asked again, as system attributes."""

    is_pruned: bool
    notes: Mapping[str, Any]


class Verdicts:
    """Those on the trials of ``study``, by its pruner.

    Pruners by halving write as they think, what they find depends on what they wrote, and a process can be killed in
    between. So they think on a storage that only collects what they write.
    """

    def __init__(self, study: optuna.Study) -> None:
        self._pruner = study.pruner
        self._draft = _Draft(study._storage)  # the cached one, which reads only what is new
        self._study = optuna.load_study(study_name=study.study_name, storage=cast(BaseStorage, self._draft))

    def of(self, trial: FrozenTrial, epoch: int, value: float) -> Verdict:
        """On ``trial``, were it to report ``value`` after ``epoch``. It is noted in this copy of the trial."""
        trial.intermediate_values[epoch] = value
        self._draft.notes = {}
        is_pruned = self._pruner.prune(self._study, trial)
        return Verdict(is_pruned, self._draft.notes)


class _Draft:
    """Reads as ``storage`` does, and keeps to itself what is written of trials."""

    def __init__(self, storage: BaseStorage) -> None:
        self._storage = storage
        self.notes: dict[str, Any] = {}

    def set_trial_system_attr(self, trial_id: int, key: str, value: Any) -> None:
        self.notes[key] = value

    def __getattr__(self, name: str) -> Any:
        return getattr(self._storage, name)
