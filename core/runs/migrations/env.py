"""How Alembic runs the versions: on the connection that it is given."""

from alembic import context

from core.runs.migrations import VERSION_TABLE
from core.runs.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
