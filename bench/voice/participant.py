"""Participants who speak, over HTTP: pieces of a recording, pauses, answers and spoken questions."""

import http.client
import json
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench.server import Caller, Instance, Process, later
from interviewrelay.adapters.audio.wave_codec import WaveCodec
from interviewrelay.core.ports.audio import WIDTH, Sound

QUESTIONS = (
    "How did your last visit go?",
    "What surprised you?",
    "Who did you talk to?",
    "What would you change?",
    "How often do you go there?",
    "What do you tell other people about it?",
    "Is there anything else we should know?",
)


@contextmanager
def speech_server(**settings: str) -> Iterator[tuple[Instance, Process, str]]:
    """A server whose people may speak, and the id of a campaign. The demonstration is made without
    speech: reading its interviews aloud takes minutes.
    """
    instance = Instance(VOICE="off")
    instance.environment |= {"VOICE": "auto", **settings}
    process = instance.process("interviewrelay", "serve", port=instance.port)
    try:
        yield instance, process, _create_campaign(instance)
    finally:
        process.close()
        instance.close()


def _create_campaign(instance: Instance) -> str:
    a = instance.fixtures["A"]
    caller = Caller(instance.port)

    def make(path: str, body: dict[str, Any]) -> Any:
        key = {"Authorization": f"Bearer {a['key_owner']}"}
        status, made = caller.call("POST", path, body, key)
        if status not in (200, 201):
            raise RuntimeError(f"{path} was answered {status}: {made}")
        return made

    questions = [{"text": text} for text in QUESTIONS]
    script = {"name": "Spoken", "language": "en", "questions": questions}
    script_id = make("/api/scripts", script)["id"]
    make(f"/api/scripts/{script_id}/publish", {})
    told = {"name": "Spoken", "script_id": script_id, "project_id": a["project_id"]}
    campaign: str = make("/api/campaigns", {**told, "settings": {"mode": "both"}})["id"]
    return campaign


class Participant:
    """Somebody who speaks; interviews follow one another. `number` is that of the next answer."""

    def __init__(self, instance: Instance, campaign_id: str) -> None:
        self._instance, self._campaign_id = instance, campaign_id
        self._connection = http.client.HTTPConnection("127.0.0.1", instance.port, timeout=120)
        self._begin()

    def _begin(self) -> None:
        a, caller = self._instance.fixtures["A"], Caller(self._instance.port)
        key = {"Authorization": f"Bearer {a['key_owner']}"}
        body = {"emails": [f"{uuid.uuid4().hex}@example.com"], "send_email": False}
        path = f"/api/campaigns/{self._campaign_id}/invites"
        _, made = caller.call("POST", path, body, key)
        self._path = f"/interview/{made['invites'][0]['token']}"
        status, state = caller.call(
            "POST", f"{self._path}/start", {"consent": True, "mode": "voice"}
        )
        if status != 201:
            raise RuntimeError(f"a start was answered {status}: {state}")
        self.number: int = state["next_number"]

    def record(self) -> "Clip":
        return Clip(self)

    def call(self, method: str, path: str, body: bytes, kind: str) -> tuple[float, Any, bytes]:
        """Seconds, the response and its body. Raises RuntimeError for anything but success."""
        told = {"Content-Type": kind, "Accept": "application/json", "X-Test-Now": later()}
        began = time.perf_counter()
        self._connection.request(method, self._path + path, body or None, told)
        response = self._connection.getresponse()
        content = response.read()
        if response.status not in (200, 201):
            raise RuntimeError(f"{path} was answered {response.status}: {content[:300]!r}")
        return time.perf_counter() - began, response, content

    def hear_question(self) -> float:
        """Seconds until the first sentence of the interviewer's turn is there to be played."""
        path = f"/speech/{self.number - 1}?sentence=0&format=ogg"
        taken, _, _ = self.call("GET", path, b"", "application/json")
        return taken

    def go_on(self, state: dict[str, Any]) -> bool:
        """The interview after an answer; False if it has ended and another one has begun."""
        if state["turn"] is None or state["next_number"] is None:
            self._begin()
            return False
        self.number = state["next_number"]
        return True


class Clip:
    """Recording of an answer: a WAV that is sent piece by piece, as it grows."""

    def __init__(self, participant: Participant) -> None:
        self._to = participant
        self._name = uuid.uuid4().hex
        self._pieces = self._sent = 0

    def send(self, sound: Sound, until: float) -> float:
        """Send what is new of the sound until a second of it."""
        whole = WaveCodec().encode([sound], "wav")
        head = len(whole) - len(sound.samples)
        began, self._sent = self._sent, head + round(until * sound.rate) * WIDTH
        path = f"/audio/{self._name}/pieces/{self._pieces}?number={self._to.number}"
        self._pieces += 1
        return self._to.call(
            "PUT", path, whole[began : self._sent], "application/octet-stream"
        )[0]

    def pause(self) -> tuple[float, dict[str, Any]]:
        """Seconds, and the server's judgement of the pause."""
        return self._post(f"/audio/{self._name}/pause", {"silence": 1.2})

    def finish(self) -> tuple[float, dict[str, Any]]:
        """Seconds, and the state after the answer."""
        body = {"number": self._to.number, "clip": self._name, "pieces": self._pieces}
        return self._post("/audio", body)

    def _post(self, path: str, body: dict[str, Any]) -> tuple[float, dict[str, Any]]:
        taken, _, content = self._to.call(
            "POST", path, json.dumps(body).encode(), "application/json"
        )
        answer: dict[str, Any] = json.loads(content)
        return taken, answer
