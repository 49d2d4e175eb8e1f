"""How a dataset is divided."""

from math import isclose
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from core.message import mark

KeepTogether = Literal["nothing", "exact"]
Ratio = Annotated[float, Field(ge=0, le=1)]


class Split(BaseModel):
    """Three ratios that sum to 1, and how images are assigned to them.

    ``keep_together``: ``exact`` keeps images with the same pixels in one part, ``nothing`` lets them fall apart.
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
        KeepTogether, Field(description=mark("Images with exactly the same pixels stay in one part."))
    ] = "exact"

    @model_validator(mode="after")
    def _ratios_sum_to_one(self) -> Self:
        total = self.train + self.validation + self.test
        if not isclose(total, 1, abs_tol=1e-6):
            raise PydanticCustomError(
                "ratios", mark("train, validation and test must sum to 1, not {total}"), {"total": f"{total:g}"}
            )
        return self

    @property
    def ratios(self) -> dict[str, float]:
        """The ratio of each part, by its name."""
        return {"train": self.train, "validation": self.validation, "test": self.test}
