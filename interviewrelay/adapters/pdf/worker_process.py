"""PDF worker process: a transcript as JSON on stdin, the PDF on stdout, no network."""

import json
import logging
import sys
from pathlib import Path
from typing import Any

from interviewrelay.adapters import child_process

MEMORY = 512 * 1024 * 1024  # bytes of address space
CPU_SECONDS = 20


def main() -> int:
    """Exit code 0 with the PDF on stdout, otherwise 1 with the name of the error on stderr."""
    # People's text must not reach a log, and libraries quote it in their warnings.
    logging.disable(logging.CRITICAL)
    try:
        child_process.limit_memory(MEMORY)
        child_process.limit_cpu_time(CPU_SECONDS)
        child_process.leave_network()
        pdf = _made(json.load(sys.stdin.buffer))
    except Exception as problem:  # noqa: BLE001 - the name is all that may leave this process
        sys.stderr.write(type(problem).__name__ + "\n")
        return 1
    sys.stdout.buffer.write(pdf)
    sys.stdout.buffer.flush()
    return 0


def _made(request: dict[str, Any]) -> bytes:
    # Imported under the limits but before the hook: the code is ours, the text is not.
    from interviewrelay.adapters.pdf import transcript_document

    child_process.refuse_actions()
    return transcript_document.render_pdf(request["transcript"], Path(request["assets"]))


if __name__ == "__main__":
    sys.exit(main())
