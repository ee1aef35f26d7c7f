"""All pages, from the application's own routes, and the data needed to open each."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

from flask import Flask

from interviewrelay.accounts import accounts, member_invitations, password_resets
from interviewrelay.campaigns import campaigns
from interviewrelay.campaigns.invites import invites
from interviewrelay.core.actor import Actor
from interviewrelay.core.config import settings
from interviewrelay.core.db import session
from interviewrelay.core.ids import new_id
from interviewrelay.factory import create_app
from interviewrelay.interviews import interviews
from interviewrelay.interviews.participation import answer_review, resume_codes
from interviewrelay.interviews.state import InterviewState
from interviewrelay.mail import suppressions
from interviewrelay.models import Campaign, Invite
from interviewrelay.notes import notes, saved_filters
from interviewrelay.organizations import access
from interviewrelay.privacy import erasure
from interviewrelay.results import analyses, findings
from interviewrelay.runtime import job_queue
from interviewrelay.runtime.services import Services
from interviewrelay.web import routes as web_routes  # noqa: F401
from interviewrelay.web.http import blueprints

Who = Literal["desk", "door", "participant", "maker"]

NO_PAGES: Final = {
    "/campaigns/<campaign_id>/analysis/live": "a part of a page",
    "/campaigns/<campaign_id>/live": "a part of a page",
    "/interview/<token>/brand.css": "a stylesheet",
    "/interview/<token>/logo": "a picture",
    "/interview/<token>/speech/<number>": "a sound",
    "/interview/<token>/state": "what a page asks for",
    "/scripts/<script_id>/export": "a file",
    "/scripts/import": "leads to another page",
    "/sessions/<session_id>/audio": "a file",
    "/sessions/<session_id>/download": "a file",
    "/sessions/<session_id>/live": "a part of a page",
    "/sessions/<session_id>/pdf": "a file",
    "/sessions/export": "a file",
    "/settings/branding/logo": "a picture",
    "/settings/branding/preview.css": "a stylesheet",
    "/setup": "before there is anybody; then it leads to the log-in",
}
"""Readable routes that aren't pages, with the reason."""

OTHERWISE: Final = {
    "/campaigns/<campaign_id>/draft": "/campaigns/{draft_id}/draft",
    "/campaigns/<campaign_id>/draft/people": "/campaigns/{draft_id}/draft/people",
    "/campaigns/<campaign_id>/draft/sending": "/campaigns/{draft_id}/draft/sending",
    "/campaigns/<campaign_id>/findings/<finding_id>": "/campaigns/{campaign_id}/findings/{finding_id}",
    "/join/<token>": "/join/{join_token}",
    "/password/<token>": "/password/{password_token}",
    "/interview/unsubscribe/<mail_token>": "/interview/unsubscribe/{mail_token}",
    "/sessions/<session_id>/notes/<note_id>": "/sessions/{session_id}/notes/{note_id}",
    "/sessions/views/<view_id>": "/sessions/views/{view_id}",
    "/scripts/<script_id>/versions/<number>": "/scripts/{script_id}/versions/1",
    "/scripts/<script_id>/versions/compare": "/scripts/{script_id}/versions/compare?from=1&to=1",
}
"""Routes whose parameters don't name their ids."""

ADMIN: Final = "/admin"
"""Pages of the server's administrator, who isn't a member of the demo."""

DOORS: Final = ("/login", "/password", "/join/", "/interview/unsubscribe/")
"""Pages for people who aren't signed in."""

STATES: Final = {
    "before it begins": "/interview/{token_new}",
    "a question": "/interview/{token_asked}",
    "the last question": "/interview/{token_last}",
    "paused": "/interview/{token_paused}",
    "answers looked over": "/interview/{token_marked}/review",
    "ended": "/interview/{token_ended}",
    "ended, with feedback": "/interview/{token_rated}",
    "ended by words of danger": "/interview/{token_parted}",
    "withdrawn": "/interview/{token_withdrawn}",
    "expired": "/interview/{invite_token_expired}",
    "cancelled": "/interview/{invite_token_cancelled}",
    "not known": "/interview/inv_unknown",
}
"""Pages of a participant's link, which depend on the state of the interview."""

OF_STATES: Final = ("/interview/<token>", "/interview/<token>/review")
ASKED: Final = frozenset(
    {"campaign_id", "project_id", "script_id", "session_id", "webhook_id", "script_draft_id"}
)
"""Objects of which the demo has one."""

ANSWERS: Final = (
    "I took the bus at seven because the car was with my son, and the entrance had moved.",
    "About forty minutes in the corridor, and nobody told us anything.",
    "The nurse explained every step and drew a small picture for me.",
)
MOST_WAITS: Final = 300
DANGER: Final = "I want to kill myself."


@dataclass(frozen=True, slots=True)
class Place:
    """Page: its name, its address with ids, and who opens it."""

    name: str
    path: str
    who: Who


def routes() -> list[str]:
    """Readable routes for members and participants, without an interview's states."""
    known = _rules() - NO_PAGES.keys() - set(OF_STATES)
    return sorted(rule for rule in known if not rule.startswith(ADMIN))


def address(rule: str) -> str:
    """Address of a route, with names of ids in braces. Raises LookupError for a route that needs
    something nobody creates here.
    """
    if rule in OTHERWISE:
        return OTHERWISE[rule]
    parts = set(re.findall(r"<(\w+)>", rule))
    if parts - ASKED:
        raise LookupError(
            f"{rule} is new: if it is no page, name it in NO_PAGES; else tell in OTHERWISE and in"
            " `prepared` what its address needs"
        )
    return re.sub(r"<(\w+)>", r"{\1}", rule)


def pages(*who: Who) -> dict[str, str]:
    """Addresses by route: every page except a participant's link, or those of some visitors."""
    return {rule: address(rule) for rule in routes() if not who or _who(rule) in who}


def everywhere(ids: Mapping[str, Any]) -> list[Place]:
    """All pages, with a participant's link in each of its states."""
    found = [
        Place(rule, path.format(**ids), _who(rule)) for rule, path in sorted(pages().items())
    ]
    found.append(Place("/api/docs", "/api/docs", "door"))
    return found + [
        Place(f"interview: {name}", path.format(**ids), "participant")
        for name, path in STATES.items()
    ]


def prepared(environment: Mapping[str, str], fixtures: Mapping[str, Any]) -> dict[str, str]:
    """Ids of the demo, and links in every state, created next to the server."""
    app = create_app(settings.read_settings(environment))
    services: Services = app.extensions["services"]
    with app.app_context():
        try:
            return {**fixtures, **_made(services, fixtures)}
        finally:
            session.dispose()


def _made(services: Services, fixtures: Mapping[str, Any]) -> dict[str, str]:
    member = accounts.find_membership(fixtures["owner_email"])
    if member is None:
        raise LookupError(fixtures["owner_email"])
    actor = accounts.build_actor(member)
    campaign = access.get_campaign(actor, fixtures["campaign_id"])
    email = f"new-{new_id()[-8:]}@example.com"
    note = notes.add_note(
        actor, fixtures["session_id"], notes.NoteDraft("Worth a second look.", "later")
    )
    view = saved_filters.save_filter(
        actor, f"Later {new_id()[-8:]}", {"tag": "later"}, shared=False
    )
    joins = member_invitations.invite_member(services, actor, email, "viewer") or ""
    return {
        "draft_id": campaigns.duplicate_campaign(actor, campaign).id,
        "finding_id": _found(services, actor, fixtures["campaign_id"]),
        "note_id": note.id,
        "view_id": view.id,
        "join_token": joins.rpartition("/")[2],
        "password_token": password_resets.issue_reset_link(services, actor.user_id).rpartition(
            "/"
        )[2],
        "mail_token": suppressions.build_token(services.ring, actor.org_id, email),
        **_links(services, campaign),
    }


def _found(services: Services, actor: Actor, campaign_id: str) -> str:
    """A finding of an analysis that has ended; the server's own worker may run it, too."""
    analyses.start_analysis(actor, campaign_id)
    campaign = access.get_campaign(actor, campaign_id)
    for _ in range(MOST_WAITS):
        job_queue.run_due_jobs(services, {analyses.KIND: analyses.run_in_job})
        latest = analyses.get_latest_analysis(campaign)
        if latest is not None and latest.status not in analyses.ACTIVE:
            break
        time.sleep(0.1)
    found = findings.list_findings(campaign)
    if not found:
        return findings.add_finding(actor, campaign_id, "People wait.", []).row.id
    return found[0].row.id


def _links(services: Services, campaign: Campaign) -> dict[str, str]:
    """Link for each state of an interview."""
    names = (
        "new",
        "asked",
        "last",
        "paused",
        "marked",
        "ended",
        "rated",
        "parted",
        "withdrawn",
    )
    people = [invites.Invitee(f"{name}-{new_id()[-8:]}@example.com") for name in names]
    made = invites.create_invites(services.ring, campaign, people, send_email=False).invites
    of = dict(zip(names, made, strict=True))
    reached = {name: _said(invite) for name, invite in of.items() if name != "new"}
    _to_the_last(of["last"], reached["last"])
    resume_codes.pause_with_code(services.ring, of["paused"])
    answer_review.correct_answer(services, of["marked"], 2, "I took the bus at six.")
    answer_review.set_quotable(of["marked"], 4, allowed=False)
    answer_review.strike_answer(services, of["marked"], 6)
    for name in ("ended", "rated"):
        interviews.complete_interview(of[name])
    interviews.give_feedback(of["rated"], 4, "It was shorter than I thought.")
    warned = interviews.answer_question(
        of["parted"], _number(reached["parted"]), DANGER
    ).standing
    interviews.answer_question(of["parted"], _number(warned), DANGER)
    erasure.withdraw_participant(services, of["withdrawn"])
    return {
        f"token_{n}": services.ring.decrypt(invite.sealed_token) for n, invite in of.items()
    }


def _said(invite: Invite) -> InterviewState:
    """Interview with a few answers."""
    reached, _ = interviews.start_interview(invite, agreed=True)
    for text in ANSWERS:
        reached = interviews.answer_question(invite, _number(reached), text).standing
    return reached


def _to_the_last(invite: Invite, reached: InterviewState) -> None:
    while reached.progress.asked < reached.progress.total:
        reached = interviews.skip_question(invite, _number(reached)).standing


def _number(reached: InterviewState) -> int:
    if reached.next_number is None:
        raise LookupError("the interview has ended already")
    return reached.next_number


def _who(rule: str) -> Who:
    if rule == "/design":
        return "maker"
    if rule.startswith(DOORS):
        return "door"
    return "participant" if rule.startswith("/interview") else "desk"


@cache
def _rules() -> frozenset[str]:
    app = Flask("pages")
    for zone in (blueprints.pages, blueprints.participant):
        app.register_blueprint(zone)
    return frozenset(
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint != "static"
    )
