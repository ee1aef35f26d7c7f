"""Mixins: columns that many tables share."""

from datetime import datetime
from typing import Annotated

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from interviewrelay.core import clock
from interviewrelay.core.db.session import Base
from interviewrelay.core.ids import new_id
from interviewrelay.core.observability import correlation

Key = Annotated[str, mapped_column(primary_key=True, default=new_id)]
Created = Annotated[datetime, mapped_column(default=clock.now)]
Cause = Annotated[str | None, mapped_column(default=correlation.get_request_id)]
"""Id of the request that wrote the row."""
OfOrganization = Annotated[
    str, mapped_column(ForeignKey("organization.id", ondelete="CASCADE"))
]


class OrganizationRow(Base):
    """Row of an organization, with an id of its own; deleted with the organization."""

    __abstract__ = True

    id: Mapped[Key]
    org_id: Mapped[OfOrganization]


def one_of(column: str, *values: str) -> CheckConstraint:
    """Check of a column with a closed set of values; its name begins with that of the table."""
    told = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({told})", name=column)
