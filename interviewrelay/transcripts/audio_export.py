"""Audio export: the recordings of sessions as entries of an archive, each read in chunks."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from sqlalchemy import func, select

from interviewrelay.core import clock
from interviewrelay.core.db.session import db, release_connection
from interviewrelay.core.errors import InvalidParameter, StorageUnreachable
from interviewrelay.core.ports.storage import CHUNK, Storage
from interviewrelay.models import Campaign, Interview, SessionRecording
from interviewrelay.recordings import session_recording
from interviewrelay.runtime import stored_files
from interviewrelay.runtime.services import Services
from interviewrelay.transcripts import archive, campaign_export
from interviewrelay.transcripts.archive import ArchiveEntry

FOLDER: Final = "audio/"
MISSING: Final = "These recordings could not be read. Download them again later.\n\n"


def stream_with_audio(
    services: Services, campaign: Campaign, form: campaign_export.Form
) -> Iterator[bytes]:
    """ZIP of a campaign's transcripts and of all its recordings, in chunks.

    Raises InvalidParameter if it has more sessions than an archive may hold.
    """
    mine = select(func.count()).where(Interview.campaign_id == campaign.id)
    if db.session.execute(mine).scalar_one() > archive.MOST:
        raise InvalidParameter.field(
            "include_audio",
            "false",
            f"This campaign has more than {archive.MOST} sessions. Leave out 'include_audio', and "
            "download their recordings one by one",
        )
    wanted = select(SessionRecording).join(
        Interview, Interview.id == SessionRecording.interview_id
    )
    ordered = wanted.where(Interview.campaign_id == campaign.id).order_by(
        Interview.started_at, Interview.id
    )
    recordings = db.session.execute(ordered).scalars().all()
    texts: ArchiveEntry = (
        f"transcripts.{form}",
        campaign_export.stream_export(campaign, form),
    )
    entries = chain([texts], _read(services.storage, recordings))
    return archive.stream_entries(entries, clock.now())


def read_recordings(services: Services, held: Sequence[Interview]) -> Iterator[ArchiveEntry]:
    """The recordings of these sessions, as far as they have one."""
    found = [session_recording.get_recording(row) for row in held]
    release_connection()
    return _read(services.storage, [one for one in found if one is not None])


def _read(storage: Storage, recordings: Iterable[SessionRecording]) -> Iterator[ArchiveEntry]:
    """Each recording in its best format, named after its session. Those that cannot be read are
    listed.
    """
    missing = []
    for recording in recordings:
        if not (formats := session_recording.list_formats(recording)):
            continue
        name = stored_files.get_recording_name(recording.id, formats[0])
        try:
            size = storage.size(name)
        except StorageUnreachable:
            size = None
        if size is None:
            missing.append(recording.interview_id)
        else:
            yield f"{FOLDER}{recording.interview_id}.{formats[0]}", _chunks(storage, name, size)
    if missing:
        yield f"{FOLDER}not-read.txt", [MISSING.encode(), "\n".join(missing).encode()]


def _chunks(storage: Storage, name: str, size: int) -> Iterator[bytes]:
    for start in range(0, size, CHUNK):
        yield storage.read(name, start, start + CHUNK) or b""
