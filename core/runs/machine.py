"""What this machine has."""

import psutil


def memory_bytes() -> int:
    """All its memory, also what is in use now. No net that needs more can be trained here."""
    return psutil.virtual_memory().total
