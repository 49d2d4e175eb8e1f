"""``tune RECIPE --space SPACE.yaml --data DATA --trials N``: a search for good settings, and what becomes of it."""

import argparse
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.cli.data import DATA, take_in
from core.cli.output import print_json, say_line
from core.errors import LayerlabError
from core.message import say
from core.recipe import load

if TYPE_CHECKING:
    import pandas as pd

    from core.runs.database import Database
    from core.runs.shutdown import ShutdownWatch
    from core.tuning.flattery import Flattery
    from core.tuning.searches import Search
    from core.workspace import Workspace

LOOK_SECONDS = 0.5
NEEDED = ("space", "data", "trials")
"""What a new search needs besides the recipe. Nothing but a new search takes these, or minutes."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("recipe", nargs="?", type=Path, metavar="RECIPE", help="a recipe file, YAML or JSON")
    asked.add_argument("--continue", dest="continued", metavar="ID", help="go on with a search, and wait for it")
    asked.add_argument("--stop", metavar="ID", help="end a search, and wait for its end")
    asked.add_argument("--list", action="store_true", help="list all searches, the newest first")
    parser.add_argument("--space", type=Path, metavar="SPACE", help="a search space file, YAML or JSON")
    parser.add_argument("--data", metavar="DATA", help=DATA)
    parser.add_argument("--trials", type=int, metavar="N", help="how many trials are to be finished")
    parser.add_argument("--minutes", type=float, metavar="M", help="begin no further trial after so many minutes")
    parser.set_defaults(refuse=parser.error)


def run(options: argparse.Namespace) -> int:
    """A search for good settings: trials are runs, which the engine trains. Ctrl+C stops it, SIGTERM and SIGHUP too."""
    from core.runs.database import Database
    from core.runs.shutdown import ShutdownWatch
    from core.workspace import Workspace

    _refuse_wrong_usage(options)
    workspace = Workspace.from_environment()
    shutdown = ShutdownWatch(workspace)
    database = Database.open(workspace)
    if options.list:
        return _list(database, as_json=options.json)
    if options.stop:
        return _stop(database, workspace, options.stop, shutdown, as_json=options.json)
    search = _continued(database, options.continued) if options.continued else _begun(database, workspace, options)
    _see_through(database, workspace, search, shutdown)
    return _tell(database, workspace, search.id, as_json=options.json)


def _refuse_wrong_usage(options: argparse.Namespace) -> None:
    given = [name for name in (*NEEDED, "minutes") if getattr(options, name) is not None]
    missing = [name for name in NEEDED if name not in given]
    if options.recipe and missing:
        options.refuse(f"a new search needs --{missing[0]}")
    if not options.recipe and given:
        options.refuse(f"--{given[0]} is only for a new search, which needs a RECIPE")


def _begun(database: "Database", workspace: "Workspace", options: argparse.Namespace) -> "Search":
    """A new search. What can be refused without the images is refused before they are taken in."""
    from core.tuning import searches, space

    recipe, wanted = load(options.recipe), space.load(options.space)
    searches.refuse_unsearchable(recipe, wanted, options.trials, options.minutes)
    dataset = take_in(options.data)
    budget = {"trials": options.trials, "minutes": options.minutes}
    return searches.create(database, workspace, None, dataset.id, recipe, wanted, **budget, may_search=True)


def _continued(database: "Database", search_id: str) -> "Search":
    """One that rests or has failed goes on; one that runs was only left by whoever waited for it."""
    from core.tuning import searches

    if not searches.get(database, search_id).state.is_working:
        searches.request_continue(database, search_id)
    return searches.get(database, search_id)


def _stop(
    database: "Database", workspace: "Workspace", search_id: str, shutdown: "ShutdownWatch", *, as_json: bool
) -> int:
    from core.tuning import searches

    searches.request_stop(database, search_id)
    _wait(database, workspace, search_id, shutdown, lambda table: None)
    _tell(database, workspace, search_id, as_json=as_json)
    return 0


def _see_through(database: "Database", workspace: "Workspace", search: "Search", shutdown: "ShutdownWatch") -> None:
    """Waits for the search. Whoever interrupts that stops it; the second time, the engine sees to its end alone."""
    from core.tuning import searches

    report = _reporter(search)
    _take_for_ctrl_c(signal.SIGTERM, signal.SIGHUP)
    try:
        say_line(f"search {search.id}")
        _wait(database, workspace, search.id, shutdown, report)
    except KeyboardInterrupt:
        searches.request_stop(database, search.id)  # first of all: there may be no terminal any more to speak to
        with suppress(KeyboardInterrupt):
            say_line("stopping")
            _wait(database, workspace, search.id, shutdown, report)


def _take_for_ctrl_c(*signals: signal.Signals) -> None:
    """From now on, unless this process was started deaf to them, as by nohup."""
    for each in signals:
        if signal.getsignal(each) is not signal.SIG_IGN:
            signal.signal(each, signal.default_int_handler)


def _wait(
    database: "Database",
    workspace: "Workspace",
    search_id: str,
    shutdown: "ShutdownWatch",
    report: "Callable[[pd.DataFrame], None]",
) -> None:
    """Until nobody works on the search any more. The engine is started as often as it goes, until Layerlab is shut
    down: then LayerlabError is raised."""
    from core.runs.engine import ensure_engine
    from core.tuning import searches
    from core.tuning.trials import trials

    while True:
        search = searches.get(database, search_id)
        report(trials(database, search_id))
        if search.is_at_rest:
            return
        if shutdown.has_come:
            raise _shut_down(search)
        ensure_engine(workspace)
        time.sleep(LOOK_SECONDS)


def _shut_down(search: "Search") -> LayerlabError:
    option = "--stop" if search.state.is_finished else "--continue"
    return LayerlabError(
        say(
            "Layerlab was shut down; go on with: {command}",
            command=f"python -m core tune {option} {search.id}",
        )
    )


def _reporter(search: "Search") -> "Callable[[pd.DataFrame], None]":
    """Says each trial once, in one line, when it has ended."""
    from core.tuning.trial_states import RUNNING

    told: set[int] = set()

    def report(table: "pd.DataFrame") -> None:
        ended = table[(table["state"] != RUNNING) & ~table["number"].isin(told)]
        for trial in _records(ended, list(search.space.parameters)):
            value = "" if trial["value"] is None else f"  {search.space.objective} {trial['value']:.4f}"
            settings = "  ".join(f"{path} {_shown(label)}" for path, label in trial["parameters"].items())
            say_line(f"trial {trial['number'] + 1}  {trial['state']}{value}  {settings}{_why(trial['reason'])}")
            told.add(trial["number"])

    return report


def _list(database: "Database", *, as_json: bool) -> int:
    from core.tuning import searches
    from core.tuning.trials import finished

    found = [
        {
            "study": search.id,
            "state": search.state,
            "finished": finished(database, search.id),
            "trials": search.trials,
            "created_at": search.created_at.isoformat(timespec="seconds"),
            "message": str(search.message) if search.message else None,
        }
        for search in searches.every(database)
    ]
    if as_json:
        print_json({"searches": found})
        return 0
    for each in found:
        print(f"{each['study']}  {each['created_at']}  {each['state']}  {each['finished']} of {each['trials']} trials")
    return 0


def _tell(database: "Database", workspace: "Workspace", search_id: str, *, as_json: bool) -> int:
    """What was found, and the exit status that goes with it."""
    from core.runs.states import SearchState
    from core.tuning import searches
    from core.tuning.trials import best_k, trials

    search = searches.get(database, search_id)
    table = trials(database, search.id)
    paths = list(search.space.parameters)
    best = next(iter(_records(best_k(table, search.space), paths)), None)
    flattery = _flattery(database, workspace, search, table)
    result = {
        "study": search.id,
        "state": search.state,
        "objective": search.space.objective,
        "trials": [_plain(trial) for trial in _records(table, paths)],
        "best": best and _plain(best),
        "flattery": flattery and flattery.to_json(),
    }
    if as_json:
        print_json(result)
    elif best:
        settings = "  ".join(f"{path} {_shown(label)}" for path, label in best["parameters"].items())
        print(f"search {search.id} {search.state}: best {best['value']:.4f} by run {best['run']}  {settings}")
    else:
        print(f"search {search.id} {search.state}: no complete trial")
    if flattery and not as_json:
        print(flattery.message)
    if search.message:
        say_line(f"layerlab: {search.message}")
    return 0 if best and search.state is SearchState.COMPLETED else 1


def _flattery(
    database: "Database", workspace: "Workspace", search: "Search", table: "pd.DataFrame"
) -> "Flattery | None":
    """By how much the best trial flatters: measured where every complete trial has a model to be judged, unless
    somebody does not want to wait for that."""
    from core.evaluation.best_of_search.measuring import candidates, measured, of_search

    if candidates(table).empty:
        return None
    try:
        return measured(database, workspace, search, table)
    except (LayerlabError, KeyboardInterrupt):  # a run of the search has lost its model since, or it takes too long
        return of_search(database, workspace, search, table)


def _records(table: "pd.DataFrame", paths: list[str]) -> list[dict[str, Any]]:
    """The rows of a table of trials as they are told; what is not a finite number becomes null, which JSON has a word
    for."""
    filled = table.astype(object).where(table.notna(), None).to_dict(orient="records")
    return [
        {
            "number": row["number"],
            "state": row["state"],
            "value": row["value"] if row["value"] is not None and isfinite(row["value"]) else None,
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
