"""What commands print: answers on stdout, progress and troubles on stderr."""

import json
import sys
from typing import Any

from core.architecture.naming import number
from core.problem import Problem


def print_json(content: Any) -> None:
    """One object on stdout; numpy's numbers as plain ones."""
    print(json.dumps(content, ensure_ascii=False, default=lambda value: value.item(), allow_nan=False))


def say_line(line: str) -> None:
    """A line on stderr, at once."""
    print(line, file=sys.stderr, flush=True)


def problem_line(problem: Problem) -> str:
    """A problem and its cure in one line."""
    place = "" if problem.place is None else f"layer {number(problem.place)}: "
    cure = f" Cure: {problem.fixes[0].message}." if problem.fixes else ""
    return f"{problem.severity}: {place}{problem.message}{cure}"
