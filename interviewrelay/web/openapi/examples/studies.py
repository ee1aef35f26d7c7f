"""Examples of the published reference, complete: its names and values, with ids that are ids."""

from typing import Any, Final

Example = dict[str, Any]

SCRIPT_ID: Final = "550e8400-e29b-41d4-a716-446655440000"
PROJECT_ID: Final = "660e8400-e29b-41d4-a716-446655440001"
CAMPAIGN_ID: Final = "770e8400-e29b-41d4-a716-446655440002"
INVITE_ID: Final = "880e8400-e29b-41d4-a716-446655440003"
SESSION_ID: Final = "990e8400-e29b-41d4-a716-446655440004"
ORGANIZATION_ID: Final = "aa0e8400-e29b-41d4-a716-446655440005"
OTHER_ID: Final = "bb0e8400-e29b-41d4-a716-446655440006"
WEBHOOK_ID: Final = "cc0e8400-e29b-41d4-a716-446655440007"
DELIVERY_ID: Final = "dd0e8400-e29b-41d4-a716-446655440008"
TOKEN: Final = "inv_abc123"  # noqa: S105 - no secret: the reference's own
MAIL_TOKEN: Final = "uns_abc123"  # noqa: S105 - nor is this one
HOST: Final = "https://api.interviewrelay.com"

IN_PATHS: Final = {
    "project_id": PROJECT_ID,
    "script_id": SCRIPT_ID,
    "campaign_id": CAMPAIGN_ID,
    "session_id": SESSION_ID,
    "webhook_id": WEBHOOK_ID,
    "delivery_id": DELIVERY_ID,
    "token": TOKEN,
    "mail_token": MAIL_TOKEN,
}
"""What stands for each id in the examples of paths."""


def listed(name: str, item: Example, limit: int = 50) -> Example:
    """A list with one item, in both forms."""
    about = {"total": 1, "limit": limit, "offset": 0}
    more = {"has_more": False, "next_cursor": None}
    return {name: [item], **about, "data": [item], "pagination": {**about, **more}}


PROJECT_SENT: Final[Example] = {
    "name": "Onboarding",
    "description": "How the first month goes",
}
PROJECT: Final[Example] = {
    "id": PROJECT_ID,
    **PROJECT_SENT,
    "created_at": "2024-10-20T10:00:00Z",
}

SCRIPT_SENT: Final[Example] = {
    "name": "Onboarding study",
    "questions": [{"text": "How has the first month been?"}],
}
SCRIPT: Final[Example] = {
    "id": SCRIPT_ID,
    "status": "draft",
    "version": None,
    "changed_since_publication": False,
    "created_at": "2024-10-20T10:00:00Z",
    "updated_at": "2024-10-20T10:00:00Z",
    "name": "Onboarding study",
    "language": "en",
    "target_minutes": 20,
    "tone": "neutral",
    "purpose": "",
    "consent_text": "",
    "contact": "",
    "resources": {},
    "reporting": {},
    "questions": [
        {
            "id": "q1",
            "text": "How has the first month been?",
            "kind": "open",
            "options": [],
            "importance": "should",
            "depth": "standard",
            "sensitivity": 0,
            "expected": {"min_words": 0, "wants": []},
            "needs": [],
            "probes": [],
            "rephrase": [],
            "explain": "",
            "avoid": [],
            "ask_if": None,
            "skip_if": None,
            "seconds": None,
        }
    ],
    "closing": {"anything_to_add": True, "check_back": True, "thank_text": ""},
}
PUBLISHED: Final[Example] = {**SCRIPT, "status": "published", "version": 1}

DECISION: Final[Example] = {
    "act": "ask",
    "question_id": "q1",
    "target": None,
    "reason": "The first question of the script.",
    "source": "author",
    "details": {},
}
PREVIEW: Final[Example] = {
    "status": "in_progress",
    "turn": {
        "number": 1,
        "speaker": "ai",
        "text": "How has the first month been?",
        "skipped": False,
        "question_id": "q1",
        "decision": DECISION,
    },
    "turns": [
        {
            "number": 1,
            "speaker": "ai",
            "text": "How has the first month been?",
            "skipped": False,
            "question_id": "q1",
            "decision": DECISION,
        }
    ],
    "next_number": 2,
    "progress": {"asked": 1, "total": 2, "minutes_left": 20},
    "closing": None,
}

CAMPAIGN_SENT: Final[Example] = {
    "name": "Q4 Customer Feedback",
    "script_id": SCRIPT_ID,
    "project_id": PROJECT_ID,
    "invite_valid_hours": 168,
}
CAMPAIGN: Final[Example] = {
    "id": CAMPAIGN_ID,
    "name": "Q4 Customer Feedback",
    "script_id": SCRIPT_ID,
    "project_id": PROJECT_ID,
    "status": "active",
    "created_at": "2024-10-20T10:00:00Z",
    "script_version": 1,
    "invite_valid_hours": 168,
    "settings": {},
    "metadata": {},
    "reminder_hours_before": None,
    "starts_at": None,
    "ends_at": None,
    "max_sessions": None,
    "max_completed": None,
    "custom_message": "",
}
CAMPAIGN_DETAIL: Final[Example] = {
    **CAMPAIGN,
    "created_at": "2024-10-01T00:00:00Z",
    "stats": {
        "invites_sent": 100,
        "opened": 72,
        "started": 65,
        "completed": 48,
        "completion_rate": 0.74,
        "complete": 44,
        "ended_early": 4,
        "complete_rate": 0.68,
        "pending": 35,
        "abandoned": 5,
        "failed": 0,
        "cancelled": 0,
        "expired": 0,
        "average_duration_minutes": 11.5,
    },
}
CAMPAIGNS: Final = listed(
    "campaigns",
    {
        "id": CAMPAIGN_ID,
        "name": "Q4 Feedback",
        "status": "active",
        "invites_sent": 50,
        "completed": 32,
        "ended_early": 2,
        "created_at": "2024-10-01T00:00:00Z",
        "started": 40,
        "project_id": PROJECT_ID,
        "script_id": SCRIPT_ID,
    },
    limit=10,
)

INVITES_SENT: Final[Example] = {
    "emails": ["user1@example.com", "user2@example.com"],
    "send_email": True,
}
INVITES_MADE: Final[Example] = {
    "invites": [
        {
            "id": INVITE_ID,
            "email": "user1@example.com",
            "token": "inv_abc123",
            "url": "https://interviewrelay.com/interview/inv_abc123",
            "expires_at": "2024-10-27T10:00:00Z",
        },
        {
            "id": OTHER_ID,
            "email": "user2@example.com",
            "token": "inv_def456",
            "url": "https://interviewrelay.com/interview/inv_def456",
            "expires_at": "2024-10-27T10:00:00Z",
        },
    ],
    "sent": 2,
    "failed": 0,
    "errors": [],
}
INVITE: Final[Example] = {
    "id": INVITE_ID,
    "email": "user@example.com",
    "token": TOKEN,
    "url": "https://interviewrelay.com/interview/inv_abc123",
    "status": "pending",
    "campaign_id": CAMPAIGN_ID,
    "expires_at": "2024-10-27T10:00:00Z",
    "created_at": "2024-10-20T10:00:00Z",
    "name": "",
    "metadata": {},
    "reminded_at": None,
    "test": False,
}
SUPPRESSION: Final[Example] = {
    "id": OTHER_ID,
    "reason": "unsubscribed",
    "created_at": "2024-10-20T10:00:00Z",
}
