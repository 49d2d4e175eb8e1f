"""How a dataset is divided."""

from collections.abc import Mapping
from math import isclose
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from core.message import mark
from core.split.groups import GROUP, pattern_problem

KeepTogether = Literal["nothing", "exact", "near", "group"]
Ratio = Annotated[float, Field(ge=0, le=1)]
MOST_FOLDS = 20


def _checked_folds(folds: int) -> int:
    if folds == 1:
        raise PydanticCustomError(
            "folds", mark("must be 0 for no folds, or a number from 2 to {most}"), {"most": MOST_FOLDS}
        )
    return folds


def _checked_pattern(pattern: str) -> str:
    if pattern and pattern_problem(pattern):
        raise PydanticCustomError(
            "group_pattern", mark("must be empty, or hold {group} once and no * beside it"), {"group": GROUP}
        )
    return pattern


class Split(BaseModel):
    """Three ratios that sum to 1, and how images are assigned to them.

    ``keep_together``: ``exact`` keeps images with the same pixels in one part, ``near`` also those that look alike,
    ``group`` those of one group; ``nothing`` lets all fall apart. The group of an image is read off its name by
    ``group_pattern``, as `core.split.groups` does, or where that is empty it is the one that the image came with.

    ``given`` takes the parts that the images came with. With ``folds``, what is not for the test is dealt into so many
    folds, of which ``fold`` validates, counted from 0, and the rest trains.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    train: Annotated[Ratio, Field(description=mark("The share of images that set the weights."))] = 0.7
    validation: Annotated[
        Ratio, Field(description=mark("The share of images that choices about training are made on."))
    ] = 0.15
    test: Annotated[
        Ratio, Field(description=mark("The share of images that is used once, after every choice is made."))
    ] = 0.15
    seed: Annotated[int, Field(ge=0, le=2**32 - 1, description=mark("Another seed gives another split."))] = 0
    stratify: Annotated[bool, Field(description=mark("Give every part the same share of each class."))] = True
    keep_together: Annotated[
        KeepTogether,
        Field(
            description=mark(
                "What stays in one part: identical images (exact), look-alikes as well (near), the images of a group, "
                "or nothing."
            )
        ),
    ] = "exact"
    group_pattern: Annotated[
        str,
        Field(max_length=200, description=mark("How a file name tells the group. Empty: the group that came with it.")),
        AfterValidator(_checked_pattern),
    ] = ""
    given: Annotated[bool, Field(description=mark("Leave each image in the part that it came with."))] = False
    folds: Annotated[
        int,
        Field(ge=0, le=MOST_FOLDS, description=mark("Into how many folds all but the test images are dealt; 0: none.")),
        AfterValidator(_checked_folds),
    ] = 0
    fold: Annotated[
        int, Field(ge=0, lt=MOST_FOLDS, description=mark("Which fold validates while the others train, from 0."))
    ] = 0

    @model_validator(mode="after")
    def _ratios_sum_to_one(self) -> Self:
        total = self.train + self.validation + self.test
        if not isclose(total, 1, abs_tol=1e-6):
            raise PydanticCustomError(
                "ratios", mark("train, validation and test must sum to 1, not {total}"), {"total": f"{total:g}"}
            )
        return self

    @model_validator(mode="after")
    def _fold_is_one_of_the_folds(self) -> Self:
        if self.fold and self.fold >= self.folds:
            raise PydanticCustomError(
                "fold",
                mark("fold is counted from 0, so {fold} is not one of {folds} folds"),
                {"fold": self.fold, "folds": self.folds},
            )
        return self

    @property
    def ratios(self) -> dict[str, float]:
        """The ratio of each part, by its name."""
        return {"train": self.train, "validation": self.validation, "test": self.test}

    @property
    def test_settings(self) -> Mapping[str, Any]:
        """What decides which images are for the test: folds divide only the others. Settings that are newer than the
        others are left out where they change nothing, so that older splits are still known by what is here."""
        newer = {"group_pattern": self.group_pattern, "given": self.given}
        others = self.model_dump(mode="json", exclude={"folds", "fold", *newer})
        return others | {name: value for name, value in newer.items() if value}
