"""Whether the database answers."""

from sqlalchemy import text

from interviewrelay.database import db


def ask() -> None:
    """Raises the database's own fault when it does not."""
    db.session.execute(text("SELECT 1"))
