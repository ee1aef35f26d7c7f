"""The process that makes one PDF: a transcript as JSON on stdin, the PDF on stdout, no network."""

import contextlib
import ctypes
import json
import logging
import sys
from pathlib import Path
from typing import Any

MEMORY = 512 * 1024 * 1024  # bytes of address space
CPU_SECONDS = 20
CLONE_NEWUSER, CLONE_NEWNET = 0x1000_0000, 0x4000_0000
# What a page of text never needs; Python announces these before it does them.
FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system")


def main() -> int:
    """Exit code 0 with the PDF on stdout, else 1 with the name of what went wrong on stderr."""
    # What text people wrote must not reach any log, and libraries quote it in their warnings.
    logging.disable(logging.CRITICAL)
    try:
        _limit()
        _leave_network()
        pdf = _made(json.load(sys.stdin.buffer))
    except Exception as problem:  # noqa: BLE001 - the name is all that may leave this process
        sys.stderr.write(type(problem).__name__ + "\n")
        return 1
    sys.stdout.buffer.write(pdf)
    sys.stdout.buffer.flush()
    return 0


def _limit() -> None:
    """Bound memory and time; systems without such limits still have the parent's clock."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _leave_network() -> None:
    """Move to a network of its own without any device, where the kernel lets us."""
    with contextlib.suppress(Exception):
        ctypes.CDLL(None).unshare(CLONE_NEWUSER | CLONE_NEWNET)


def _made(request: dict[str, Any]) -> bytes:
    # Imported here, under the limits, and before the hook: imports are ours, text is not.
    from interviewrelay.adapters.pdf import document

    sys.addaudithook(_refuse)
    return document.render(request["transcript"], Path(request["assets"]))


def _refuse(event: str, _details: object) -> None:
    if event.startswith(FORBIDDEN):
        raise PermissionError(event)


if __name__ == "__main__":
    sys.exit(main())
