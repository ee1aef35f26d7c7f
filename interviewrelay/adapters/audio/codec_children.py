"""Codec processes: started when needed, kept warm, replaced when they die."""

import io
import json
import logging
import os
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any, Final

from interviewrelay.adapters import child_process
from interviewrelay.adapters.audio.frames import (
    BROKEN,
    DATA,
    END,
    JOB,
    PIECE,
    READY,
    read_frame,
    write_frame,
)
from interviewrelay.core.errors import Maintenance, ServerBusy

START_SECONDS: Final = 30.0
JOBS: Final = 1000  # a child is replaced after so many
OUT_OF_TIME: Final = -24  # exit code after SIGXCPU: the CPU time of the job is spent

log = logging.getLogger(__name__)


class ChildDied(Exception):
    """The process ended in the middle of a job: `late` because it did not answer in time,
    `exhausted` because its CPU time was spent, otherwise by itself.
    """

    def __init__(self, code: int, *, late: bool, reason: str = "") -> None:
        self.late = late
        self.exhausted = code == OUT_OF_TIME
        super().__init__("no answer in time" if late else reason or f"exit code {code}")


class CodecChild:
    """One codec process. Its methods raise ChildDied, and the first one OSError."""

    def __init__(self, command: Sequence[str]) -> None:
        folder = tempfile.gettempdir()
        self._process = subprocess.Popen(  # noqa: S603 - the command is ours
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=child_process.build_environment(folder),
            start_new_session=True,
        )
        self.pid = self._process.pid
        self._owner = os.getpid()
        self._jobs = 0
        if self._read(START_SECONDS)[0] != READY:
            self.end()
            raise ChildDied(1, late=False)

    @property
    def usable(self) -> bool:
        """False if it has ended, has done enough, or belongs to the process before a fork."""
        mine = self._owner == os.getpid()
        return mine and self._jobs < JOBS and self._process.poll() is None

    def begin_job(self, job: dict[str, Any]) -> None:
        self._jobs += 1
        self._write(START_SECONDS, JOB, json.dumps(job).encode())

    def send(self, content: bytes) -> None:
        """Send data of the job: a file, or samples."""
        view = memoryview(content)
        for start in range(0, len(view), PIECE):
            self._write(START_SECONDS, DATA, view[start : start + PIECE])

    def finish_job(self, seconds: float) -> tuple[bytes, str]:
        """The result, and why the content was refused or "" if it was not. Each piece of the
        result has to arrive within `seconds`.
        """
        self._write(START_SECONDS, END)
        made = io.BytesIO()
        while True:
            kind, body = self._read(seconds)
            if kind != DATA:
                return made.getvalue(), "" if kind == END else body.decode("ascii", "replace")
            made.write(body)

    def end(self) -> None:
        """Kill the process."""
        child_process.end_process(self._process)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                try:
                    pipe.close()
                except OSError:  # what was not written yet is of no use
                    log.debug("codec process %d was already gone", self.pid)
        self._process.wait()

    def _write(self, seconds: float, kind: bytes, body: bytes | memoryview = b"") -> None:
        with self._deadline(seconds):
            write_frame(_open(self._process.stdin), kind, body)

    def _read(self, seconds: float) -> tuple[bytes, bytes]:
        with self._deadline(seconds):
            kind, body = read_frame(_open(self._process.stdout))
        if kind == BROKEN:
            self.end()
            raise ChildDied(1, late=False, reason=body.decode("ascii", "replace"))
        return kind, body

    @contextmanager
    def _deadline(self, seconds: float) -> Iterator[None]:
        late = threading.Event()

        def expire() -> None:
            late.set()
            child_process.end_process(self._process)

        timer = threading.Timer(seconds, expire)
        timer.daemon = True
        timer.start()
        try:
            yield
        except (EOFError, OSError, ValueError):
            self.end()
            raise ChildDied(self._process.returncode, late=late.is_set()) from None
        finally:
            timer.cancel()


class Lane:
    """Queue of one kind of work with `children` processes, which are kept if `warm`."""

    def __init__(
        self, command: Sequence[str], *, children: int, warm: bool, patience: float
    ) -> None:
        self._command = command
        self._places = threading.BoundedSemaphore(children)
        self._warm = warm
        self._patience = patience
        self._idle: list[CodecChild] = []

    @contextmanager
    def borrow(self) -> Iterator[CodecChild]:
        """A child for one job, ended after an error. Raises ServerBusy if none is free in time,
        and Maintenance if none can be started.
        """
        if not self._places.acquire(timeout=self._patience):
            raise ServerBusy
        try:
            child = self._find_child()
            done = False
            try:
                yield child
                done = True
            finally:
                if done and self._warm:
                    self._idle.append(child)
                else:
                    child.end()
        finally:
            self._places.release()

    def close(self) -> None:
        """End the idle children."""
        while self._idle:
            self._idle.pop().end()

    def _find_child(self) -> CodecChild:
        while self._idle:
            child = self._idle.pop()
            if child.usable:
                return child
            child.end()
        try:
            return CodecChild(self._command)
        except (OSError, ChildDied) as error:
            log.warning("The codec process can't be started: %s", error)
            raise Maintenance from error


def _open(pipe: IO[bytes] | None) -> Any:
    if pipe is None:
        raise EOFError
    return pipe
