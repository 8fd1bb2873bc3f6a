"""Alembic's entry point; `workbench.store.schema` calls it with an open connection."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes.get("metadata"),
    transaction_per_migration=False,
    transactional_ddl=True,
)
context.run_migrations()
