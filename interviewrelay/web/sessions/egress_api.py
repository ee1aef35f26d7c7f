"""Egress ledger in the API: what left the server, of a session and of a campaign."""

from flask import g
from flask.typing import ResponseReturnValue

from interviewrelay.egress import egress_ledger
from interviewrelay.egress.representation import EgressLedger, EgressTotal, Transfer
from interviewrelay.organizations import access
from interviewrelay.web.http.blueprints import api
from interviewrelay.web.http.requests import list_response, read_window
from interviewrelay.web.openapi.operation import operation
from interviewrelay.web.openapi.parameters import WINDOW


@operation(
    api,
    "GET /sessions/<session_id>/egress",
    "sessions:read",
    query=WINDOW,
    answers={200: EgressLedger},
)
def list_session_egress(session_id: str) -> ResponseReturnValue:
    """List what left the server of a session

    To which service, when and how much, never the content. Emails about the invite are included.
    """
    interview = access.get_interview(g.actor, session_id)
    page = egress_ledger.list_session_transfers(interview, read_window())
    totals = map(EgressTotal.read, egress_ledger.sum_session_transfers(interview))
    return {"totals": list(totals), **list_response("transfers", page, Transfer.read)}


@operation(
    api,
    "GET /campaigns/<campaign_id>/egress",
    "sessions:read",
    query=WINDOW,
    answers={200: EgressLedger},
)
def list_campaign_egress(campaign_id: str) -> ResponseReturnValue:
    """List what left the server of a campaign

    Everything that was sent for the campaign and its sessions, also those erased since, without
    saying whose it was.
    """
    campaign = access.get_campaign(g.actor, campaign_id)
    page = egress_ledger.list_campaign_transfers(campaign, read_window())
    totals = map(EgressTotal.read, egress_ledger.sum_campaign_transfers(campaign))
    return {"totals": list(totals), **list_response("transfers", page, Transfer.read)}
