"""Questions that only a process with TensorFlow can answer, asked and read here. An answer is kept for a day.

The engine has them answered by its spare worker; inspection_queue.py is what the two need.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Literal

import numpy as np
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.architecture import Place
from core.errors import LayerlabError
from core.message import Message, say
from core.recipe import Recipe
from core.runs.database import Database
from core.runs.states import ACTIVE_INSPECTION_STATES, InspectionState
from core.runs.tables import InspectionRow

KEPT_FOR = timedelta(days=1)


class InspectionError(LayerlabError):
    """An inspection that is not there (any more)."""


class InspectionKind(StrEnum):
    """What is asked. The names are those in the database."""

    FORECAST = "forecast"
    FEATURE_MAPS = "feature_maps"
    RATE_SEARCH = "rate_search"
    AUGMENTED_IMAGES = "augmented_images"
    HEAT_MAPS = "heat_maps"
    EPOCH_ANSWERS = "epoch_answers"


_ASKED_ANEW = (InspectionKind.FORECAST, InspectionKind.EPOCH_ANSWERS)
LASTING = tuple(kind for kind in InspectionKind if kind not in _ASKED_ANEW)
"""The kinds whose answers hold for as long as they are kept: a forecast changes with what the machine has to do, and
the answers of epochs are in the run's folder, until the run goes on."""


@dataclass(frozen=True)
class Inspection:
    """A question and its answer, as they stood when they were read.

    ``payload`` says what is asked, ``result`` and ``data`` are the answer, which the module of
    that name in `core.runs` reads. ``message`` says why there is none.
    """

    id: str
    kind: InspectionKind
    payload: Mapping[str, Any]
    state: InspectionState
    result: Mapping[str, Any] | None
    data: bytes | None
    message: Message | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


def ask_forecast(database: Database, recipe: Recipe, dataset_id: str) -> Inspection:
    """Asks what memory and time a training of ``recipe`` on the dataset takes on this machine."""
    return _ask(database, InspectionKind.FORECAST, {"recipe": recipe.model_dump(mode="json"), "dataset_id": dataset_id})


def ask_feature_maps(
    database: Database, recipe: Recipe, dataset_id: str, image: int, place: Place, run_id: str | None = None
) -> Inspection:
    """Asks for the output of the layer at ``place`` for the image in row ``image`` of the dataset's manifest.

    The net is that of the trained run ``run_id``, whose recipe ``recipe`` has to be; without one it is untrained, with
    the weights that a run of ``recipe`` begins with.
    """
    payload = {
        "recipe": recipe.model_dump(mode="json"),
        "dataset_id": dataset_id,
        "image": image,
        "place": list(place),
        "run_id": run_id,
    }
    return _ask(database, InspectionKind.FEATURE_MAPS, payload)


def ask_rate_search(database: Database, recipe: Recipe, dataset_id: str) -> Inspection:
    """Asks how the loss goes on the training images while the learning rate rises from step to step."""
    return _ask(
        database, InspectionKind.RATE_SEARCH, {"recipe": recipe.model_dump(mode="json"), "dataset_id": dataset_id}
    )


def ask_augmented_images(database: Database, recipe: Recipe, dataset_id: str, image: int, copies: int) -> Inspection:
    """Asks for ``copies`` of the image in row ``image`` of the manifest, augmented as ``recipe`` has it."""
    payload = {
        "recipe": recipe.model_dump(mode="json"),
        "dataset_id": dataset_id,
        "image": image,
        "copies": copies,
    }
    return _ask(database, InspectionKind.AUGMENTED_IMAGES, payload)


def ask_heat_maps(
    database: Database,
    run_id: str,
    image: int | np.ndarray,
    place: Place,
    class_index: int,
    epochs: Literal["all"] | None = None,
) -> Inspection:
    """Asks where the run's net looks for a class: in the maps of the layer at ``place`` (Grad-CAM).

    ``image`` is a row of the manifest of the run's dataset, or the pixels of any image, uint8 (height, width, channels)
    at the size that the recipe has. ``class_index`` is 0 for a net that predicts numbers. The net is the finished one;
    with ``epochs`` that of each epoch whose weights are kept.
    """
    payload = {
        "run_id": run_id,
        **_image_asked(image),
        "place": list(place),
        "class_index": int(class_index),
        "epochs": epochs,
    }
    return _ask(database, InspectionKind.HEAT_MAPS, payload)


def ask_epoch_answers(database: Database, run_id: str) -> Inspection:
    """Asks what the run's net answered on the validation images after each epoch whose weights are kept.

    The answer is left in the run's folder, for `core.runs.epoch_answers.EpochAnswers.stored`.
    """
    return _ask(database, InspectionKind.EPOCH_ANSWERS, {"run_id": run_id})


def get(database: Database, inspection_id: str) -> Inspection:
    """The inspection with that id. Raises InspectionError when there is none, such as a day after it was asked."""
    with database.reading() as session:
        row = session.get(InspectionRow, inspection_id)
    if row is None:
        raise _not_kept()
    return inspection_of(row)


def state_of(database: Database, inspection_id: str) -> InspectionState:
    """How far the inspection with that id is; its answer, which may be large, is not read. Raises InspectionError."""
    with database.reading() as session:
        state = session.scalar(select(InspectionRow.state).where(InspectionRow.id == inspection_id))
    if state is None:
        raise _not_kept()
    return state


def inspection_of(row: InspectionRow) -> Inspection:
    """The inspection that a row tells of."""
    return Inspection(
        id=row.id,
        kind=InspectionKind(row.kind),
        payload=row.payload,
        state=row.state,
        result=row.result,
        data=row.data,
        message=row.message,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )


def _ask(database: Database, kind: InspectionKind, payload: dict[str, Any]) -> Inspection:
    now = database.now()
    key = _key(kind, payload)
    with database.writing() as session:
        session.execute(delete(InspectionRow).where(InspectionRow.created_at <= now - KEPT_FOR))
        row = _asked_before(session, key, kind)
        if row is None:
            row = InspectionRow(
                id=secrets.token_hex(8),
                key=key,
                kind=kind.value,
                payload=payload,
                state=InspectionState.QUEUED,
                created_at=now,
            )
            session.add(row)
            session.flush()
        return inspection_of(row)


def _image_asked(image: int | np.ndarray) -> dict[str, Any]:
    """A row of the manifest, or the pixels of any image, in JSON values."""
    if isinstance(image, np.ndarray):
        return {"image": None, "pixels": base64.b64encode(image.astype(np.uint8).tobytes()).decode()}
    return {"image": int(image), "pixels": None}


def _not_kept() -> InspectionError:
    return InspectionError(say("The answer to this question is not kept any more. Ask again."))


def _key(kind: InspectionKind, payload: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps([kind, payload], sort_keys=True).encode()).hexdigest()


def _asked_before(session: Session, key: str, kind: InspectionKind) -> InspectionRow | None:
    """The same question, where its answer still holds."""
    states = ACTIVE_INSPECTION_STATES
    if kind in LASTING:
        states = (*states, InspectionState.COMPLETED)
    statement = (
        select(InspectionRow)
        .where(InspectionRow.key == key, InspectionRow.state.in_(states))
        .order_by(InspectionRow.created_at.desc())
        .limit(1)
    )
    return session.scalar(statement)
