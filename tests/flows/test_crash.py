"""A server that is killed at any moment loses nothing that it acknowledged, and doubles nothing."""

import http.client
import json
import os
import random
import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from tests.flows.server import Answer, Server
from tests.flows.waiting import PATIENCE

ROUNDS = 12


@pytest.fixture
def server(tmp_path: Path, copy_of_it: Any) -> Any:
    with Server(tmp_path) as made:
        yield copy_of_it(made).start()


def started(server: Any, email: str, mode: str = "text") -> tuple[str, dict[str, Any]]:
    a = server.fixtures["A"]
    made = server.call(
        "POST",
        f"/api/campaigns/{a['campaign_id']}/invites",
        {"emails": [email], "send_email": False},
        key=a["key_owner"],
    )
    path = f"/interview/{made.json['invites'][0]['token']}"
    reached = server.call("POST", f"{path}/start", {"consent": True, "mode": mode})
    assert reached.status == 201, reached
    return path, reached.json


def sent_while_it_dies(server: Server, path: str, body: dict[str, Any]) -> Answer | None:
    """The answer, if one came before the kill."""
    came: list[Answer] = []

    def send() -> None:
        try:
            came.append(server.call("POST", f"{path}/turns", body))
        except (OSError, http.client.HTTPException):
            return  # it died in the middle of its words

    sender = threading.Thread(target=send)
    sender.start()
    time.sleep(random.Random(body["text"]).uniform(0, 0.06))
    server.kill9()
    sender.join(PATIENCE)
    return came[0] if came else None


@pytest.mark.smoke
def test_killed_between_an_answer_and_the_next_question(server: Any) -> None:
    path, reached = started(server, "crash@example.com")
    number, given = reached["next_number"], []
    for turn in range(ROUNDS):
        text = f"Answer {turn}: it took me {turn + 20} minutes by bus to come here."
        body = {"number": number, "text": text, "client_turn_id": f"turn-{turn}"}
        first = sent_while_it_dies(server, path, body)
        server.start()
        again = server.call("POST", f"{path}/turns", body)
        assert again.status in (200, 201), again.body
        if first is not None:
            assert again.status == 200, "an acknowledged answer was lost"
            assert again.json["turn"] == first.json["turn"]
        given.append(text)
        state = server.call("GET", f"{path}/state").json
        spoken = [t["text"] for t in state["turns"] if t["speaker"] == "participant"]
        assert spoken == given
        numbers = [t["number"] for t in state["turns"]]
        assert numbers == list(range(1, len(numbers) + 1))
        if again.json["turn"] is None:
            break
        number = again.json["next_number"]
    assert server.call("POST", f"{path}/complete", {}).json["status"] == "completed"
    server.command("doctor")


def test_a_question_that_is_owed_is_asked_whoever_comes_next(server: Any) -> None:
    """Stored and acknowledged by nobody: another device goes on without knowing what was sent."""
    for number in range(6):
        path, reached = started(server, f"owed{number}@example.com")
        text = f"Stored {number}, and then the lights went out for {number + 3} hours."
        sent_while_it_dies(server, path, {"number": reached["next_number"], "text": text})
        server.start()
        state = server.call("GET", f"{path}/state").json
        assert state["turns"][-1]["speaker"] == "ai"
        assert state["next_number"] == state["turns"][-1]["number"] + 1
        further = {"number": state["next_number"], "text": "I came by train and on foot today."}
        assert server.call("POST", f"{path}/turns", further).status == 201


def test_the_same_answer_from_two_devices_at_once_is_stored_once(server: Any) -> None:
    path, reached = started(server, "twice@example.com")
    body = {"number": reached["next_number"], "text": "I came by train and on foot."}
    came: list[Answer] = []
    senders = [
        threading.Thread(target=lambda: came.append(server.call("POST", f"{path}/turns", body)))
        for _ in range(8)
    ]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(PATIENCE)
    assert sorted(a.status for a in came) == [200] * 7 + [201]
    assert len({json.dumps(a.json["turn"], sort_keys=True) for a in came}) == 1
    state = server.call("GET", f"{path}/state").json
    assert [t["number"] for t in state["turns"]] == [1, 2, 3]


def test_a_stop_in_order_ends_with_zero_and_lets_the_running_request_finish(
    server: Any,
) -> None:
    """It stands still meanwhile, so that the request is under way when it is told to end."""
    path, reached = started(server, "term@example.com")
    body = {"number": reached["next_number"], "text": "I walked, it is near."}
    family = [*server.children(), server.process.pid]
    for pid in family:
        os.kill(pid, signal.SIGSTOP)
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    line.request("POST", f"{path}/turns", json.dumps(body), headers)
    server.process.send_signal(signal.SIGTERM)
    for pid in family:
        os.kill(pid, signal.SIGCONT)
    answer = line.getresponse()
    assert answer.status == 201, answer.read()
    line.close()
    assert server.process.wait(PATIENCE) == 0
    server.start()
    state = server.call("GET", f"{path}/state").json
    stored = [t["text"] for t in state["turns"] if t["speaker"] == "participant"]
    assert stored == [body["text"]]
