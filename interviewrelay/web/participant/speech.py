"""Spoken answers: recordings in pieces or as a file, the judgement of a pause, and the answer."""

import hashlib
import re
from typing import Annotated, Any, Final

from flask import Response, request
from flask.typing import ResponseReturnValue
from pydantic import Field, StringConstraints

from interviewrelay.campaigns import voice_availability
from interviewrelay.core.errors import (
    AudioTooLong,
    Conflict,
    InvalidAudio,
    InvalidParameter,
    InviteCancelled,
    Maintenance,
    NotFound,
    SessionAlreadyCompleted,
    UnsupportedMediaType,
)
from interviewrelay.core.field_types import AsWhole, RequestBody
from interviewrelay.interviews import state
from interviewrelay.interviews.participation import entry
from interviewrelay.interviews.participation.representation import (
    PauseVerdict,
    SpokenReply,
    SpokenSaved,
    SpokenWords,
    StoredPieces,
)
from interviewrelay.interviews.turn_store import InterviewSnapshot
from interviewrelay.recordings import limits, pauses, spoken_answers, spoken_questions, uploads
from interviewrelay.web.http.blueprints import participant, services
from interviewrelay.web.http.requests import read_choice
from interviewrelay.web.openapi.operation import UNDER_WAY, operation
from interviewrelay.web.openapi.parameters import Parameter, choice
from interviewrelay.web.participant.responses import read_body, with_state
from interviewrelay.web.participant.states import read_reply

CLIP: Final = r"[A-Za-z0-9_-]{8,64}"
BINARY: Final = {"type": "string", "format": "binary"}
NUMBER: Final = {"type": "integer", "minimum": 1, "maximum": 100_000}
_DIGITS: Final = re.compile(r"[0-9]{1,6}", re.ASCII)
_CLIP: Final = re.compile(CLIP, re.ASCII)
SAMPLE_CLIP: Final = "clip-4f1c0a9b"
_NOTHING_SENT: Final = (
    "Send the recording as the file 'audio' of a form (multipart/form-data), or name the 'clip' whose "
    "pieces you have sent."
)

Pieces = Annotated[int, Field(ge=1, le=limits.MOST_PIECES), AsWhole]


class PauseIn(RequestBody):
    pieces: Pieces | None = Field(
        default=None, description="How many pieces the page has sent."
    )
    silence: Annotated[float, Field(ge=0, le=3600)] = Field(
        default=0.0, description="Seconds of silence so far, as the page measures it."
    )


class SpokenIn(RequestBody):
    number: Annotated[int, Field(ge=1, le=100_000), AsWhole]
    clip: Annotated[str, StringConstraints(pattern=f"^{CLIP}$")] | None = Field(
        default=None, description="The recording, as named in its pieces."
    )
    pieces: Pieces | None = Field(
        default=None, description="How many pieces the recording has."
    )
    send: bool = Field(
        default=True,
        description="False: transcribe only, so that the participant can check the words first.",
    )
    later: bool = Field(
        default=False,
        description="True: continue even if the recognizer is unavailable; the answer is transcribed "
        "later.",
    )


@operation(
    participant,
    "PUT /<token>/audio/<clip>/pieces/<piece>",
    query=(Parameter("number", NUMBER, "The number of the answer.", 2),),
    uploads={"application/octet-stream": BINARY},
    answers={200: StoredPieces},
    refusals=(*UNDER_WAY, InvalidAudio, UnsupportedMediaType, AudioTooLong),
)
def store_piece(token: str, clip: str, piece: str) -> ResponseReturnValue:
    """Send a piece of a recording

    While a participant speaks, their page sends what was recorded so far in pieces of any length,
    numbered from 0. Choose a new name (`clip`) for each recording. A piece that is already stored is
    not stored again. If a piece is missing, you get 409 `CONFLICT` with the number of stored `pieces`
    in `details`; continue from there. WebM, Ogg, MP4 and WAV are accepted.
    """
    snapshot = _open(token)
    name, place = _read_clip(clip), _read_number(piece, "piece")
    number = _read_number(request.args.get("number", ""), "number")
    try:
        stored = uploads.store_piece(
            services().storage, snapshot, name, number, place, request.get_data()
        )
    except (Conflict, SessionAlreadyCompleted) as refusal:
        raise with_state(token, refusal) from None
    return StoredPieces.read(stored)


@operation(
    participant,
    "POST /<token>/audio/<clip>/pause",
    body=PauseIn,
    body_required=False,
    answers={200: PauseVerdict},
    refusals=(*UNDER_WAY, InvalidAudio, UnsupportedMediaType, AudioTooLong),
    sent={"pieces": 4, "silence": 1.2},
)
def judge_pause(token: str, clip: str) -> ResponseReturnValue:
    """Judge a pause

    Ask this when the participant stops speaking. The server listens to what was sent so far, and
    says how long to wait before the answer may be taken as ended.
    """
    snapshot, name = _open(token), _read_clip(clip)
    read_body(PauseIn)
    found = uploads.find_recording(snapshot.id, name)
    if found is None:
        raise NotFound("There is no recording with this name. Send its pieces first.")
    try:
        return PauseVerdict.read(pauses.judge_pause(services(), snapshot, found))
    except (Conflict, SessionAlreadyCompleted) as refusal:
        raise with_state(token, refusal) from None


@operation(
    participant,
    "POST /<token>/audio",
    body=SpokenIn,
    uploads={
        "multipart/form-data": {
            "type": "object",
            "required": ["audio", "number"],
            "properties": {
                "audio": BINARY,
                "number": NUMBER,
                "send": {"type": "boolean", "default": True},
                "later": {"type": "boolean", "default": False},
            },
        }
    },
    answers={201: SpokenReply, 200: SpokenWords, 202: SpokenWords},
    refusals=(*UNDER_WAY, InvalidAudio, UnsupportedMediaType, AudioTooLong),
    sent={"number": 2, "clip": SAMPLE_CLIP, "pieces": 5},
)
def answer_by_voice(token: str) -> ResponseReturnValue:
    """Send a spoken answer

    Send a recording as a file (`multipart/form-data`), or name the one whose pieces were sent. It is
    stored first, then transcribed, and its words become the answer (201), as with written answers.
    With `send: false`, or if nothing was said, you get the words only (200). If the recognizer is
    unavailable, the recording is kept and you get 202 with `text: null`; to continue, let the
    participant write, or repeat the request with `later: true`. The same recording again gives the
    same response. An answer can be up to 15 minutes long.
    """
    snapshot = _open(token)
    wanted = read_body(SpokenIn)
    try:
        recording = _receive(snapshot, wanted)
        if not wanted.send:
            made = spoken_answers.SpokenAnswer(
                spoken_answers.transcribe_recording(services(), snapshot, recording)
            )
        else:
            by = services().model_selector.for_interview(snapshot)
            made = spoken_answers.send_recording(
                services(), snapshot, recording, later=wanted.later, wording=by
            )
    except (Conflict, SessionAlreadyCompleted) as refusal:
        raise with_state(token, refusal) from None
    if made.reply is not None:
        return {**read_reply(made.reply), "saved": SpokenSaved.read(made)}, 201
    return SpokenWords.read(made), 202 if made.text is None else 200


@operation(
    participant,
    "GET /<token>/speech/<number>",
    query=(
        choice("format", ("ogg", "mp3", "wav"), "Default: the best one that the server has."),
        Parameter("sentence", {"type": "integer", "minimum": 0}, "Only this sentence, from 0."),
    ),
    answers={200: None},
    files=("audio/ogg", "audio/mpeg", "audio/wav"),
    refusals=(Conflict, InviteCancelled, Maintenance),
)
def speak_question(token: str, number: str) -> ResponseReturnValue:
    """Get a spoken question

    The interviewer's turn with this number, read aloud; the number after the last turn is that of
    the closing words. `X-Sentences` says how many sentences the turn has: get them one by one to
    hear the first sooner. 404 if the server has no voice for the interview's language.
    """
    snapshot = entry.get_snapshot(services().ring, token)
    form = read_choice("format", ("ogg", "mp3", "wav"))
    text = request.args.get("sentence")
    sentence = None if text is None else _read_number(text, "sentence")
    spoken = spoken_questions.speak_turn(
        services(),
        snapshot,
        _read_number(number, "number"),
        sentence=sentence,
        form=form,  # type: ignore[arg-type]
    )
    told = {"X-Sentences": str(spoken.sentences)}
    return Response(spoken.content, mimetype=spoken.media_type, headers=told)


def _open(token: str) -> InterviewSnapshot:
    """Snapshot of an interview that takes spoken answers. Raises Conflict if it does not."""
    snapshot = entry.get_snapshot(services().ring, token)
    state.require_started(snapshot)
    voice_availability.require_spoken_answers(
        snapshot.settings, agreed=bool(snapshot.voice_agreed)
    )
    return snapshot


def _receive(snapshot: InterviewSnapshot, wanted: SpokenIn) -> Any:
    """The recording that was sent with the request, or in pieces before it."""
    storage = services().storage
    file = request.files.get("audio")
    if file is not None:
        content = file.read(limits.LARGEST_CLIP + 1)
        digest = hashlib.sha256(content).hexdigest()[:40]
        own = wanted.clip or f"file-{wanted.number}-{digest}"
        return uploads.store_file(storage, snapshot, own, wanted.number, content)
    if wanted.clip is None:
        raise InvalidParameter.field("audio", "recording", _NOTHING_SENT)
    found = uploads.get_recording(snapshot, wanted.clip, wanted.number)
    if not found.pieces:  # it was sent as a file
        return found
    if wanted.pieces is None:
        raise InvalidParameter.missing("pieces", "whole number")
    return uploads.join_pieces(storage, found, wanted.pieces)


def _read_clip(text: str) -> str:
    if not _CLIP.fullmatch(text):
        expected = "8 to 64 letters, digits, hyphens or underscores"
        raise InvalidParameter.field("clip", expected)
    return text


def _read_number(text: str, field: str) -> int:
    if not _DIGITS.fullmatch(text):
        raise InvalidParameter.field(field, "whole number")
    return int(text)
