"""Stand-ins behind the ports; each passes the same contract test as the real adapter."""

from typing import Literal

from interviewrelay.conversation import Transcript
from interviewrelay.ports import Letter


class FakeMailer:
    """Remembers what it was given; `fault` is raised instead while it is set."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.fault: Exception | None = None

    def deliver(self, letter: Letter) -> Literal["sent", "kept"]:
        if self.fault is not None:
            raise self.fault
        self.letters.append(letter)
        return "sent"


class FakePdf:
    """A PDF in name only, with the words in it."""

    def __init__(self) -> None:
        self.rendered = 0

    def render(self, transcript: Transcript) -> bytes:
        self.rendered += 1
        words = "\n".join(turn.text for turn in transcript.turns)
        return b"%PDF-1.4 fake\n" + words.encode()
