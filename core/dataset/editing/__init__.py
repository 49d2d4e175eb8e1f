"""Changes of a dataset: each gives another dataset, and the one before stays as it was."""

from core.dataset.editing.applying import apply
from core.dataset.editing.edit import Edit
from core.dataset.editing.merge_classes import MergeClasses
from core.dataset.editing.relabel import Relabel
from core.dataset.editing.remove_class import RemoveClass
from core.dataset.editing.remove_images import RemoveImages
from core.dataset.editing.rename_class import RenameClass
from core.dataset.editing.set_value import SetValue

__all__ = ["Edit", "MergeClasses", "Relabel", "RemoveClass", "RemoveImages", "RenameClass", "SetValue", "apply"]
