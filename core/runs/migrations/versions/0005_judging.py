"""What an opening of a test set was for, how the answers of a run are used, and analyses in the background."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _extend_openings()
    _create_decisions()
    _create_analyses()
    op.drop_table("checks")  # checks are analyses now; what they found is in the folders of the datasets


def _extend_openings() -> None:
    """An opening from before tells the name of its run, where that is still there, and what was found then."""
    for name in ("run_name", "opened_by", "reason"):
        op.add_column("openings", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("openings", sa.Column("result", sa.JSON(), nullable=True))
    op.add_column("openings", sa.Column("pixel_hashes", sa.LargeBinary(), nullable=True))
    op.execute("UPDATE openings SET run_name = run_id WHERE run_id IS NOT NULL")
    op.execute(
        "UPDATE openings SET result = ("
        "SELECT result FROM evaluations WHERE evaluations.run_id = openings.run_id AND evaluations.part = 'test' "
        "AND evaluations.created_at >= openings.opened_at ORDER BY evaluations.id LIMIT 1)"
    )


def _create_decisions() -> None:
    numbers = ("temperature", "least_confidence", "threshold", "cost_of_miss", "cost_of_false_alarm")
    op.create_table(
        "decisions",
        sa.Column("run_id", sa.String(64), nullable=False),
        *(sa.Column(name, sa.Double(), nullable=False) for name in numbers),
        sa.PrimaryKeyConstraint("run_id", name="pk_decisions"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_decisions_run_id", ondelete="CASCADE"),
    )


def _create_analyses() -> None:
    op.create_table(
        "analyses",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("dataset_id", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("process", sa.String(200), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("heartbeat_at", _MOMENT, nullable=False),
        sa.Column("finished_at", _MOMENT, nullable=True),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_analyses"),
        sa.UniqueConstraint("key", name="uq_analyses_key"),
        sa.ForeignKeyConstraint(["dataset_id"], ["datasets.id"], name="fk_analyses_dataset_id"),
    )
    op.create_index("ix_analyses_dataset_id", "analyses", ["dataset_id"])
