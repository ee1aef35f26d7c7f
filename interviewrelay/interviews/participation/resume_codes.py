"""Resume codes: continue on another device with a short code.

A code works once, for a day, and only while its interview can continue. It leads to the link, so
guessing it must be as hopeless as guessing the link: 28 ** 10 codes, and few attempts for each
address and for all addresses together (`web.middleware`).
"""

import re
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, select

from interviewrelay.core import clock
from interviewrelay.core.db.session import count_affected, db, transaction
from interviewrelay.core.errors import SessionAlreadyCompleted, UnknownCode
from interviewrelay.core.security import tokens
from interviewrelay.core.security.tokens import KeyRing
from interviewrelay.interviews import interviews, state
from interviewrelay.interviews.state import InterviewState
from interviewrelay.models import Interview, Invite, ResumeCode

LASTS: Final = timedelta(hours=24)
_BETWEEN: Final = re.compile(r"[\s\-–—]+")


def pause_with_code(ring: KeyRing, invite: Invite) -> InterviewState:
    """Pause the clock, with a resume code for another device."""
    reached = interviews.pause_interview(invite)
    if reached.interview.status == "in_progress":
        ensure_resume_code(ring, invite)
    return reached


def ensure_resume_code(ring: KeyRing, invite: Invite) -> str:
    """The interview's code in two halves, created unless a valid one exists.

    Raises Conflict before the start and SessionAlreadyCompleted after the end.
    """
    with transaction():
        interview = state.lock_interview(invite)
        if interview.status != "in_progress":
            raise SessionAlreadyCompleted
        known = get_resume_code(ring, interview)
        if known:
            return known
        db.session.execute(delete(ResumeCode).where(ResumeCode.interview_id == interview.id))
        code, now = tokens.new_resume_code(), clock.now()
        db.session.add(
            ResumeCode(
                org_id=interview.org_id,
                interview_id=interview.id,
                mark=ring.digest("resume", code),
                sealed_code=ring.encrypt(code),
                created_at=now,
                expires_at=now + LASTS,
            )
        )
    return _in_halves(code)


def get_resume_code(ring: KeyRing, interview: Interview) -> str:
    """The valid code in two halves; empty when there is none."""
    sealed = db.session.execute(
        select(ResumeCode.sealed_code).where(
            ResumeCode.interview_id == interview.id, ResumeCode.expires_at > clock.now()
        )
    ).scalar_one_or_none()
    return _in_halves(ring.decrypt(sealed)) if sealed else ""


def redeem_resume_code(ring: KeyRing, typed: str) -> str:
    """Redeem a code once; returns the link's token.

    Case, spaces and hyphens are ignored. Raises UnknownCode.
    """
    code = _BETWEEN.sub("", typed).upper()
    if not tokens.is_resume_code(code):
        raise UnknownCode
    with transaction():
        # Deleting claims it: of two concurrent redemptions, one succeeds.
        claimed = db.session.execute(
            delete(ResumeCode)
            .where(ResumeCode.mark.in_(ring.digests("resume", code)))
            .returning(ResumeCode.interview_id, ResumeCode.expires_at)
        ).one_or_none()
        link = _link(claimed.interview_id) if claimed else None
    if claimed is None or claimed.expires_at <= clock.now() or link is None:
        raise UnknownCode
    return ring.decrypt(link)


def delete_expired_codes(most: int = 500) -> int:
    """Delete expired codes; returns how many."""
    over = select(ResumeCode.id).where(ResumeCode.expires_at <= clock.now()).limit(most)
    with transaction():
        return count_affected(delete(ResumeCode).where(ResumeCode.id.in_(over)))


def _link(interview_id: str) -> str | None:
    """Encrypted token of an interview that can continue."""
    query = (
        select(Invite.sealed_token)
        .join(Interview, Interview.invite_id == Invite.id)
        .where(
            Interview.id == interview_id,
            Interview.status == "in_progress",
            Invite.status != "cancelled",
        )
    )
    return db.session.execute(query).scalar_one_or_none()


def _in_halves(code: str) -> str:
    half = len(code) // 2
    return f"{code[:half]}-{code[half:]}"
