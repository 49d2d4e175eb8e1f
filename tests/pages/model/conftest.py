"""The screens of the model, on a draft that a test may choose."""

import os
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from core.architecture import Layer
from core.runs import inspection_queue, projects
from core.runs.inspections import Inspection
from core.runs.process import Process
from tests.pages.model.draft_screen import DraftScreen


@pytest.fixture
def open_with(open_screen, kept, project_with_digits) -> Callable[..., DraftScreen]:
    """Opens a screen by its file, with ``layers`` instead of the first CNN and other settings of the training."""

    def open_(page: str, layers: Sequence[Layer] | None = None, **training: Any) -> DraftScreen:
        draft = project_with_digits.draft
        changed = {"training": draft.training.model_copy(update=training)}
        if layers is not None:
            changed["layers"] = tuple(layers)
        projects.save_draft(kept.database, project_with_digits.id, draft.model_copy(update=changed))
        return DraftScreen(open_screen(page), kept.database, project_with_digits.id)

    return open_


@pytest.fixture
def take(kept) -> Callable[[], Inspection]:
    """Begins to work on the question that waits."""

    def take_() -> Inspection:
        inspection_id = inspection_queue.claim(kept.database, Process.of(os.getpid()))
        assert inspection_id is not None
        begun = inspection_queue.begin(kept.database, inspection_id)
        assert begun is not None
        return begun

    return take_
