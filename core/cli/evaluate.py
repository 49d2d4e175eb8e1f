"""``evaluate RUN --on validation|test``: what a finished run is worth."""

import argparse
from getpass import getuser
from typing import TYPE_CHECKING

from core.cli.output import print_json
from core.errors import LayerlabError
from core.message import say, say_count

if TYPE_CHECKING:
    from core.evaluation import Evaluation, Judged, NumberEvaluation
    from core.message import Message
    from core.runs.database import Database
    from core.runs.openings import SealRecord
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
    record = _record(database, workspace, options.run)
    baselines = baselines_of(database, workspace, options.run)
    error = _calibration_error(evaluation) if isinstance(evaluation, Evaluation) else None
    if options.json:
        counted = {"openings": record.count, "calibration_error": error}
        print_json({**evaluation.to_json(), **counted, "baselines": baselines.to_json()})
        return 0
    print(_right_answers(evaluation) if isinstance(evaluation, Evaluation) else _errors_of_numbers(evaluation))
    if error is not None:
        print(f"expected calibration error {error:.4f}")
    if options.on == "test":
        print("\n".join(map(str, _what_is_known(record, has_accuracy=error is not None))))
    else:
        print(verdict(evaluation, baselines))
    return 0


def _judged(database: "Database", workspace: "Workspace", options: argparse.Namespace) -> "Judged":
    from core.evaluation import evaluate, open_test

    if options.on == "validation":
        return evaluate(database, workspace, options.run)
    return open_test(database, workspace, options.run, opened_by=options.by or _user(), reason=options.reason)


def _user() -> str:
    """The name of the user of this machine. LayerlabError where it has none, as in some containers."""
    try:
        return getuser()
    except (KeyError, OSError) as error:
        raise LayerlabError(say("Opening the test set is recorded. Say who opens it: --by NAME.")) from error


def _record(database: "Database", workspace: "Workspace", run_id: str) -> "SealRecord":
    from core.dataset.store import load
    from core.evaluation import record_of
    from core.runs.store import get, run_folder
    from core.split import read_assignment

    run = get(database, run_id)
    assignment = read_assignment(run_folder(workspace, run_id) / "split.csv")
    return record_of(database, run, load(workspace.datasets, run.dataset_id), assignment)


def _what_is_known(record: "SealRecord", *, has_accuracy: bool) -> "list[Message]":
    """How often the test set has been opened, and what that does to the figure."""
    from core.evaluation.figures.flattery import flattery, seen_elsewhere

    counted = say_count(
        "This test set has now been opened {count} time.",
        "This test set has now been opened {count} times.",
        count=record.count,
    )
    told = (counted, seen_elsewhere(record), flattery(record, has_accuracy=has_accuracy))
    return [message for message in told if message is not None]


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
