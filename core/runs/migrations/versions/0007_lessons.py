"""Searches that are lessons, with what was guessed of them; those that were stopped are seen to their end once more."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("searches", sa.Column("lesson", sa.String(32), nullable=True))
    op.add_column("searches", sa.Column("guess", sa.String(32), nullable=True))
    # one that was stopped while it was paused has trials that nobody has told: the engine has it settled
    op.execute("UPDATE searches SET finished_at = NULL WHERE state = 'stopped'")
