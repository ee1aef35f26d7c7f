"""Process tree of a server with its database, and what it costs."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from bench.rows import Writer
from bench.server import Instance, Process, cpu_seconds, family, parent


@dataclass(frozen=True, slots=True)
class Tree:
    """Processes whose costs are summed; `pids` finds them each time."""

    pids: Callable[[], Sequence[int]]

    @classmethod
    def of(cls, process: Process) -> Self:
        return cls(lambda: process.pids)

    @classmethod
    def of_database(cls, instance: Instance) -> Self:
        """PostgreSQL's process tree; empty for SQLite."""
        if not instance.database_url:
            return cls(list)
        writer = Writer(instance.plain)
        ((mine,),) = writer.run("SELECT pg_backend_pid()")
        postmaster = parent(mine)
        writer.close()
        return cls(lambda: family(postmaster))

    def cpu_seconds(self) -> float:
        return sum(map(cpu_seconds, self.pids()))

    def pss_mib(self) -> float:
        """Memory in MiB, with shared memory counted once."""
        return sum(map(_pss_kib, self.pids())) / 1024


def _pss_kib(pid: int) -> int:
    with suppress(FileNotFoundError, ProcessLookupError):  # it has ended
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
