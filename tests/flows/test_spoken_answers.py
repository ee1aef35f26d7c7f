"""A server that is killed while somebody speaks, and a recogniser that is away for a while."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests import speech_stand_in
from tests.flows.server import Answer, Server
from tests.flows.test_crash import started
from tests.flows.waiting import PATIENCE, until
from tests.recordings.clips import clip, pieces

CLIP = "clip-0001"
PARTS = pieces(clip())
SAID = "It took me an hour to get there."


@pytest.fixture
def ears() -> Iterator[Any]:
    with speech_stand_in.serving() as made:
        yield made


@pytest.fixture
def make(tmp_path: Path, copy_of_it: Any, ears: Any) -> Iterator[Any]:
    """A way to a server with a recogniser, whose demonstration study may be spoken."""
    servers: list[Server] = []

    def made(**settings: str) -> Any:
        told = {"VOICE": "auto", "STT_BASE_URL": ears.base, "STT_MODEL": "stand-in"}
        server = copy_of_it(Server(tmp_path, **told, **settings)).start()
        servers.append(server)
        a = server.fixtures["A"]
        path, body = f"/api/campaigns/{a['campaign_id']}", {"settings": {"mode": "both"}}
        assert server.call("PATCH", path, body, key=a["key_owner"]).status == 200
        return server

    yield made
    for server in servers:
        server.kill9()


def put(server: Server, path: str, piece: int) -> Answer | None:
    """The answer, if one came before the server died."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    try:
        headers = {"Content-Type": "application/octet-stream", "Accept": "application/json"}
        line.request(
            "PUT", f"{path}/audio/{CLIP}/pieces/{piece}?number=2", PARTS[piece], headers
        )
        found = line.getresponse()
        return Answer(found.status, {}, found.read())
    except (OSError, http.client.HTTPException):
        return None
    finally:
        line.close()


def send(server: Server, path: str, **more: Any) -> Answer:
    body = {"number": 2, "clip": CLIP, "pieces": len(PARTS), **more}
    return server.call("POST", f"{path}/audio", body)


def dies_during(server: Server, act: Callable[[], object], seconds: float) -> None:
    """Kill the server while it does this, and start it again."""

    def run() -> None:
        with suppress(OSError, http.client.HTTPException):
            act()

    sender = threading.Thread(target=run)
    sender.start()
    time.sleep(seconds)
    server.kill9()
    sender.join(PATIENCE)
    server.start()


def test_kills_lose_no_piece_and_double_none(make: Any) -> None:
    server = make()
    path, _ = started(server, "kill@example.com", "voice")
    for piece in range(len(PARTS)):
        if piece % 2:
            dies_during(server, partial(put, server, path, piece), 0.01 * piece)
        found = put(server, path, piece)
        assert found is not None
        assert (found.status, found.json["pieces"]) == (200, piece + 1)
    dies_during(server, partial(send, server, path), 0.05)
    heard = send(server, path)
    assert heard.status in (200, 201)  # it may have been saved before the kill
    assert heard.json["saved"]["text"] == SAID
    assert send(server, path).json == heard.json
    row = heard.json["saved"]["recording_id"]
    kept = server.folder / "instance" / "files" / "answers" / f"{row}.wav"
    assert kept.read_bytes() == clip()
    turns = server.call("GET", f"{path}/state").json["turns"]
    assert [turn["number"] for turn in turns] == [1, 2, 3]


def test_an_interview_goes_on_while_the_recogniser_is_away(make: Any, ears: Any) -> None:
    server = make()
    path, reached = started(server, "away@example.com", "voice")
    ears.behave("hang_up")
    for piece in range(len(PARTS)):
        put(server, path, piece)
    waiting = send(server, path)
    assert (waiting.status, waiting.json["text"]) == (202, None)
    later = send(server, path, later=True)
    assert (later.status, later.json["saved"]["text"]) == (201, "")
    assert later.json["turn"]["number"] == 3
    typed = server.call("POST", f"{path}/turns", {"number": 4, "text": "It was cold."})
    assert typed.status == 201
    ears.behave("valid")
    key, session = server.fixtures["A"]["key_owner"], reached["session_id"]

    def said() -> list[str]:
        found = server.call("GET", f"/api/session/{session}/transcript", key=key).json["turns"]
        return [t["text"] for t in found if t["speaker"] == "participant"]

    assert said()[1] == "It was cold."
    until(lambda: said()[0] == SAID, 3 * PATIENCE)
