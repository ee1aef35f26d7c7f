"""What the server says to recordings, played by the test, so that each state of the page can be held."""

import io
import json
import re
import wave
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page, Route

from tests.flows.server import Server

RATE = 16_000


@dataclass
class PlayedSpeech:
    """Takes recordings for one invite. Words come from `texts`; answers are really stored."""

    server: Server
    token: str
    texts: list[str] = field(default_factory=list)
    wait: float = 1.2
    """Seconds of silence that end an answer."""
    heard: bool = True
    away: bool = False
    """The recogniser cannot be reached: recordings wait."""
    question_seconds: float = 0.4
    doubtful: list[list[int]] = field(default_factory=list)
    clips: dict[str, list[bytes]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    """What was heard in each clip."""
    calls: list[tuple[str, Any]] = field(default_factory=list)
    kept: list[Route] = field(default_factory=list)
    keeping: bool = False
    """The next recordings are not answered for until `let_go`."""

    def join(self, page: Page) -> None:
        page.route(re.compile(rf"/interview/{self.token}/audio/[^/]+/pieces/\d+\?"), self._take)
        page.route(re.compile(rf"/interview/{self.token}/audio/[^/]+/pause$"), self._judge)
        page.route(re.compile(rf"/interview/{self.token}/audio$"), self._hear)
        page.route(re.compile(rf"/interview/{self.token}/speech/"), self._speak)
        page.route(re.compile(rf"/interview/{self.token}/turns$"), self._store)
        page.route(re.compile(rf"/interview/{self.token}/review$"), self._change)

    def let_go(self) -> None:
        self.keeping = False
        for route in self.kept:
            self._hear(route)
        self.kept.clear()

    def names(self, name: str) -> list[Any]:
        return [told for called, told in self.calls if called == name]

    def _take(self, route: Route) -> None:
        clip, _, piece = route.request.url.partition("?")[0].split("/")[-3:]
        stored = self.clips.setdefault(clip, [])
        self.calls.append(("piece", (clip, int(piece))))
        if int(piece) > len(stored):
            details = {"pieces": len(stored)}
            told = {"error": {"code": "CONFLICT", "message": "gap", "details": details}}
            route.fulfill(status=409, json=told)
            return
        stored[int(piece) :] = [route.request.post_data_buffer or b""]
        told = {"recording_id": clip, "number": 2, "pieces": len(stored), "size": 1}
        route.fulfill(json=told)

    def _judge(self, route: Route) -> None:
        self.calls.append(("pause", json.loads(route.request.post_data or "")))
        told = {"text": "…", "confidence": 0.9, "complete": self.wait < 2}
        route.fulfill(json={"heard": self.heard, "wait": self.wait, **told})

    def _hear(self, route: Route) -> None:
        if self.keeping:
            self.kept.append(route)
            return
        asked = json.loads(route.request.post_data or "")
        self.calls.append(("audio", asked))
        assert len(self.clips[asked["clip"]]) == asked["pieces"]
        about = {"recording_id": asked["clip"], "number": asked["number"]}
        if self.away and not asked.get("later"):
            route.fulfill(status=202, json={**about, "text": None, "status": "waiting"})
            return
        if asked["clip"] not in self.words:
            self.words[asked["clip"]] = self.texts.pop(0) if self.texts else "(spoken)"
        text = self.words[asked["clip"]]
        words = {"text": text, "confidence": 0.9, "doubtful": self.doubtful}
        if not text or not asked.get("send", True):
            route.fulfill(json={**about, **words})
            return
        number = asked["number"]
        said = {"number": number, "text": text}
        stored = self.server.call("POST", f"/interview/{self.token}/turns", said)
        reply = stored.json
        reply["saved"] = {**reply["saved"], **words, "recording_id": asked["clip"]}
        route.fulfill(status=stored.status, json=reply)

    def _store(self, route: Route) -> None:
        """Checked words; the server knows nothing of the recordings behind them."""
        if "json" not in route.request.headers["content-type"]:
            route.continue_()
            return
        asked = json.loads(route.request.post_data or "")
        self.calls.append(("turns", asked))
        said = {"number": asked["number"], "text": asked["text"]}
        stored = self.server.call("POST", f"/interview/{self.token}/turns", said)
        route.fulfill(status=stored.status, json=stored.json)

    def _change(self, route: Route) -> None:
        """Words that are added to an answer; the server knows nothing of their recordings."""
        asked = (
            json.loads(route.request.post_data or "{}")
            if route.request.method == "POST"
            else {}
        )
        if asked.get("act") != "continue":
            route.continue_()
            return
        self.calls.append(("continue", asked))
        path = f"/interview/{self.token}/review"
        given = self.server.call("GET", path).json["answers"]
        (text,) = [one["text"] for one in given if one["number"] == asked["number"]]
        whole = " ".join([text, *(self.words[clip] for clip in asked["recording_ids"])])
        change = {"number": asked["number"], "act": "correct", "text": whole}
        changed = self.server.call("POST", path, change)
        route.fulfill(status=changed.status, json=changed.json)

    def _speak(self, route: Route) -> None:
        self.calls.append(("speech", route.request.url.rpartition("/")[2]))
        if not self.question_seconds:
            route.fulfill(status=404, json={"error": {"code": "NOT_FOUND", "message": "none"}})
            return
        sound = io.BytesIO()
        with wave.open(sound, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(bytes(2 * int(RATE * self.question_seconds)))
        sentences = {"X-Sentences": "2"}
        route.fulfill(body=sound.getvalue(), content_type="audio/wav", headers=sentences)
