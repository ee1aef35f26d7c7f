"""Signed transcript: a transcript with the seals of its turns, for people who don't trust the server
it comes from (docs/verifying.md).
"""

from collections.abc import Iterator
from typing import Any, Final

from interviewrelay.core import clock
from interviewrelay.integrity import chain, chain_check, signed_file, verification
from interviewrelay.integrity.chain_check import SealedEvent, SealedInterview, SealedTurn
from interviewrelay.models import Interview
from interviewrelay.runtime.services import Services
from interviewrelay.transcripts import transcripts
from interviewrelay.transcripts.representation import Transcript

FORM: Final = "signed"
MEDIA_TYPE: Final = "application/x-ndjson"
VERSION: Final = 1


def build_signed_transcript(services: Services, interview: Interview) -> bytes:
    """Signed transcript of an interview, as lines of JSON."""
    with verification.one_snapshot():
        sealed = verification.read_interview(interview)
        told = Transcript.read(transcripts.build_transcript(interview))
    now = clock.format_iso(clock.now())
    about = {
        "version": VERSION,
        "server": services.urls.base_url,
        "session_id": interview.id,
        "signed_at": now,
    }
    turns = told.pop("turns")
    first = {**about, "type": "transcript", **told, "status": interview.status}
    lines = [
        first,
        *({"type": "turn", **turn} for turn in turns),
        *_list_events(sealed),
    ]
    return signed_file.sign_lines(services.ring, lines, about)


def get_file_name(session_id: str) -> str:
    return f"transcript-{session_id}.signed.jsonl"


def _list_events(interview: SealedInterview) -> Iterator[dict[str, Any]]:
    """Events of the chain in their order; `number` is that of the event."""
    for position, (number, event) in enumerate(chain_check.order_events(interview), start=1):
        if event is not None:
            yield {"type": "event", "number": position, "turn": number, **_describe(event)}


def _describe(event: SealedTurn | SealedEvent) -> dict[str, Any]:
    return {
        "event": event.kind if isinstance(event, SealedEvent) else "stored",
        "at": chain.format_moment(event.at),
        "salt": event.salt,
        "digest": event.digest,
        "link": event.link,
    }
