"""Searches that are lessons, with what was guessed of them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("searches", sa.Column("lesson", sa.String(32), nullable=True))
    op.add_column("searches", sa.Column("guess", sa.String(32), nullable=True))
