"""Where everything that users make is kept: one folder and one database."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

COLLECTED = "classes-"
"""How the name of a folder begins whose images are to outlive an attempt to take them in."""


@dataclass(frozen=True)
class Workspace:
    """The folder ``home`` with ``datasets/`` and ``runs/`` in it, and the URL of the database."""

    home: Path
    database_url: str

    @classmethod
    def at(cls, home: Path) -> Self:
        """The workspace in ``home`` with a SQLite database of its own."""
        home = home.resolve()
        return cls(home, f"sqlite:///{home / 'layerlab.db'}")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """``LAYERLAB_HOME`` (default ``./workspace``) and ``LAYERLAB_DATABASE_URL`` (default: SQLite in that
        folder)."""
        workspace = cls.at(Path(environment.get("LAYERLAB_HOME") or "workspace"))
        return cls(workspace.home, environment.get("LAYERLAB_DATABASE_URL") or workspace.database_url)

    def environment(self) -> dict[str, str]:
        """The variables by which another process finds this workspace."""
        return {"LAYERLAB_HOME": str(self.home), "LAYERLAB_DATABASE_URL": self.database_url}

    @property
    def datasets(self) -> Path:
        return self.home / "datasets"

    @property
    def runs(self) -> Path:
        return self.home / "runs"

    @property
    def uploads(self) -> Path:
        """What was handed over by browsers and waits to be taken in."""
        return self.home / "uploads"

    def collection(self, project_id: str) -> Path:
        """Where images wait that a person collects for a project, class by class, until they are taken in."""
        return self.uploads / f"{COLLECTED}{project_id}"

    @property
    def logs(self) -> Path:
        return self.home / "logs"
