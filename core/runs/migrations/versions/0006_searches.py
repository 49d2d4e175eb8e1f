"""Searches for settings, guesses of what a run will show, and what people say of runs."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("runs", sa.Column("tags", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("runs", sa.Column("note", sa.Text(), nullable=False, server_default=""))
    op.add_column("runs", sa.Column("is_archived", sa.Boolean(), nullable=False, server_default=sa.false()))
    _create_searches()
    _create_guesses()


def _create_searches() -> None:
    op.create_table(
        "searches",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("project_id", sa.String(16), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.String(64), nullable=False),
        sa.Column("recipe", sa.JSON(), nullable=False),
        sa.Column("space", sa.JSON(), nullable=False),
        sa.Column("trials", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Double(), nullable=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("process", sa.String(200), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("started_at", _MOMENT, nullable=True),
        sa.Column("heartbeat_at", _MOMENT, nullable=True),
        sa.Column("finished_at", _MOMENT, nullable=True),
        sa.Column("worked_seconds", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_searches"),
        sa.UniqueConstraint("project_id", "number", name="uq_searches_project_id"),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name="fk_searches_project_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["dataset_id"], ["datasets.id"], name="fk_searches_dataset_id"),
    )


def _create_guesses() -> None:
    op.create_table(
        "guesses",
        sa.Column("run_id", sa.String(64), nullable=False),
        sa.Column("question", sa.String(32), nullable=False),
        sa.Column("guess", sa.String(32), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("run_id", name="pk_guesses"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_guesses_run_id", ondelete="CASCADE"),
    )
