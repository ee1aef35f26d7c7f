"""Making a backup while the server runs."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from interviewrelay import __version__, migrations
from interviewrelay.backups import archive, database_copy, manifest, workspace
from interviewrelay.backups.database_copy import Tell
from interviewrelay.backups.manifest import BackupFault, Manifest
from interviewrelay.core import clock
from interviewrelay.core.ports.storage import Storage
from interviewrelay.core.security.tokens import KeyRing
from interviewrelay.runtime.stored_files import LOGOS

OWN_NAME: Final = re.compile(r"interviewrelay-\d{8}T\d{6}Z\.tar", re.ASCII)
WORK: Final = ".backup."
"""How the folders begin, beside the backup, in which it lies until it is whole."""
AT_WORK: Final = timedelta(hours=1)
"""Longer than any backup goes without writing: who has not for so long was killed."""
ENDED: Final = "The backup was told to end before it was done: there is none of this name."


@dataclass(frozen=True, slots=True)
class Source:
    """What is backed up; `keys` go along where they are given."""

    engine: Engine
    storage: Storage
    ring: KeyRing
    keys: Sequence[str] = ()


def own_name() -> str:
    """`interviewrelay-20261125T213000Z.tar`: they sort by their time."""
    return f"interviewrelay-{clock.now():%Y%m%dT%H%M%SZ}.tar"


def make(source: Source, target: Path, tell: Tell) -> Manifest:
    """A backup of everything that was committed before this call; all of it or no file at all.

    The database, as it is at one moment, then the stored files: of a PDF that went in between the
    row went, too. The logos are read before as well. Raises BackupFault.
    """
    if target.exists():
        raise BackupFault(f"{target} is there already: name another file.")
    if not target.parent.is_dir():
        raise BackupFault(
            f"{target.parent} is no folder that is there: make it, or see that its disk is mounted."
        )
    try:
        with workspace.folder(target.parent, WORK, others=AT_WORK) as work:
            return _made(source, target, work, tell)
    except OSError as fault:
        raise BackupFault(
            f"The backup could not be written to {target.parent}: {fault.strerror or fault}."
        ) from fault


def _made(source: Source, target: Path, work: Path, tell: Tell) -> Manifest:
    engine, began = source.engine, clock.iso_millis(clock.now())
    kind = engine.dialect.name
    with archive.writing(target, work) as writer:
        # A logo goes when it is replaced, and the copied rows may name it still.
        early = _add_files(writer, source.storage, LOGOS, tell)
        copy = work / manifest.DATABASE[kind]
        counts = database_copy.of(engine).dump(copy, tell)
        writer.add_file(copy.name, copy)
        copy.unlink()
        _add_files(writer, source.storage, "", tell, but=early)
        if source.keys:
            writer.add(manifest.KEYS, (",".join(source.keys) + "\n").encode())
        told = Manifest(
            version=__version__,
            database=kind,
            revision=migrations.current(engine),
            began=began,
            ended=clock.iso_millis(clock.now()),
            counts=counts,
            keys=source.ring.names(),
            parts=list(writer.parts),
        )
        writer.add(manifest.NAME, told.written())
    return told


def _add_files(
    writer: archive.Writer, storage: Storage, folder: str, tell: Tell, but: Container[str] = ()
) -> set[str]:
    """Those of a folder, or all, that are not there already; which."""
    added: set[str] = set()
    for name in storage.names(folder):
        if name in but:
            continue
        content = storage.get(name)
        if content is not None:  # else it was erased since it was listed
            writer.add(f"{manifest.FILES}{name}", content)
            added.add(name)
            tell(f"files {len(added)}")
    return added


def prune(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest backups that have a name of our own; which went."""
    ours = sorted(path for path in folder.iterdir() if OWN_NAME.fullmatch(path.name))
    gone = ours[: max(0, len(ours) - keep)]
    for path in gone:
        path.unlink()
    return gone
