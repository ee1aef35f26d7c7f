"""Uploads of spoken answers: in pieces while somebody speaks, or as a whole file.

The row comes first, and counts only pieces whose file is stored: a crash at any moment leaves a whole
piece, or none. Everything can be sent again.
"""

from typing import Final

from sqlalchemy import func, select

from interviewrelay.core import clock
from interviewrelay.core.audio_containers import identify_container
from interviewrelay.core.config import failpoints
from interviewrelay.core.db.session import db, release_connection, transaction
from interviewrelay.core.errors import (
    AudioTooLong,
    Conflict,
    InvalidAudio,
    NotFound,
    PayloadTooLarge,
    StorageUnreachable,
    UnsupportedMediaType,
)
from interviewrelay.core.ports.storage import Storage
from interviewrelay.interviews import state
from interviewrelay.interviews.turn_store import InterviewSnapshot
from interviewrelay.models import AnswerRecording, Interview
from interviewrelay.organizations import access
from interviewrelay.recordings import limits
from interviewrelay.runtime import stored_files

NOT_AUDIO: Final = "Send audio as WebM, Ogg, MP4 or WAV. This is none of them."


def find_recording(interview_id: str, client_id: str) -> AnswerRecording | None:
    """Recording of an answer by the page's id for it, as it is in the database now."""
    query = select(AnswerRecording).where(
        AnswerRecording.interview_id == interview_id, AnswerRecording.client_id == client_id
    )
    fresh = query.execution_options(populate_existing=True)
    return db.session.execute(fresh).scalar_one_or_none()


def get_recording(snapshot: InterviewSnapshot, client_id: str, number: int) -> AnswerRecording:
    """Recording of the answer with this number. Raises NotFound and Conflict."""
    found = find_recording(snapshot.id, client_id)
    if found is None:
        raise NotFound("There is no recording with this name. Send its pieces first.")
    if found.number != number:
        raise Conflict("This recording belongs to another answer.")
    return found


def store_piece(
    storage: Storage,
    snapshot: InterviewSnapshot,
    client_id: str,
    number: int,
    piece: int,
    content: bytes,
) -> AnswerRecording:
    """Store the next piece of a recording of an answer; a piece that is stored stays as it is.

    Raises Conflict (an answer that is not next, a gap, or a recording that is complete),
    UnsupportedMediaType, PayloadTooLarge and AudioTooLong.
    """
    found = find_recording(snapshot.id, client_id)
    if found is None:
        state.require_next_number(snapshot, number)
        if piece:
            raise _build_gap_error(0)
        found = _begin(snapshot, client_id, number, content)
    elif found.number != number:
        raise Conflict("This recording belongs to another answer.")
    if piece < found.pieces:
        return found
    state.require_next_number(snapshot, number)
    _check_piece(found, piece, len(content))
    release_connection()
    name = stored_files.get_piece_name(found.id, piece)
    storage.put(name, content)
    failpoints.reach_failpoint("piece stored")
    try:
        with transaction():
            row = access.lock_row(AnswerRecording, found.id)
            if row.status != "receiving":
                raise _build_complete_error()
            if row.pieces == piece:
                row.pieces, row.size = piece + 1, row.size + len(content)
    except (NotFound, Conflict):  # erased, or joined, meanwhile
        storage.delete(name)
        raise
    return row


def store_file(
    storage: Storage,
    snapshot: InterviewSnapshot,
    client_id: str,
    number: int,
    content: bytes,
) -> AnswerRecording:
    """Store a whole recording of an answer; the same one again stays as it is. Raises like
    `store_piece`.
    """
    found = find_recording(snapshot.id, client_id)
    if found is None:
        state.require_next_number(snapshot, number)
        found = _begin(snapshot, client_id, number, content)
    elif found.number != number:
        raise Conflict("This recording belongs to another answer.")
    if found.status != "receiving":
        return found
    if found.pieces:
        raise Conflict("This recording is being sent in pieces.")
    _check_sizes(found, len(content))
    return _store_whole(storage, found, content)


def join_pieces(storage: Storage, recording: AnswerRecording, pieces: int) -> AnswerRecording:
    """Join the pieces of a complete recording into one file; a joined one stays as it is.

    Raises Conflict unless exactly so many pieces are stored.
    """
    if recording.pieces != pieces or not pieces:
        raise _build_gap_error(recording.pieces)
    if recording.status != "receiving":
        return recording
    content = read_pieces(storage, recording)
    joined = _store_whole(storage, recording, content)
    for piece in range(pieces):
        storage.delete(stored_files.get_piece_name(recording.id, piece))
    return joined


def read_pieces(storage: Storage, recording: AnswerRecording) -> bytes:
    """Everything that was sent of a recording so far."""
    release_connection()
    names = (stored_files.get_piece_name(recording.id, n) for n in range(recording.pieces))
    found = [storage.get(name) for name in names]
    if None in found:  # another request has just joined them
        whole = storage.get(stored_files.get_clip_name(recording.id, recording.container))
        if whole is None:
            raise StorageUnreachable("a piece of a recording is missing")
        return whole
    return b"".join(part for part in found if part)


def read_recording(storage: Storage, recording: AnswerRecording) -> bytes:
    """The whole recording of an answer. Raises InvalidAudio if its file is gone."""
    release_connection()
    name = stored_files.get_clip_name(recording.id, recording.container)
    found = storage.get(name)
    if found is None:
        raise InvalidAudio("This recording was deleted.")
    return found


def _begin(
    snapshot: InterviewSnapshot, client_id: str, number: int, content: bytes
) -> AnswerRecording:
    """The row of a new recording, without pieces yet."""
    container = identify_container(content[:16])
    if container is None:
        raise UnsupportedMediaType(NOT_AUDIO)
    with transaction():
        interview = access.lock_row(Interview, snapshot.id)
        known = find_recording(snapshot.id, client_id)
        if known is not None:  # sent twice at once
            return known
        _check_counts(snapshot.id, number)
        made = AnswerRecording(
            org_id=interview.org_id,
            interview_id=interview.id,
            consent_id=interview.consent_id,
            client_id=client_id,
            number=number,
            container=container,
            status="receiving",
            pieces=0,
            size=0,
        )
        db.session.add(made)
    return made


def _check_counts(interview_id: str, number: int) -> None:
    clips, seconds = AnswerRecording.id, func.coalesce(func.sum(AnswerRecording.seconds), 0.0)
    mine = AnswerRecording.interview_id == interview_id
    told = db.session.execute(select(seconds).where(mine)).scalar_one()
    if (told or 0.0) >= limits.LONGEST_SESSION:
        raise AudioTooLong.above(limits.LONGEST_SESSION / 60)
    count = select(func.count(clips)).where(mine, AnswerRecording.number == number)
    if db.session.execute(count).scalar_one() >= limits.MOST_CLIPS:
        raise Conflict(f"An answer can have at most {limits.MOST_CLIPS} recordings.")


def _check_piece(recording: AnswerRecording, piece: int, size: int) -> None:
    if piece > recording.pieces:
        raise _build_gap_error(recording.pieces)
    if recording.status != "receiving":
        raise _build_complete_error()
    if not size:
        raise InvalidAudio("This piece is empty.")
    if size > limits.LARGEST_PIECE:
        raise PayloadTooLarge.above(limits.LARGEST_PIECE)
    if piece >= limits.MOST_PIECES:
        raise Conflict(f"A recording can have at most {limits.MOST_PIECES} pieces.")
    _check_sizes(recording, size)


def _check_sizes(recording: AnswerRecording, size: int) -> None:
    if recording.size + size > limits.LARGEST_CLIP:
        raise PayloadTooLarge.above(limits.LARGEST_CLIP)
    total = select(func.coalesce(func.sum(AnswerRecording.size), 0)).where(
        AnswerRecording.interview_id == recording.interview_id
    )
    if db.session.execute(total).scalar_one() + size > limits.LARGEST_SESSION:
        raise PayloadTooLarge.above(limits.LARGEST_SESSION)


def _store_whole(
    storage: Storage, recording: AnswerRecording, content: bytes
) -> AnswerRecording:
    release_connection()
    name = stored_files.get_clip_name(recording.id, recording.container)
    storage.put(name, content)
    failpoints.reach_failpoint("recording stored")
    try:
        with transaction():
            row = access.lock_row(AnswerRecording, recording.id)
            if row.status == "receiving":
                row.status, row.size, row.stored_at = "stored", len(content), clock.now()
    except NotFound:  # erased meanwhile
        storage.delete(name)
        raise
    return row


def _build_gap_error(pieces: int) -> Conflict:
    words = f"Stored pieces of this recording: {pieces}. Continue with piece {pieces}."
    return Conflict(words, details={"pieces": pieces})


def _build_complete_error() -> Conflict:
    return Conflict("This recording is complete. Begin a new one.")
