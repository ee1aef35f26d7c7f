"""Stored files: their names and owners, sweeping, moving, and checking the storage."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any, Final

from sqlalchemy import ColumnElement, select

from interviewrelay.core import clock
from interviewrelay.core.db.session import db, release_connection
from interviewrelay.core.errors import StorageUnreachable
from interviewrelay.core.ids import min_id_at, new_id
from interviewrelay.core.ports.storage import CHUNK, Storage
from interviewrelay.models import AnswerRecording, Branding, Interview, SessionRecording
from interviewrelay.runtime.services import Services

log = logging.getLogger("interviewrelay.files")

BATCH: Final = 500
PDFS: Final = "pdf/"
LOGOS: Final = "logo/"
RECORDINGS: Final = "recordings/"
CLIPS: Final = "answers/"
SPEECH: Final = "speech/"
PHRASES: Final = "phrases/"
"""Folder of spoken sentences that all interviews share; named after their words and voice."""
FOLDERS: Final = {
    PDFS: Interview.id,
    LOGOS: Branding.logo_id,
    RECORDINGS: SessionRecording.id,
    CLIPS: AnswerRecording.id,
    SPEECH: Interview.id,
}
"""By folder: the column that the files are named after. Names begin with that id."""
FRESH: Final = (LOGOS, RECORDINGS, CLIPS)
"""Folders whose files are stored before their rows."""
PIECE: Final = ".part"
OWNER: Final = 36
"""Length of an id in a file name."""
SETTLES: Final = timedelta(minutes=10)
"""Grace period: an older partial file is abandoned. It also covers a logo, which is stored before
its row.
"""


def get_pdf_name(session_id: str) -> str:
    """File name of a session's transcript as PDF."""
    return f"{PDFS}{session_id}.pdf"


def get_logo_name(logo_id: str) -> str:
    """File name of a logo (`organizations.branding`)."""
    return f"{LOGOS}{logo_id}.webp"


def get_recording_name(recording_id: str, form: str) -> str:
    """File name of the recording of a whole session."""
    return f"{RECORDINGS}{recording_id}.{form}"


def get_clip_name(clip_id: str, container: str) -> str:
    """File name of a recorded answer."""
    return f"{CLIPS}{clip_id}.{container}"


def get_piece_name(clip_id: str, piece: int) -> str:
    """File name of one piece of a recorded answer, before they are joined."""
    return f"{CLIPS}{clip_id}-{piece:05}{PIECE}"


def get_speech_prefix(session_id: str) -> str:
    """Beginning of the names of a session's spoken questions."""
    return f"{SPEECH}{session_id}-"


def delete_session_files(storage: Storage, session_id: str) -> None:
    """Delete the PDF of a session, whose content has changed; the next sweep deletes one that is
    unreachable now.
    """
    try:
        storage.delete(get_pdf_name(session_id))
    except StorageUnreachable as fault:
        log.warning("file_deletion_postponed", extra={"reason": fault.why})


def delete_stray_files(services: Services) -> int:
    """Delete partial files, and files without a session or organization that names them; returns
    how many. Raises StorageUnreachable.
    """
    removed = services.storage.remove_partial_files(clock.now() - SETTLES)
    for name in list_stray_files(services.storage):
        services.storage.delete(name)
        removed += 1
    return removed


def list_stray_files(storage: Storage) -> Iterator[str]:
    """Names of orphaned files that no row refers to."""
    for folder in FOLDERS:
        for batch in _batches(storage.list_names(folder)):
            yield from sorted(_ownerless(batch))


def list_unknown_files(storage: Storage) -> Iterator[str]:
    """Names of files that are not ours."""
    return (name for name in storage.list_names() if not name.startswith((*FOLDERS, PHRASES)))


def check_storage(storage: Storage) -> list[str]:
    """Storage check: problems found by trying it with a file of ours, as sentences."""
    name, content = f"probe-{new_id()}", new_id().encode()
    try:
        storage.put(name, content)
        back, listed = storage.get(name), name in storage.list_names("probe-")
        storage.delete(name)
        gone = storage.get(name) is None
    except StorageUnreachable as fault:
        return [fault.why]
    wrong = {
        "a test file was written, but cannot be read": back == content,
        "a test file was written, but is not listed": listed,
        "a test file was deleted, but still exists": gone,
    }
    return [sentence for sentence, well in wrong.items() if not well]


@dataclass(slots=True)
class MoveResult:
    """Result of a move: the names counted by result, and the bytes copied."""

    copied: int = 0
    bytes: int = 0
    there: int = 0
    ownerless: int = 0
    deleted: int = 0


def move_files(
    source: Storage,
    target: Storage,
    *,
    target_in_use: bool = False,
    delete: bool = False,
    tell: Callable[[MoveResult], object] = lambda _so_far: None,
) -> MoveResult:
    """Move every file to another storage, and verify each by size and SHA-256; with `delete`,
    remove the source.

    Files that already exist are not copied again, so the move can be restarted. Files of erased
    sessions are left out. In a storage that the server already uses, the existing file is newer and
    stays. Raises StorageUnreachable.
    """
    moved = MoveResult()
    for batch in _batches(source.list_names()):
        ownerless = _ownerless(batch)
        for name in batch:
            if name in ownerless:
                moved.ownerless += 1
            elif not _proven(source, target, name, moved, target_in_use=target_in_use):
                continue
            if delete:
                source.delete(name)
                moved.deleted += 1
        tell(moved)
    return moved


def _proven(
    source: Storage, target: Storage, name: str, moved: MoveResult, *, target_in_use: bool
) -> bool:
    """True if the file is verified at the target; False if it disappeared meanwhile."""
    wanted = _mark(source, name)
    if wanted is None:
        return False
    there = target.size(name)
    same = there == wanted[0] and _mark(target, name) == wanted
    if same or (target_in_use and there is not None):
        moved.there += 1
        return True
    target.put(name, _pieces(source, name))
    if _mark(target, name) != wanted:
        raise StorageUnreachable(f"{name} was not copied correctly")
    moved.copied += 1
    moved.bytes += wanted[0]
    return True


def _mark(storage: Storage, name: str) -> tuple[int, str] | None:
    """Size and SHA-256 of a file as read back; None when it does not exist."""
    if storage.size(name) is None:
        return None
    size, digest = 0, hashlib.sha256()
    for piece in _pieces(storage, name):
        size += len(piece)
        digest.update(piece)
    return size, digest.hexdigest()


def _pieces(storage: Storage, name: str) -> Iterator[bytes]:
    start = 0
    while piece := storage.read(name, start, start + CHUNK):
        yield piece
        if len(piece) < CHUNK:
            return
        start += len(piece)


def _ownerless(names: Sequence[str]) -> set[str]:
    """Names without a row. No transaction is open afterwards."""
    found: set[str] = set()
    for folder, column in FOLDERS.items():
        found |= _unnamed([n for n in names if n.startswith(folder)], folder, column)
    pieces = [name for name in names if name.startswith(CLIPS) and name.endswith(PIECE)]
    # Pieces that a crash left after they were joined.
    arriving = AnswerRecording.status == "receiving"
    found |= _unnamed(pieces, CLIPS, AnswerRecording.id, arriving) if pieces else set()
    unsettled = min_id_at(clock.now() - SETTLES)
    return {
        name
        for name in found
        if not name.startswith(FRESH) or name.partition("/")[2] < unsettled
    }


def _unnamed(
    names: Sequence[str], folder: str, column: Any, which: ColumnElement[bool] | None = None
) -> set[str]:
    """Files of a folder whose name does not begin with an id in the column, or in `which` rows."""
    owners = {name: name.removeprefix(folder)[:OWNER] for name in names}
    known = set(owners.values())
    query = select(column).where(column.in_(known))
    query = query if which is None else query.where(which)
    there = set(db.session.execute(query).scalars())
    release_connection()
    return {name for name, owner in owners.items() if owner not in there}


def _batches(names: Iterable[str]) -> Iterator[list[str]]:
    left = iter(names)
    while batch := list(islice(left, BATCH)):
        yield batch
