"""A contender's side of the conversation: it does an epoch when it is asked for one, and says how that went.

A line on standard input asks for an epoch; its answer is one line of JSON on standard output. The contender ends when
it has done all its epochs, or when standard input is closed.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter


class Turns:
    """Whose turn it is: that of this process between `wait` and `done`."""

    def __init__(self) -> None:
        self._answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what libraries print is no answer
        self._began = 0.0

    def wait(self) -> None:
        """Returns when the next epoch is asked for. From then on the time counts."""
        if not sys.stdin.readline():
            sys.exit()
        self._began = perf_counter()

    def done(self, val_accuracy: float | None = None) -> None:
        """Says how long the epoch took, and how many of the validation images were right after it."""
        seconds = perf_counter() - self._began
        print(json.dumps({"seconds": seconds, "val_accuracy": val_accuracy}), file=self._answers, flush=True)


Train = Callable[[Path, int, int, Turns], None]
"""Takes the folder with the images, how many epochs to train and the seed; waits for its turn before each epoch."""


def take_part(train: Train) -> None:
    """The command line of a contender: ``FOLDER EPOCHS SEED…``; trains anew for each seed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("epochs", type=int)
    parser.add_argument("seeds", type=int, nargs="+")
    arguments = parser.parse_args()
    turns = Turns()
    for seed in arguments.seeds:
        train(arguments.folder, arguments.epochs, seed, turns)
