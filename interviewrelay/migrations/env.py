"""Alembic environment: one transaction on the connection that `migrations._run` opened."""

from alembic import context

from interviewrelay import models  # noqa: F401 - makes the tables known
from interviewrelay.core.db.session import Base
from interviewrelay.migrations import of_the_models

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=False,
    include_object=of_the_models,
)
context.run_migrations()
