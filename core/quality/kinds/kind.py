"""What all kinds of findings have in common."""

from abc import ABC, abstractmethod
from typing import ClassVar

from core.quality.finding import Finding
from core.quality.inspected import Inspected


class Kind(ABC):
    """Something that can be wrong with a dataset. ``name`` is what files and the command line call it."""

    name: ClassVar[str]

    @abstractmethod
    def find(self, inspected: Inspected) -> Finding | None:
        """What is wrong in this way; None where nothing is."""
