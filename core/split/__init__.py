"""Dividing images into training, validation and test: reproducibly, and with look-alikes on one side.

How large a test set must be is in `core.split.test_size`, which takes SciPy's statistics.
"""

from core.split.assignment import Assignment, assign, assign_folds, read_assignment, write_assignment
from core.split.deviation import Deviation, deviation, deviations
from core.split.leaks import LeakReport, leak_report, leaking_images
from core.split.parts import PART_TITLES, PARTS
from core.split.problems import split_problems
from core.split.settings import Split

__all__ = [
    "PARTS",
    "PART_TITLES",
    "Assignment",
    "Deviation",
    "LeakReport",
    "Split",
    "assign",
    "assign_folds",
    "deviation",
    "deviations",
    "leak_report",
    "leaking_images",
    "read_assignment",
    "split_problems",
    "write_assignment",
]
