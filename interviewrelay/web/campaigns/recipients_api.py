"""Recipients of draft campaigns in the API."""

from typing import Annotated

from flask import g
from flask.typing import ResponseReturnValue
from pydantic import Field

from interviewrelay.campaigns.invites.invites import Invitee
from interviewrelay.campaigns.invites.representation import BadAddress
from interviewrelay.campaigns.setup import drafts
from interviewrelay.core.errors import Conflict
from interviewrelay.core.field_types import RequestBody
from interviewrelay.core.representation import Count, Representation, field
from interviewrelay.organizations import access
from interviewrelay.web.campaigns.invites_api import MOST, Address, Name
from interviewrelay.web.http.blueprints import api
from interviewrelay.web.http.requests import read_payload
from interviewrelay.web.openapi.operation import operation


class RecipientIn(RequestBody):
    email: Address
    name: Name = ""


class RecipientsIn(RequestBody):
    participants: Annotated[list[RecipientIn], Field(min_length=1, max_length=MOST)] = Field(
        description="People to add, up to 1,000."
    )


class RecipientsAdded(Representation):
    total: Count = field(None, "People on the list now.", example=2)
    added: Count = field(None, "People who were not on it before.", example=2)
    failed: Count
    errors: list[BadAddress] = field(example=[])


@operation(
    api,
    "POST /campaigns/<campaign_id>/recipients",
    "campaigns:write",
    body=RecipientsIn,
    answers={200: RecipientsAdded},
    refusals=(Conflict,),
    sent={"participants": [{"email": "user1@example.com", "name": "Ada"}]},
)
def add_recipients(campaign_id: str) -> ResponseReturnValue:
    """Add recipients

    Add people to the recipient list of a draft campaign. No invite is created and no email is sent
    until someone reviews the list and sends the campaign in the dashboard, at
    `/campaigns/:id/draft/people`. People who are on the list already are not added again. An invalid
    address does not stop the others: it is counted in `failed` and listed in `errors`. A list can
    have up to 1,000 people. It is deleted 30 days after its last change. For a campaign that is not a
    draft, you get 409 `CONFLICT`.
    """
    campaign = access.get_campaign(g.actor, campaign_id)
    people = [Invitee(one.email, one.name) for one in read_payload(RecipientsIn).participants]
    outcome = drafts.add_recipients(campaign, people)
    return {
        "total": outcome.total,
        "added": outcome.added,
        "failed": len(outcome.errors),
        "errors": outcome.errors,
    }, 200
