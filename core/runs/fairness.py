"""The order in which the runs of all projects are taken out of the queue: turn and turn about.

A run waits for as many turns as runs of its project come before it: those that are running, and those that wait ahead
of it. The fewest turns go first. Among equals, the project goes first that has nothing running or done before in this
round; among those, the one that was served longest ago, or never.
"""

from typing import TypeVarTuple

from sqlalchemy import ScalarSelect, Select, Subquery, case, func, select

from core.runs.order import QUEUE_ORDER
from core.runs.states import RunState
from core.runs.tables import RunRow

Columns = TypeVarTuple("Columns")


def waiting_in_order() -> Select[str, str | None, int]:
    """The statement for id, project_id and number of all runs that wait, the next one first.

    Where one run is trained at a time they are claimed in that very order, as long as nobody adds or moves one; where
    several are, it also depends on which of them ends first.
    """
    waiting = _waiting()
    return _in_order(select(waiting.c.id, waiting.c.project_id, waiting.c.number), waiting)


def next_waiting() -> ScalarSelect[str]:
    """The id of the run whose turn it is."""
    waiting = _waiting()
    return _in_order(select(waiting.c.id), waiting).limit(1).scalar_subquery()


def _in_order(statement: Select[*Columns], waiting: Subquery) -> Select[*Columns]:
    """``place`` tells the projects apart that have had a turn in the same round already: they go last, in its order."""
    service, of_project = _service(), waiting.c.project_id
    turn = waiting.c.place + func.coalesce(service.c.running, 0)
    last_served = service.c.served_at.asc().nulls_first()
    return (
        statement.select_from(waiting)
        .outerjoin(service, of_project.is_not_distinct_from(service.c.project_id))
        .order_by(turn, waiting.c.place, last_served, waiting.c.head, of_project, waiting.c.id)
    )


def _waiting() -> Subquery:
    """The runs that wait: ``place`` counts those of a project from 1, ``head`` is the position of its first one."""
    of_project = RunRow.project_id
    place = func.row_number().over(partition_by=of_project, order_by=QUEUE_ORDER)
    head = func.min(RunRow.position).over(partition_by=of_project)
    columns = (RunRow.id, of_project, RunRow.number, place.label("place"), head.label("head"))
    return select(*columns).where(RunRow.state == RunState.QUEUED).subquery("waiting")


def _service() -> Subquery:
    """For each project how many runs it has running, and when one was last claimed."""
    running = func.sum(case((RunRow.state == RunState.RUNNING, 1), else_=0))
    served_at = func.max(RunRow.claimed_at)
    columns = (RunRow.project_id, running.label("running"), served_at.label("served_at"))
    return select(*columns).group_by(RunRow.project_id).subquery("service")
