"""Database models, one module for each domain. Queries over several rows, commits and API
representations are in the domain packages.
"""

from interviewrelay.models.accounts import (
    ApiKey,
    LastVisit,
    Login,
    MemberInvite,
    Membership,
    Organization,
    PasswordReset,
    PasswordResetRequest,
    User,
)
from interviewrelay.models.billing import (
    CreditAccount,
    CreditEntry,
    CreditHold,
    DayCount,
    Payment,
)
from interviewrelay.models.campaigns import Campaign, Project, RecipientListRow
from interviewrelay.models.egress import Egress
from interviewrelay.models.evidence import Evidence
from interviewrelay.models.interviews import (
    Consent,
    Interview,
    InterviewCount,
    ResumeCode,
    TurnEvent,
    TurnRow,
)
from interviewrelay.models.invites import Invite
from interviewrelay.models.mail import Mail, Suppression
from interviewrelay.models.notes import Note, NoteTag, SavedFilter
from interviewrelay.models.operations import BackgroundCheck, Erasure, RetiredKey
from interviewrelay.models.organizations import AuditEntry, Branding, ModelChoice, ServerModel
from interviewrelay.models.recordings import AnswerRecording, SessionRecording
from interviewrelay.models.results import Analysis, Claim, ClaimEvidence, InterviewAnalysis
from interviewrelay.models.runtime import Job, StoredResponse
from interviewrelay.models.scripts import Script, ScriptVersion
from interviewrelay.models.search import SearchEntry
from interviewrelay.models.webhooks import Attempt, Delivery, Event, EventStream, Webhook
