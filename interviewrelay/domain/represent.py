"""The one shape of each thing for the outside: field names, types and formats of the API."""

from dataclasses import asdict
from typing import Any, Final

from interviewrelay import clock
from interviewrelay.analysis.linter import Remark
from interviewrelay.conversation import Said, Transcript
from interviewrelay.domain import (
    digests,
    invites,
    mails,
    represent_insights,
    represent_rows,
    safety,
    standing,
)
from interviewrelay.domain.actors import Actor
from interviewrelay.domain.office import Office
from interviewrelay.models import (
    ApiKey,
    Campaign,
    CreditEntry,
    Interview,
    Invite,
    Mail,
    Project,
    Script,
    Suppression,
    TurnRow,
)

Shape = dict[str, Any]


def project(row: Project) -> Shape:
    return {
        "id": row.id,
        "name": row.name,
        "description": row.description,
        "created_at": clock.iso(row.created_at),
    }


def script(row: Script) -> Shape:
    """With its whole document; `status` is published once there is a version."""
    return {
        "id": row.id,
        "status": "published" if row.latest_version else "draft",
        "version": row.latest_version or None,
        "changed_since_publication": row.changed_since_publication,
        "created_at": clock.iso(row.created_at),
        "updated_at": clock.iso(row.updated_at),
        "reporting": {},  # not there in scripts that were last saved before it was known
        **row.document,
    }


def remark(value: Remark) -> Shape:
    return asdict(value)


def campaign(row: Campaign) -> Shape:
    return {
        "id": row.id,
        "name": row.name,
        "script_id": row.script_id,
        "project_id": row.project_id,
        "status": row.status,
        "created_at": clock.iso(row.created_at),
        "script_version": row.version_number,
        "invite_valid_hours": row.invite_valid_hours,
        "settings": row.settings,
        "metadata": row.extra,
        "reminder_hours_before": row.reminder_hours_before,
        "starts_at": clock.iso(row.starts_at) if row.starts_at else None,
        "ends_at": clock.iso(row.ends_at) if row.ends_at else None,
        "max_sessions": row.max_sessions,
        "max_completed": row.max_completed,
        "custom_message": row.custom_message,
    }


def campaign_item(row: Campaign) -> Shape:
    """As it stands in the list."""
    return {
        "id": row.id,
        "name": row.name,
        "status": row.status,
        "invites_sent": row.invites_sent,
        "completed": row.completed,
        "ended_early": row.ended_early,
        "created_at": clock.iso(row.created_at),
        "started": row.started,
        "project_id": row.project_id,
        "script_id": row.script_id,
    }


def campaign_detail(row: Campaign) -> Shape:
    return {**campaign(row), "stats": stats(row)}


def stats(row: Campaign) -> Shape:
    """`cancelled` are those who had not begun: who had is among the started. Thus the invites sent are
    the started, pending, cancelled and expired ones together. `completed` are all that were not left:
    the complete ones and those that ended early.
    """
    complete = row.completed - row.ended_early
    rate, whole = (
        round(number / row.started, 2) if row.started else 0
        for number in (row.completed, complete)
    )
    minutes = round(row.completed_seconds / row.completed / 60, 1) if row.completed else 0
    return {
        "invites_sent": row.invites_sent,
        "opened": row.opened_only + row.started,
        "started": row.started,
        "completed": row.completed,
        "completion_rate": _plain(rate),
        "complete": complete,
        "ended_early": row.ended_early,
        "complete_rate": _plain(whole),
        "pending": row.invites_sent - row.started - row.cancelled - row.expired,
        "abandoned": row.abandoned,
        "failed": row.failed,
        "cancelled": row.cancelled,
        "expired": row.expired,
        "average_duration_minutes": _plain(minutes),
    }


def new_invite(office: Office, actor: Actor, row: Invite, named: str | None = None) -> Shape:
    """As it is answered to the one who invites; `named` is the token that the caller came with.

    `email` is always a string: of somebody who was erased it ends with `@erased.invalid`.
    """
    whole = invite(office, actor, row, named)
    return {name: whole[name] for name in ("id", "email", "token", "url", "expires_at")}


def invite(office: Office, actor: Actor, row: Invite, named: str | None = None) -> Shape:
    shape = represent_rows.invite(row, invites.status(row))
    if token := named or invites.token_for(office.ring, actor, row):
        shape |= {"token": token, "url": office.links.interview(token)}
    return shape


def session(office: Office, row: Interview, turns: tuple[TurnRow, ...] | None = None) -> Shape:
    """With all that is known of a session; its turns are read unless they are at hand."""
    turns = standing.turns_of(row) if turns is None else turns
    return {
        **represent_rows.session(row, turns),
        "transcript_url": office.links.transcript(row.id),
        "audio_url": None,  # interviews in writing have none
        **represent_insights.digest(digests.of_session(row, turns)),
        "safety": safety.shape(row),
        "consent": {
            "version": row.consent.version,
            "language": row.consent.language,
            "agreed_at": clock.iso(row.consent.agreed_at),
        },
    }


def transcript(value: Said | Transcript) -> Shape:
    return {
        "session_id": value.session_id,
        "started_at": clock.iso(value.started_at),
        "completed_at": clock.iso(value.completed_at) if value.completed_at else None,
        "turns": [{name: getattr(turn, name) for name in _TURN} for turn in value.turns],
        "closing": value.closing,
    }


_TURN: Final = (
    "timestamp", "speaker", "text", "sentiment", "id", "number", "duration", "confidence",
    "question_id", "decision", "skipped", "amends", "amended_by", "original", "struck", "quotable",
)  # fmt: skip


def entry(row: CreditEntry) -> Shape:
    return {
        "id": row.id,
        "created_at": clock.iso_millis(row.created_at),
        "credit_type": row.pool,
        "transaction_type": row.kind,
        "amount_credits": row.amount,
        "balance_after_credits": row.balance_after,
        "description": row.description,
        "session_id": row.session_id,
    }


def key(row: ApiKey) -> Shape:
    return {
        "id": row.id,
        "name": row.name,
        "shown": f"ir_{'test' if row.test else 'live'}_{row.public_id}…{row.last_four}",
        "permissions": row.permissions,
        "test": row.test,
        "owner": row.membership.user.email,
        "created_at": clock.iso(row.created_at),
        "last_used_at": clock.iso(row.last_used_at) if row.last_used_at else None,
        "revoked_at": clock.iso(row.revoked_at) if row.revoked_at else None,
        "expires_at": clock.iso(row.expires_at) if row.expires_at else None,
    }


def suppression(row: Suppression) -> Shape:
    return {"id": row.id, "reason": row.reason, "created_at": clock.iso(row.created_at)}


def mail(office: Office, actor: Actor, row: Mail) -> Shape:
    invite = row.invite
    token = invites.token_for(office.ring, actor, invite) if invite else None
    link = office.links.interview(token) if token else None
    return {
        "id": row.id,
        "to": invite.email if invite else row.recipient,
        "kind": row.kind,
        "state": row.state,
        "attempts": row.attempts,
        "last_error": row.last_error,
        "created_at": clock.iso(row.created_at),
        "sent_at": clock.iso(row.sent_at) if row.sent_at else None,
        "campaign_id": invite.campaign_id if invite else None,
        "url": link if invite else office.links.page(mails.page_of(row)),
    }


def _plain(value: float) -> float:
    """Whole numbers go out without a point."""
    return int(value) if float(value).is_integer() else value
