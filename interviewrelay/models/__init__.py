"""The tables, one file a noun. Queries over other rows, commits and JSON shapes live elsewhere."""

from interviewrelay.models.accounts import ApiKey, Login, Membership, Organization, User
from interviewrelay.models.audit import AuditEntry
from interviewrelay.models.branding import Branding
from interviewrelay.models.campaigns import Campaign
from interviewrelay.models.carried_keys import CarriedKey
from interviewrelay.models.credits import CreditAccount, CreditEntry, CreditHold
from interviewrelay.models.days import DayCount
from interviewrelay.models.erasures import Erasure
from interviewrelay.models.events import Attempt, Delivery, Event, EventStream, Job, Webhook
from interviewrelay.models.idempotency import KeptAnswer
from interviewrelay.models.interviews import Consent, Interview, InterviewCount, TurnRow
from interviewrelay.models.invites import Invite
from interviewrelay.models.looks import Look
from interviewrelay.models.mails import Mail
from interviewrelay.models.member_invites import MemberInvite
from interviewrelay.models.model_choices import ModelChoice, ServerModel
from interviewrelay.models.notes import Note, NoteTag
from interviewrelay.models.passwords import PasswordAsk, PasswordLink
from interviewrelay.models.payments import Payment
from interviewrelay.models.projects import Project
from interviewrelay.models.proofs import Proof
from interviewrelay.models.resume_codes import ResumeCode
from interviewrelay.models.rosters import Roster
from interviewrelay.models.saved_views import SavedView
from interviewrelay.models.scripts import Script, ScriptVersion
from interviewrelay.models.search import Said
from interviewrelay.models.suppressions import Suppression

__all__ = [
    "ApiKey",
    "Attempt",
    "AuditEntry",
    "Branding",
    "Campaign",
    "CarriedKey",
    "Consent",
    "CreditAccount",
    "CreditEntry",
    "CreditHold",
    "DayCount",
    "Delivery",
    "Erasure",
    "Event",
    "EventStream",
    "Interview",
    "InterviewCount",
    "Invite",
    "Job",
    "KeptAnswer",
    "Login",
    "Look",
    "Mail",
    "MemberInvite",
    "Membership",
    "ModelChoice",
    "Note",
    "NoteTag",
    "Organization",
    "PasswordAsk",
    "PasswordLink",
    "Payment",
    "Project",
    "Proof",
    "ResumeCode",
    "Roster",
    "Said",
    "SavedView",
    "Script",
    "ScriptVersion",
    "ServerModel",
    "Suppression",
    "TurnRow",
    "User",
    "Webhook",
]
