"""The operations on whom an organization does not write to, and the link by which people ask for it."""

from typing import Final

from interviewrelay.web.openapi.examples import sessions, studies as examples
from interviewrelay.web.openapi.operations.operation import Operation
from interviewrelay.web.openapi.operations.parameters import WINDOW
from interviewrelay.web.openapi.schemas import studies
from interviewrelay.web.sessions.erasure import ParticipantIn

SUPPRESSIONS: Final = (
    Operation(
        view="list_suppressions",
        method="GET",
        path="/api/suppressions",
        tag="Do not write to",
        summary="List who is not written to",
        words="When and why each was put on the list. Addresses are not kept in clear, so none is "
        "told; `POST /api/participants/export` tells of one.",
        permission="invites:read",
        query=WINDOW,
        answers={200: studies.SUPPRESSIONS},
        example=examples.listed("suppressions", examples.SUPPRESSION),
    ),
    Operation(
        view="add_suppression",
        method="POST",
        path="/api/suppressions",
        tag="Do not write to",
        summary="Write to somebody no more",
        words="From now on invites to this address are refused (`DO_NOT_WRITE`) unless they are "
        "made without mail, and reminders leave it out. On the list already: 200.",
        permission="invites:write",
        body=ParticipantIn,
        answers={201: studies.Suppression, 200: studies.Suppression},
        sent=sessions.PERSON_SENT,
        example={**examples.SUPPRESSION, "reason": "added"},
    ),
    Operation(
        view="remove_suppression",
        method="POST",
        path="/api/suppressions/remove",
        tag="Do not write to",
        summary="Let somebody be written to again",
        words="Only when the person has said so: writing to people who asked not to be written to "
        "is against the law in many countries.",
        permission="invites:write",
        body=ParticipantIn,
        answers={200: studies.SuppressionRemoved},
        sent=sessions.PERSON_SENT,
        example={"removed": True},
    ),
)

UNSUBSCRIBING: Final = (
    Operation(
        zone="participant",
        view="ask_unsubscribe",
        method="GET",
        path="/interview/unsubscribe/{mail_token}",
        tag="Participant",
        summary="Ask about the mails",
        words="Who wrote the mail with this link, and whether they may no more. Changes nothing. The "
        "token is the one of `List-Unsubscribe` and opens no interview.",
        answers={200: studies.Unsubscribing},
        files={"text/html": "The page, for browsers."},
        example={"organization": "Alder Research", "unsubscribed": False},
    ),
    Operation(
        zone="participant",
        view="unsubscribe",
        method="POST",
        path="/interview/unsubscribe/{mail_token}",
        tag="Participant",
        summary="Get no more mails",
        words="What a mail program does by one click (RFC 8058). Again changes nothing.",
        answers={200: studies.Unsubscribing},
        files={"text/html": "The page, for browsers."},
        example={"organization": "Alder Research", "unsubscribed": True},
    ),
)
