"""The screens of the model, on a draft that a test may choose."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from core.architecture import Layer
from core.runs import projects
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
