"""File system type of a folder, as far as Linux reports it."""

from pathlib import Path
from typing import Final

SHARED: Final = frozenset(
    (
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "lustre", "gpfs", "ocfs2", "gfs2",
        "glusterfs", "fuse.glusterfs", "fuse.sshfs", "fuse.s3fs", "fuse.rclone",
    )
)  # fmt: skip
"""Network file systems, where locks are not always honoured."""
TABLE: Final = Path("/proc/self/mountinfo")


def describe_shared_disk(database: Path | None) -> str | None:
    """The problem of an SQLite file that other machines can open, as a sentence."""
    kind = find_shared_filesystem(database) if database else None
    return kind and (
        f"{database} is on a shared file system ({kind}), where SQLite's locks do not work. Put "
        "INSTANCE_DIR on a local disk, or set DATABASE_URL to a PostgreSQL database."
    )


def find_shared_filesystem(path: Path, table: Path = TABLE) -> str | None:
    """Type of a path's file system if it is a network file system."""
    kind = get_filesystem(path, table)
    return kind if kind in SHARED else None


def get_filesystem(path: Path, table: Path = TABLE) -> str | None:
    """File system type by the closest mount; None if unknown."""
    try:
        lines = table.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    path, best, kind = path.resolve(), -1, None
    for line in lines:
        before, _, after = line.partition(" - ")
        point = Path(before.split()[4].replace("\\040", " "))
        # A later mount covers earlier ones.
        if path.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), after.split()[0]
    return kind
