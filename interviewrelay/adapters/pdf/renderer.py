"""PDF renderer in a child process with limits on time, memory and access."""

import json
import logging
import re
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from interviewrelay.adapters import child_process
from interviewrelay.core.config.program import find_asset_root
from interviewrelay.core.conversation import Transcript
from interviewrelay.core.errors import PdfUnavailable

SECONDS = 30.0  # wall clock limit of one PDF
PATIENCE = 20.0  # seconds that a caller waits for a free child
CHILDREN = 2  # concurrent children of this process

log = logging.getLogger(__name__)
_turnstile = threading.BoundedSemaphore(CHILDREN)
_NAME = re.compile(r"[A-Za-z]{1,60}")


class ChildPdfRenderer:
    """`ports.pdf.PdfRenderer` that renders each transcript in a fresh process.

    `assets` is the folder with `templates/` and `static/`; `command` starts the child, for frozen
    programs that cannot start a module by name.
    """

    def __init__(
        self,
        assets: Path | None = None,
        *,
        command: Sequence[str] | None = None,
        seconds: float = SECONDS,
        patience: float = PATIENCE,
    ) -> None:
        self._assets = assets or find_asset_root()
        self._command = list(command or build_child_command())
        self._seconds = seconds
        self._patience = patience

    def render(self, transcript: Transcript) -> bytes:
        """Bytes of the PDF. Raises PdfUnavailable, and logs the reason without any text of the
        transcript.
        """
        request = {"assets": str(self._assets), "transcript": asdict(transcript)}
        body = json.dumps(request, default=str).encode()
        if not _turnstile.acquire(timeout=self._patience):
            log.warning("PDF of session %s: too many PDFs in progress", transcript.session_id)
            raise PdfUnavailable
        try:
            with tempfile.TemporaryDirectory(prefix="pdf-", ignore_cleanup_errors=True) as own:
                made, problem = self._run(body, own)
        except OSError as error:
            made, problem = None, type(error).__name__
        finally:
            _turnstile.release()
        if made is None:
            log.warning("PDF of session %s failed: %s", transcript.session_id, problem)
            raise PdfUnavailable
        return made

    def _run(self, body: bytes, folder: str) -> tuple[bytes | None, str]:
        """The PDF, or None and the reason in a word or two."""
        with subprocess.Popen(  # noqa: S603 - the command is ours
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=child_process.build_environment(folder),
            start_new_session=True,
        ) as child:
            try:
                out, err = child.communicate(body, timeout=self._seconds)
            except subprocess.TimeoutExpired:
                return None, f"timed out after {self._seconds:g} s"
            finally:
                child_process.end_process(child)
        if child.returncode == 0 and out.startswith(b"%PDF-"):
            return out, ""
        # Only a bare name is trusted: anything longer might quote an answer.
        words = err.decode("ascii", "replace").split()
        name = words[-1] if words and _NAME.fullmatch(words[-1]) else "no reason given"
        return None, f"exit code {child.returncode}, {name}"


def build_child_command() -> list[str]:
    """Command line of the child."""
    return child_process.build_module_command("interviewrelay.adapters.pdf.worker_process")
