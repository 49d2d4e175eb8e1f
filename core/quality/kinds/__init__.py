"""The kinds of findings. A new one is a class in a file of its own and a line here."""

from core.quality.kinds.blank import Blank
from core.quality.kinds.blurry import Blurry
from core.quality.kinds.bright import Bright
from core.quality.kinds.dark import Dark
from core.quality.kinds.exact_duplicates import ExactDuplicates
from core.quality.kinds.few_images import FewImages
from core.quality.kinds.imbalance import Imbalance
from core.quality.kinds.kind import Kind
from core.quality.kinds.label_conflicts import LabelConflicts
from core.quality.kinds.mixed_colour import MixedColour
from core.quality.kinds.near_duplicates import NearDuplicates
from core.quality.kinds.odd_aspect import OddAspect
from core.quality.kinds.odd_size import OddSize

KINDS: tuple[Kind, ...] = (
    LabelConflicts(),
    ExactDuplicates(),
    NearDuplicates(),
    Blank(),
    Dark(),
    Bright(),
    Blurry(),
    OddSize(),
    OddAspect(),
    MixedColour(),
    FewImages(),
    Imbalance(),
)
"""In the order in which they are told: what harms a result most comes first."""

__all__ = ["KINDS", "Kind"]
