"""Whole spoken interviews: a real server with the real engines, a real browser with a fake microphone."""

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from bench.pages.browsing import CHROMIUM, QUIET
from tests.flows.server import Server
from tests.spoken import study

PHRASES = study.CACHE / "phrases"
FAKE = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")


@pytest.fixture(autouse=True)
def no_outside_world() -> None:
    """The browser has its own process; nothing here has a reason to reach another machine."""


@pytest.fixture(scope="session")
def microphone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that the browser takes for a microphone."""
    return tmp_path_factory.mktemp("microphone") / "said.wav"


@pytest.fixture(scope="session")
def browser(microphone: Path) -> Iterator[Browser]:
    heard = f"--use-file-for-fake-audio-capture={microphone}%noloop"
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *FAKE, heard])
        yield made
        made.close()


class Studied:
    """A server with a study whose answers are spoken. Its stock phrases are kept between runs."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.phrases = server.folder / "instance" / "files" / "phrases"
        if PHRASES.is_dir():
            shutil.copytree(PHRASES, self.phrases)
        server.environment["VOICE"] = (
            "off"  # its own interviews need no speaker, who takes minutes
        )
        printed = server.command("demo", "--json")
        server.environment["VOICE"] = "on"
        self.fixtures: dict[str, Any] = json.loads(printed[printed.index("{") :])["A"]
        self.key = self.fixtures["key_owner"]

    def keep_phrases(self) -> None:
        shutil.copytree(self.phrases, PHRASES, dirs_exist_ok=True)

    def call(self, method: str, path: str, body: Any = None, status: int = 200) -> Any:
        answer = self.server.call(method, path, body, key=self.key)
        assert answer.status == status, answer.body
        return answer.json

    def campaign(self, questions: Sequence[str]) -> str:
        """A published script and a campaign for it, whose answers are spoken and recorded."""
        written = [{"text": text, "depth": "none"} for text in questions]
        script = self.call(
            "POST", "/api/scripts", {"name": "Clinic", "questions": written}, 201
        )
        self.call("POST", f"/api/scripts/{script['id']}/publish", {})
        told = {
            "name": "Clinic",
            "script_id": script["id"],
            "project_id": self.fixtures["project_id"],
            "settings": {"mode": "voice", "recording": True},
        }
        return str(self.call("POST", "/api/campaigns", told, 201)["id"])

    def invite(self, campaign: str, email: str) -> str:
        body = {"emails": [email], "send_email": False}
        made = self.call("POST", f"/api/campaigns/{campaign}/invites", body, 201)
        return str(made["invites"][0]["token"])


@pytest.fixture(scope="session")
def studied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studied]:
    folder = tmp_path_factory.mktemp("spoken")
    with Server(folder, VOICE="on") as server:
        made = Studied(server)
        server.start()
        yield made
        made.keep_phrases()


@pytest.fixture(scope="session", autouse=True)
def spoken_ahead() -> None:
    """Speaking would disturb what listens at the same time."""
    for text in study.SAID:
        study.say(text)
