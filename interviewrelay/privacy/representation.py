"""API representations of a person's stored data, and of erasures."""

from dataclasses import fields
from typing import Any, Final, Literal

from pydantic import create_model

from interviewrelay.campaigns.invites import invites
from interviewrelay.core.representation import (
    INVITE_ID,
    OTHER_ID,
    Address,
    Count,
    Id,
    Representation,
    Time,
    field,
)
from interviewrelay.mail.representation import Suppression
from interviewrelay.privacy import erasure
from interviewrelay.transcripts.representation import TURNS, Consent, Session, TranscriptTurn

_EXAMPLE: Final = {
    "sessions": 1, "turns": 14, "notes": 2, "search_entries": 7, "consents": 1, "feedback": 1,
    "invites": 1, "mails": 1, "files": 1,
}  # fmt: skip
_COUNTS: Final[dict[str, Any]] = {
    one.name: (Count, field(example=_EXAMPLE.get(one.name, 0)))
    for one in fields(erasure.ErasureCounts)
}
Tally = create_model(
    "Tally", __base__=Representation, __doc__="Number of erased items.", **_COUNTS
)


class Erased(Representation):
    erased: Tally  # type: ignore[valid-type]


class ErasedPerson(Erased):
    """The IDs of an erased participant, as in events."""

    session_id: Id | None
    invite_id: Id = field(example=INVITE_ID)


class KeptInvite(Representation):
    """An invite without its link."""

    id: Id = field(example=INVITE_ID)
    email: Address = field(example="user@example.com")
    expires_at: Time = field(example="2024-10-27T10:00:00Z")
    status: invites.InviteStatus = field(invites.get_status)
    campaign_id: Id
    created_at: Time
    name: str
    metadata: dict[str, str] = field("extra")
    reminded_at: Time | None
    opened_at: Time | None = field(
        None,
        "When the person first used the page; null before that, and after they started.",
        example="2024-10-20T10:30:00Z",
    )
    test: bool


class ConsentInFull(Consent):
    text: str = field(example="I agree that my answers are kept.")


class KeptNote(Representation):
    """A member's note on a turn or on the whole session, without its author."""

    turn_number: Count | None = field(example=2)
    quote: str | None = field(None, "The quoted words, verbatim.")
    text: str = field(example="Found everything at once.")
    tags: list[str] = field(example=["onboarding"])
    created_at: Time = field(example="2024-10-20T12:00:00Z")


class KeptRecording(Representation):
    """A recorded answer. The sound is in the session's recording (`audio_url`)."""

    number: Count = field(None, "Number of the answer.", example=2)
    text: str | None = field(
        None, "The words as they were recognised.", example="Hi, happy to be here."
    )
    seconds: float | None = field(example=3.5)
    used: bool = field(None, "Whether it is part of the answer.", example=True)
    created_at: Time = field(example="2024-10-20T10:00:05Z")


class KeptSession(Session):
    consent: ConsentInFull
    turns: list[TranscriptTurn] = field(example=TURNS)
    notes: list[KeptNote]
    recordings: list[KeptRecording] = field(example=[])


class KeptMail(Representation):
    id: Id = field(example=OTHER_ID)
    kind: str = field(example="invite")
    state: Literal["queued", "sending", "sent", "kept", "failed"] = field(example="sent")
    custom_message: str
    created_at: Time
    sent_at: Time | None = field(example="2024-10-20T10:00:01Z")


class Listed(Representation):
    campaign_id: Id
    text: str


class Person(Representation):
    """All data stored about a person."""

    email: str = field(example="user@example.com")
    exported_at: Time = field(example="2024-10-21T08:00:00Z")
    invites: list[KeptInvite]
    sessions: list[KeptSession]
    mails: list[KeptMail]
    drafts: list[Listed] = field(
        None, "Entries with this address in the lists of campaigns not sent yet.", example=[]
    )
    do_not_write: Suppression | None
