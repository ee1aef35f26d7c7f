"""Alembic environment: one transaction on the connection that `migrations.upgrade` opens."""

from alembic import context

from interviewrelay import models  # noqa: F401 - makes the tables known
from interviewrelay.core.db.session import Base
from interviewrelay.migrations import include_in_comparison

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=False,
    include_object=include_in_comparison,
)
context.run_migrations()
