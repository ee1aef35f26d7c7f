"""The samples of the published reference, as they stand in its text (`tests/reference`)."""

from typing import Any

from tests.reference.reading import read

_REFERENCE = read()

CREATE_CAMPAIGN: Any = _REFERENCE["Create Campaign"].sample
LIST_CAMPAIGNS: Any = _REFERENCE["List Campaigns"].sample
GET_CAMPAIGN: Any = _REFERENCE["Get Campaign Details"].sample
CREATE_INVITES: Any = _REFERENCE["Create Invite"].sample
GET_INVITE: Any = _REFERENCE["Get Invite Details"].sample
LIST_SESSIONS: Any = _REFERENCE["List Sessions"].sample
GET_SESSION: Any = _REFERENCE["Get Session Details"].sample
GET_TRANSCRIPT: Any = _REFERENCE["Get Transcript"].sample
GET_CREDITS: Any = _REFERENCE["Get Credit Balance"].sample
CREDIT_SUMMARY: Any = _REFERENCE["Admin Credit Summary"].sample
ERROR: Any = _REFERENCE.error
PAGINATION: Any = _REFERENCE.pagination
