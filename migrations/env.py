"""What alembic runs: the migrations, on the connection that store.upgrade passes, inside its transaction."""

from __future__ import annotations

from alembic import context

from pmo_desktop.model.entity import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata(), transactional_ddl=True
)
with context.begin_transaction():
    context.run_migrations()
