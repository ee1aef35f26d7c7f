"""All that is stored, as one text: to see that nothing changed, or that something is gone."""

from sqlalchemy import select

from interviewrelay.core.db.session import Base, db, release_connection


def everything() -> str:
    release_connection()
    return "\n".join(
        f"{table.name} {dict(row)}"
        for table in Base.metadata.sorted_tables
        for row in db.session.execute(select(table)).mappings()
    )
