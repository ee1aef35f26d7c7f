"""Safety alerts when an answer mentions danger to life: who is notified, and who has acknowledged
it.

What was said stays in the interview: an email holds only the link to it.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import false, select
from sqlalchemy.orm import joinedload

from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.conversation import Decision
from interviewrelay.core.db.session import db, require_transaction, transaction
from interviewrelay.interviewer import acts
from interviewrelay.mail import outbox
from interviewrelay.models import Interview, User
from interviewrelay.organizations import access

log = logging.getLogger(__name__)

TOLD: Final = ("owner", "admin")
REVIEW: Final = "Please review an interview"
MOST: Final = 20

_SENTENCE: Final = (
    "A participant’s answer may indicate that someone’s life is at risk. The participant was shown "
    "the help services from the script and won’t be asked more questions unless they say that no "
    "one is in danger. No one on your team has reviewed the answer yet. Please read it now."
)


def is_danger_heard(decision: Decision | None) -> bool:
    """True if the interviewer has just detected danger."""
    return decision is not None and decision.act == acts.CARE


def raise_alert(interview: Interview, decision: Decision | None, at: datetime) -> None:
    """Building block: if danger was detected, record it and notify owners and admins. A test
    notifies nobody.
    """
    require_transaction()
    if not is_danger_heard(decision):
        return
    interview.safety_at, interview.safety_seen_at, interview.safety_seen_by = at, None, None
    log.warning("safety_alert", extra={"org": interview.org_id, "session": interview.id})
    notify_team(interview, "safety", REVIEW, _SENTENCE)


def notify_team(
    interview: Interview, kind: outbox.NoticeKind, subject: str, sentence: str, reason: str = ""
) -> None:
    """Building block: email owners and admins about an interview, once for each `reason` (by
    default the kind); not about a test.
    """
    if not interview.test:
        facts = {"subject": subject, "sentence": sentence, "path": f"/sessions/{interview.id}"}
        dedupe = f"{reason or kind}:{interview.id}"
        outbox.enqueue_notice(interview.org_id, TOLD, kind, facts, dedupe)


def list_open_alerts(actor: Actor) -> Sequence[Interview]:
    """Interviews with unacknowledged alerts, oldest first, at most a page."""
    mine = select(Interview).where(
        Interview.org_id == actor.org_id,
        Interview.safety_at.is_not(None),
        Interview.safety_seen_at.is_(None),
        Interview.test.is_(false()),
    )
    mine = mine.options(joinedload(Interview.campaign))
    oldest = mine.order_by(Interview.safety_at, Interview.id).limit(MOST)
    return db.session.execute(oldest).scalars().all()


def mark_seen(actor: Actor, session_id: str) -> Interview:
    """Acknowledge an alert; only the first acknowledgement is recorded. Raises NotFound."""
    found = access.get_interview(actor, session_id)
    with transaction():
        interview = access.lock_row(Interview, found.id)
        if interview.safety_at is not None and interview.safety_seen_at is None:
            interview.safety_seen_at = clock.now()
            who = select(User.email).where(User.id == actor.user_id)
            interview.safety_seen_by = db.session.execute(who).scalar_one()
            facts = {"org": actor.org_id, "session": interview.id, "user": actor.user_id}
            log.warning("safety_seen", extra=facts)
    return interview
