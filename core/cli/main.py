"""The command line: each command is a module with the function that does it and the arguments that it takes."""

import argparse
import signal
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import NoReturn

from core.cli import check, describe, evaluate, predict, report, resume, split, train, tune
from core.errors import LayerlabError

COMMANDS: tuple[ModuleType, ...] = (describe, check, split, train, tune, resume, evaluate, predict, report)
"""Each imports what it needs when it is called: describe waits neither for scikit-learn nor for a database."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status: 0 done, 1 the work failed or was refused, 2 wrong usage, 130
    interrupted."""
    options = _parser().parse_args(arguments)
    try:
        return options.command(options)
    except LayerlabError as error:
        print(f"layerlab: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT  # as shells say it


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}. See {self.prog} --help.\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m core", description="Layerlab on the command line.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    for command in COMMANDS:
        name = command.__name__.rpartition(".")[2]
        subparser = commands.add_parser(name, help=command.run.__doc__, description=command.run.__doc__)
        subparser.set_defaults(command=command.run)
        command.add_arguments(subparser)
        subparser.add_argument("--json", action="store_true", help="print one JSON object on stdout")
    return parser
