"""Versions of a project's images, checks of their quality, intakes that are called off, and series of runs."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_versions()
    _create_checks()
    _extend_intakes()
    op.add_column("runs", sa.Column("series", sa.String(16), nullable=True))
    op.add_column("runs", sa.Column("threads", sa.Integer(), nullable=True))
    op.create_index("ix_runs_series", "runs", ["series"])


def _create_versions() -> None:
    op.create_table(
        "dataset_versions",
        sa.Column("project_id", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.String(64), nullable=False),
        sa.Column("change", sa.Text(), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("project_id", "number", name="pk_dataset_versions"),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name="fk_dataset_versions_project_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["dataset_id"], ["datasets.id"], name="fk_dataset_versions_dataset_id"),
    )
    op.add_column("projects", sa.Column("version", sa.Integer(), nullable=False, server_default=sa.text("0")))


def _create_checks() -> None:
    op.create_table(
        "checks",
        sa.Column("dataset_id", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("process", sa.String(200), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("heartbeat_at", _MOMENT, nullable=False),
        sa.Column("finished_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("dataset_id", name="pk_checks"),
        sa.ForeignKeyConstraint(["dataset_id"], ["datasets.id"], name="fk_checks_dataset_id"),
    )


def _extend_intakes() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"  # which cannot add a constraint to a table that is there
    base = sa.ForeignKey("datasets.id", name="fk_intakes_base_id")
    op.add_column("intakes", sa.Column("base_id", sa.String(64), base, nullable=True), inline_references=is_sqlite)
    op.add_column("intakes", sa.Column("into_class", sa.Text(), nullable=True))
    op.add_column("intakes", sa.Column("cancel_requested", sa.Boolean(), nullable=False, server_default=sa.false()))
