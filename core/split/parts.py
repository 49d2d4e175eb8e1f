"""The parts of a split."""

from core.message import mark

PARTS = ("train", "validation", "test")

PART_TITLES = {"train": mark("Training"), "validation": mark("Validation"), "test": mark("Test")}
