"""What the database and the run's folder keep, which is all that a report tells."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import pandas as pd

from core.dataset.store import Dataset, load
from core.errors import RunError
from core.evaluation import Judged, evaluate, record_of, stored_evaluation
from core.evaluation.simple_methods.baselines import Baselines
from core.evaluation.simple_methods.findings import read_baselines, read_shortcuts, task_of
from core.evaluation.simple_methods.shortcuts import Shortcuts
from core.message import Message, say
from core.quality.store import are_pairs_known, near_pairs
from core.runs import analyses, decisions, history, projects, store, versions
from core.runs.analyses import Analysis, AnalysisKind
from core.runs.database import Database
from core.runs.decisions import Decision
from core.runs.openings import SealRecord
from core.runs.run import Run
from core.runs.states import IntakeState
from core.runs.versions import Version
from core.split import Assignment, read_assignment
from core.workspace import Workspace

Figures = Mapping[str, Any]
"""What an evaluation said, as JSON values."""


@dataclass(frozen=True, eq=False)
class Kept:
    """Each is read when it is first asked for. Nothing is trained for it, and no test image is looked at: of the test
    set there is what its openings found."""

    database: Database
    workspace: Workspace
    run: Run
    known_dataset: Dataset | None = None

    @classmethod
    def of(cls, database: Database, workspace: Workspace, run_id: str, known_dataset: Dataset | None = None) -> Self:
        """What is kept of the run ``run_id``; ``known_dataset`` is its dataset, where that has been read already.

        Raises RunError for a run that is not there or has no model.
        """
        run = store.get(database, run_id)
        if not run.state.is_trained:
            raise RunError(
                say(
                    "Run {run} is {state}, so there is nothing to report yet. Wait until it is completed or stopped.",
                    run=run_id,
                    state=run.state,
                )
            )
        return cls(database, workspace, run, known_dataset)

    @cached_property
    def project_name(self) -> str | None:
        """None for a run of the command line."""
        return None if self.run.project_id is None else projects.get(self.database, self.run.project_id).name

    @cached_property
    def dataset(self) -> Dataset:
        return self.known_dataset or load(self.workspace.datasets, self.run.dataset_id)

    @cached_property
    def versions(self) -> list[Version]:
        """Those of the project's images, the first one first; none for a run of the command line."""
        return [] if self.run.project_id is None else versions.history(self.database, self.run.project_id)

    @cached_property
    def assignment(self) -> Assignment:
        return read_assignment(store.run_folder(self.workspace, self.run.id) / "split.csv")

    @cached_property
    def pairs(self) -> pd.DataFrame | None:
        """The pairs of images that look alike; None where nobody has looked for them."""
        return near_pairs(self.dataset)

    @property
    def has_pairs(self) -> bool:
        """Whether somebody has looked for `pairs`, which are not read for it."""
        return are_pairs_known(self.dataset)

    @cached_property
    def history(self) -> pd.DataFrame:
        """As of `core.runs.history.epochs`."""
        return history.epochs(self.database, self.run.id)

    @cached_property
    def rate_changes(self) -> pd.DataFrame:
        """As of `core.runs.history.rate_changes`."""
        return history.rate_changes(self.database, self.run.id)

    @property
    def judged(self) -> Judged:
        """The answers on the validation images, asked for now where they are not kept."""
        return self._validation[0]

    @property
    def validation(self) -> Figures:
        """The figures of `judged`, as the database has them."""
        return self._validation[1]

    @cached_property
    def seal(self) -> SealRecord:
        """What is on record of the test set of this run, by whichever run."""
        return record_of(self.database, self.run, self.dataset, self.assignment)

    @property
    def test(self) -> Figures | None:
        """What the last opening for the model of this run found; None while the test set is sealed for it."""
        opening = self.seal.of(self.run)
        return None if opening is None else opening.result

    @cached_property
    def decision(self) -> Decision:
        return decisions.decision(self.database, self.run.id)

    def has(self, kind: AnalysisKind) -> bool:
        """Whether somebody has had `baselines` or `shortcuts` worked out, which are not read for it."""
        return self._completed(kind) is not None

    @cached_property
    def baselines(self) -> Baselines | None:
        """None where nobody has trained them."""
        analysis = self._completed(AnalysisKind.BASELINES)
        return None if analysis is None else read_baselines(self.database, analysis)

    @cached_property
    def shortcuts(self) -> Shortcuts | None:
        """None where nobody has looked for them."""
        analysis = self._completed(AnalysisKind.SHORTCUTS)
        return None if analysis is None else read_shortcuts(self.database, analysis)

    @cached_property
    def of_project(self) -> list[Run]:
        """The runs of the project, the newest first; of the command line, the run alone."""
        if self.run.project_id is None:
            return [self.run]
        return store.of_project(self.database, self.run.project_id)

    @cached_property
    def before(self) -> Run | None:
        """The trained run of the project that was queued before this one."""
        return next((run for run in self.of_project if run.number < self.run.number and run.state.is_trained), None)

    @cached_property
    def validation_before(self) -> tuple[Judged, Figures] | None:
        """What `before` answered on its validation images, and the figures of that; None where nobody has asked it."""
        if self.before is None:
            return None
        judged = stored_evaluation(self.database, self.workspace, self.before.id, "validation")
        return None if judged is None else (judged, self._figures(self.before))

    @cached_property
    def _validation(self) -> tuple[Judged, Figures]:
        judged = evaluate(self.database, self.workspace, self.run.id)
        return judged, self._figures(self.run)

    def _figures(self, run: Run) -> Figures:
        kept = store.latest_evaluation(self.database, run.id, "validation")
        assert kept is not None, "the figures are kept with the answers"
        return kept.result

    def _completed(self, kind: AnalysisKind) -> Analysis | None:
        analysis = analyses.state(self.database, task_of(self.workspace, self.run, kind))
        return analysis if analysis is not None and analysis.state is IntakeState.COMPLETED else None


def name_of(run: Run) -> Message:
    """What a run is called: its number in its project, else its own name."""
    if run.project_id is None:
        return say("run {name}", name=run.id)
    return say("run {number}", number=run.number)
