"""``evaluate RUN --on validation|test``: what a finished run is worth."""

import argparse
from getpass import getuser
from typing import TYPE_CHECKING

from core.cli.output import print_json

if TYPE_CHECKING:
    from core.evaluation import Evaluation, Judged, NumberEvaluation
    from core.runs.database import Database
    from core.workspace import Workspace

REASON = "evaluated on the command line"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("run", metavar="RUN", help="the name of a run")
    parser.add_argument(
        "--on", required=True, choices=("validation", "test"), help="test opens the sealed test set, and is recorded"
    )
    parser.add_argument("--by", metavar="NAME", help="who opens the test set; else the user of this machine")
    parser.add_argument("--reason", default=REASON, help="why the test set is opened, for the record")


def run(options: argparse.Namespace) -> int:
    """Judges a finished run on one part of its images."""
    from core.evaluation.evaluation import Evaluation
    from core.evaluation.simple_methods.baseline_verdict import verdict
    from core.evaluation.simple_methods.findings import baselines_of
    from core.runs.database import Database
    from core.workspace import Workspace

    workspace = Workspace.from_environment()
    database = Database.open(workspace)
    evaluation = _judged(database, workspace, options)
    baselines = baselines_of(database, workspace, options.run)
    error = _calibration_error(evaluation) if isinstance(evaluation, Evaluation) else None
    if options.json:
        print_json({**evaluation.to_json(), "calibration_error": error, "baselines": baselines.to_json()})
        return 0
    print(_right_answers(evaluation) if isinstance(evaluation, Evaluation) else _errors_of_numbers(evaluation))
    if error is not None:
        print(f"expected calibration error {error:.4f}")
    if options.on == "test":
        print(f"The test set of this dataset and split has now been opened {evaluation.openings:,} times.")
    else:
        print(verdict(evaluation, baselines))
    return 0


def _judged(database: "Database", workspace: "Workspace", options: argparse.Namespace) -> "Judged":
    from core.evaluation import evaluate, open_test

    if options.on == "validation":
        return evaluate(database, workspace, options.run)
    return open_test(database, workspace, options.run, opened_by=options.by or getuser(), reason=options.reason)


def _calibration_error(evaluation: "Evaluation") -> float:
    from core.evaluation.confidence.calibration import expected_calibration_error
    from core.evaluation.confidence.decided import confidence_and_right

    return expected_calibration_error(*confidence_and_right(evaluation))


def _right_answers(evaluation: "Evaluation") -> str:
    low, high = evaluation.interval
    per_class = evaluation.per_class.to_string(index=False, float_format="{:.4f}".format)
    return (
        f"{evaluation.right:,} of {evaluation.images:,} right: "
        f"accuracy {evaluation.accuracy:.4f} (95 %: {low:.4f} to {high:.4f})\n{per_class}"
    )


def _errors_of_numbers(evaluation: "NumberEvaluation") -> str:
    interval, r_squared = evaluation.interval, evaluation.r_squared
    return (
        f"{evaluation.images:,} numbers predicted: mean absolute error {evaluation.mean_absolute_error:.6g}"
        + (f" (95 %: {interval[0]:.6g} to {interval[1]:.6g})" if interval else "")
        + f", root mean squared error {evaluation.root_mean_squared_error:.6g}"
        + ("" if r_squared is None else f", R² {r_squared:.4f}")
    )
