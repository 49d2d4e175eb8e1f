"""The rows that number the datasets of a project. Each function works inside a transaction of its caller."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.message import Message, say
from core.runs.tables import ProjectRow, VersionRow


def add_version(session: Session, project: ProjectRow, dataset_id: str, change: Message | None, now: datetime) -> None:
    """Makes a registered dataset the project's newest version; ``change`` says how it came about.

    Versions that were undone are dropped. Where the project has that dataset already, nothing changes.
    """
    ensure_first(session, project)
    if project.dataset_id == dataset_id:
        return
    undone = (VersionRow.project_id == project.id) & (VersionRow.number > project.version)
    session.execute(delete(VersionRow).where(undone))
    project.version += 1
    project.dataset_id = dataset_id
    session.add(_row(project, change, now))


def versions_of(session: Session, project_id: str) -> Sequence[VersionRow]:
    """The versions of a project, the first one first, with those that were undone last."""
    statement = select(VersionRow).where(VersionRow.project_id == project_id).order_by(VersionRow.number)
    return session.scalars(statement).all()


def replaced_by(name: str) -> Message:
    """The change that leaves none of the images that a project had."""
    return say("images replaced by {name}", name=name)


def versions_of_images(session: Session, dataset_id: str) -> set[str]:
    """The datasets that came of ``dataset_id`` by edits, or that it came of, in any project; itself among them."""
    projects = select(VersionRow.project_id).where(VersionRow.dataset_id == dataset_id).distinct()
    found = {dataset_id}
    for project_id in session.scalars(projects).all():
        edited: set[str] = set()
        for version in versions_of(session, project_id):
            if version.change is not None and version.change.template == replaced_by("").template:
                found |= edited if dataset_id in edited else set()
                edited = set()
            edited.add(version.dataset_id)
        found |= edited if dataset_id in edited else set()
    return found


def ensure_first(session: Session, project: ProjectRow) -> None:
    """A project from before there were versions gets its first one from the dataset that it has."""
    if project.dataset_id is None or project.version:
        return
    project.version = 1
    session.add(_row(project, None, project.created_at))
    session.flush()


def _row(project: ProjectRow, change: Message | None, now: datetime) -> VersionRow:
    assert project.dataset_id is not None
    return VersionRow(
        project_id=project.id, number=project.version, dataset_id=project.dataset_id, change=change, created_at=now
    )
