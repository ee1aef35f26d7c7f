"""Run by Alembic: one transaction on the connection that `migrations._run` opened."""

from alembic import context

from interviewrelay import models  # noqa: F401 - makes the tables known
from interviewrelay.database import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=False,
)
context.run_migrations()
