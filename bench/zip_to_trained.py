"""From a zip archive of images to a trained net: Layerlab with a spare worker ready, a PyTorch script, a Keras script.

``python -m bench.zip_to_trained`` (``make bench-zip``). All train the same net for 4 epochs on 4,200 of 6,000 images
and judge it after each on 900 (Keras's script on 896, in whole batches). A script's time runs from its start, imports
included, to the line with its accuracy; Layerlab's from the archive to the state "completed", the files of its model
included. PyTorch takes part where it is installed (see bench/requirements.txt), in the Python that the environment
variable TORCH_PYTHON names, or in ours.
"""

import argparse
import statistics
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from bench import digits, torch_python
from bench.contender import Script
from bench.layerlab_run import LayerlabRuns, layerlab_runs
from bench.script_run import script_run
from bench.table import ABSENT, Bound, ratio, spread, table
from bench.trained import Trained
from core.workspace import Workspace

IMAGES = 6_000
EPOCHS = 4

LAYERLAB = "Layerlab, spare worker ready"
TORCH = "PyTorch, a script"
KERAS = "Keras, a script with image_dataset_from_directory"
MOST_OF_TORCH = 1.0


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.zip_to_trained", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how many archives each has to train on")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder, layerlab_runs(Workspace.at(Path(folder) / "workspace")) as runs:
        contenders = _contenders(runs, torch_python.find())
        done = [_round(contenders, Path(folder) / f"digits-{number}.zip", number) for number in range(1 + rounds)]
    trained = {name: [each[name] for each in done[1:]] for name in contenders}
    print(_heading(rounds), _table(trained), _phases(trained[LAYERLAB]), _verdict(trained), sep="\n\n")


def _contenders(runs: LayerlabRuns, torch: str | None) -> dict[str, Callable[[Path], Trained]]:
    contenders = {LAYERLAB: partial(runs.train, epochs=EPOCHS)}
    if torch:
        contenders[TORCH] = partial(script_run, Script("torch_script", torch), epochs=EPOCHS)
    return contenders | {KERAS: partial(script_run, Script("keras_script"), epochs=EPOCHS)}


def _round(contenders: Mapping[str, Callable[[Path], Trained]], archive: Path, number: int) -> dict[str, Trained]:
    """Each trains once, on an archive that is new to all of them."""
    digits.write_zip(archive, IMAGES, seed=number)
    return {name: train(archive) for name, train in contenders.items()}


def _heading(rounds: int) -> str:
    return (
        f"From a zip archive of {IMAGES:,} PNG files to a net that has learned for {EPOCHS} epochs: seconds, of "
        f"{rounds} archives for each in turn,\nafter one that is left out. The images are the sample set digits and "
        "1,000 copies out of it, moved by a pixel."
    )


def _table(trained: Mapping[str, Sequence[Trained]]) -> str:
    heading = ["", "median", "fastest", "slowest", "÷ PyTorch", "÷ Keras", "validation accuracy"]
    rows = [
        [name, *spread(_seconds(done)), *_ratios(done, trained), f"{done[-1].val_accuracy:.4f}"]
        for name, done in trained.items()
    ]
    return table([heading, *rows])


def _ratios(ours: Sequence[Trained], trained: Mapping[str, Sequence[Trained]]) -> list[str]:
    return [
        f"{ratio(_seconds(ours), _seconds(trained[name])):.2f}" if name in trained else ABSENT
        for name in (TORCH, KERAS)
    ]


def _phases(trained: Sequence[Trained]) -> str:
    """What Layerlab's time went into."""
    medians = {name: statistics.median(each.phases[name] for each in trained) for name in trained[0].phases}
    return "Layerlab's seconds: " + ", ".join(f"{name} {seconds:.2f}" for name, seconds in medians.items())


def _verdict(trained: Mapping[str, Sequence[Trained]]) -> str:
    if TORCH not in trained:
        return torch_python.MISSING
    return str(Bound("Layerlab ÷ PyTorch", ratio(*map(_seconds, (trained[LAYERLAB], trained[TORCH]))), MOST_OF_TORCH))


def _seconds(trained: Sequence[Trained]) -> list[float]:
    return [each.seconds for each in trained]


if __name__ == "__main__":
    main()
