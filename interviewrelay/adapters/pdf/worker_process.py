"""PDF worker process: a transcript as JSON on stdin, the PDF on stdout, no network."""

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
# Audit events that rendering never needs; Python raises them before the action.
FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system")


def main() -> int:
    """Exit code 0 with the PDF on stdout, otherwise 1 with the name of the error on stderr."""
    # People's text must not reach a log, and libraries quote it in their warnings.
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
    """Limit memory and time; on systems without such limits the parent's timeout applies."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _leave_network() -> None:
    """Move to an empty network namespace where the kernel allows it."""
    with contextlib.suppress(Exception):
        ctypes.CDLL(None).unshare(CLONE_NEWUSER | CLONE_NEWNET)


def _made(request: dict[str, Any]) -> bytes:
    # Imported under the limits but before the hook: the code is ours, the text is not.
    from interviewrelay.adapters.pdf import transcript_document

    sys.addaudithook(_refuse)
    return transcript_document.render_pdf(request["transcript"], Path(request["assets"]))


def _refuse(event: str, _details: object) -> None:
    if event.startswith(FORBIDDEN):
        raise PermissionError(event)


if __name__ == "__main__":
    sys.exit(main())
