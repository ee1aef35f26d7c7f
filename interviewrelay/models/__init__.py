"""Tables, one module for each context. Queries over several rows, commits and JSON shapes live
elsewhere.
"""

from interviewrelay.models.accounts import (
    ApiKey,
    Login,
    Look,
    MemberInvite,
    Membership,
    Organization,
    PasswordAsk,
    PasswordLink,
    User,
)
from interviewrelay.models.billing import (
    CreditAccount,
    CreditEntry,
    CreditHold,
    DayCount,
    Payment,
)
from interviewrelay.models.campaigns import Campaign, Project, Roster
from interviewrelay.models.interviews import (
    Consent,
    Interview,
    InterviewCount,
    ResumeCode,
    TurnRow,
)
from interviewrelay.models.invites import Invite
from interviewrelay.models.mail import Mail, Suppression
from interviewrelay.models.notes import Note, NoteTag, SavedView
from interviewrelay.models.operations import CarriedKey, Erasure, Proof
from interviewrelay.models.organizations import AuditEntry, Branding, ModelChoice, ServerModel
from interviewrelay.models.runtime import Job, KeptAnswer
from interviewrelay.models.scripts import Script, ScriptVersion
from interviewrelay.models.search import Said
from interviewrelay.models.webhooks import Attempt, Delivery, Event, EventStream, Webhook

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
