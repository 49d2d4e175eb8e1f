"""What this machine has."""

import os
from pathlib import Path
from shutil import which

import psutil


def memory_bytes() -> int:
    """All its memory, also what is in use now. No net that needs more can be trained here."""
    return psutil.virtual_memory().total


def cores() -> int:
    """How many of its cores this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS, where a process cannot be kept to some of them
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def has_gpu() -> bool:
    """Whether there is a graphics card of NVIDIA, the only ones that TensorFlow trains on by itself.

    Looks for its device or its tool, and loads nothing: whether TensorFlow can use it shows when it trains.
    """
    return Path("/dev/nvidia0").exists() or which("nvidia-smi") is not None
