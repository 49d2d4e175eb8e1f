"""Dividing images into training, validation and test: reproducibly, and with look-alikes on one side."""

from core.split.assignment import PARTS, Assignment, assign, read_assignment, write_assignment
from core.split.leaks import LeakReport, leak_report
from core.split.problems import PART_TITLES, split_problems
from core.split.settings import Split

__all__ = [
    "PARTS",
    "PART_TITLES",
    "Assignment",
    "LeakReport",
    "Split",
    "assign",
    "leak_report",
    "read_assignment",
    "split_problems",
    "write_assignment",
]
