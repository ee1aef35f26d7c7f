"""A browser with a fake microphone, and a study whose answers may be spoken."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from bench.pages.browsing import CHROMIUM, QUIET
from tests.browser.conftest import PHONE, context
from tests.browser.voice.played import PlayedSpeech
from tests.browser.voice.sounds import write_wav
from tests.flows.server import Server
from tests.speech_stand_in import SpeechStandIn, serving

QUESTIONS = (
    "How did your last visit to the clinic go?",
    "What would have helped you?",
    "What else should we know?",
)
FAKE_DEVICE = "--use-fake-device-for-media-stream"
GRANTED = "--use-fake-ui-for-media-stream"


@pytest.fixture(scope="session")
def speech_service() -> Iterator[SpeechStandIn]:
    with serving() as made:
        yield made


@pytest.fixture(scope="session")
def server(
    tmp_path_factory: pytest.TempPathFactory, speech_service: SpeechStandIn
) -> Iterator[Server]:
    """A server with ears and a voice."""
    heard = {"STT_BASE_URL": speech_service.base, "STT_MODEL": "whisper"}
    voice = {"TTS_BASE_URL": speech_service.base, "TTS_MODEL": "tts", "TTS_VOICE": "calm"}
    folder = tmp_path_factory.mktemp("spoken")
    with Server(folder, VOICE="off", **heard, **voice) as made:
        printed = made.command("demo", "--json")
        made.environment["VOICE"] = "on"
        made.fixtures = json.loads(printed[printed.index("{") :])  # type: ignore[attr-defined]
        yield made.start()


@pytest.fixture(scope="session")
def microphone(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., None]:
    """What is said into the microphone from its next opening: seconds, silence if negative."""
    path = tmp_path_factory.mktemp("microphone") / "said.wav"

    def say(*parts: float) -> None:
        write_wav(path, *parts, -60)

    say.path = path  # type: ignore[attr-defined]
    say()
    return say


@pytest.fixture(scope="session")
def talking(browser: Browser, microphone: Any) -> Iterator[Browser]:
    """A browser that grants the microphone, which plays a file."""
    heard = f"--use-file-for-fake-audio-capture={microphone.path}%noloop"
    args = [*QUIET, FAKE_DEVICE, GRANTED, heard]
    made = browser.browser_type.launch(executable_path=CHROMIUM, args=args)
    yield made
    made.close()


@pytest.fixture(scope="session")
def spoken_campaign(server: Any) -> Callable[..., str]:
    """A way to a campaign whose answers may be spoken."""

    def make(language: str = "en", mode: str = "both") -> str:
        a = server.fixtures["A"]

        def made(path: str, body: dict[str, Any]) -> str:
            answer = server.call("POST", path, body, key=a["key_owner"])
            assert answer.status in (200, 201), answer.json
            found: str = answer.json["id"]
            return found

        questions = [{"text": text} for text in QUESTIONS]
        script = {"name": "Spoken", "language": language, "questions": questions}
        written = made("/api/scripts", script)
        made(f"/api/scripts/{written}/publish", {})
        told = {"name": "Spoken", "script_id": written, "project_id": a["project_id"]}
        return made("/api/campaigns", {**told, "settings": {"mode": mode}})

    return make


@pytest.fixture(scope="session")
def english(spoken_campaign: Callable[..., str]) -> str:
    return spoken_campaign()


@pytest.fixture
def invited_to(server: Any) -> Callable[..., str]:
    """The token of a fresh invite to a campaign."""

    def make(campaign_id: str) -> str:
        body = {"emails": [f"{uuid4().hex}@example.com"], "send_email": False}
        path = f"/api/campaigns/{campaign_id}/invites"
        made = server.call("POST", path, body, key=server.fixtures["A"]["key_owner"])
        token: str = made.json["invites"][0]["token"]
        return token

    return make


class Speaking:
    """A participant's page on which answers are spoken."""

    def __init__(self, server: Server, page: Page, token: str) -> None:
        self.server, self.page, self.token = server, page, token
        self.url = f"{server.base}/interview/{token}"
        self.played = PlayedSpeech(server, token)

    def consent(self, by: str = "By speaking") -> None:
        self.page.goto(self.url)
        self.page.get_by_label(by).check()
        self.page.get_by_role("button", name="Start the interview").click()
        self.page.locator("#voice").wait_for()

    def begin(self) -> None:
        """Past consent and microphone check, to where the first question is asked."""
        self.consent()
        self.page.get_by_role("button", name="Skip this check").click()

    def reaches(self, phase: str) -> None:
        expect(self.page.locator(f"#voice[data-phase={phase}]")).to_have_count(1)

    def number(self) -> int:
        return int(self.page.locator("#conversation").get_attribute("data-number") or 0)

    def moves_on(self, before: int) -> None:
        moved = "n => Number(document.getElementById('conversation')?.dataset.number) !== n"
        self.page.wait_for_function(moved, arg=before)

    def answers(self) -> list[str]:
        """What the server has of this person."""
        turns = self.server.call("GET", f"/interview/{self.token}/state").json["turns"]
        return [turn["text"] for turn in turns if turn["speaker"] == "participant"]


@pytest.fixture
def speaking(
    talking: Browser,
    server: Any,
    english: str,
    invited_to: Callable[..., str],
    microphone: Callable[..., None],
) -> Iterator[Speaking]:
    """A page whose server's ears are played; nothing may be wrong in its console."""
    # A page may listen before the test says anything: it must not hear the test before this one.
    microphone()
    with opened(talking, server, invited_to(english)) as made:
        yield made


@contextmanager
def opened(browser: Browser, server: Server, token: str, **more: Any) -> Iterator[Speaking]:
    with context(browser, **{"viewport": PHONE, **more}) as made:
        page, faults = made.new_page(), []
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        spoken = Speaking(server, page, token)
        spoken.played.join(page)
        yield spoken
        assert faults == []
