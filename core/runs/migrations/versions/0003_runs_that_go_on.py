"""Runs that pause, go on and change places in the queue; more of what they measure; spare workers that are ready."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _extend_runs()
    _extend_metrics()
    _create_rate_changes()
    _create_spares()


def _extend_runs() -> None:
    """Column by column: SQLite would otherwise copy the table and, on dropping the old one, delete the metrics."""
    columns: tuple[sa.Column[Any], ...] = (
        sa.Column("position", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("pause_requested", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("learning_rate", sa.Double(), nullable=True),
        sa.Column("images_per_second", sa.Double(), nullable=True),
        sa.Column("memory_bytes", sa.BigInteger(), nullable=True),
        sa.Column("seconds_per_step", sa.Double(), nullable=True),
        sa.Column("validation_seconds", sa.Double(), nullable=True),
        sa.Column("kept_epoch", sa.Integer(), nullable=True),
        sa.Column("resumed_epoch", sa.Integer(), nullable=True),
        sa.Column("resumed_step", sa.Integer(), nullable=True),
        sa.Column("worked_seconds", sa.Double(), nullable=False, server_default=sa.text("0")),
        sa.Column("claimed_at", _MOMENT, nullable=True),
    )
    for column in columns:
        op.add_column("runs", column)
    parent = sa.ForeignKey("runs.id", name="fk_runs_parent_id", ondelete="SET NULL")
    is_sqlite = op.get_bind().dialect.name == "sqlite"  # which cannot add a constraint to a table that is there
    op.add_column("runs", sa.Column("parent_id", sa.String(64), parent, nullable=True), inline_references=is_sqlite)
    op.create_index("ix_runs_parent_id", "runs", ["parent_id"])
    op.create_index("ix_runs_project_id_state_claimed_at", "runs", ["project_id", "state", "claimed_at"])
    _number_the_queue()


def _number_the_queue() -> None:
    runs = sa.table("runs", sa.column("id"), sa.column("position"), sa.column("created_at"))
    place = sa.func.row_number().over(order_by=(runs.c.created_at, runs.c.id))
    places = sa.select(runs.c.id, place.label("place")).subquery()
    numbered = sa.select(places.c.place).where(places.c.id == runs.c.id).scalar_subquery()
    op.execute(sa.update(runs).values(position=numbered))


def _extend_metrics() -> None:
    op.add_column("epochs", sa.Column("learning_rate", sa.Double(), nullable=True))
    op.add_column("epochs", sa.Column("images_per_second", sa.Double(), nullable=True))
    op.add_column("epochs", sa.Column("memory_bytes", sa.BigInteger(), nullable=True))
    op.add_column("epochs", sa.Column("metrics", sa.JSON(), nullable=True))
    op.add_column("steps", sa.Column("learning_rate", sa.Double(), nullable=True))
    op.add_column("steps", sa.Column("metrics", sa.JSON(), nullable=True))


def _create_rate_changes() -> None:
    op.create_table(
        "rate_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.String(64), nullable=False),
        sa.Column("learning_rate", sa.Double(), nullable=False),
        sa.Column("requested_at", _MOMENT, nullable=False),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_rate_changes"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_rate_changes_run_id", ondelete="CASCADE"),
    )
    op.create_index("ix_rate_changes_run_id", "rate_changes", ["run_id"])


def _create_spares() -> None:
    op.create_table(
        "spares",
        sa.Column("process", sa.String(200), nullable=False),
        sa.Column("memory_bytes", sa.BigInteger(), nullable=False),
        sa.Column("ready_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("process", name="pk_spares"),
    )
