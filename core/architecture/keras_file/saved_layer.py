"""A layer or a model as it stands in a file of Keras 2 or 3."""

from typing import Any, Final

from pydantic import BaseModel, ConfigDict, field_validator

from core.architecture.keras_file.remark import shown

MODELS: Final = frozenset({"Sequential", "Functional", "Model"})
"""The models whose layers are in the file. ``Model`` is what Keras 2 calls a functional one."""


class SavedLayer(BaseModel):
    """One entry of the file. Keras 2 writes neither ``module`` nor ``registered_name``."""

    model_config = ConfigDict(frozen=True, strict=True)

    class_name: str
    config: dict[str, Any]
    module: str | None = None
    registered_name: str | None = None
    name: str | None = None
    inbound_nodes: list[Any] = []

    @field_validator("config", mode="before")
    @classmethod
    def _bare_list(cls, config: Any) -> Any:
        """Keras before 2.3 writes the layers of a Sequential without anything around them."""
        return {"layers": config} if isinstance(config, list) else config

    @property
    def key(self) -> str:
        """The name by which other entries of the same model refer to this one."""
        return self.name or str(self.config.get("name") or "")

    @property
    def label(self) -> str:
        """How sentences call it: ``Conv2D 'conv1'``."""
        return f"{shown(self.class_name)} '{shown(self.key)}'"

    @property
    def is_of_keras_2(self) -> bool:
        return "module" not in self.model_fields_set

    @property
    def is_own_class(self) -> bool:
        """Whether somebody wrote the class; of Keras 2, only classes that were registered can be told."""
        if ">" in self.class_name or ">" in (self.registered_name or ""):
            return True
        return not self.is_of_keras_2 and (self.module or "").split(".")[0] != "keras"

    @property
    def is_model(self) -> bool:
        return self.class_name in MODELS and not self.is_own_class

    @property
    def is_input(self) -> bool:
        return self.class_name == "InputLayer" and not self.is_own_class
