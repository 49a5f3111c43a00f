"""Runs the migrations on the connection that ``migrate`` has opened and locked."""

from __future__ import annotations

from alembic import context

from casework.adapters.orm import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    # SQLite changes a column by copying its table.
    render_as_batch=connection.dialect.name == "sqlite",
)
context.run_migrations()
