"""``resume RUN``: goes on with a run from its checkpoint."""

import argparse

from core.cli.training import epoch_report, tell_of_training


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("run", metavar="RUN", help="the name of a run")


def run(options: argparse.Namespace) -> int:
    """Goes on with a run that was lost, stopped, paused or failed, from its checkpoint, in the foreground."""
    from core.runs import foreground
    from core.runs.database import Database
    from core.runs.store import get
    from core.workspace import Workspace

    workspace = Workspace.from_environment()
    database = Database.open(workspace)
    report = epoch_report(get(database, options.run).recipe)
    run = foreground.resume(database, workspace, options.run, report)
    return tell_of_training(database, workspace, run, as_json=options.json, resumed_at=run.resumed_at or (0, 0))
