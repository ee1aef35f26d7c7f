"""Email messages: composed when they are sent, from the current data."""

from dataclasses import replace
from datetime import timedelta
from typing import Final, Literal, cast

from sqlalchemy import select

from interviewrelay.accounts import member_invitations, password_resets
from interviewrelay.campaigns import availability
from interviewrelay.core import clock, translations
from interviewrelay.core.db.session import db
from interviewrelay.core.ports.mail import MailMessage, MailRefused
from interviewrelay.interviews import state
from interviewrelay.mail import outbox, suppressions
from interviewrelay.models import Campaign, Invite, Mail, Organization, User
from interviewrelay.models.mail import PERSONAL
from interviewrelay.notifications import transcript_copy
from interviewrelay.runtime.services import Services

PersonalKind = Literal["password", "password_changed", "login_alert"]
_PERSONAL: Final[dict[PersonalKind, str]] = {
    "password": "Reset your InterviewRelay password",
    "password_changed": "Your InterviewRelay password was changed",
    "login_alert": "Failed sign-in attempts on your account",
}
"""Subjects of account emails."""


def build_message(services: Services, mail: Mail) -> MailMessage:
    """Compose an email. Raises MailRefused when there is no reason to send it any more."""
    if mail.invite and mail.kind == "copy":
        return _copy(services, mail, mail.invite)
    if mail.invite:
        return _to_invited(services, mail, mail.invite)
    if mail.kind == "member":
        return _member(services, mail)
    notice = mail.kind == "backup" or mail.kind not in PERSONAL
    return _notice(services, mail) if notice else _personal(services, mail)


def _to_invited(services: Services, mail: Mail, invite: Invite) -> MailMessage:
    if invite.status == "completed":
        raise MailRefused("this person has completed the interview")
    if invite.expires_at <= clock.now():
        raise MailRefused("the link expired before this email was sent")
    if suppressions.find_suppressed(services.ring, mail.org_id, [invite.email]):
        raise MailRefused(suppressions.ASKED_NOT_TO)
    campaign: Campaign = invite.campaign
    if availability.is_over(campaign):
        raise MailRefused("the campaign ended before this email was sent")
    letter = _invitation(campaign, mail.kind, invite.name, mail.custom_message)
    url = services.urls.interview_url(services.ring.decrypt(invite.sealed_token))
    token = suppressions.build_token(services.ring, mail.org_id, invite.email)
    return replace(
        letter,
        to=invite.email,
        facts={**letter.facts, "url": url},
        expires_at=min(invite.expires_at, campaign.ends_at or invite.expires_at),
        unsubscribe=services.urls.unsubscribe_url(token),
        reference=mail.id,
    )


def build_sample(services: Services, campaign: Campaign, name: str) -> MailMessage:
    """Preview of the campaign's invitation; its links lead nowhere."""
    letter = _invitation(campaign, "invite", name, campaign.custom_message)
    since = max(clock.now(), campaign.starts_at or clock.now())
    end = since + timedelta(hours=campaign.invite_valid_hours)
    return replace(
        letter,
        facts={**letter.facts, "url": services.urls.interview_url("inv_…")},
        expires_at=min(end, campaign.ends_at or end),
        unsubscribe=services.urls.unsubscribe_url("…"),
    )


def _invitation(campaign: Campaign, kind: str, name: str, custom_message: str) -> MailMessage:
    """Invitation without a recipient yet."""
    guide, ours = state.get_script(campaign), campaign.organization
    language = translations.get_supported_language(guide.language)
    return MailMessage(
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


def _copy(services: Services, mail: Mail, invite: Invite) -> MailMessage:
    """Transcript copy with the current state. The person asked for it, so suppressions do not apply."""
    interview = state.find_interview(invite)
    if interview is None:
        raise MailRefused("this interview no longer exists")
    guide, ours = state.get_guide(interview), invite.campaign.organization
    organization = ours.name
    language = translations.get_supported_language(interview.language)
    subject = translations.get_translations(language).gettext(
        "Copy of your interview for %(organization)s: %(title)s"
    )
    return MailMessage(
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
            "conversation": transcript_copy.format_conversation(interview, language),
            "url": services.urls.interview_url(services.ring.decrypt(invite.sealed_token)),
        },
        language=language,
        reference=mail.id,
    )


def _subject(kind: str, language: str) -> str:
    words = translations.get_translations(language)
    if kind == "reminder":
        return words.gettext("Reminder from %(organization)s: %(title)s")
    return words.gettext("Invitation from %(organization)s: %(title)s")


def _member(services: Services, mail: Mail) -> MailMessage:
    facts: dict[str, str] = mail.facts or {}
    url = member_invitations.issue_invitation_link(services, facts["member_invite_id"])
    if url is None:
        raise MailRefused("this invitation was withdrawn or has been used")
    ours = select(Organization.name, Organization.time_zone)
    organization, zone = db.session.execute(ours.where(Organization.id == mail.org_id)).one()
    until = (mail.created_at + member_invitations.LASTS).astimezone(clock.get_time_zone(zone))
    return MailMessage(
        to=mail.recipient or "",
        kind="member",
        sender_name="InterviewRelay",
        subject=f"{facts['invited_by']} invited you to join {organization}",
        facts={
            "invited_by": facts["invited_by"],
            "role": facts["role"],
            "organization": organization,
            "url": url,
            "until": f"{until.day} {until:%B %Y, %H:%M} {clock.get_zone_name(until)}",
        },
        reference=mail.id,
    )


def _personal(services: Services, mail: Mail) -> MailMessage:
    """Account email; each attempt issues its own link, so that none is stored."""
    facts: dict[str, str] = mail.facts or {}
    if db.session.execute(select(User.id).where(User.id == facts["user_id"])).first() is None:
        raise MailRefused("this person no longer has an account")
    asks = mail.kind == "password"
    page = services.urls.page_url("/password")
    url = password_resets.issue_reset_link(services, facts["user_id"]) if asks else page
    kind = cast("PersonalKind", mail.kind)
    return MailMessage(
        to=mail.recipient or "",
        kind=kind,
        sender_name="InterviewRelay",
        subject=_PERSONAL[kind],
        facts={"name": facts["name"], "url": url},
        reference=mail.id,
    )


def _notice(services: Services, mail: Mail) -> MailMessage:
    facts: dict[str, str] = mail.facts or {}
    return MailMessage(
        to=mail.recipient or "",
        kind=cast("Literal['credits', 'safety']", mail.kind),
        sender_name="InterviewRelay",
        subject=f"{facts['organization']}: {facts['subject']}",
        facts={**facts, "url": services.urls.page_url(outbox.get_notice_path(mail))},
        reference=mail.id,
    )
