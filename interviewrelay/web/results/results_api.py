"""Analyses, findings, and answers to learning goals in the API."""

from typing import Annotated, Final

from flask import g
from flask.typing import ResponseReturnValue
from pydantic import Field, StringConstraints

from interviewrelay.core.errors import Conflict
from interviewrelay.core.field_types import AsWhole, Id, RequestBody, Seen
from interviewrelay.core.representation import OTHER_ID, Representation, Shape, field, list_of
from interviewrelay.evidence.claims import StatedClaim
from interviewrelay.organizations import access
from interviewrelay.results import analyses, findings, goal_matrix, session_results
from interviewrelay.results.findings import FindingChange
from interviewrelay.results.representation import (
    Analysis,
    Finding,
    Goal,
    Participant,
    SessionResults,
    build_finding,
)
from interviewrelay.web.http.blueprints import api
from interviewrelay.web.http.requests import list_response, read_payload, read_window
from interviewrelay.web.middleware.etags import cached
from interviewrelay.web.openapi.operation import operation
from interviewrelay.web.openapi.parameters import WINDOW

TAG: Final = "Results"
Statement = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=findings.LONGEST), Seen
]
MOST_EVIDENCE: Final = 200
MOST_MERGED: Final = 20


class FindingIn(RequestBody):
    text: Statement = Field(description="The finding in your words.")
    evidence: Annotated[list[Id], Field(max_length=MOST_EVIDENCE)] = Field(
        default=[], description="Ids of evidence of this campaign, strongest first."
    )


class FindingPatch(RequestBody):
    text: Statement = Field(
        default="",
        description="The finding in your words. Empty: the words of its first quote.",
    )
    pinned: bool = Field(default=True, description="Whether later analyses keep it.")
    position: Annotated[int, Field(ge=0, le=findings.MOST), AsWhole] = Field(
        default=0, description="Place in the list, from 0."
    )


class FindingMerge(RequestBody):
    findings: Annotated[list[Id], Field(min_length=1, max_length=MOST_MERGED)] = Field(
        description="Ids of the findings whose evidence it takes; they are deleted."
    )


class FindingList(Representation):
    findings: list[Finding]
    analysis: Analysis | None = field(None, "The latest analysis; null before the first.")


class AnalysisState(Representation):
    analysis: Analysis | None = field(None, "The latest analysis; null before the first.")
    interviews: int = field(None, "Interviews that have ended.", example=8)
    changed: int = field(None, "Those that the next analysis reads anew.", example=0)


class Matrix(list_of("participants", Participant, "MatrixPage")):  # type: ignore[misc]
    goals: list[Goal]


@operation(
    api, "GET /campaigns/<campaign_id>/analysis", "sessions:read", tag=TAG,
    answers={200: AnalysisState},
)  # fmt: skip
@cached
def get_analysis(campaign_id: str) -> ResponseReturnValue:
    """Get analysis

    The latest analysis of a campaign's interviews with its progress, and what the next would read.
    """
    campaign = access.get_campaign(g.actor, campaign_id)
    latest = analyses.get_latest_analysis(campaign)
    plan = analyses.plan_analysis(campaign)
    return {
        "analysis": Analysis.read(latest) if latest else None,
        "interviews": plan.interviews,
        "changed": plan.changed,
    }


@operation(
    api, "POST /campaigns/<campaign_id>/analysis", "sessions:write", tag=TAG,
    answers={202: Analysis}, changes={"status": "queued"},
)  # fmt: skip
def start_analysis(campaign_id: str) -> ResponseReturnValue:
    """Start analysis

    Read all interviews that have ended and look for findings. Interviews that have not changed since
    the last analysis are not read again. If an analysis is under way, it is returned.
    """
    return Analysis.read(analyses.start_analysis(g.actor, campaign_id)), 202


@operation(
    api, "POST /campaigns/<campaign_id>/analysis/cancel", "sessions:write", tag=TAG,
    answers={200: Analysis}, changes={"status": "cancelled"},
)  # fmt: skip
def cancel_analysis(campaign_id: str) -> ResponseReturnValue:
    """Cancel analysis

    Stop the latest analysis. What it has found so far stays; one that has ended is left as it is.
    """
    return Analysis.read(analyses.cancel_analysis(g.actor, campaign_id))


@operation(
    api, "GET /campaigns/<campaign_id>/findings", "sessions:read", tag=TAG,
    answers={200: FindingList},
)  # fmt: skip
@cached
def get_findings(campaign_id: str) -> ResponseReturnValue:
    """Get findings

    What several people say, each with the number of people and verbatim quotes, most people first
    unless somebody moved them.
    """
    campaign = access.get_campaign(g.actor, campaign_id)
    latest = analyses.get_latest_analysis(campaign)
    analysed = analyses.count_analysed(campaign)
    return {
        "findings": [build_finding(one, analysed) for one in findings.list_findings(campaign)],
        "analysis": Analysis.read(latest) if latest else None,
    }


@operation(
    api, "POST /campaigns/<campaign_id>/findings", "sessions:write", tag=TAG,
    body=FindingIn, answers={201: Finding}, refusals=(Conflict,),
    sent={"text": "People wait without being told why.", "evidence": []},
)  # fmt: skip
def create_finding(campaign_id: str) -> ResponseReturnValue:
    """Create finding

    Add a finding in your own words. Later analyses keep it.
    """
    access.get_campaign(g.actor, campaign_id)
    given = read_payload(FindingIn)
    made = findings.add_finding(g.actor, campaign_id, given.text, given.evidence)
    return _shape(campaign_id, made), 201


@operation(
    api, "GET /campaigns/<campaign_id>/findings/<finding_id>", "sessions:read", tag=TAG,
    answers={200: Finding},
)  # fmt: skip
@cached
def get_finding(campaign_id: str, finding_id: str) -> ResponseReturnValue:
    """Get finding

    A finding with up to 100 quotes for it and against it.
    """
    return _shape(campaign_id, findings.get_finding(g.actor, campaign_id, finding_id))


@operation(
    api, "PATCH /campaigns/<campaign_id>/findings/<finding_id>", "sessions:write", tag=TAG,
    body=FindingPatch, partial=True, answers={200: Finding},
    sent={"text": "People wait without being told why."},
)  # fmt: skip
def change_finding(campaign_id: str, finding_id: str) -> ResponseReturnValue:
    """Change finding

    Edit, pin or move a finding. A finding that you edit is pinned: later analyses add evidence to it
    and keep your words.
    """
    given = read_payload(FindingPatch).model_dump(exclude_unset=True)
    made = findings.change_finding(g.actor, campaign_id, finding_id, FindingChange(**given))
    return _shape(campaign_id, made)


@operation(
    api, "POST /campaigns/<campaign_id>/findings/<finding_id>/merge", "sessions:write", tag=TAG,
    body=FindingMerge, answers={200: Finding}, sent={"findings": [OTHER_ID]},
)  # fmt: skip
def merge_findings(campaign_id: str, finding_id: str) -> ResponseReturnValue:
    """Merge findings

    Move the evidence of other findings to this one, and delete them.
    """
    access.get_claim(g.actor, campaign_id, finding_id)
    given = read_payload(FindingMerge)
    made = findings.merge_findings(g.actor, campaign_id, finding_id, given.findings)
    return _shape(campaign_id, made)


@operation(
    api, "DELETE /campaigns/<campaign_id>/findings/<finding_id>", "sessions:write", tag=TAG,
    answers={204: None},
)  # fmt: skip
def delete_finding(campaign_id: str, finding_id: str) -> ResponseReturnValue:
    """Delete finding

    The next analysis does not bring it back.
    """
    findings.delete_finding(g.actor, campaign_id, finding_id)
    return "", 204


@operation(
    api, "GET /campaigns/<campaign_id>/matrix", "sessions:read", tag=TAG, query=WINDOW,
    answers={200: Matrix},
)  # fmt: skip
@cached
def get_matrix(campaign_id: str) -> ResponseReturnValue:
    """Get matrix of learning goals

    For each analysed interview and each learning goal the words that show it, or the reason why
    nothing does, newest first.
    """
    campaign = access.get_campaign(g.actor, campaign_id)
    page = goal_matrix.list_rows(campaign, read_window())
    goals = [Goal.read(goal) for goal in goal_matrix.list_goals(campaign)]
    return {"goals": goals, **list_response("participants", page, Participant.read)}


@operation(
    api, "GET /sessions/<session_id>/results", "sessions:read", tag=TAG,
    answers={200: SessionResults},
)  # fmt: skip
@cached
def get_session_results(session_id: str) -> ResponseReturnValue:
    """Get results of a session

    Summary, answers to the learning goals, and incidents of one interview, as the latest analysis
    found them, each with the words that carry it.
    """
    interview = access.get_interview(g.actor, session_id)
    return SessionResults.read(session_results.get_session_results(interview))


def _shape(campaign_id: str, claim: StatedClaim) -> Shape:
    campaign = access.get_campaign(g.actor, campaign_id)
    return build_finding(claim, analyses.count_analysed(campaign))
