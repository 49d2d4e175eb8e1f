"""The screens to learn from. They need no project."""

from dataclasses import dataclass
from typing import Final

from core.message import mark


@dataclass(frozen=True)
class LessonPage:
    """A screen of the section Learn; ``title`` is in English, to be translated."""

    name: str
    page: str
    title: str
    icon: str


LESSON_PAGES: Final = (
    LessonPage("hyperparameters", "pages/learn/hyperparameters.py", mark("Hyperparameters"), ":material/tune:"),
)
