"""Files of one session: its PDF, its recording, the recorded answers and the spoken questions."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from sqlalchemy import Select, select

from interviewrelay.core.db.session import db, release_connection
from interviewrelay.core.errors import StorageUnreachable
from interviewrelay.core.ports.storage import Storage
from interviewrelay.models import AnswerRecording, SessionRecording
from interviewrelay.runtime import stored_files

log = logging.getLogger("interviewrelay.files")

AUDIO: Final = (stored_files.RECORDINGS, stored_files.CLIPS, stored_files.SPEECH)
"""Folders of sound."""
WHOLE: Final = ("stored", "transcribed", "waiting")
"""Statuses of recorded answers whose pieces were joined."""


@dataclass(frozen=True, slots=True)
class SessionFiles:
    """Names of a session's files, as its rows say, and the beginning of those without a row."""

    names: tuple[str, ...]
    prefix: str

    def list_names(self, storage: Storage) -> list[str]:
        """All names, also of files that do not exist. Raises StorageUnreachable."""
        return [*self.names, *storage.list_names(self.prefix)]


def find_session_files(session_id: str) -> SessionFiles:
    """Files of a session. Its rows name them, so find them before the rows are deleted."""
    names = [stored_files.get_pdf_name(session_id)]
    whole = select(SessionRecording.id, SessionRecording.sizes)
    mine = whole.where(SessionRecording.interview_id == session_id)
    for recording_id, sizes in db.session.execute(mine):
        names += [stored_files.get_recording_name(recording_id, form) for form in sizes]
    clips = select(AnswerRecording).where(AnswerRecording.interview_id == session_id)
    for clip in db.session.execute(clips).scalars():
        names += list_clip_files(clip)
    return SessionFiles(tuple(names), stored_files.get_speech_prefix(session_id))


def list_clip_files(clip: AnswerRecording) -> Iterator[str]:
    """File names of a recorded answer: the whole, and the pieces if it is not complete."""
    if clip.container and clip.size:
        yield stored_files.get_clip_name(clip.id, clip.container)
    if clip.status == "receiving":
        yield from (stored_files.get_piece_name(clip.id, n) for n in range(clip.pieces))


def count_files(storage: Storage, files: SessionFiles) -> int:
    """Number of files that exist, as far as it can be determined now."""
    count = 0
    with suppress(StorageUnreachable):
        for name in files.list_names(storage):
            count += storage.size(name) is not None
    return count


def delete_files(storage: Storage, files: SessionFiles) -> None:
    """Delete the files of an erased session; the next sweep deletes those that are unreachable now."""
    try:
        delete_names(storage, files.list_names(storage))
    except StorageUnreachable as fault:
        log.warning("file_deletion_postponed", extra={"reason": fault.why})


def delete_names(storage: Storage, names: Iterable[str]) -> None:
    """Delete files. Raises StorageUnreachable."""
    for name in names:
        storage.delete(name)


def list_missing_files(storage: Storage) -> Iterator[str]:
    """Names of recordings that rows name and the storage lacks. Raises StorageUnreachable."""
    there = {name for folder in AUDIO for name in storage.list_names(folder)}
    for name, still in _named_files():
        if name not in there and storage.size(name) is None and still():
            yield name


def _named_files() -> Iterator[tuple[str, Callable[[], bool]]]:
    """Names as the rows say, each with a check that its row still says so."""
    whole = select(SessionRecording.id, SessionRecording.sizes)
    for row_id, sizes in db.session.execute(whole).all():
        for form in sizes:
            query = select(SessionRecording.id).where(
                SessionRecording.id == row_id, SessionRecording.source != ""
            )
            yield stored_files.get_recording_name(row_id, form), partial(_is_there, query)
    clips = select(AnswerRecording.id, AnswerRecording.container).where(
        AnswerRecording.size > 0, AnswerRecording.status.in_(WHOLE)
    )
    for row_id, container in db.session.execute(clips).all():
        query = select(AnswerRecording.id).where(
            AnswerRecording.id == row_id, AnswerRecording.size > 0
        )
        yield stored_files.get_clip_name(row_id, container), partial(_is_there, query)


def _is_there(query: Select[Any]) -> bool:
    found = db.session.execute(query).first() is not None
    release_connection()
    return found
