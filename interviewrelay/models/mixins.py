"""Mixins: columns that many tables share."""

from datetime import datetime
from typing import Annotated

from sqlalchemy import ForeignKey
from sqlalchemy.orm import mapped_column

from interviewrelay.core import clock
from interviewrelay.core.ids import new_id
from interviewrelay.core.observability import correlation

Key = Annotated[str, mapped_column(primary_key=True, default=new_id)]
Created = Annotated[datetime, mapped_column(default=clock.now)]
Cause = Annotated[str | None, mapped_column(default=correlation.get_request_id)]
"""Id of the request that wrote the row."""
OfOrganization = Annotated[
    str, mapped_column(ForeignKey("organization.id", ondelete="CASCADE"))
]
