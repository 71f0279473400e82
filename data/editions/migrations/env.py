"""Run the migrations on the connection that ``data.editions.migrate`` gives."""

from alembic import context

from data.editions.models import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a column only by making the table anew
)
with context.begin_transaction():
    context.run_migrations()
