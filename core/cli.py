"""The command line: describe, check, split, train, resume, evaluate. `docs/architecture.md` has their contract."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from core.architecture import Readout, Residual
from core.architecture.naming import number
from core.errors import LayerlabError
from core.message import say, times
from core.problem import Problem
from core.recipe import Recipe, load

if TYPE_CHECKING:
    from core.evaluation import Evaluation, NumberEvaluation
    from core.runs.database import Database
    from core.runs.progress import EpochMetrics
    from core.runs.run import Run
    from core.workspace import Workspace

DATA = (
    "a zip or a folder of class folders, a table of labels (CSV) beside its images, a sample set (digits, animals, "
    "gauges, bursts), or a public set from the network (fashion_mnist, cifar10)"
)
FIGURES = ("loss", "accuracy", "val_loss", "val_accuracy")

# Each command imports what it needs when it is called: describe waits neither for scikit-learn nor for a database.


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status: 0 done, 1 the work failed or was refused, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        return options.command(options)
    except LayerlabError as error:
        print(f"layerlab: {error}", file=sys.stderr)
        return 1


def describe(options: argparse.Namespace) -> int:
    """The layer table of a recipe, and its problems."""
    recipe = load(options.recipe)
    problems = recipe.problems()
    errors = [problem for problem in problems if problem.forbids_training]
    if options.json:
        _print_json(_description(recipe, errors, [problem for problem in problems if problem not in errors]))
    else:
        print(_layer_table(recipe))
    for problem in problems:
        _say(_problem_line(problem))
    return 1 if errors else 0


def check(options: argparse.Namespace) -> int:
    """What is wrong with the images of a dataset, and what to do about it."""
    from core.quality.check import check
    from core.quality.listing import in_words, listing

    dataset = _take_in(options.data)
    report = check(dataset, lambda done, total: None)
    if options.json:
        _print_json(listing(dataset, report))
    else:
        print(in_words(dataset, report))
    return 0


def split(options: argparse.Namespace) -> int:
    """Assigns every image of a dataset and writes the CSV."""
    from core.quality.clusters import clusters_of
    from core.split import assign, leak_report, split_problems, write_assignment

    recipe = load(options.recipe)
    dataset = _take_in(options.data)
    pairs = _look_alikes(recipe, dataset)
    clusters = None if pairs is None else clusters_of(pairs, len(dataset.images))
    assignment = assign(recipe.split, dataset.images, clusters)
    try:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        write_assignment(assignment, dataset.images, options.out)
    except OSError as error:
        raise LayerlabError(
            say("{file} cannot be written: {reason}. Choose another file.", file=str(options.out), reason=str(error))
        ) from error
    labels = dataset.images["label"]
    for problem in split_problems(assignment, dataset.class_names, labels, recipe.split, dataset.images, clusters):
        _say(f"{problem.severity}: {problem.message}")
    per_class = assignment.counts_per_class(dataset.class_names, labels)
    leaks = leak_report(recipe.split, dataset.images, pairs)
    result = {
        "counts": assignment.counts(),
        "classes": {
            name: dict(zip(rows["part"], rows["images"], strict=True)) for name, rows in per_class.groupby("class_name")
        },
        "clusters": leaks.clusters,
        "leaks_before": leaks.before,
        "leaks_after": leaks.after,
        "refused": [
            {"path": path, "reason": str(reason)} for path, reason in dataset.refused[["path", "reason"]].to_numpy()
        ],
    }
    if options.json:
        _print_json(result)
        return 0
    print(", ".join(f"{part} {images:,}" for part, images in assignment.counts().items()))
    print(f"{len(dataset.refused):,} files refused; written: {options.out}")
    return 0


def _look_alikes(recipe: Recipe, dataset: Any) -> Any:
    """The pairs of images that look alike, where the recipe keeps those together; searched for if they are not
    known."""
    if recipe.split.keep_together != "near":
        return None
    from core.quality.check import ensure_pairs

    return ensure_pairs(dataset)


def train(options: argparse.Namespace) -> int:
    """A whole run in the foreground: takes the images in, trains, and leaves the test set alone."""
    from core.runs import foreground
    from core.runs.database import Database
    from core.runs.datasets import register_dataset
    from core.workspace import Workspace

    workspace = Workspace.from_environment()
    recipe = load(options.recipe)
    database = Database.open(workspace)
    dataset = _take_in(options.data)
    register_dataset(database, dataset)

    for problem in _warnings_of_numbers(recipe, dataset):
        _say(_problem_line(problem))
    run = foreground.train(database, workspace, recipe, dataset.id, options.run, _epoch_report(recipe))
    return _tell_of_training(database, workspace, run, as_json=options.json)


def _warnings_of_numbers(recipe: Recipe, dataset: Any) -> list[Problem]:
    """What would make a run on numbers a disappointment; what forbids it is refused where it begins."""
    from core.objective.number_scale import NumberScale

    if not dataset.predicts_numbers:
        return []
    problems = recipe.problems(0, numbers=NumberScale.of(dataset.images["value"].tolist()))
    return [problem for problem in problems if not problem.forbids_training]


def resume(options: argparse.Namespace) -> int:
    """Goes on with a run that was lost, stopped, paused or failed, from its checkpoint, in the foreground."""
    from core.runs import foreground
    from core.runs.database import Database
    from core.runs.store import get
    from core.workspace import Workspace

    workspace = Workspace.from_environment()
    database = Database.open(workspace)
    report = _epoch_report(get(database, options.run).recipe)
    run = foreground.resume(database, workspace, options.run, report)
    return _tell_of_training(database, workspace, run, as_json=options.json, resumed_at=run.resumed_at or (0, 0))


def _epoch_report(recipe: Recipe) -> "Callable[[EpochMetrics], None]":
    """Says each epoch of a training by ``recipe`` in one line."""

    def report(metrics: "EpochMetrics") -> None:
        values = [*((name, getattr(metrics, name)) for name in FIGURES), *_errors(metrics).items()]
        shown = "  ".join(f"{name} {value:.4f}" for name, value in values if value is not None)
        _say(f"epoch {metrics.epoch}/{recipe.training.epochs}  {shown}  {metrics.seconds:.1f} s")

    return report


def _errors(metrics: "EpochMetrics") -> "Mapping[str, float]":
    """What is told of an epoch that has no accuracy, since numbers are predicted: all that the recipe has measured."""
    return metrics.metrics if metrics.accuracy is None else {}


def _tell_of_training(
    database: "Database", workspace: "Workspace", run: "Run", *, as_json: bool, **further: Any
) -> int:
    """What became of a run in the foreground, and the exit status that goes with it."""
    from core.runs import history
    from core.runs.states import RunState
    from core.runs.store import run_folder

    epochs = history.epochs(database, run.id)
    seconds = epochs["seconds"].tolist()
    result = {
        "run": run.id,
        "state": run.state,
        "parameters": run.parameters,
        "seconds": {
            "total": run.elapsed_seconds(database.now()),
            "first_epoch": seconds[0] if seconds else None,
            "epochs": seconds,
        },
        "history": _records(epochs.drop(columns=["seconds", "images_per_second", "memory_bytes"])),
        "model": str(run_folder(workspace, run.id) / "model.keras"),
        **further,
    }
    if as_json:
        _print_json(result)
    else:
        print(f"run {run.id} {run.state}: {result['model']}")
    if run.message:
        _say(f"layerlab: {run.message}")
    return 0 if run.state is RunState.COMPLETED else 1


def evaluate(options: argparse.Namespace) -> int:
    """Judges a finished run on one part of its images."""
    from core.evaluation import NumberEvaluation, evaluate
    from core.runs.database import Database
    from core.workspace import Workspace

    workspace = Workspace.from_environment()
    evaluation = evaluate(Database.open(workspace), workspace, options.run, options.on)
    if options.json:
        _print_json(evaluation.to_json())
        return 0
    print(_errors_of_numbers(evaluation) if isinstance(evaluation, NumberEvaluation) else _right_answers(evaluation))
    if options.on == "test":
        print(f"The test set of this dataset and split has now been opened {evaluation.openings:,} times.")
    return 0


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


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}. See {self.prog} --help.\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m core", description="Layerlab on the command line.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)

    def add(command: Any, *positional: tuple[str, Any, str]) -> argparse.ArgumentParser:
        subparser = commands.add_parser(command.__name__, help=command.__doc__, description=command.__doc__)
        subparser.set_defaults(command=command)
        for name, kind, meaning in positional:
            subparser.add_argument(name, type=kind, metavar=name.upper(), help=meaning)
        subparser.add_argument("--json", action="store_true", help="print one JSON object on stdout")
        return subparser

    recipe = ("recipe", Path, "a recipe file, YAML or JSON")
    add(describe, recipe)
    add(check, ("data", str, DATA))
    subparser = add(split, recipe)
    _add_data(subparser)
    subparser.add_argument(
        "--out", type=Path, required=True, metavar="FILE.csv", help="where to write path,label,split"
    )
    subparser = add(train, recipe)
    _add_data(subparser)
    subparser.add_argument("--run", metavar="NAME", help="the name of the run; without it one is made")
    add(resume, ("run", str, "the name of a run"))
    subparser = add(evaluate, ("run", str, "the name of a run"))
    subparser.add_argument(
        "--on", required=True, choices=("validation", "test"), help="test opens the sealed test set, and is counted"
    )
    return parser


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data",
        required=True,
        metavar="DATA",
        help=DATA,
    )


def _take_in(data: str) -> Any:
    """The dataset of ``data``, taken into the workspace if it is not yet there."""
    from core.dataset.intake import take_in
    from core.dataset.sources import open_source
    from core.workspace import Workspace

    dataset = take_in(open_source(data), Workspace.from_environment().datasets, lambda done, total: None)
    labels = "with a number each" if dataset.predicts_numbers else f"in {len(dataset.class_names):,} classes"
    _say(f"{dataset.name}: {len(dataset.images):,} images {labels}, {len(dataset.refused):,} files refused")
    return dataset


def _description(recipe: Recipe, errors: Sequence[Problem], warnings: Sequence[Problem]) -> dict[str, Any]:
    summary = recipe.summary()
    return {
        "layers": [_readout(readout) for readout in summary.readouts],
        "parameters": summary.parameters,
        "trained_parameters": summary.trained_parameters,
        "non_trained_parameters": summary.parameters - summary.trained_parameters,
        "multiply_adds": summary.multiply_adds,
        "activations": summary.activations,
        "problems": [_problem(problem) for problem in errors],
        "warnings": [_problem(problem) for problem in warnings],
    }


def _readout(readout: Readout) -> dict[str, Any]:
    """Numbers of a layer that cannot be reached or cannot work are null; a Residual has its own layers inside."""
    row: dict[str, Any] = {
        "kind": readout.layer.kind,
        "output_shape": readout.output_shape,
        "parameters": readout.parameters,
        "trained_parameters": readout.trained_parameters,
        "non_trained_parameters": _non_trained(readout),
        "multiply_adds": readout.multiply_adds,
        "activations": readout.activations,
        "receptive_field": readout.receptive_field,
    }
    if readout.layer.disabled:
        row["disabled"] = True
    if isinstance(readout.layer, Residual):
        row["layers"] = [_readout(inner) for inner in readout.inner]
    return row


def _non_trained(readout: Readout) -> int | None:
    if readout.parameters is None or readout.trained_parameters is None:
        return None
    return readout.parameters - readout.trained_parameters


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "layer": problem.layer,
        "place": None if problem.place is None else list(problem.place),
        "message": str(problem.message),
        "fixes": [str(fix.message) for fix in problem.fixes],
    }


def _problem_line(problem: Problem) -> str:
    place = "" if problem.place is None else f"layer {number(problem.place)}: "
    cure = f" Cure: {problem.fixes[0].message}." if problem.fixes else ""
    return f"{problem.severity}: {place}{problem.message}{cure}"


def _layer_table(recipe: Recipe) -> str:
    """Rows are numbered as sentences number layers: from 1, and 4.1 is the first inside the Residual in row 4."""
    summary = recipe.summary()
    lines = [f"{'':<5} {'layer':<24} {'output shape':<18} {'parameters':>13} {'multiply-adds':>16}  receptive field"]
    lines.append(f"{'':<5} {'image':<24} {times(recipe.image.shape):<18}")
    for readout in summary.walk():
        kind = "  " * (len(readout.place) - 1) + readout.layer.kind
        lines.append(f"{number(readout.place):<5} {kind:<24} {_figures(readout)}")
    lines.append(f"{'':<5} {'total':<24} {'':<18} {summary.parameters:>13,} {summary.multiply_adds:>16,}")
    return "\n".join(lines)


def _figures(readout: Readout) -> str:
    if readout.layer.disabled:
        return "disabled"
    if readout.output_shape is None or readout.receptive_field is None:
        return "?"
    return (
        f"{times(readout.output_shape):<18} {readout.parameters:>13,} {readout.multiply_adds:>16,}  "
        f"{times(readout.receptive_field)}"
    )


def _records(table: Any) -> list[dict[str, Any]]:
    """The rows of a frame; what is not a number becomes null, which JSON has a word for."""
    return table.astype(object).where(table.notna(), None).to_dict(orient="records")


def _print_json(content: Any) -> None:
    """One object on stdout; numpy's numbers as plain ones."""
    print(json.dumps(content, ensure_ascii=False, default=lambda value: value.item(), allow_nan=False))


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
