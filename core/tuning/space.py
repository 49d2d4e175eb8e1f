"""What a search may change, and how it goes about it: one value and one file."""

import json
from itertools import combinations
from math import floor, isfinite
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from core import recipe as recipes
from core.errors import RecipeError
from core.message import say


def _number(value: Any) -> Any:
    """A number as it stands; PydanticCustomError for anything else, which would be told of each kind of number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticCustomError("float_type", "must be a number")
    if not isfinite(value):
        raise PydanticCustomError("finite_number", "must be a finite number")
    return value


Number = Annotated[int | float, BeforeValidator(_number)]
Label = bool | int | float | str | None
"""A value that Optuna and the tables of trials can hold."""

_SETTINGS = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)
_DIGITS = 12


class Range(BaseModel):
    """The numbers from ``low`` to ``high``, both included; whole ones where all that is given is whole.

    With ``step`` only ``low``, ``low + step``, … With ``log`` each order of magnitude is as likely as every other.
    """

    model_config = _SETTINGS

    low: Number
    high: Number
    step: Number | None = None
    log: bool = False

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if self.low > self.high:
            raise PydanticCustomError("range", "low is above high")
        if self.log and self.low <= 0:
            raise PydanticCustomError("log_range", "a logarithmic range begins above 0")
        if self.step is not None and (self.log or self.step <= 0):
            raise PydanticCustomError("range_step", "a step is above 0 and goes without log")
        return self

    @property
    def is_whole(self) -> bool:
        """Whether its numbers are whole."""
        return all(isinstance(number, int) for number in (self.low, self.high, self.step or 0))

    @property
    def last(self) -> Number:
        """The highest of its numbers: ``high``, where a step leads there."""
        if self.step is None:
            return self.high
        return self._at(floor(round((self.high - self.low) / self.step, _DIGITS)))

    @property
    def count(self) -> int | None:
        """How many numbers it has; None for all between ``low`` and ``high``."""
        step = self.step or (1 if self.is_whole else None)
        return None if step is None else floor(round((self.high - self.low) / step, _DIGITS)) + 1

    @property
    def labels(self) -> tuple[Label, ...] | None:
        """Its numbers; None where they cannot be counted."""
        return None if self.count is None else tuple(self._at(position) for position in range(self.count))

    def value(self, label: Label) -> Any:
        """What stands in the recipe for a number of this range, as a person can read and type it: that of its numbers
        which is meant, where they can be counted, as samplers add up steps to 0.30000000000000004; else to four
        digits."""
        if not isinstance(label, int | float):
            return label
        if self.count is not None:
            return self._at(round((label - self.low) / (self.step or 1)))
        return min(max(float(f"{label:.4g}"), self.low), self.high)

    @property
    def extremes(self) -> tuple[Any, ...]:
        """Values by which it is known whether the recipe can have those of this range."""
        return (self.low, self.last)

    def _at(self, position: int) -> Number:
        number = self.low + position * (self.step or 1)
        return int(number) if self.is_whole else float(f"{number:.{_DIGITS}g}")  # 0.3, not 0.30000000000000004


class Choices(BaseModel):
    """A few values, in any order. They may be whatever stands in a recipe file, such as a whole list of layers."""

    model_config = _SETTINGS

    choices: Annotated[tuple[Any, ...], Field(min_length=1)]

    @field_validator("choices")
    @classmethod
    def _are_different(cls, choices: tuple[Any, ...]) -> tuple[Any, ...]:
        """By their labels: to Optuna, as to Python, 1 is 1.0 and true."""
        labels = [_label(choice) for choice in choices]
        for first, second in combinations(range(len(choices)), 2):
            if labels[first] == labels[second]:
                texts = dict.fromkeys(json.dumps(choices[each], ensure_ascii=False) for each in (first, second))
                raise PydanticCustomError("duplicate", "must not hold {name} twice", {"name": " = ".join(texts)})
        return choices

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.choices)

    @property
    def labels(self) -> tuple[Label, ...]:
        """A word for each: the value itself, or as JSON where it has parts."""
        return tuple(_label(choice) for choice in self.choices)

    def value(self, label: Label) -> Any:
        """What stands in the recipe for one of the labels."""
        return self.choices[self.labels.index(label)]

    @property
    def extremes(self) -> tuple[Any, ...]:
        """Values by which it is known whether the recipe can have them: all."""
        return self.choices


Parameter = Range | Choices


class SearchSpace(BaseModel):
    """Which fields of a recipe are searched, by their paths such as ``layers.0.filters``, and how."""

    model_config = _SETTINGS

    parameters: Annotated[dict[str, Parameter], Field(min_length=1)]
    sampler: Literal["grid", "random", "tpe"] = "tpe"
    pruner: Literal["none", "median", "hyperband"] = "none"
    objective: Literal["val_accuracy", "val_loss"] = "val_accuracy"
    seed: Annotated[int, Field(ge=0, le=2**32 - 1)] = 0

    @property
    def maximizes(self) -> bool:
        """Whether more of the objective is better."""
        return self.objective == "val_accuracy"

    def values(self, labels: dict[str, Any]) -> dict[str, Any]:
        """What stands in the recipe for the ``labels`` that Optuna chose, both by their paths."""
        return {path: parameter.value(labels[path]) for path, parameter in self.parameters.items()}


def load(path: Path) -> SearchSpace:
    """The space in the YAML or JSON file at ``path``.

    Raises RecipeError, with the place in the file and what was received, where it cannot be read as a search space.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise RecipeError(
            say("There is no file {path} with a search space. Give the path of a YAML or JSON file.", path=str(path))
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise RecipeError(
            say("The file {path} cannot be read: {reason}.", path=str(path), reason=str(error))
        ) from error
    return parse(text, str(path))


def parse(text: str, name: str = "search space") -> SearchSpace:
    """The space in ``text``, YAML or JSON; ``name`` is what error messages call it. Raises RecipeError."""
    content = recipes.read_content(text, name)
    if not isinstance(content, dict) or not isinstance(content.get("parameters"), dict):
        raise RecipeError(
            say("{name} is not a search space: it should hold the key parameters with at least one field.", name=name)
        )
    return from_content(content, name)


def from_content(content: dict[str, Any], name: str = "search space") -> SearchSpace:
    """The space in ``content``, as it comes out of YAML, JSON or the database. Raises RecipeError."""
    parameters = {str(path): _parameter(value, str(path), name) for path, value in content["parameters"].items()}
    plain = {path: parameter.model_dump(mode="json") for path, parameter in parameters.items()}
    return recipes.validated(SearchSpace, content | {"parameters": plain}, name)


def _parameter(content: Any, path: str, name: str) -> Parameter:
    """By itself, so that an error speaks of the one kind that was meant."""
    place = f"{name}: parameters.{path}"
    if not isinstance(content, dict):
        raise RecipeError(
            say(
                "{place} must be {{low: …, high: …}} or {{choices: […]}}; received {received}.",
                place=place,
                received=json.dumps(content, ensure_ascii=False, default=str),
            )
        )
    if "choices" in content:
        return recipes.validated(Choices, content, place)
    return recipes.validated(Range, content, place)


def _label(choice: Any) -> Label:
    if choice is None or isinstance(choice, bool | int | float | str):
        return choice
    return json.dumps(choice, ensure_ascii=False)
