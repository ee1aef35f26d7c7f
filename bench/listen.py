"""An interview by keyboard as a screen reader has it: the transcript in docs/accessibility.md."""

import argparse
import re
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page

from bench.commands import ROOT
from bench.pages.browsing import DESK, browsing, chromium
from bench.pages.inside import served
from bench.reading import Reader
from bench.turn import ANSWERS
from tests.browser.looking import moved_on, number

FILE: Final = ROOT / "docs" / "accessibility.md"
MARK: Final = "<!-- What follows is written by python -m bench listen --write. -->\n"
MENU: Final = "Skip, pause or stop"
NO_MORE: Final = "No, that is all."
CODE: Final = re.compile(r"\b[A-Z0-9]{5}-[A-Z0-9]{5}\b")
STATES: Final = "required|disabled|readonly|invalid|open|closed|chosen|not chosen|with|\\d"
NAMED: Final = re.compile(rf'".*?"(?=$| (?:{STATES})|, described)', re.MULTILINE)
"""Pattern for a quoted name."""
WAITING: Final = re.compile(
    r'^announced: "(?:Saving|Preparing|Still working)[^"]*"\n', re.MULTILINE
)
SETTLED: Final = 400
"""Milliseconds until everything about a change has been said."""
MOST_STOPS: Final = 40


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--write", action="store_true", help=f"into {FILE.relative_to(ROOT)}")


def run(given: argparse.Namespace) -> None:
    with served() as (instance, _, ids), chromium() as browser:
        told = transcript(browser, f"http://127.0.0.1:{instance.port}", ids["token_new"])
    if given.write:
        write(FILE, told)
    else:
        print(told, end="")


def write(file: Path, told: str) -> None:
    head = file.read_text(encoding="utf-8").partition(MARK)[0]
    file.write_text(f"{head}{MARK}\n{told}", encoding="utf-8")


def written(file: Path = FILE) -> str:
    """Transcript in the docs."""
    return file.read_text(encoding="utf-8").partition(MARK)[2].lstrip("\n")


def shape(told: str) -> list[str]:
    """Structure of a transcript without words and numbers. The interviewer's wording, the number
    of its questions, and announcements about waiting may vary.
    """
    plain = re.sub(r"\d+", "n", NAMED.sub('""', WAITING.sub("", told)))
    steps = [step.strip() for step in plain.split("### ")]
    return [step for at, step in enumerate(steps) if at == 0 or step != steps[at - 1]]


def transcript(browser: Browser, base: str, token: str) -> str:
    """Transcript in Markdown: what is done and heard at each step, from an unused link."""
    with browsing(browser, base, viewport=DESK, locale="en") as context:
        ear = _Ear(context.new_page())
        ear.page.goto(f"{base}/interview/{token}")
        _held(ear)
        told = "\n\n".join(ear.steps) + "\n"
    told = CODE.sub("XXXXX-XXXXX", told)
    return told.replace(base, "https://interviews.example").replace(
        base.partition("//")[2], "interviews.example"
    )


def _held(ear: "_Ear") -> None:
    ear.step("Open the link", *ear.whole())
    ear.step(
        "Start the interview", *ear.enters("Start the interview", until="#answer"), *ear.whole()
    )
    ear.step("An answer is sent", *ear.answers(ANSWERS[0]))
    ear.step("A question is skipped", *ear.opens_menu(), *ear.enters("Skip this question"))
    menu = ear.opens_menu()
    paused = ear.enters("Pause", until="form[action$='/resume']")
    ear.step("A pause", *menu, *paused, *ear.whole())
    ear.step("Continue after the pause", *ear.enters("Continue", until="#answer"))
    menu = ear.opens_menu()
    looked = ear.enters("Review your answers", until="ol.answers")
    ear.step("Review the answers", *menu, *looked, *ear.whole())
    ear.step("Back to the question", *ear.enters("Back to the interview", until="#answer"))
    for text in (*ANSWERS[1:-1], *[NO_MORE] * 12):
        if not ear.asks():
            break
        ear.step("An answer is sent", *ear.answers(text))
    ear.step("The interview has ended", *ear.whole())


class _Ear:
    """Screen reader user with a keyboard."""

    def __init__(self, page: Page) -> None:
        self.page, self.reader = page, Reader(page)
        self.steps: list[str] = []

    def step(self, title: str, *lines: str) -> None:
        said = "\n".join(lines)
        self.steps.append(f"### {len(self.steps) + 1}. {title}\n\n```text\n{said}\n```")

    def whole(self) -> list[str]:
        return ["reads on:", *[f"  {line}" for line in self.reader.whole()]]

    def asks(self) -> bool:
        return self.page.locator("#answer").count() == 1

    def enters(self, name: str, until: str = "") -> list[str]:
        """Tab to the element with this name and press Enter, until `until` or the next question
        appears.
        """
        stops = self._tab_to(name)
        said = [f"Tab × {stops}: {self.reader.focused()}"]
        before = number(self.page) if not until else ""
        self.page.keyboard.press("Enter")
        if until:
            self.page.locator(until).wait_for()
        else:
            moved_on(self.page, before)
        return [*said, "Enter", *self._then()]

    def opens_menu(self) -> list[str]:
        """Tab to the menu and press Enter."""
        stops = self._tab_to(MENU)
        said = [f"Tab × {stops}: {self.reader.focused()}", "Enter"]
        self.page.keyboard.press("Enter")
        self.page.locator(".menu[open]").wait_for()
        return [*said, f"focus: {self.reader.focused()}"]

    def answers(self, text: str) -> list[str]:
        before = number(self.page)
        self.page.keyboard.type(text)
        self.page.keyboard.press("Control+Enter")
        moved_on(self.page, before)
        return [f'types "{text}"', "Ctrl + Enter", *self._then()]

    def _then(self) -> list[str]:
        """Record what is heard of a change, without the time it took."""
        self.page.wait_for_load_state()
        self.page.wait_for_timeout(SETTLED)
        box = self.page.locator("#conversation")
        slow = []
        if box.count():
            slow = [
                box.get_attribute(f"data-say-{name}")
                for name in ("saving", "working", "thinking")
            ]
        heard = [f'announced: "{text}"' for text in self.reader.announced() if text not in slow]
        return [*heard, f"focus: {self.reader.focused()}"]

    def _tab_to(self, name: str) -> int:
        for stops in range(1, MOST_STOPS + 1):
            self.page.keyboard.press("Tab")
            if self.reader.focused_name() == name:
                return stops
        raise LookupError(f"Tab does not lead to {name!r}")
