"""The samples of the API reference (shared/reference/api-reference.txt), copied as they stand there."""

from typing import Any

CREATE_CAMPAIGN: dict[str, Any] = {
    "id": "770e8400-e29b-41d4-a716-446655440002",
    "name": "Q4 Customer Feedback",
    "script_id": "550e8400-e29b-41d4-a716-446655440000",
    "project_id": "660e8400-e29b-41d4-a716-446655440001",
    "status": "active",
    "created_at": "2024-10-20T10:00:00Z",
}

LIST_CAMPAIGNS: dict[str, Any] = {
    "campaigns": [
        {
            "id": "campaign-1",
            "name": "Q4 Feedback",
            "status": "active",
            "invites_sent": 50,
            "completed": 32,
            "created_at": "2024-10-01T00:00:00Z",
        }
    ],
    "total": 1,
    "limit": 10,
    "offset": 0,
}

GET_CAMPAIGN: dict[str, Any] = {
    "id": "campaign-123",
    "name": "Q4 Customer Feedback",
    "script_id": "script-456",
    "project_id": "project-789",
    "status": "active",
    "created_at": "2024-10-01T00:00:00Z",
    "stats": {"invites_sent": 100, "started": 65, "completed": 48, "completion_rate": 0.74},
}

CREATE_INVITES: dict[str, Any] = {
    "invites": [
        {
            "id": "invite-1",
            "email": "user1@example.com",
            "token": "inv_abc123",
            "url": "https://interviewrelay.com/interview/inv_abc123",
            "expires_at": "2024-10-27T10:00:00Z",
        },
        {
            "id": "invite-2",
            "email": "user2@example.com",
            "token": "inv_def456",
            "url": "https://interviewrelay.com/interview/inv_def456",
            "expires_at": "2024-10-27T10:00:00Z",
        },
    ],
    "sent": 2,
    "failed": 0,
}

GET_INVITE: dict[str, Any] = {
    "id": "invite-1",
    "email": "user@example.com",
    "token": "inv_abc123",
    "status": "pending",
    "campaign_id": "campaign-123",
    "expires_at": "2024-10-27T10:00:00Z",
    "created_at": "2024-10-20T10:00:00Z",
}

LIST_SESSIONS: dict[str, Any] = {
    "sessions": [
        {
            "id": "session-1",
            "campaign_id": "campaign-123",
            "participant_email": "user@example.com",
            "status": "completed",
            "duration_minutes": 12,
            "started_at": "2024-10-20T10:00:00Z",
            "completed_at": "2024-10-20T10:12:00Z",
        }
    ],
    "total": 1,
}

GET_SESSION: dict[str, Any] = {
    "id": "session-123",
    "campaign_id": "campaign-456",
    "participant_email": "user@example.com",
    "status": "completed",
    "duration_minutes": 12,
    "started_at": "2024-10-20T10:00:00Z",
    "completed_at": "2024-10-20T10:12:00Z",
    "transcript_url": "https://api.interviewrelay.com/api/session/session-123/transcript",
    "audio_url": "https://api.interviewrelay.com/api/session/session-123/audio",
}

GET_TRANSCRIPT: dict[str, Any] = {
    "session_id": "session-123",
    "started_at": "2024-10-20T10:00:00Z",
    "completed_at": "2024-10-20T10:12:00Z",
    "turns": [
        {
            "timestamp": 0,
            "speaker": "ai",
            "text": "Hello! Thank you for joining today.",
            "sentiment": "neutral",
        },
        {
            "timestamp": 3.5,
            "speaker": "participant",
            "text": "Hi, happy to be here.",
            "sentiment": "positive",
        },
    ],
}

GET_CREDITS: dict[str, Any] = {
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

ERROR: dict[str, Any] = {
    "error": {
        "code": "INVALID_PARAMETER",
        "message": "The 'email' field is required",
        "details": {"field": "email", "expected": "string"},
    }
}

PAGINATION: dict[str, Any] = {
    "data": [],
    "pagination": {"total": 247, "limit": 50, "offset": 100, "has_more": True},
}

CREDIT_SUMMARY: dict[str, Any] = {
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
            "organizationId": "org-123",
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
            "id": "txn-789",
            "organizationId": "org-456",
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
            "organizationId": "org-123",
            "severity": "critical",
            "message": "Acme Labs has only 35 credits remaining",
        }
    ],
}
