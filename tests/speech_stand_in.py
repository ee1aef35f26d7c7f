"""A speech service on loopback: OpenAI's transcriptions and speech, which does as it is told.

In a thread: `with serving() as service`, then `service.base` is the URL for `STT_BASE_URL` and
`TTS_BASE_URL`. As a process: `python -m tests.speech_stand_in --port N` (0, the default, takes any free
port) prints its port. Both are told what to do by attributes or over HTTP:

POST /hear {"texts": ["…"], "by_sound": false}: what is understood next, call by call, and then SENTENCE
again; with `by_sound` a sound that begins as an earlier one did is understood as that one was, so that an
answer that is heard again and again while it grows keeps its text. A silent WAV is always understood as
nothing, and takes no text.
POST /behave {"as": ["slow", "valid"], "seconds": 2, "key": "…"}: what it does next, call by call, then
again from the start: a status ("500"), or one of `_ACTS`.
GET /calls: what it was asked, without the sounds.
"""

import argparse
import contextlib
import email.parser
import email.policy
import hashlib
import io
import itertools
import json
import math
import threading
import time
import wave
from array import array
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "sk-stand-in"
SENTENCE = "It took me an hour to get there."
WORD_SECONDS = 0.3
RATE = 24_000
QUIET = 300
"""Samples below this are silence."""

Asked = dict[str, Any]


class SpeechStandIn:
    """What the service does and what it was asked; `base` is its URL."""

    def __init__(self, port: int = 0) -> None:
        self._guard = threading.Lock()
        self.server = _Server(("127.0.0.1", port), _Handler)
        self.server.stand_in = self
        self.port = self.server.server_port
        self.base = f"http://127.0.0.1:{self.port}/v1"
        self.calls: list[Asked] = []
        self.let_go = threading.Event()
        self.uploads: list[bytes] = []
        """The sounds that were sent, in order."""
        self.behave()
        self.hear()

    def behave(self, *names: str, seconds: float = 0.5, key: str = "") -> None:
        """Behaviours of the next calls, in turn; "valid" if none is named. Forgets earlier calls."""
        with self._guard:
            self._behaviours, self._turn = names or ("valid",), itertools.count()
            self.seconds, self.key = seconds, key
            self.calls.clear()
            self.uploads.clear()
            self.let_go.set()
            self.let_go = threading.Event()

    def hear(self, *texts: str, by_sound: bool = False) -> None:
        """Texts that are understood next."""
        with self._guard:
            self._texts, self._by_sound = list(texts), by_sound
            self._known: dict[bytes, str] = {}

    def next_behaviour(self, asked: Asked) -> str:
        with self._guard:
            self.calls.append(asked)
            return self._behaviours[next(self._turn) % len(self._behaviours)]

    def understand(self, content: bytes) -> tuple[str, float]:
        """Text of a sound and its seconds."""
        samples, rate = _read_wav(content)
        loud = next((i for i, one in enumerate(samples or ()) if abs(one) > QUIET), None)
        with self._guard:
            self.uploads.append(content)
            if samples is not None and loud is None:
                return "", len(samples) / rate
            begins = b""
            if samples is not None and loud is not None and self._by_sound:
                begins = hashlib.sha256(samples[loud : loud + rate // 2].tobytes()).digest()
            text = self._known.get(begins) if begins else None
            if text is None:
                text = self._texts.pop(0) if self._texts else SENTENCE
            if begins:
                self._known[begins] = text
        seconds = len(samples) / rate if samples else len(text.split()) * WORD_SECONDS
        return text, seconds


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    stand_in: SpeechStandIn

    def handle_error(self, *_: Any) -> None:
        """Quiet: those who hang up are to be expected."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        self.send(200, json.dumps(self.server.stand_in.calls).encode())

    def do_POST(self) -> None:
        stand_in = self.server.stand_in
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/hear":
            told = json.loads(body)
            stand_in.hear(*told.get("texts", ()), by_sound=told.get("by_sound", False))
            self.send(200, b"{}")
        elif self.path == "/behave":
            told = json.loads(body)
            more = {name: told[name] for name in ("seconds", "key") if name in told}
            stand_in.behave(*told.get("as", ()), **more)
            self.send(200, b"{}")
        elif stand_in.key and self.headers["Authorization"] != f"Bearer {stand_in.key}":
            self.send(401, b'{"error": {"message": "Who are you?"}}')
        elif self.path == "/v1/audio/transcriptions":
            fields, content = _read_form(self.headers["Content-Type"], body)
            self._act({"path": self.path, **fields}, lambda: self.transcribe(fields, content))
        elif self.path == "/v1/audio/speech":
            fields = json.loads(body)
            self._act({"path": self.path, **fields}, lambda: self.speak(fields))
        else:
            self.send(404, b'{"error": {"message": "No such place."}}')

    def _act(self, asked: Asked, serve: Callable[[], None]) -> None:
        name = self.server.stand_in.next_behaviour(asked)
        if name in _ACTS:
            _ACTS[name](self, asked, serve)
        else:
            self.send(int(name), b'{"error": {"message": "Not now."}}')

    def transcribe(self, asked: Asked, content: bytes) -> None:
        text, seconds = self.server.stand_in.understand(content)
        form = asked.get("response_format", "json")
        if form == "text":
            self.send(200, f"{text}\n".encode(), "text/plain")
            return
        told: Asked = {"text": text}
        if form == "verbose_json":
            told = _verbose(text, seconds, asked)
        self.send(200, json.dumps(told).encode())

    def speak(self, asked: Asked) -> None:
        self.send(200, tone(len(str(asked["input"]).split()) * WORD_SECONDS), "audio/wav")

    def send(self, status: int, body: bytes, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(OSError):  # who has hung up hears nothing more
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Quiet."""

    # --- ways to behave ---------------------------------------------------------------------------

    def valid(self, _: Asked, serve: Callable[[], None]) -> None:
        serve()

    def slow(self, _: Asked, serve: Callable[[], None]) -> None:
        time.sleep(self.server.stand_in.seconds)
        serve()

    def hang(self, *_: Any) -> None:
        """Says nothing until it is told how to behave next."""
        self.server.stand_in.let_go.wait()
        self.close_connection = True

    def html(self, *_: Any) -> None:
        self.send(200, b"<html><body>Welcome to nginx</body></html>", "text/html")

    def empty(self, *_: Any) -> None:
        self.send(200, b"")

    def pour(self, *_: Any) -> None:
        self.send_response(200)
        self.end_headers()
        with contextlib.suppress(OSError):
            for _ in range(1_000):
                self.wfile.write(b" " * 65_536)
        self.close_connection = True

    def hang_up(self, *_: Any) -> None:
        self.close_connection = True

    def only_json(self, asked: Asked, serve: Callable[[], None]) -> None:
        self._only(asked, serve, "json", "text")

    def only_text(self, asked: Asked, serve: Callable[[], None]) -> None:
        self._only(asked, serve, "text")

    def _only(self, asked: Asked, serve: Callable[[], None], *forms: str) -> None:
        if asked.get("response_format") in forms:
            serve()
        else:
            why = b'{"error": {"message": "response_format is not supported"}}'
            self.send(400, why)

    def wrong_types(self, *_: Any) -> None:
        self.send(200, b'{"text": ["no", "text"], "words": 5}')

    def wild_times(self, *_: Any) -> None:
        """Words that go back in time, last for ever or are none."""
        words = '[{"word": "yes", "start": 5, "end": -1, "probability": 7}, 3, {"word": 1},'
        words += (
            '{"word": "no", "start": 1e999, "end": NaN}, {"word": "so", "start": 1, "end": 2}]'
        )
        self.send(200, f'{{"text": "yes no so", "words": {words}}}'.encode())


_ACTS: dict[str, Callable[[_Handler, Asked, Callable[[], None]], None]] = {
    "valid": _Handler.valid,
    "slow": _Handler.slow,
    "hangs": _Handler.hang,
    "HTML": _Handler.html,
    "no body": _Handler.empty,
    "huge output": _Handler.pour,
    "hangs up": _Handler.hang_up,
    "knows only json": _Handler.only_json,
    "knows only text": _Handler.only_text,
    "wrong types": _Handler.wrong_types,
    "wild times": _Handler.wild_times,
}


def _verbose(text: str, seconds: float, asked: Asked) -> Asked:
    words = text.split()
    each = seconds / max(len(words), 1)
    placed = [
        {"word": word, "start": i * each, "end": (i + 1) * each, "probability": 0.9}
        for i, word in enumerate(words)
    ]
    segment = {"id": 0, "start": 0.0, "end": seconds, "text": text, "avg_logprob": -0.105}
    told = {"task": "transcribe", "language": "english", "duration": seconds, "text": text}
    told["segments"] = [segment] if words else []
    if "word" in asked.get("timestamp_granularities[]", ()):
        told["words"] = placed
    return told


def tone(seconds: float, rate: int = RATE) -> bytes:
    """A WAV of a quiet tone."""
    period = [int(3_000 * math.sin(math.tau * i * 200 / rate)) for i in range(rate // 200)]
    count = int(seconds * rate)
    samples = array("h", (period * (count // len(period) + 1))[:count])
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
    return made.getvalue()


def _read_wav(content: bytes) -> tuple["array[int] | None", int]:
    """Samples and rate; None for sound that is not a WAV."""
    try:
        with wave.open(io.BytesIO(content)) as file:
            return array("h", file.readframes(file.getnframes())), file.getframerate()
    except (wave.Error, EOFError):
        return None, RATE


def _read_form(kind: str, body: bytes) -> tuple[Asked, bytes]:
    """Fields of a multipart form and the content of its file; repeated fields `name[]` are lists."""
    head = f"Content-Type: {kind}\r\n\r\n".encode()
    parser = email.parser.BytesParser(policy=email.policy.HTTP)
    fields: Asked = {}
    content = b""
    for part in parser.parsebytes(head + body).iter_parts():  # type: ignore[attr-defined]
        name = part.get_param("name", header="content-disposition")
        value = part.get_payload(decode=True)
        if name == "file":
            content, fields["filename"] = value, part.get_filename()
        elif name.endswith("[]"):
            fields.setdefault(name, []).append(value.decode())
        else:
            fields[name] = value.decode()
    return fields, content


@contextlib.contextmanager
def serving(port: int = 0) -> Iterator[SpeechStandIn]:
    """The service in a thread of this process."""
    made = SpeechStandIn(port)
    thread = threading.Thread(target=made.server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.server.shutdown()
        made.server.server_close()
        thread.join()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="A speech service for tests.")
    parser.add_argument("--port", type=int, default=0)
    made = SpeechStandIn(parser.parse_args(arguments).port)
    print(made.port, flush=True)  # noqa: T201 - so that it can be found
    made.server.serve_forever()


if __name__ == "__main__":
    main()
