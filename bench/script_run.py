"""A whole script as one measurement, from the start of its process to its answer."""

import json
import subprocess
from pathlib import Path
from time import perf_counter

from bench.contender import ROOT, Script
from bench.trained import Trained


def script_run(script: Script, archive: Path, epochs: int) -> Trained:
    """Runs ``script`` on ``archive``. Its last line says the accuracy; how long its process takes to end is its own
    affair."""
    began = perf_counter()
    with archive.with_suffix(".log").open("w") as log:
        process = subprocess.Popen(
            script.command(archive, epochs), cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True
        )
        for line in process.stdout:
            if line.startswith("{"):
                trained = Trained(perf_counter() - began, json.loads(line)["val_accuracy"])
    if process.wait():
        raise SystemExit(f"{script.module} has failed:\n{archive.with_suffix('.log').read_text()}")
    return trained
