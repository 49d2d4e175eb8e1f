"""A contender as the benchmark sees it: a process that does one epoch whenever it is told to."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Epoch:
    """What a contender has said of an epoch; ``val_accuracy`` is none where nothing was learned."""

    seconds: float
    val_accuracy: float | None


@dataclass(frozen=True)
class Script:
    """A module of `bench.contenders`, the Python that runs it, and what it finds in its environment besides ours."""

    module: str
    python: str = sys.executable
    environment: Mapping[str, str] = field(default_factory=dict)

    def command(self, *arguments: object) -> list[str]:
        return [self.python, "-m", f"bench.contenders.{self.module}", *map(str, arguments)]


class Contender:
    """The process of ``script``, which ends with the context. What it prints besides its answers is in ``folder``."""

    def __init__(self, script: Script, folder: Path, epochs: int, seeds: Sequence[int] = (0,)) -> None:
        self._log = folder / f"{script.module}.log"
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                script.command(folder, epochs, *seeds),
                cwd=ROOT,
                env={**os.environ, **script.environment},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def epoch(self) -> Epoch:
        """Has it do its next epoch, and waits for that."""
        assert self._process.stdin
        assert self._process.stdout
        print(file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        if not answer:
            sys.exit(f"{' '.join(self._process.args)} has ended:\n{self._log.read_text()}")
        return Epoch(**json.loads(answer))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()  # closes its standard input


def in_turn(scripts: Mapping[str, Script], folder: Path, rounds: int) -> dict[str, list[Epoch]]:
    """The epochs of each script: one of the first, one of the second and so on, ``rounds`` times.

    All their processes live at the same time and wait for each other, so that a busy machine slows all of them alike.
    An epoch of each that goes before, in which it starts and traces its graphs, is not among them.
    """
    with ExitStack() as stack:
        contenders = {
            name: stack.enter_context(Contender(script, folder, 1 + rounds)) for name, script in scripts.items()
        }
        turns = [{name: each.epoch() for name, each in contenders.items()} for _ in range(1 + rounds)]
    return {name: [turn[name] for turn in turns[1:]] for name in scripts}
