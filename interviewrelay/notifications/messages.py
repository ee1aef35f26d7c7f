"""Email messages: composed when they are sent, from the current data."""

from dataclasses import replace
from datetime import timedelta
from typing import Final, Literal, cast

from sqlalchemy import select

from interviewrelay.accounts import member_invitations, password_resets
from interviewrelay.campaigns import availability
from interviewrelay.core import clock, translations
from interviewrelay.core.db.session import db
from interviewrelay.core.ports.mail import Letter, MailRefused
from interviewrelay.interviews import state
from interviewrelay.mail import outbox, suppressions
from interviewrelay.models import Campaign, Invite, Mail, Organization, User
from interviewrelay.models.mail import PERSONAL
from interviewrelay.notifications import transcript_copy
from interviewrelay.runtime.services import Office

PersonalKind = Literal["password", "password_changed", "login_alert"]
_PERSONAL: Final[dict[PersonalKind, str]] = {
    "password": "Reset your InterviewRelay password",
    "password_changed": "Your InterviewRelay password was changed",
    "login_alert": "Failed sign-in attempts on your account",
}
"""Subjects of account emails."""


def of(office: Office, mail: Mail) -> Letter:
    """Compose an email. Raises MailRefused when its reason no longer exists."""
    if mail.invite and mail.kind == "copy":
        return _copy(office, mail, mail.invite)
    if mail.invite:
        return _to_invited(office, mail, mail.invite)
    if mail.kind == "member":
        return _member(office, mail)
    return _personal(office, mail) if mail.kind in PERSONAL else _notice(office, mail)


def _to_invited(office: Office, mail: Mail, invite: Invite) -> Letter:
    if invite.status == "completed":
        raise MailRefused("this person has completed the interview")
    if invite.expires_at <= clock.now():
        raise MailRefused("the link expired before this email was sent")
    if suppressions.among(office.ring, mail.org_id, [invite.email]):
        raise MailRefused(suppressions.ASKED_NOT_TO)
    campaign: Campaign = invite.campaign
    if availability.over(campaign):
        raise MailRefused("the campaign ended before this email was sent")
    letter = _invitation(campaign, mail.kind, invite.name, mail.custom_message)
    url = office.links.interview(office.ring.open(invite.sealed_token))
    token = suppressions.token(office.ring, mail.org_id, invite.email)
    return replace(
        letter,
        to=invite.email,
        facts={**letter.facts, "url": url},
        expires_at=min(invite.expires_at, campaign.ends_at or invite.expires_at),
        unsubscribe=office.links.unsubscribing(token),
        reference=mail.id,
    )


def sample(office: Office, campaign: Campaign, name: str) -> Letter:
    """Preview of the campaign's invitation; its links lead nowhere."""
    letter = _invitation(campaign, "invite", name, campaign.custom_message)
    since = max(clock.now(), campaign.starts_at or clock.now())
    end = since + timedelta(hours=campaign.invite_valid_hours)
    return replace(
        letter,
        facts={**letter.facts, "url": office.links.interview("inv_…")},
        expires_at=min(end, campaign.ends_at or end),
        unsubscribe=office.links.unsubscribing("…"),
    )


def _invitation(campaign: Campaign, kind: str, name: str, custom_message: str) -> Letter:
    """Invitation without a recipient yet."""
    guide, ours = state.script(campaign), campaign.organization
    language = translations.spoken(guide.language)
    return Letter(
        to="",
        kind="reminder" if kind == "reminder" else "invite",
        sender_name=ours.sender_name or ours.name,
        reply_to=ours.reply_to or "",
        zone=ours.time_zone or "",
        subject=_subject(kind, language) % {"organization": ours.name, "title": guide.name},
        facts={
            "name": name,
            "organization": ours.name,
            "title": guide.name,
            "purpose": guide.purpose,
            "minutes": str(guide.target_minutes),
            "contact": guide.contact,
            "custom_message": custom_message,
        },
        language=language,
    )


def _copy(office: Office, mail: Mail, invite: Invite) -> Letter:
    """Transcript copy with the current state. The person asked for it, so suppressions do not apply."""
    interview = state.of_invite(invite)
    if interview is None:
        raise MailRefused("this interview no longer exists")
    guide, ours = state.guide(interview), invite.campaign.organization
    organization = ours.name
    language = translations.spoken(interview.language)
    subject = translations.of(language).gettext(
        "Copy of your interview for %(organization)s: %(title)s"
    )
    return Letter(
        to=invite.email,
        kind="copy",
        sender_name=ours.sender_name or organization,
        reply_to=ours.reply_to or "",
        subject=subject % {"organization": organization, "title": guide.name},
        facts={
            "name": invite.name,
            "organization": organization,
            "title": guide.name,
            "contact": guide.contact,
            "conversation": transcript_copy.conversation(interview, language),
            "url": office.links.interview(office.ring.open(invite.sealed_token)),
        },
        language=language,
        reference=mail.id,
    )


def _subject(kind: str, language: str) -> str:
    words = translations.of(language)
    if kind == "reminder":
        return words.gettext("Reminder from %(organization)s: %(title)s")
    return words.gettext("Invitation from %(organization)s: %(title)s")


def _member(office: Office, mail: Mail) -> Letter:
    facts: dict[str, str] = mail.facts or {}
    url = member_invitations.issue(office, facts["member_invite_id"])
    if url is None:
        raise MailRefused("this invitation was withdrawn or used")
    ours = select(Organization.name, Organization.time_zone)
    organization, zone = db.session.execute(ours.where(Organization.id == mail.org_id)).one()
    until = (mail.created_at + member_invitations.LASTS).astimezone(clock.zone(zone))
    return Letter(
        to=mail.recipient or "",
        kind="member",
        sender_name="InterviewRelay",
        subject=f"{facts['invited_by']} invited you to join {organization}",
        facts={
            "invited_by": facts["invited_by"],
            "role": facts["role"],
            "organization": organization,
            "url": url,
            "until": f"{until:%d %B %Y, %H:%M} {clock.zone_word(until)}",
        },
        reference=mail.id,
    )


def _personal(office: Office, mail: Mail) -> Letter:
    """Account email; each attempt issues its own link, so that none is stored."""
    facts: dict[str, str] = mail.facts or {}
    if db.session.execute(select(User.id).where(User.id == facts["user_id"])).first() is None:
        raise MailRefused("this person no longer has an account")
    asks = mail.kind == "password"
    page = office.links.page("/password")
    url = password_resets.issue(office, facts["user_id"]) if asks else page
    kind = cast("PersonalKind", mail.kind)
    return Letter(
        to=mail.recipient or "",
        kind=kind,
        sender_name="InterviewRelay",
        subject=_PERSONAL[kind],
        facts={"name": facts["name"], "url": url},
        reference=mail.id,
    )


def _notice(office: Office, mail: Mail) -> Letter:
    facts: dict[str, str] = mail.facts or {}
    return Letter(
        to=mail.recipient or "",
        kind=cast("Literal['credits', 'safety']", mail.kind),
        sender_name="InterviewRelay",
        subject=f"{facts['organization']}: {facts['subject']}",
        facts={**facts, "url": office.links.page(outbox.page_of(mail))},
        reference=mail.id,
    )
