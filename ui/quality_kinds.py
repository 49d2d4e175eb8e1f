"""What the kinds of findings are called, and where a person can do something about those that no image is to blame
for."""

from collections.abc import Mapping
from typing import Final

from core.message import mark

NAMES: Final[Mapping[str, str]] = {
    "label_conflicts": mark("one picture with two labels"),
    "exact_duplicates": mark("exact duplicates"),
    "near_duplicates": mark("near-duplicates"),
    "blank": mark("almost blank"),
    "dark": mark("too dark"),
    "bright": mark("too bright"),
    "blurry": mark("blurry"),
    "odd_size": mark("odd size"),
    "odd_aspect": mark("odd aspect ratio"),
    "mixed_colour": mark("grey and colour mixed"),
    "few_images": mark("too few images"),
    "imbalance": mark("classes of very different size"),
}
"""In English, to be translated; in the order of `core.quality.kinds.KINDS`, which takes too long to import for a
screen."""

OF_COPIES: Final = frozenset({"label_conflicts", "exact_duplicates", "near_duplicates"})
"""Their groups are images that show the same."""

OF_CLASSES: Final = frozenset({"few_images", "imbalance"})
"""Their groups are whole classes."""

WAYS: Final[Mapping[str, tuple[str, str]]] = {
    "near_duplicates": (mark("Keep look-alikes together in the split"), "pages/data/split.py"),
    "mixed_colour": (mark("Choose grey or colour"), "pages/data/images.py"),
    "few_images": (mark("Add images"), "pages/data/images.py"),
    "imbalance": (mark("Weight the classes"), "pages/model/training.py"),
}
"""What a way out is called, in English, and the screen that has it."""
