"""Somebody who answers by speaking, in a browser with a fake microphone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from interviewrelay.core.ports.audio import Sound
from tests.flows.server import Server
from tests.spoken import study

MICROPHONE = (Path(__file__).parent / "microphone.js").read_text("utf-8")
SLOW = 600_000
"""Milliseconds that a busy machine may take for a step; none of them is a measurement."""
NOTHING = Sound(bytes(2 * 1600), 16_000)


@dataclass
class Participant:
    server: Server
    page: Page
    token: str
    microphone: Path
    said: list[tuple[int, str]] = field(default_factory=list)
    """Numbers and words of the answers that were spoken."""
    asked: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    more: Iterator[str] = field(default_factory=lambda: cycle(study.MORE))

    @property
    def url(self) -> str:
        return f"{self.server.base}/interview/{self.token}"

    def begin(self) -> None:
        """From the link to the first question, through the microphone check."""
        self.play(NOTHING)
        self.page.goto(self.url)
        self.page.get_by_label("By speaking").check()
        self.page.get_by_role("button", name="Start the interview").click()
        self.page.get_by_role("button", name="Use the microphone").click()
        self.page.get_by_role("button", name="Continue").click()

    def play(self, sound: Sound, **around: float) -> None:
        study.write_wav(self.microphone, sound, **around)

    def state(self) -> Any:
        return self.server.call("GET", f"/interview/{self.token}/state").json

    def number(self) -> int:
        """Number of the answer that the page waits for; 0 once there is none."""
        shown = "() => Number(document.getElementById('conversation')?.dataset.number ?? 0)"
        return int(self.page.evaluate(shown))

    def reach(self, *phases: str) -> str:
        """Wait for one of these phases, of which "over" is the end of the interview; which one it is."""
        places = [f"#voice[data-phase={phase}]" for phase in phases if phase != "over"]
        if "over" in phases:
            places.append("main:not(:has(#voice))")
        self.page.locator(", ".join(places)).wait_for(state="attached", timeout=SLOW)
        return (
            "over"
            if self.thanked()
            else str(self.page.locator("#voice").get_attribute("data-phase"))
        )

    def answer_next(self) -> int:
        """Speak the answer to the question that is asked, once the page listens."""
        self.reach("listening")
        turns = self.state()["turns"]
        question, number = turns[-1]["text"], turns[-1]["number"] + 1
        found = [study.ANSWERS[text] for text in study.QUESTIONS if text in question]
        text = (
            found[0] if found and found[0] not in dict(self.said).values() else next(self.more)
        )
        self.asked.append(question)
        self.speak(text)
        self.said.append((number, text))
        return number

    def speak(self, text: str) -> None:
        self.play(study.say(text))
        self.page.evaluate("takeUp()")

    def moves_on(self, number: int) -> None:
        """Wait until another question is on the page than that of this answer, or the end."""
        moved = (
            "n => Number(document.getElementById('conversation')?.dataset.number ?? 0) !== n"
        )
        self.page.wait_for_function(moved, arg=number, timeout=SLOW)

    def thanked(self) -> bool:
        return self.page.locator("#voice").count() == 0

    def answer_all(self) -> None:
        """All answers by voice, to the end."""
        while not self.thanked():
            self.moves_on(self.answer_next())
            self.reach("listening", "over")
        expect(self.page.locator("main")).to_contain_text("Thank you")


@contextmanager
def participating(
    browser: Browser, server: Server, token: str, microphone: Path
) -> Iterator[Participant]:
    """Somebody at their phone; nothing may be wrong on the page."""
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        context.set_default_timeout(SLOW)
        context.add_init_script(MICROPHONE)
        made = Participant(server, context.new_page(), token, microphone)
        made.page.on("pageerror", lambda fault: made.faults.append(str(fault)))
        yield made
        assert made.faults == []
