"""Child process for untrusted input: its command, environment, limits and end."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

from interviewrelay.core.config import program

CLONE_NEWUSER, CLONE_NEWNET = 0x1000_0000, 0x4000_0000
# Audit events that such a child never needs; Python raises them before the action.
FORBIDDEN: Final = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
)


def build_module_command(module: str) -> list[str]:
    """Command line that runs a module of ours, never one of the current folder."""
    if program.FROZEN:
        return [str(program.FILE), program.MODULE, module]
    return [sys.executable, "-P", "-s", "-m", module]


def build_environment(folder: str) -> dict[str, str]:
    """Environment with nothing but the path of the code: no settings and no secrets."""
    code = str(Path(__file__).resolve().parents[2])
    where = {"PYTHONPATH": code, "PYTHONSAFEPATH": "1", "TMPDIR": folder, "HOME": folder}
    return {**where, **program.get_unpacked(), "LANG": "C.UTF-8"}


def end_process(child: subprocess.Popen[bytes]) -> None:
    """Kill a child that leads its own process group, if it still runs."""
    if child.poll() is None:
        try:
            os.killpg(child.pid, signal.SIGKILL)
        except (AttributeError, OSError):
            child.kill()


def limit_memory(most: int) -> None:
    """Limit the address space of this process in bytes, and leave no core dumps; on systems
    without such limits the parent's timeout applies.
    """
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def limit_cpu_time(seconds: int) -> None:
    """Limit the CPU time of this process from now on; the system kills it when that is spent."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        spent = resource.getrusage(resource.RUSAGE_SELF)
        end = int(spent.ru_utime + spent.ru_stime) + seconds
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (end, hard))


def refuse_files() -> None:
    """Let this process open no more files or sockets, not even from C."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def leave_network() -> None:
    """Move to an empty network namespace where the kernel allows it."""
    with contextlib.suppress(Exception):
        ctypes.CDLL(None).unshare(CLONE_NEWUSER | CLONE_NEWNET)


def refuse_actions() -> None:
    """Refuse sockets and processes in this process from now on."""
    sys.addaudithook(_refuse)


def _refuse(event: str, _details: object) -> None:
    if event.startswith(FORBIDDEN):
        raise PermissionError(event)
