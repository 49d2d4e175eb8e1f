"""The recipe: everything a run is made from, as one value and one file."""

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from core.architecture import AnyLayer, Layer, Summary, summarize
from core.architecture.templates import template_layers
from core.augmentation import AnyAugmentation
from core.dataset.image_size import ImageSize
from core.errors import RecipeError
from core.memory import memory_problems
from core.message import say
from core.objective import Adam, Training, beginnings, output_problems, with_fitting_output
from core.objective.course_problems import course_problems
from core.objective.label_problems import label_problems
from core.objective.number_problems import number_problems
from core.objective.number_scale import NumberScale
from core.problem import Fix, Problem
from core.recipe_errors import sentence
from core.split.settings import Split


class Recipe(BaseModel):
    """Image size, split, augmentation, architecture and training."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    version: Literal[1] = 1
    image: ImageSize
    split: Split = Split()
    augmentation: tuple[AnyAugmentation, ...] = ()
    layers: tuple[AnyLayer, ...]
    training: Training

    def summary(self) -> Summary:
        """Shapes and cost, layer by layer, and what is wrong with the shapes."""
        return summarize(self.layers, self.image.shape)

    def problems(
        self, classes: int | None = None, memory_bytes: int | None = None, numbers: NumberScale | None = None
    ) -> tuple[Problem, ...]:
        """What is wrong with layers and training, in the order of the layers; ``classes`` is the dataset's number, if
        known, 0 where it has ``numbers`` instead, and ``memory_bytes`` what the machine can give, if that is to be
        looked at.

        Where a layer cannot work, or there is nothing to train, that is all that is said.
        """
        summary = self.summary()
        if not summary.trained_parameters or summary.output_shape is None:
            return tuple(self._with_beginnings(problem, classes) for problem in summary.problems)
        found = (
            *summary.problems,
            *output_problems(summary, self.training.loss, classes, self.training.standardize),
            *label_problems(self.training, summary.output_shape[-1]),
            *number_problems(self.training, classes, numbers),
            *course_problems(self.training),
        )
        if memory_bytes is not None:
            found += memory_problems(self.layers, self.image.shape, self.training, memory_bytes, classes)
        return _in_order(found)

    def _with_beginnings(self, problem: Problem, classes: int | None) -> Problem:
        if problem.place is not None:
            return problem
        shape = self.summary().output_shape or self.image.shape
        loss = "mean_squared_error" if classes == 0 else self.training.loss
        return replace(problem, fixes=beginnings(self.layers, self.image.shape, shape, loss, classes))

    def apply(self, fix: Fix) -> "Recipe":
        """The recipe after one click on ``fix``."""
        layers = self.layers if fix.layers is None else fix.layers
        return self.model_copy(
            update={"layers": layers, "training": self.training.model_copy(update=dict(fix.training))}
        )


def _in_order(problems: Collection[Problem]) -> tuple[Problem, ...]:
    """In the order of the layers, errors first, and then those of the training. At a layer with an error, warnings wait
    until that is mended."""
    wrong = {problem.place for problem in problems if problem.forbids_training}
    told = (problem for problem in problems if problem.forbids_training or problem.place not in wrong)
    return tuple(
        sorted(told, key=lambda problem: (problem.place is None, problem.place or (), not problem.forbids_training))
    )


ALWAYS_TOLD = frozenset(
    {"train", "validation", "test", "seed", "stratify", "keep_together"}
    | {"kind", "learning_rate", "batch_size", "epochs", "monitor", "patience", "decay_rate", "decay_epochs"}
)
"""What a reader of a recipe file looks for, even where it is a default."""


class _Net(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    layers: tuple[AnyLayer, ...]


Model = TypeVar("Model", bound=BaseModel)


def load(path: Path) -> Recipe:
    """The recipe in the YAML or JSON file at ``path``.

    Raises RecipeError, with the place in the file and what was received, where the file cannot be read as a recipe.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise RecipeError(
            say("There is no recipe file {path}. Give the path of a YAML or JSON file.", path=str(path))
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(str(path), error) from error
    return parse(text, str(path))


def parse(text: str, name: str = "recipe") -> Recipe:
    """The recipe in ``text``, YAML or JSON; ``name`` is what error messages call it. Raises RecipeError."""
    content = read_content(text, name)
    if not isinstance(content, dict):
        raise RecipeError(
            say("{name} is not a recipe: it should hold the keys image, split, layers and training.", name=name)
        )
    return from_content(content, name)


def from_content(content: dict[str, Any], name: str = "recipe") -> Recipe:
    """The recipe in ``content``, as it comes out of YAML, JSON or the database. Raises RecipeError."""
    return validated(Recipe, content, name)


def dump(recipe: Recipe) -> str:
    """The recipe as YAML, one line for each layer, without what is a default of Keras; `parse` reads it back."""
    return _yaml(
        {
            "version": recipe.version,
            "image": _told(recipe.image),
            "split": _told(recipe.split),
            "augmentation": [_told(each) for each in recipe.augmentation],
            "layers": [layer.content() for layer in recipe.layers],
            "training": _told(recipe.training),
        }
    )


def dump_layers(layers: Sequence[Layer]) -> str:
    """The layers alone as YAML, as they stand in a recipe file; `parse_net` reads them back."""
    return _yaml({"layers": [layer.content() for layer in layers]})


def parse_net(text: str, name: str = "recipe") -> "Recipe | tuple[Layer, ...]":
    """The recipe in ``text``; the layers where it has the key layers alone, or is a list. Raises RecipeError."""
    content = read_content(text, name)
    if isinstance(content, list):
        content = {"layers": content}
    if isinstance(content, dict) and set(content) == {"layers"}:
        return validated(_Net, content, name).layers
    return parse(text, name)


def _told(value: Any) -> Any:
    """As it stands in a recipe file: of what has fields, those of `ALWAYS_TOLD` and those that differ from defaults."""
    if isinstance(value, tuple):
        return [_told(item) for item in value]
    if not isinstance(value, BaseModel):
        return value
    fields = {name: (getattr(value, name), field.default) for name, field in type(value).model_fields.items()}
    return {
        name: _told(chosen) for name, (chosen, default) in fields.items() if name in ALWAYS_TOLD or chosen != default
    }


def validated(model: type[Model], content: dict[str, Any], name: str) -> Model:
    """``content`` as a value of ``model``. Raises RecipeError, where ``name`` is what the file is called."""
    try:
        as_json = json.dumps(content, default=str, ensure_ascii=False).encode()
    except (TypeError, ValueError, RecursionError) as error:  # a date as a key, a list within itself, half a character
        raise _unreadable(name, error) from error
    try:
        return model.model_validate_json(as_json)
    except ValidationError as error:
        raise RecipeError(sentence(error, name, model)) from error


def _yaml(content: dict[str, Any]) -> str:
    return yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=False, width=200)


def read_content(text: str, name: str) -> Any:
    """What ``text`` holds, JSON or YAML. Raises RecipeError, where ``name`` is what the file is called."""
    try:
        return json.loads(text)  # YAML in the words of PyYAML has JSON without its tabs and half of its escapes
    except json.JSONDecodeError:
        pass
    except (ValueError, RecursionError) as error:
        raise _unreadable(name, error) from error
    try:
        return yaml.load(text, _Loader)
    except RecursionError as error:
        raise _unreadable(name, error) from error
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        line = place.line + 1 if place else 1
        problem = getattr(error, "problem", None) or "it is not text"
        raise RecipeError(
            say("{name} is not YAML or JSON, line {line}: {problem}.", name=name, line=line, problem=problem)
        ) from error


def _unreadable(name: str, error: Exception) -> RecipeError:
    return RecipeError(say("The recipe file {path} cannot be read: {reason}.", path=name, reason=str(error)))


class _Loader(yaml.SafeLoader):
    """Reads ``1e-3`` as a number, as YAML 1.2 and JSON do; PyYAML by itself follows YAML 1.1 and makes it a text.

    Aliases are refused: a few lines of them can stand for more than any memory holds.
    """

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """The node that comes next, which is no alias."""
        if self.check_event(yaml.AliasEvent):
            place = self.peek_event().start_mark
            raise yaml.composer.ComposerError(None, None, "a recipe has no aliases, write the value out", place)
        return super().compose_node(parent, index)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """What ``node`` stands for. PyYAML lets Python's own errors through for a value such as ``2024-13-45``."""
        try:
            return super().construct_object(node, deep)
        except (ValueError, LookupError, AttributeError) as error:
            kind = node.tag.rpartition(":")[2]
            raise yaml.constructor.ConstructorError(None, None, f"this is no {kind}", node.start_mark) from error


class _Dumper(yaml.SafeDumper):
    """Writes layers, but for those with layers inside, and all other small values on one line each."""

    def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = None) -> yaml.MappingNode:
        in_one_line = bool({"kind", "height", "monitor"} & set(mapping)) and "layers" not in mapping
        return super().represent_mapping(tag, mapping, flow_style=in_one_line or None)

    def represent_sequence(self, tag: str, sequence: Any, flow_style: bool | None = None) -> yaml.SequenceNode:
        in_one_line = all(isinstance(item, int | str) for item in sequence)
        return super().represent_sequence(tag, sequence, flow_style=in_one_line or None)

    def represent_scalar(self, tag: str, value: Any, style: str | None = None) -> yaml.ScalarNode:
        """Line breaks in the name of a class are escaped: in single quotes, PyYAML reads some of them as spaces."""
        has_breaks = value.splitlines() not in ([], [value])
        return super().represent_scalar(tag, value, style='"' if has_breaks else style)


for _yaml_class in (_Loader, _Dumper):  # so that a class that is called 1e3 is written in quotes
    _yaml_class.add_implicit_resolver(
        "tag:yaml.org,2002:float", re.compile(r"[-+]?[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]+"), list("-+0123456789")
    )


def default_recipe(image: ImageSize, classes: int) -> Recipe:
    """What a new project starts from: the first CNN, with an output for ``classes`` classes; of 0, for a number."""
    training = Training(loss="categorical_crossentropy", optimizer=Adam(), epochs=5, keep_best="val_loss")
    if classes == 0:
        for_numbers = {"loss": "mean_squared_error", "standardize": True, "metrics": ("mean_absolute_error",)}
        training = training.model_copy(update=for_numbers)
    layers = with_fitting_output(template_layers("first_cnn"), training.loss, classes)
    return Recipe.model_validate({"image": image, "layers": layers, "training": training})
