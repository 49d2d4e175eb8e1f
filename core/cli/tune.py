"""``tune RECIPE --space SPACE.yaml --data DATA --trials N``: a search for good settings."""

import argparse
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.cli.data import add_data, take_in
from core.cli.output import print_json, say_line
from core.recipe import load

if TYPE_CHECKING:
    import pandas as pd

    from core.runs.database import Database
    from core.tuning.searches import Search
    from core.workspace import Workspace

LOOK_SECONDS = 0.5
UNFINISHED = "running"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("recipe", type=Path, metavar="RECIPE", help="a recipe file, YAML or JSON")
    parser.add_argument("--space", type=Path, required=True, metavar="SPACE", help="a search space file, YAML or JSON")
    add_data(parser)
    parser.add_argument("--trials", type=int, required=True, metavar="N", help="how many trials are to be finished")
    parser.add_argument("--minutes", type=float, metavar="M", help="begin no further trial after so many minutes")


def run(options: argparse.Namespace) -> int:
    """A search for good settings: trials are runs, which the engine trains. Ctrl+C stops it."""
    from core.runs.database import Database
    from core.tuning import searches, space
    from core.workspace import Workspace

    workspace = Workspace.from_environment()
    recipe, wanted = load(options.recipe), space.load(options.space)
    database = Database.open(workspace)
    dataset = take_in(options.data)
    search = searches.create(
        database,
        workspace,
        None,
        dataset.id,
        recipe,
        wanted,
        trials=options.trials,
        minutes=options.minutes,
        may_search=True,
    )
    report = _reporter(search)
    try:
        _wait(database, workspace, search.id, report)
    except KeyboardInterrupt:
        say_line("stopping")
        searches.request_stop(database, search.id)
        with suppress(KeyboardInterrupt):  # the engine sees to the end of it
            _wait(database, workspace, search.id, report)
    return _tell(database, searches.get(database, search.id), as_json=options.json)


def _wait(
    database: "Database", workspace: "Workspace", search_id: str, report: "Callable[[pd.DataFrame], None]"
) -> None:
    """Until nobody works on the search any more. The engine is started as often as it goes."""
    from core.runs.engine import ensure_engine
    from core.tuning import searches
    from core.tuning.trials import trials

    while True:
        ensure_engine(workspace)
        is_over = searches.get(database, search_id).is_at_rest
        report(trials(database, search_id))
        if is_over:
            return
        time.sleep(LOOK_SECONDS)


def _reporter(search: "Search") -> "Callable[[pd.DataFrame], None]":
    """Says each trial once, in one line, when it has ended."""
    told: set[int] = set()

    def report(table: "pd.DataFrame") -> None:
        ended = table[(table["state"] != UNFINISHED) & ~table["number"].isin(told)]
        for trial in _records(ended, list(search.space.parameters)):
            value = "" if trial["value"] is None else f"  {search.space.objective} {trial['value']:.4f}"
            settings = "  ".join(f"{path} {_shown(label)}" for path, label in trial["parameters"].items())
            say_line(f"trial {trial['number'] + 1}  {trial['state']}{value}  {settings}{_why(trial['reason'])}")
            told.add(trial["number"])

    return report


def _tell(database: "Database", search: "Search", *, as_json: bool) -> int:
    """What was found, and the exit status that goes with it."""
    from core.runs.states import SearchState
    from core.tuning.trials import best_k, trials

    table = trials(database, search.id)
    paths = list(search.space.parameters)
    best = next(iter(_records(best_k(table, search.space), paths)), None)
    result = {
        "study": search.id,
        "state": search.state,
        "objective": search.space.objective,
        "trials": [_plain(trial) for trial in _records(table, paths)],
        "best": best and _plain(best),
    }
    if as_json:
        print_json(result)
    elif best:
        settings = "  ".join(f"{path} {_shown(label)}" for path, label in best["parameters"].items())
        print(f"search {search.id} {search.state}: best {best['value']:.4f} by run {best['run']}  {settings}")
    else:
        print(f"search {search.id} {search.state}: no complete trial")
    if search.message:
        say_line(f"layerlab: {search.message}")
    return 0 if search.state is SearchState.COMPLETED else 1


def _records(table: "pd.DataFrame", paths: list[str]) -> list[dict[str, Any]]:
    """The rows of a table of trials as they are told; what is not a number becomes null, which JSON has a word for."""
    filled = table.astype(object).where(table.notna(), None).to_dict(orient="records")
    return [
        {
            "number": row["number"],
            "state": row["state"],
            "value": row["value"],
            "parameters": {path: row[path] for path in paths},
            "run": row["run_id"],
            "reason": row["reason"],
        }
        for row in filled
    ]


def _plain(trial: dict[str, Any]) -> dict[str, Any]:
    return trial | {"reason": None if trial["reason"] is None else str(trial["reason"])}


def _shown(label: Any) -> str:
    return f"{label:.4g}" if isinstance(label, float) else str(label)


def _why(reason: Any) -> str:
    return "" if reason is None else f"  ({reason})"
