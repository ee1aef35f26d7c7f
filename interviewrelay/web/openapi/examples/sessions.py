"""Examples of the published reference, complete: sessions and participants."""

from typing import Final

from interviewrelay.web.openapi.examples.studies import (
    CAMPAIGN_ID,
    DECISION,
    HOST,
    INVITE,
    OTHER_ID,
    SESSION_ID,
    TOKEN,
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
    "ended_by": "interviewer",
    "complete": True,
}
SESSIONS: Final = listed("sessions", SESSION_ITEM)
OUTCOME: Final[Example] = {
    "credits_charged": 120,
    "feedback": {"rating": 5, "comment": "It listened.", "summary_rating": 4},
    "metadata": {},
    "interviewer": "built-in",
    "participant_name": "",
    "ended_at": "2024-10-20T10:12:00Z",
    "closing": "Thank you for your time.",
}
SESSION: Final[Example] = {
    **SESSION_ITEM,
    **OUTCOME,
    "transcript_url": f"{HOST}/api/session/{SESSION_ID}/transcript",
    "audio_url": None,
    "summary": None,
    "sentiment": {"label": "positive", "score": 0.4},
    "themes": [],
    "safety": None,
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
        "amends": None,
        "amended_by": [],
        "original": None,
        "struck": False,
        "quotable": True,
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
        "amends": None,
        "amended_by": [],
        "original": None,
        "struck": False,
        "quotable": True,
    },
]
TRANSCRIPT: Final[Example] = {
    "session_id": SESSION_ID,
    "started_at": "2024-10-20T10:00:00Z",
    "completed_at": "2024-10-20T10:12:00Z",
    "turns": TURNS,
    "closing": "Thank you for your time.",
}
TRANSCRIPTS: Final[Example] = {
    "campaign_id": CAMPAIGN_ID,
    "exported_at": "2024-10-21T08:00:00Z",
    "sessions": [{"session_id": SESSION_ID, **SESSION_ITEM, **OUTCOME, "turns": TURNS}],
}
_FEELING: Final[Example] = {
    "score": 0.57,
    "answers": 1,
    "labels": {"positive": 1, "neutral": 0, "negative": 0, "mixed": 0},
}
_QUESTION: Final[Example] = {"question_id": "q1", "text": "How did the first week go?"}
INSIGHTS: Final[Example] = {
    "campaign_id": CAMPAIGN_ID,
    "sessions_read": 1,
    "is_capped": False,
    "sessions": {
        "completed": 1,
        "abandoned": 0,
        "in_progress": 0,
        "failed": 0,
        "ended_early": 0,
    },
    "sentiment": _FEELING,
    "themes": [
        {
            "label": "happy",
            "sessions": 1,
            "mentions": 1,
            "sentiment": _FEELING,
            "quotes": [
                {
                    "session_id": SESSION_ID,
                    "turn_id": TURNS[1]["id"],
                    "turn_number": 2,
                    "question_id": "q1",
                    "start": 0,
                    "end": 21,
                    "text": TURNS[1]["text"],
                    "sentiment": "positive",
                }
            ],
        }
    ],
    "sentiment_by_question": [{**_QUESTION, "sentiment": _FEELING}],
    "drop_off_by_question": [
        {
            **_QUESTION,
            "reached": 1,
            "answered": 1,
            "skipped": 0,
            "stopped_here": 0,
            "ended_here": 0,
            "not_asked": 0,
        }
    ],
}
ERASED: Final[Example] = {
    "erased": {
        "sessions": 1,
        "turns": 14,
        "notes": 2,
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
    "invites": [
        {
            **{n: v for n, v in INVITE.items() if n not in ("token", "url")},
            "opened_at": "2024-10-20T10:30:00Z",
        }
    ],
    "sessions": [
        {
            **SESSION,
            "consent": {**SESSION["consent"], "text": "I agree that my answers are kept."},
            "turns": TURNS,
            "notes": [
                {
                    "turn_number": 2,
                    "quote": None,
                    "text": "Found everything at once.",
                    "tags": ["onboarding"],
                    "created_at": "2024-10-20T12:00:00Z",
                }
            ],
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
    "drafts": [],
    "do_not_write": None,
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
ENTERED: Final[Example] = {"url": f"{HOST}/interview/{TOKEN}"}
CODE: Final = "7KQ4N-XW2HD"
FOR_ANOTHER_DEVICE: Final[Example] = {"code": CODE, "url": f"{HOST}/interview"}
REVIEWED: Final[Example] = {
    "session_id": SESSION_ID,
    "answers": [
        {
            "number": 2,
            "question": "How did your last visit go?",
            "text": "It went well.",
            "skipped": False,
            "original": None,
            "struck": False,
            "quotable": False,
            "open": True,
        }
    ],
}
