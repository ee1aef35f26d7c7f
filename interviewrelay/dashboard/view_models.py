"""View models: what pages show beyond the API shapes, such as names instead of ids."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from interviewrelay.billing import prices, representation as billing_representation
from interviewrelay.campaigns import (
    availability,
    campaigns,
    representation as campaign_representation,
)
from interviewrelay.core import clock
from interviewrelay.core.actor import PERMISSIONS, Actor
from interviewrelay.core.audio_containers import MEDIA_TYPES
from interviewrelay.dashboard.last_visit import NewSinceVisit
from interviewrelay.insights import needs_coverage
from interviewrelay.interviewer.guide import FOLLOW_UPS
from interviewrelay.interviews import event_payload, measures, model_settings, state
from interviewrelay.mail import outbox
from interviewrelay.models import (
    ApiKey,
    Campaign,
    CreditAccount,
    Interview,
    Mail,
    ModelChoice,
    Script,
)
from interviewrelay.notes import notes
from interviewrelay.notifications import representation as notification_representation
from interviewrelay.recordings import session_recording
from interviewrelay.runtime import model_selection
from interviewrelay.runtime.services import Services
from interviewrelay.scripts import representation as script_representation, scripts
from interviewrelay.search import excerpts
from interviewrelay.transcripts import annotated_turns, representation

Shape = dict[str, Any]

_TIMES: Final = {0: "no follow-ups", 1: "up to one follow-up", 2: "up to two follow-ups"}
_IMPORTANCE: Final = {
    "must": "Must be asked",
    "should": "Should be asked",
    "could": "If time allows",
}


def build_campaign_row(row: Campaign) -> Shape:
    stats = campaign_representation.Stats.read(row)
    return {
        **campaign_representation.CampaignItem.read(row),
        "project": row.project.name,
        "stats": stats,
    }


def build_campaign(row: Campaign) -> Shape:
    """Campaign with its allowed transitions, and the name of the script in its version."""
    document = row.version.document
    average = row.completed_seconds // row.completed if row.completed else None
    return {
        **campaign_representation.CampaignDetail.read(row),
        "project": row.project.name,
        "script": document["name"],
        "average_seconds": average,
        "under_way": max(0, row.started - row.completed - row.abandoned),
        "target_minutes": row.settings.get("target_minutes") or document["target_minutes"],
        "moves": campaigns.MOVES[row.status],
        "over": availability.is_over(row),
    }


def build_session_row(row: Interview) -> Shape:
    return {**event_payload.SessionItem.read(row), "campaign": row.campaign.name}


def build_session_rows(rows: Sequence[Interview], q: str) -> list[Shape]:
    """Session rows with their number of notes, and a search excerpt."""
    ids = [row.id for row in rows]
    noted, found = notes.count_notes(ids), excerpts.get_excerpts(ids, q)
    return [
        {**build_session_row(row), "notes": noted.get(row.id, 0), "excerpt": found.get(row.id)}
        for row in rows
    ]


def build_session(services: Services, actor: Actor, row: Interview, q: str = "") -> Shape:
    """Session with turns, notes, sentiment, and needs covered; `q` highlights a search."""
    rows = state.list_turns(row)
    shape = representation.session(services, row, rows)
    return {
        **shape,
        **annotated_turns.build_live_state(actor, row, rows, q),
        "kind": _kind_held(rows),
        "safety": shape["safety"],
        "campaign": row.campaign.name,
        "billed": prices.describe_billed(measures.get_duration_seconds(row))
        if row.credits_charged
        else None,
        "felt": [
            {"at": turn.elapsed, "score": turn.sentiment_score, "mood": turn.sentiment_label}
            for turn in rows
            if turn.speaker == "participant" and turn.text and turn.sentiment_score is not None
        ],
        "needs": [asdict(met) for met in needs_coverage.get_needs_coverage(row, rows)],
        "recording": _build_player(row),
    }


def _build_player(row: Interview) -> Shape | None:
    """Player of a recording; None without one. The highest bar of its picture fills it."""
    found = session_recording.get_recording(row)
    if found is None:
        return None
    formats = session_recording.list_formats(found)
    highest = max(found.peaks, default=0) or 1
    halves = [max(1, round(50 * height / highest)) for height in found.peaks]
    return {
        "seconds": found.seconds,
        "formats": formats,
        "types": {form: MEDIA_TYPES[form] for form in formats},
        "peaks": found.peaks,
        "wave": "".join(f"M{at}.5 {50 - half}v{2 * half}" for at, half in enumerate(halves)),
    }


def _kind_held(rows: Sequence[Any]) -> str:
    """Mode of a session: adaptive, with the last model called, or structured."""
    asked = [m for turn in rows if (m := (turn.decision or {}).get("model"))]
    return f"Adaptive, with {asked[-1]['name']}" if asked else "Structured"


def build_script(row: Script) -> Shape:
    """Script with linter remarks, digest, and whether a change can be undone."""
    remarks = [script_representation.Remark.read(r) for r in scripts.list_remarks(row.document)]
    return {
        **script_representation.script(row),
        "remarks": remarks,
        "seen": scripts.get_fingerprint(row),
        "can_undo": row.previous is not None,
    }


def describe_question(question: Shape) -> str:
    """Sentence about what the interviewer may do with a question."""
    follow_ups = FOLLOW_UPS.get(question.get("depth", "standard"), 2)
    times = _TIMES.get(follow_ups, f"up to {follow_ups} follow-ups")
    words = f"{_IMPORTANCE.get(question.get('importance', ''), 'Should be asked')}, {times}"
    looks_for = [need["label"] for need in question.get("needs", []) if need.get("label")]
    return f"{words}. Learning goals: {', '.join(looks_for)}." if looks_for else f"{words}."


def build_key(row: ApiKey) -> Shape:
    over = row.expires_at is not None and row.expires_at <= clock.now()
    return {
        "id": row.id,
        "name": row.name,
        "shown": f"ir_{'test' if row.test else 'live'}_{row.public_id}…{row.last_four}",
        "permissions": row.permissions,
        "may": _power(frozenset(row.permissions)),
        "test": row.test,
        "owner": row.membership.user.email,
        "state": "revoked" if row.revoked_at else "expired" if over else "active",
        "created_at": clock.format_iso(row.created_at),
        "last_used_at": clock.format_iso(row.last_used_at) if row.last_used_at else None,
        "revoked_at": clock.format_iso(row.revoked_at) if row.revoked_at else None,
        "expires_at": clock.format_iso(row.expires_at) if row.expires_at else None,
    }


def build_model(services: Services, row: ModelChoice | None) -> Shape:
    """Model settings: the server's model by name, and the organization's own without its key; form
    values as texts.
    """
    servers = services.model_selector.for_server()
    row = row or ModelChoice(whose="server", base_url="", name="", hides_personal_data=True)
    return {
        "servers": servers.model.name if servers else None,
        "whose": row.whose,
        "base_url": row.base_url,
        "name": row.name,
        "key": model_settings.get_key_state(services, row),
        "last_four": row.last_four or "",
        "hides_personal_data": row.hides_personal_data,
        "daily_tokens": str(row.daily_tokens or ""),
        "changed_at": clock.format_iso(row.changed_at) if row.changed_at else None,
        "changed_by": row.changed_by,
    }


def build_server_model(services: Services) -> Shape:
    """The server's model: name (None without one), location, and whether the environment sets it."""
    fixed = services.model_selector.server_policy
    row = None if fixed else model_selection.find_server_model()
    return {
        "name": fixed.model.name if fixed else row.name if row else None,
        "fixed": fixed is not None,
        "port": row.port if row else None,
        "changed_at": clock.format_iso(row.changed_at) if row else None,
        "changed_by": row.changed_by if row else None,
    }


def describe_interview_kind(services: Services, row: Campaign) -> str:
    """Mode of new interviews of a campaign: adaptive, with the model, or structured."""
    policy = services.model_selector.for_language(row.org_id, row.version.document["language"])
    return (
        f"Adaptive interviews, with {policy.model.name}" if policy else "Structured interviews"
    )


def build_mail(services: Services, actor: Actor, row: Mail) -> Shape:
    """Email row. A notice has no campaign; it has a subject and a page with details."""
    facts = row.facts or {}
    return {
        **notification_representation.mail(services, actor, row),
        "campaign": row.invite.campaign.name if row.invite else None,
        "subject": facts.get("subject"),
        "path": outbox.get_notice_path(row),
    }


def build_credits(row: CreditAccount) -> Shape:
    return {
        **billing_representation.Credits.read(row),
        "held_credits": row.held,
        "warn_below": row.warn_below,
    }


def build_latest(row: Interview, came_in: NewSinceVisit | None) -> Shape:
    """Latest interview; `new` if it changed since the previous visit."""
    last = row.ended_at or row.last_at
    return {**build_session_row(row), "new": came_in is not None and last > came_in.since}


def _power(permissions: frozenset[str]) -> str:
    """Short description of a key's permissions."""
    if permissions >= frozenset(PERMISSIONS):
        return "Full access"
    if permissions == frozenset(p for p in PERMISSIONS if p.endswith(":read")):
        return "Read-only"
    return ", ".join(p.replace(":", " ") for p in PERMISSIONS if p in permissions)
