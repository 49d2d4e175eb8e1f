"""``describe RECIPE``: the layer table of a recipe, without TensorFlow."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.architecture import Readout, Residual
from core.architecture.naming import number
from core.cli.output import print_json, problem_line, say_line
from core.message import times
from core.problem import Problem
from core.recipe import Recipe, load


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("recipe", type=Path, metavar="RECIPE", help="a recipe file, YAML or JSON")


def run(options: argparse.Namespace) -> int:
    """The layer table of a recipe, and its problems."""
    recipe = load(options.recipe)
    problems = recipe.problems()
    errors = [problem for problem in problems if problem.forbids_training]
    if options.json:
        print_json(_description(recipe, errors, [problem for problem in problems if problem not in errors]))
    else:
        print(_layer_table(recipe))
    for problem in problems:
        say_line(problem_line(problem))
    return 1 if errors else 0


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
