"""How alembic takes its steps: on the connection it is given, in the transaction already open there."""

from alembic import context

from storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    include_schemas=True,
)
context.run_migrations()
