"""The command line, `python -m core`: one module a command. `docs/architecture.md` has their contract."""

from core.cli.main import main

__all__ = ["main"]
