"""A workspace with tiny images, and a worker that works as it is told, in this process."""

from tests.core.runs.conftest import clock, database, dataset, project, timed_database, upgraded_file, workspace

__all__ = ["clock", "database", "dataset", "project", "timed_database", "upgraded_file", "workspace"]
