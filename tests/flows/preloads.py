"""Libraries loaded before a process starts, which make its disk fail or its clock another one."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

SYNCS: Final = ("sync/fsync", "sync/fdatasync")
WRITE: Final = "rw/pwrite"
"""How a database writes to its files; what goes to sockets and pipes is written by other calls."""


def failing(shares: Mapping[str, float]) -> dict[str, str]:
    """The environment in which these shares of so named calls fail (libfiu)."""
    names = ("fiu_run_preload.so", "fiu_posix_preload.so")
    libraries = [str(path) for name in names for path in Path("/usr/lib").rglob(name)]
    assert len(libraries) == 2, "libfiu is not there: apt-get install fiu-utils libfiu0"
    faults = [
        f"enable_random name=posix/io/{call},probability={share}"
        for call, share in shares.items()
    ]
    return {"LD_PRELOAD": " ".join(libraries), "FIU_ENABLE": "\n".join(faults)}


def another_clock(offset: str) -> dict[str, str]:
    """The environment in which it is earlier or later, such as `+2h`; what is monotonic stays."""
    found = sorted(Path("/usr/lib").rglob("libfaketimeMT.so.1"))
    assert found, "libfaketime is not there: apt-get install faketime"
    more = {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1"}
    return {"LD_PRELOAD": str(found[0]), "FAKETIME": offset, **more}
