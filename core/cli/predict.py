"""``predict RUN IMAGE…``: what a finished run says of any images."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.cli.output import print_json
from core.errors import LayerlabError
from core.message import say

if TYPE_CHECKING:
    from PIL import Image

    from core.evaluation.trying.prediction import Answer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("run", metavar="RUN", help="the name of a run")
    parser.add_argument("images", metavar="IMAGE", nargs="+", type=Path, help="an image file")


def run(options: argparse.Namespace) -> int:
    """What a finished run says of any images, each brought to its size as the images of its training were."""
    from core.evaluation.trying.trial import Trial
    from core.runs.database import Database
    from core.workspace import Workspace

    workspace = Workspace.from_environment()
    trial = Trial.of(Database.open(workspace), workspace, options.run)
    answers = trial.ask([trial.seen(_opened(path)) for path in options.images])
    asked = list(zip(options.images, answers, strict=True))
    if options.json:
        predictions = [{"path": str(path), **_figures(answer)} for path, answer in asked]
        print_json({"run": options.run, "predictions": predictions})
        return 0
    print("\n".join(f"{path}: {_in_words(answer)}" for path, answer in asked))
    return 0


def _opened(path: Path) -> "Image.Image":
    """The image in a file. Raises LayerlabError, which names the file."""
    from core.evaluation.trying.trial import opened

    try:
        return opened(path.read_bytes(), str(path))
    except OSError as error:
        raise LayerlabError(
            say("{file} cannot be read: {reason}. Choose another file.", file=str(path), reason=str(error))
        ) from error
    except LayerlabError as error:
        raise LayerlabError(say("{file}: {reason}", file=str(path), reason=error.message)) from error


def _figures(answer: "Answer") -> dict[str, Any]:
    from core.evaluation.trying.prediction import PredictedNumber

    if isinstance(answer, PredictedNumber):
        return {"value": answer.value}
    return {
        "class": answer.class_names[answer.likeliest],
        "probability": answer.confidence,
        "unsure": answer.is_unsure,
        "probabilities": dict(zip(answer.class_names, answer.probabilities, strict=True)),
    }


def _in_words(answer: "Answer") -> str:
    from core.evaluation.trying.prediction import PredictedNumber

    if isinstance(answer, PredictedNumber):
        return f"{answer.value:.6g}"
    named = f"{answer.class_names[answer.likeliest]} ({answer.confidence:.1%})"
    return f"unsure, perhaps {named}" if answer.is_unsure else named
