"""A lesson: what is asked, and the ordinary search that answers it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from core import recipe as recipes
from core.lessons.answer import Answer
from core.lessons.evidence import Evidence
from core.recipe import Recipe
from core.tuning import space as spaces
from core.tuning.grid import size
from core.tuning.space import SearchSpace

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Lesson:
    """``sample`` names a sample set; ``answer`` reads what the search really found. All texts are in English, to be
    translated: ``guesses`` by their names, ``note`` on how it is measured, and ``hint``, what to try afterwards."""

    name: str
    sample: str
    title: str
    question: str
    guesses: Mapping[str, str]
    note: str
    hint: str
    answer: Callable[[Evidence], Answer]

    @cached_property
    def recipe(self) -> Recipe:
        """What all trials have in common."""
        return recipes.load(FOLDER / self.name / "recipe.yaml")

    @cached_property
    def space(self) -> SearchSpace:
        """What differs: a grid."""
        return spaces.load(FOLDER / self.name / "space.yaml")

    @property
    def trials(self) -> int:
        """How many there are: every point of the grid once."""
        return size(self.space)
