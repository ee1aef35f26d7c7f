"""Examples of the published reference, complete: sessions, participants, credits."""

from typing import Final

from interviewrelay.web.reference.examples import (
    CAMPAIGN_ID,
    DECISION,
    HOST,
    INVITE,
    ORGANIZATION_ID,
    OTHER_ID,
    SESSION_ID,
    Example,
    listed,
)

SESSION_ITEM: Final[Example] = {
    "id": SESSION_ID,
    "campaign_id": CAMPAIGN_ID,
    "participant_email": "user@example.com",
    "status": "completed",
    "duration_minutes": 12,
    "started_at": "2024-10-20T10:00:00Z",
    "completed_at": "2024-10-20T10:12:00Z",
    "duration_seconds": 720,
    "paused_at": None,
    "language": "en",
    "mode": "text",
    "test": False,
}
SESSIONS: Final = listed("sessions", SESSION_ITEM)
OUTCOME: Final[Example] = {
    "credits_charged": 120,
    "feedback": {"rating": 5, "comment": "It listened."},
    "metadata": {},
    "interviewer": "InterviewRelay",
    "participant_name": "",
    "ended_at": "2024-10-20T10:12:00Z",
}
SESSION: Final[Example] = {
    **SESSION_ITEM,
    **OUTCOME,
    "transcript_url": f"{HOST}/api/session/{SESSION_ID}/transcript",
    "audio_url": None,
    "summary": None,
    "sentiment": {"label": "positive", "score": 0.4},
    "themes": [],
    "consent": {
        "version": "3f1c0a9be2d4",
        "language": "en",
        "agreed_at": "2024-10-20T10:00:00Z",
    },
}
TURNS: Final[list[Example]] = [
    {
        "timestamp": 0,
        "speaker": "ai",
        "text": "Hello! Thank you for joining today.",
        "sentiment": "neutral",
        "id": "cc0e8400-e29b-41d4-a716-446655440007",
        "number": 1,
        "duration": None,
        "confidence": None,
        "question_id": "q1",
        "decision": DECISION,
        "skipped": False,
    },
    {
        "timestamp": 3.5,
        "speaker": "participant",
        "text": "Hi, happy to be here.",
        "sentiment": "positive",
        "id": "dd0e8400-e29b-41d4-a716-446655440008",
        "number": 2,
        "duration": 3.5,
        "confidence": 1,
        "question_id": "q1",
        "decision": None,
        "skipped": False,
    },
]
TRANSCRIPT: Final[Example] = {
    "session_id": SESSION_ID,
    "started_at": "2024-10-20T10:00:00Z",
    "completed_at": "2024-10-20T10:12:00Z",
    "turns": TURNS,
}
TRANSCRIPTS: Final[Example] = {
    "campaign_id": CAMPAIGN_ID,
    "exported_at": "2024-10-21T08:00:00Z",
    "sessions": [{"session_id": SESSION_ID, **SESSION_ITEM, **OUTCOME, "turns": TURNS}],
}
ERASED: Final[Example] = {
    "erased": {
        "sessions": 1,
        "turns": 14,
        "search_entries": 7,
        "consents": 1,
        "feedback": 1,
        "invites": 1,
        "mails": 1,
        "files": 1,
    }
}
PERSON_SENT: Final[Example] = {"email": "user@example.com"}
PERSON: Final[Example] = {
    "email": "user@example.com",
    "exported_at": "2024-10-21T08:00:00Z",
    "invites": [{n: v for n, v in INVITE.items() if n not in ("token", "url")}],
    "sessions": [
        {
            **SESSION,
            "consent": {**SESSION["consent"], "text": "I agree that my answers are kept."},
            "turns": TURNS,
        }
    ],
    "mails": [
        {
            "id": OTHER_ID,
            "kind": "invite",
            "state": "sent",
            "custom_message": "",
            "created_at": "2024-10-20T10:00:00Z",
            "sent_at": "2024-10-20T10:00:01Z",
        }
    ],
}

CREDITS: Final[Example] = {
    "starter_credits": 600,
    "monthly_credits": 820,
    "topup_credits": 4000,
    "total_credits": 5420,
    "monthly_credits_amount": 1000,
    "monthly_credits_reset_at": "2025-02-01T00:00:00.000Z",
    "currency": "eur",
    "last_low_balance_warning_at": None,
    "updated_at": "2025-01-07T12:30:00.000Z",
    "low_balance_warning": {"shouldWarn": False, "severity": "info", "message": ""},
    "needs_topup": False,
    "estimated_sessions_remaining": 54,
}
USAGE: Final[Example] = {
    "start_date": "2025-01-01",
    "end_date": "2025-01-31",
    "currency": "eur",
    "total_credits_used": 80,
    "total_sessions": 1,
    "total_minutes": 8,
    "by_campaign": [
        {
            "campaign_id": CAMPAIGN_ID,
            "name": "Q4 Customer Feedback",
            "sessions": 1,
            "minutes": 8,
            "credits": 80,
        }
    ],
    "by_day": [{"date": "2025-01-07", "sessions": 1, "credits": 80}],
    "transactions": [
        {
            "id": OTHER_ID,
            "created_at": "2025-01-07T12:30:00.000Z",
            "credit_type": "monthly",
            "transaction_type": "charge",
            "amount_credits": -80,
            "balance_after_credits": 5420,
            "description": "Interview of 8 min: Q4 Customer Feedback",
            "session_id": SESSION_ID,
        }
    ],
    "pagination": {
        "total": 1,
        "limit": 50,
        "offset": 0,
        "has_more": False,
        "next_cursor": None,
    },
}
TOPUP_SENT: Final[Example] = {"pack": 10000}
PAYMENT: Final[Example] = {
    "id": OTHER_ID,
    "status": "open",
    "url": "https://checkout.stripe.com/c/pay/cs_test_123",
    "pack": 10000,
    "credits": 10000,
    "amount_cents": 10000,
    "currency": "eur",
    "description": "Credit top-up: 10,000 credits (€100.00)",
    "created_at": "2025-01-07T10:15:00.000Z",
}
CREDIT_SUMMARY: Final[Example] = {
    "summary": {
        "totalOrganizations": 42,
        "totalStarterCredits": 25200,
        "totalMonthlyCredits": 318000,
        "totalTopupCredits": 127500,
        "totalCredits": 470700,
        "lowBalanceCount": 4,
        "criticalBalanceCount": 1,
    },
    "lowBalanceOrganizations": [
        {
            "organizationId": ORGANIZATION_ID,
            "organizationName": "Acme Labs",
            "organizationSlug": "acme-labs",
            "starter": 0,
            "monthly": 20,
            "topup": 15,
            "total": 35,
            "monthlyCreditsAmount": 1000,
            "monthlyCreditsResetAt": "2025-02-01T00:00:00.000Z",
            "updatedAt": "2025-01-07T08:12:00.000Z",
            "severity": "critical",
        }
    ],
    "recentTransactions": [
        {
            "id": OTHER_ID,
            "organizationId": ORGANIZATION_ID,
            "organizationName": "Bright Water",
            "organizationSlug": "bright-water",
            "amountCredits": 10000,
            "creditType": "topup",
            "transactionType": "purchase",
            "description": "Credit top-up: 10,000 credits (€100.00)",
            "balanceAfterCredits": 15200,
            "paymentIntentId": "pi_test_123",
            "createdAt": "2025-01-07T10:15:00.000Z",
        }
    ],
    "alerts": [
        {
            "organizationId": ORGANIZATION_ID,
            "severity": "critical",
            "message": "Acme Labs has only 35 credits remaining",
        }
    ],
}

PROGRESS: Final[Example] = {"asked": 1, "total": 5, "minutes_left": 18}
OPENED: Final[Example] = {
    "status": "pending",
    "campaign": {
        "title": "Onboarding study",
        "purpose": "We want to learn how the first month goes.",
        "target_minutes": 20,
        "mode": "text",
        "language": "en",
    },
    "consent": {"version": "3f1c0a9be2d4", "text": "I agree that my answers are kept."},
    "organization": "Alder Research",
}
STATE: Final[Example] = {
    "session_id": SESSION_ID,
    "status": "in_progress",
    "turns": [
        {
            "number": 1,
            "speaker": "ai",
            "text": "How has the first month been?",
            "skipped": False,
        }
    ],
    "next_number": 2,
    "progress": PROGRESS,
    "closing": None,
}
ASKED: Final[Example] = {
    "number": 3,
    "speaker": "ai",
    "text": "What went well?",
    "question_id": "q1",
}
STARTED: Final[Example] = {
    **STATE,
    "turn": {**ASKED, "number": 1, "text": "How has the first month been?"},
}
REPLY: Final[Example] = {
    "session_id": SESSION_ID,
    "saved": {"number": 2, "text": "It went well.", "skipped": False},
    "turn": ASKED,
    "status": "in_progress",
    "progress": PROGRESS,
    "next_number": 4,
    "closing": None,
}
