"""Rules of the page, run by Node over sounds in their order and without a clock."""

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bench.commands import ROOT
from interviewrelay.core.ports.audio import Sound

RULES = ROOT / "static" / "voice-activity.js"


@dataclass(frozen=True)
class Event:
    """What the page does next: `ask` the server, `end` the answer, or `over` (the sound is)."""

    action: str
    at: float
    silence: float


class Page:
    """Context manager of the Node process."""

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory()
        self._node = subprocess.Popen(
            ("node", Path(__file__).with_suffix(".mjs"), RULES),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._node.kill()
        self._node.communicate()
        self._folder.cleanup()

    def open(self, sound: Sound, *, playing: float | None = None) -> None:
        """Begin with a sound; from the second `playing` on, our own voice is heard in the room."""
        file = Path(self._folder.name) / "sound"
        file.write_bytes(sound.samples)
        self._run(open=str(file), playing=playing)

    def go(self) -> Event:
        return Event(**self._run(go=True))

    def answer(self, wait: float | None) -> None:
        """The server's word on a pause."""
        self._run(wait=wait)

    def forget(self) -> None:
        """The server's word that nobody spoke."""
        self._run(unheard=True)

    def find_stop(self) -> float | None:
        """Seconds until our own voice stops for what is heard; None if it goes on."""
        at: float | None = self._run(**{"yield": True})["at"]
        return at

    def _run(self, **command: Any) -> dict[str, Any]:
        given, answers = self._node.stdin, self._node.stdout
        if not given or not answers:
            raise RuntimeError("no pipes to Node")
        given.write(json.dumps(command) + "\n")
        line = answers.readline()
        if not line:
            raise RuntimeError("Node has ended; its message is above")
        answer: dict[str, Any] = json.loads(line)
        return answer
