"""``report RUN --out FILE``: the lab report of a finished run."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from core.cli.output import print_json
from core.errors import LayerlabError
from core.message import say

if TYPE_CHECKING:
    from core.report import Report

HTML, MARKDOWN = ".html", ".md"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("run", metavar="RUN", help="the name of a run")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="where to write it: FILE.html, which prints, or FILE.md"
    )


def run(options: argparse.Namespace) -> int:
    """Writes the lab report of a finished run, from what is kept of it."""
    from core.report import report_of
    from core.runs.database import Database
    from core.workspace import Workspace

    _check_format(options.out)
    workspace = Workspace.from_environment()
    report = report_of(Database.open(workspace), workspace, options.run)
    _write(_text(report, options.out.suffix.lower()), options.out)
    if options.json:
        print_json({"run": options.run, "file": str(options.out)})
    else:
        print(f"written: {options.out}")
    return 0


def _check_format(path: Path) -> None:
    """Raises LayerlabError where the name of the file says no format that there is."""
    if path.suffix.lower() not in (HTML, MARKDOWN):
        raise LayerlabError(
            say("{file} says no format. Give a name that ends in .html, which prints, or .md.", file=str(path))
        )


def _text(report: "Report", suffix: str) -> str:
    from core.report import to_html, to_markdown

    return to_html(report) if suffix == HTML else to_markdown(report)


def _write(text: str, path: Path) -> None:
    """By another name first: a report that is there stays until the new one is whole."""
    unfinished = path.with_name(f".{uuid4().hex}-{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            unfinished.write_text(text, encoding="utf-8")
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise LayerlabError(
            say("{file} cannot be written: {reason}. Choose another file.", file=str(path), reason=str(error))
        ) from error
