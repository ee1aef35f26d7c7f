"""Columns that many tables have."""

from datetime import datetime
from typing import Annotated

from sqlalchemy import ForeignKey
from sqlalchemy.orm import mapped_column

from interviewrelay import causes, clock
from interviewrelay.ids import new_id

Key = Annotated[str, mapped_column(primary_key=True, default=new_id)]
Created = Annotated[datetime, mapped_column(default=clock.now)]
Cause = Annotated[str | None, mapped_column(default=causes.current)]
"""The id of the request in which the row was written."""
OfOrganization = Annotated[
    str, mapped_column(ForeignKey("organization.id", ondelete="CASCADE"))
]
