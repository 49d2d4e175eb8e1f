"""Answering inspections: what a spare process does while it waits for a run."""

import gc
import traceback
from collections.abc import Callable
from pathlib import Path

import keras

from core.errors import LayerlabError
from core.message import Message, say
from core.runs.database import Database
from core.runs.inspection_queue import begin, fail, finish, release
from core.runs.inspections import Inspection, InspectionKind
from core.runs.unanswered import out_of_memory_message
from core.training.augmented_images import answer_augmented_images
from core.training.epoch_answers import answer_epoch_answers
from core.training.failure import first_line, is_out_of_memory
from core.training.feature_maps import answer_feature_maps
from core.training.forecast import answer_forecast
from core.training.heat_maps import answer_heat_maps
from core.training.memory import ending_before_memory_does, resident_bytes
from core.training.question import Answer, Question
from core.training.rate_search import answer_rate_search
from core.workspace import Workspace

MOST_GROWTH_BYTES = 500 * 2**20

ANSWERS: dict[InspectionKind, Callable[[Question], Answer]] = {
    InspectionKind.FORECAST: answer_forecast,
    InspectionKind.FEATURE_MAPS: answer_feature_maps,
    InspectionKind.RATE_SEARCH: answer_rate_search,
    InspectionKind.AUGMENTED_IMAGES: answer_augmented_images,
    InspectionKind.HEAT_MAPS: answer_heat_maps,
    InspectionKind.EPOCH_ANSWERS: answer_epoch_answers,
}


def inspect(workspace: Workspace, inspection_id: str, process_bytes: int) -> bool:
    """Answers an inspection; says whether this process, which had ``process_bytes`` once, is fit for more work.

    It is not where it has grown too much: TensorFlow does not give memory back.
    """
    database = Database.open(workspace)
    inspection = begin(database, inspection_id)
    if inspection is not None:
        _answer(database, workspace, inspection, process_bytes)
    keras.backend.clear_session()
    gc.collect()
    is_fit = resident_bytes() - process_bytes <= MOST_GROWTH_BYTES
    if is_fit:
        release(database, inspection_id)
    database.close()
    return is_fit


def _answer(database: Database, workspace: Workspace, inspection: Inspection, process_bytes: int) -> None:
    """Whatever goes wrong becomes a sentence, and what is a bug also a traceback in the log."""
    question = Question(database, workspace, inspection.payload, process_bytes)
    try:
        with ending_before_memory_does():
            answer = ANSWERS[inspection.kind](question)
    except Exception as error:  # noqa: BLE001 (a process's edge)
        fail(database, inspection.id, _explain(error, workspace.logs / "engine.log"))
        return
    finish(database, inspection.id, answer.result, answer.data)


def _explain(error: Exception, log: Path) -> Message:
    if isinstance(error, LayerlabError):
        return error.message
    if is_out_of_memory(error):
        return out_of_memory_message()
    traceback.print_exc()
    return say(
        "The net could not be tried out because of an error in Layerlab: {kind}: {reason}. The log is in {log}.",
        kind=type(error).__name__,
        reason=first_line(error),
        log=str(log),
    )
