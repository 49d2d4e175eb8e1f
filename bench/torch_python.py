"""The Python that has PyTorch: the one that TORCH_PYTHON names, else our own."""

import os
import subprocess
import sys

MISSING = (
    "PyTorch is left out: it is not installed. Install bench/requirements.txt, here or in an environment of its own, "
    "whose Python TORCH_PYTHON then names."
)
_HAS_TORCH = "import importlib.util, sys; sys.exit(importlib.util.find_spec('torch') is None)"


def find() -> str | None:
    """Its path; None where it has no PyTorch, unless TORCH_PYTHON names it: then the program ends."""
    named = os.environ.get("TORCH_PYTHON")
    python = named or sys.executable
    if subprocess.run([python, "-c", _HAS_TORCH], check=False).returncode == 0:
        return python
    if named:
        sys.exit(f"TORCH_PYTHON={named} has no PyTorch. Install bench/requirements.txt there.")
    return None
