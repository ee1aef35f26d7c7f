"""The operations on invites, sessions and those who take part."""

from typing import Final, get_args

from interviewrelay.campaigns.invites import invites
from interviewrelay.core.errors import (
    CampaignNotActive,
    Conflict,
    PdfUnavailable,
    PlanLimitReached,
)
from interviewrelay.transcripts import transcripts
from interviewrelay.transcripts.formats import FORMS
from interviewrelay.web.campaigns.invites import ExtensionIn, InvitesIn, MessageIn
from interviewrelay.web.openapi.examples import sessions as examples_talk, studies as examples
from interviewrelay.web.openapi.operations.operation import Operation, Parameter
from interviewrelay.web.openapi.operations.parameters import (
    END,
    START,
    TEXT,
    WINDOW,
    WORDS,
    choice,
)
from interviewrelay.web.openapi.schemas import sessions, studies
from interviewrelay.web.sessions.api import EXPORTS
from interviewrelay.web.sessions.erasure import ParticipantIn

INVITES: Final = (
    Operation(
        view="create_invites",
        method="POST",
        path="/api/campaigns/{campaign_id}/invites",
        tag="Invites",
        summary="Create invites",
        words="Send interview invites to participants, as `emails`, as `participants`, or both. "
        "A bad address sinks nothing: it counts in `failed` and is listed in `errors`. Somebody "
        "whose invite is still open gets the same one back and no second mail. Mails in any 24 hours: "
        "Free 100, Starter 1,000, Professional 10,000; five to one person (`TOO_MANY_MAILS`). "
        "Who asked not to be written to is not invited by mail (`DO_NOT_WRITE`); that is told of "
        "somebody with an open invite as well, who gets it back. With a test key the invites are "
        "test invites, and no email is sent.",
        permission="invites:write",
        body=InvitesIn,
        answers={201: studies.InvitesMade},
        refusals=(CampaignNotActive, PlanLimitReached),
        gives={"token": "/invites/0/token"},
        sent=examples.INVITES_SENT,
        example=examples.INVITES_MADE,
    ),
    Operation(
        view="list_invites",
        method="GET",
        path="/api/campaigns/{campaign_id}/invites",
        tag="Invites",
        summary="List invites",
        words="The invites of a campaign.",
        permission="invites:read",
        query=(
            choice("status", get_args(invites.Status), "Filter by status.", "pending"),
            Parameter("email_domain", TEXT, "Filter by what follows the @."),
            Parameter(
                "q",
                WORDS,
                "Words in the address or the name, or parts of them, whatever their case and "
                "accents.",
            ),
            *WINDOW,
        ),
        answers={200: studies.INVITES},
        example=examples.listed("invites", examples.INVITE, limit=10),
    ),
    Operation(
        view="get_invite",
        method="GET",
        path="/api/invites/{token}",
        tag="Invites",
        summary="Get invite details",
        words="Retrieve invite information by token.",
        permission="invites:read",
        answers={200: studies.Invite},
        example=examples.INVITE,
    ),
    Operation(
        view="resend_invite",
        method="POST",
        path="/api/invites/{token}/resend",
        tag="Invites",
        summary="Resend invite",
        words="Mail the same link once more. Expired, completed or cancelled: 409 `CONFLICT`. "
        "Its person asked not to be written to: the same. "
        "A test invite is never mailed. A sixth mail to one person within 24 hours: 429. "
        "With a test key: test invites only, else 403 `FORBIDDEN`.",
        permission="invites:write",
        body=MessageIn,
        body_required=False,
        answers={200: studies.Invite},
        refusals=(Conflict, CampaignNotActive),
        example=examples.INVITE,
    ),
    Operation(
        view="extend_invite",
        method="POST",
        path="/api/invites/{token}/extend",
        tag="Invites",
        summary="Extend invite",
        words="Let the link work for longer. One that expired unused is pending again. "
        "Completed, cancelled, or its person has a newer invite: 409 `CONFLICT`. "
        "With a test key: test invites only, else 403 `FORBIDDEN`.",
        permission="invites:write",
        body=ExtensionIn,
        answers={200: studies.Invite},
        refusals=(Conflict,),
        sent={"hours": 72},
        example={**examples.INVITE, "expires_at": "2024-10-30T10:00:00Z"},
    ),
    Operation(
        view="revoke_invite",
        method="DELETE",
        path="/api/invites/{token}",
        tag="Invites",
        summary="Cancel invite",
        words="The link stops working at once, also for an interview that has begun, and a mail "
        "that waits does not go. Again changes nothing, and a completed one stays completed. "
        "With a test key: test invites only, else 403 `FORBIDDEN`.",
        permission="invites:write",
        answers={200: studies.Invite},
        example={**examples.INVITE, "status": "cancelled"},
    ),
    Operation(
        view="remind",
        method="POST",
        path="/api/campaigns/{campaign_id}/invites/remind",
        tag="Invites",
        summary="Remind",
        words="Mail everybody whose invite is pending. Nobody is reminded twice within 24 hours. Where "
        "the plan’s mails do not suffice, those invited last wait for another call. With a test "
        "key only test invites are reminded, and no email is sent.",
        permission="invites:write",
        body=MessageIn,
        body_required=False,
        answers={200: studies.Reminded},
        refusals=(CampaignNotActive,),
        example={"sent": 12},
    ),
)

SESSIONS: Final = (
    Operation(
        view="list_sessions",
        method="GET",
        path="/api/sessions",
        tag="Sessions",
        summary="List sessions",
        words="Retrieve interview sessions. `q` takes neither case nor accents into account and "
        "knows no operators; with it, `total` counts to 500 and then says `total_is_capped`.",
        permission="sessions:read",
        query=(
            Parameter("campaign_id", TEXT, "Filter by campaign UUID.", examples.CAMPAIGN_ID),
            choice("status", get_args(transcripts.Status), "Filter by status.", "completed"),
            START,
            END,
            Parameter(
                "q",
                WORDS,
                "Words that a participant said, all of them in one answer; "
                '"in quotation marks" in that order.',
            ),
            *WINDOW,
        ),
        answers={200: sessions.SESSIONS},
        gives={"session_id": "/sessions/0/id"},
        example=examples_talk.SESSIONS,
    ),
    Operation(
        view="get_session",
        method="GET",
        path="/api/sessions/{session_id}",
        tag="Sessions",
        summary="Get session details",
        words="Get detailed session information. A paused session is in_progress with "
        "`paused_at`.",
        permission="sessions:read",
        answers={200: sessions.Session},
        example=examples_talk.SESSION,
    ),
    Operation(
        view="get_transcript",
        method="GET",
        path="/api/session/{session_id}/transcript",
        also="/api/sessions/{session_id}/transcript",
        tag="Sessions",
        summary="Get transcript",
        words="Everything that was said. `decision` says why a question was asked, `amends` and "
        "`amended_by` which answer corrects which.",
        permission="sessions:read",
        query=(
            choice("format", ("json", *FORMS), "json (default); the others are files to keep."),
        ),
        answers={200: sessions.Transcript},
        files={kind: f"As {name}." for name, (kind, _) in FORMS.items()},
        example=examples_talk.TRANSCRIPT,
    ),
    Operation(
        view="get_pdf",
        method="GET",
        path="/api/session/{session_id}/pdf",
        also="/api/sessions/{session_id}/pdf",
        tag="Sessions",
        summary="Download PDF",
        words="Download formatted PDF transcript.",
        permission="sessions:read",
        answers={200: None},
        files={"application/pdf": "The transcript."},
        refusals=(PdfUnavailable,),
    ),
    Operation(
        view="delete_session",
        method="DELETE",
        path="/api/sessions/{session_id}",
        tag="Sessions",
        summary="Delete a session",
        words="Erases what was said and who said it, as when the participant withdraws: an "
        "interview under way ends first, as an abandoned one. The ledger and the campaign’s "
        "counters stay; they name nobody. Again: zeros. With a test key: test "
        "sessions only, else 403 `FORBIDDEN`.",
        permission="sessions:write",
        answers={200: sessions.Erased},
        example=examples_talk.ERASED,
    ),
    Operation(
        view="get_insights",
        method="GET",
        path="/api/campaigns/{campaign_id}/insights",
        tag="Sessions",
        summary="Get insights",
        words="What the interviews of a campaign come to: themes with verbatim quotes, sentiment "
        "by question, and where people stopped.",
        permission="sessions:read",
        answers={200: sessions.CampaignInsights},
        example=examples_talk.INSIGHTS,
    ),
    Operation(
        view="get_transcripts",
        method="GET",
        path="/api/campaigns/{campaign_id}/transcripts",
        tag="Sessions",
        summary="Export a campaign’s transcripts",
        words="Every session of a campaign, oldest first, with its turns. It is sent while it is "
        "read and is of one moment, however long it takes. An answer that is cut off in the "
        "middle has failed: ask again.",
        permission="sessions:read",
        query=(
            choice("format", tuple(EXPORTS), "json (default), csv (a row a turn), jsonl."),
            choice("include_audio", ("false",), "Interviews have no audio yet."),
        ),
        answers={200: sessions.Transcripts},
        files={
            "text/csv": "A row a turn.",
            "application/x-ndjson": "A session a line, each as in `sessions`.",
        },
        whole=False,
        example=examples_talk.TRANSCRIPTS,
    ),
)

PARTICIPANTS: Final = (
    Operation(
        view="erase_participant",
        method="POST",
        path="/api/participants/erase",
        tag="Sessions",
        summary="Erase a participant",
        words="Everything of a person in all campaigns, as when a session is deleted. Again: "
        "zeros. With a test key: only people who have nothing but test invites, else 403 "
        "`FORBIDDEN`.",
        permission="sessions:write",
        body=ParticipantIn,
        answers={200: sessions.Erased},
        sent=examples_talk.PERSON_SENT,
        example=examples_talk.ERASED,
    ),
    Operation(
        view="export_participant",
        method="POST",
        path="/api/participants/export",
        tag="Sessions",
        summary="Export a participant",
        words="Everything that is kept about a person, as one document. Somebody whom nobody "
        "knows has an empty one.",
        permission="sessions:read",
        body=ParticipantIn,
        answers={200: sessions.Person},
        sent=examples_talk.PERSON_SENT,
        example=examples_talk.PERSON,
    ),
)
