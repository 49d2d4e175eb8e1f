"""What ``train`` and ``resume`` tell of a training in the foreground."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from core.cli.output import print_json, say_line
from core.recipe import Recipe

if TYPE_CHECKING:
    import pandas as pd

    from core.runs.database import Database
    from core.runs.progress import EpochMetrics
    from core.runs.run import Run
    from core.workspace import Workspace

FIGURES = ("loss", "accuracy", "val_loss", "val_accuracy")


def epoch_report(recipe: Recipe) -> "Callable[[EpochMetrics], None]":
    """Says each epoch of a training by ``recipe`` in one line."""

    def report(metrics: "EpochMetrics") -> None:
        values = [*((name, getattr(metrics, name)) for name in FIGURES), *_errors(metrics).items()]
        shown = "  ".join(f"{name} {value:.4f}" for name, value in values if value is not None)
        say_line(f"epoch {metrics.epoch}/{recipe.training.epochs}  {shown}  {metrics.seconds:.1f} s")

    return report


def _errors(metrics: "EpochMetrics") -> "Mapping[str, float]":
    """What is told of an epoch that has no accuracy, since numbers are predicted: all that the recipe has measured."""
    return metrics.metrics if metrics.accuracy is None else {}


def tell_of_training(database: "Database", workspace: "Workspace", run: "Run", *, as_json: bool, **further: Any) -> int:
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
        print_json(result)
    else:
        print(f"run {run.id} {run.state}: {result['model']}")
    if run.message:
        say_line(f"layerlab: {run.message}")
    return 0 if run.state is RunState.COMPLETED else 1


def _records(table: "pd.DataFrame") -> list[dict[str, Any]]:
    """The rows of a frame; what is not a number becomes null, which JSON has a word for."""
    return table.astype(object).where(table.notna(), None).to_dict(orient="records")
