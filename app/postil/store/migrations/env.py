"""How Alembic runs our migrations: on the connection it is given, in its transaction."""

from alembic import context

from postil.store import schema

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=schema.metadata,
    transactional_ddl=False,  # the caller holds the transaction
)
context.run_migrations()
