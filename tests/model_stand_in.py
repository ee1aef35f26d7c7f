"""A process that speaks OpenAI's chat completions on loopback and does as it is told, however badly.

`python -m tests.model_stand_in` prints its port. POST /behave {"as": ["slow", "valid"]} sets what it does
next, call by call and then again from the start, {"key": "…"} beside it the key that it wants from then
on (an empty one: none), {"lists": ["tiny"]} the models that it names, or how it behaves when it is asked
for them; POST /release lets it say what it holds back as `waits`; GET /calls tells what it was asked.
"""

import contextlib
import gzip
import itertools
import json
import socket
import struct
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.model_sayings import SAYS, Asked, wording

ROOT = Path(__file__).resolve().parent.parent
KEY = "sk-stand-in"
SECONDS_SLOW = 0.45
SECONDS_LATE = 4.3


class StandIn(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    behaviours: Sequence[str] = ("valid",)
    asked = itertools.count()
    key = KEY
    lists: Sequence[str] | str = ("tiny",)
    calls: list[Asked] = []
    let_go = threading.Event()

    def do_GET(self) -> None:
        if self.path != "/v1/models":
            self._send(200, json.dumps(StandIn.calls).encode())
        elif isinstance(StandIn.lists, str):
            self._behave(StandIn.lists, {})
        else:
            data = [{"id": name, "object": "model"} for name in StandIn.lists]
            self._send(200, json.dumps({"object": "list", "data": data}).encode())

    def do_POST(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/behave":
            StandIn.behaviours, StandIn.asked = told["as"], itertools.count()
            StandIn.key = told.get("key", KEY)
            StandIn.lists = told.get("lists", ("tiny",))
            StandIn.calls.clear()
            StandIn.let_go.set()
            StandIn.let_go = threading.Event()
            self._send(200, b"{}")
        elif self.path == "/release":
            StandIn.let_go.set()
            self._send(200, b"{}")
        elif self.path != "/v1/chat/completions":
            self._send(404, b'{"error": {"message": "No such place."}}')
        elif StandIn.key and self.headers["Authorization"] != f"Bearer {StandIn.key}":
            self._send(401, b'{"error": {"message": "Who are you?"}}')
        else:
            StandIn.calls.append(told)
            place = next(StandIn.asked) % len(StandIn.behaviours)
            self._behave(StandIn.behaviours[place], told)

    def _behave(self, name: str, asked: Asked) -> None:
        if name in SAYS:
            self._say(SAYS[name](asked))
        elif name in _ACTS:
            _ACTS[name](self, asked)
        else:
            self._send(int(name), b'{"error": {"message": "Not now."}}')

    def _say(self, content: str | None, **more: Any) -> None:
        self._send(200, completion(content, **more))

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(OSError):  # who has hung up hears nothing more
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Quiet."""

    # --- ways to behave that are no mere words ---------------------------------------------------

    def slow(self, asked: Asked) -> None:
        time.sleep(SECONDS_SLOW)
        self._say(wording(asked))

    def wait(self, asked: Asked) -> None:
        """Until it is let go."""
        StandIn.let_go.wait()
        self._say(wording(asked))

    def hang(self, _: Asked) -> None:
        """Says nothing until it is told how to behave next."""
        StandIn.let_go.wait()
        self.close_connection = True

    def stall(self, asked: Asked) -> None:
        """Begins well and stops in the middle."""
        body = completion(wording(asked))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2])
        self.wfile.flush()
        StandIn.let_go.wait()
        self.close_connection = True

    def drip(self, asked: Asked) -> None:
        """A byte now and then, so that no single read ever waits long."""
        with contextlib.suppress(OSError):
            for byte in b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + b"x" * 5000:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(0.05)

    def pour(self, _: Asked) -> None:
        """More than anybody wants, without saying how much."""
        self.send_response(200)
        self.end_headers()
        with contextlib.suppress(OSError):
            for _ in range(400):
                self.wfile.write(b" " * 65_536)
        self.close_connection = True

    def hang_up(self, _: Asked) -> None:
        self.close_connection = True

    def reset(self, _: Asked) -> None:
        """Drops the line in the middle of its words."""
        self.send_response(200)
        self.send_header("Content-Length", "5000")
        self.end_headers()
        self.wfile.write(b'{"choices": [{"mess')
        at_once = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
        self.connection.close()
        self.close_connection = True

    def late(self, asked: Asked) -> None:
        """Longer than people should get used to, and in time all the same."""
        time.sleep(SECONDS_LATE)
        self._say(wording(asked))

    def plain_type(self, asked: Asked) -> None:
        self._send(200, completion(wording(asked)), Content_Type="text/plain")

    def broken_text(self, asked: Asked) -> None:
        self._send(200, completion(wording(asked)).replace(b"Then", b"Th\xff\xfen"))

    def no_http(self, _: Asked) -> None:
        self.wfile.write(b"\x16\x03\x01 welcome to my echo service\r\n\r\n")
        self.close_connection = True

    def html(self, _: Asked) -> None:
        self._send(200, b"<html><body>Welcome to nginx</body></html>", Content_Type="text/html")

    def stream(self, asked: Asked) -> None:
        event = {"choices": [{"delta": {"content": wording(asked)}}]}
        self._send(200, f"data: {json.dumps(event)}\n\ndata: [DONE]\n\n".encode())

    def squeeze(self, asked: Asked) -> None:
        packed = gzip.compress(completion(wording(asked)))
        self._send(200, packed, Content_Encoding="gzip")

    def redirect(self, _: Asked) -> None:
        self._send(302, b"", Location="http://127.0.0.1:1/elsewhere")

    def call_a_tool(self, _: Asked) -> None:
        self._say(None, finish_reason="tool_calls")

    def cut_off(self, asked: Asked) -> None:
        self._say(wording(asked), finish_reason="length")

    def no_choices(self, _: Asked) -> None:
        self._send(200, b'{"choices": []}')

    def no_body(self, _: Asked) -> None:
        self._send(200, b"")

    def only_objects(self, asked: Asked) -> None:
        """As a server that knows `json_object` but no schema."""
        if asked.get("response_format", {}).get("type") == "json_schema":
            self._send(400, b'{"error": {"message": "response_format is not supported"}}')
        else:
            self._say(wording(asked))

    def llama(self, asked: Asked) -> None:
        """As llama-cpp-python: a form of its own, and an error of its own for OpenAI's."""
        wanted = asked["response_format"]
        if wanted["type"] == "json_schema":
            why = "[{'type': 'literal_error', 'loc': ('body', 'response_format', 'type')}]"
            self._send(500, json.dumps({"error": {"message": why}}).encode())
        else:
            self._say(wording(asked) if "schema" in wanted else "{" * 400)

    def only_text(self, asked: Asked) -> None:
        if "response_format" in asked:
            self._send(422, b'{"error": {"message": "extra fields not permitted"}}')
        else:
            self._say(wording(asked))

    def new_limit(self, asked: Asked) -> None:
        """As the newer models of OpenAI, which know only the newer name."""
        if "max_tokens" in asked:
            self._send(400, b'{"error": {"message": "Use max_completion_tokens instead."}}')
        else:
            self._say(wording(asked))


_ACTS: dict[str, Callable[[StandIn, Asked], None]] = {
    "slow": StandIn.slow,
    "waits": StandIn.wait,
    "hangs": StandIn.hang,
    "stalled stream": StandIn.stall,
    "drips": StandIn.drip,
    "huge output": StandIn.pour,
    "hangs up": StandIn.hang_up,
    "resets the line": StandIn.reset,
    "late": StandIn.late,
    "wrong content type": StandIn.plain_type,
    "invalid UTF-8": StandIn.broken_text,
    "no HTTP": StandIn.no_http,
    "HTML": StandIn.html,
    "streams unasked": StandIn.stream,
    "packs unasked": StandIn.squeeze,
    "redirects": StandIn.redirect,
    "calls a tool": StandIn.call_a_tool,
    "cut off": StandIn.cut_off,
    "no choices": StandIn.no_choices,
    "no body": StandIn.no_body,
    "knows only json_object": StandIn.only_objects,
    "knows only text": StandIn.only_text,
    "speaks like llama.cpp": StandIn.llama,
    "knows only max_completion_tokens": StandIn.new_limit,
}


def completion(content: str | None, finish_reason: str = "stop") -> bytes:
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": content},
        "finish_reason": finish_reason,
    }
    usage = {"prompt_tokens": 700, "completion_tokens": 60, "total_tokens": 760}
    told = {"id": "c1", "object": "chat.completion", "choices": [choice], "usage": usage}
    return json.dumps(told).encode()


class Endpoint:
    """The process, from outside."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "tests.model_stand_in"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())
        self.base = f"http://127.0.0.1:{self.port}/v1"

    def behave(
        self, *names: str, key: str = KEY, lists: Sequence[str] | str = ("tiny",)
    ) -> None:
        self._tell("behave", {"as": names, "key": key, "lists": lists})

    def release(self) -> None:
        """Let it say what it holds back."""
        self._tell("release", {})

    def _tell(self, place: str, what: Any) -> None:
        data = json.dumps(what).encode()
        sent = urllib.request.Request(f"http://127.0.0.1:{self.port}/{place}", data)
        urllib.request.urlopen(sent, timeout=60).close()

    def calls(self) -> list[Asked]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/calls", timeout=60) as told:
            found: list[Asked] = json.load(told)
            return found

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(60)
        if self.process.stdout is not None:
            self.process.stdout.close()


@contextlib.contextmanager
def serving() -> Iterator[Endpoint]:
    endpoint = Endpoint()
    try:
        yield endpoint
    finally:
        endpoint.kill()


class Crowd(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *_: Any) -> None:
        """Quiet: those who hang up are to be expected."""


if __name__ == "__main__":
    server = Crowd(("127.0.0.1", 0), StandIn)
    print(server.server_port, flush=True)  # noqa: T201 - so that it can be found
    server.serve_forever()
