"""A browser on a real server with a model: saved is said before the question is found."""

import http.client
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from tests import model_stand_in
from tests.flows.server import Server
from tests.flows.waiting import PATIENCE, until
from tests.model_stand_in import KEY, Endpoint

SAID = "I went there on Monday because my knee had been swollen for a week."


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    with model_stand_in.serving() as made:
        yield made


@pytest.fixture
def served(tmp_path: Any, copy_of_it: Any, endpoint: Endpoint) -> Iterator[Any]:
    told = {"LLM_BASE_URL": endpoint.base, "LLM_MODEL": "tiny", "LLM_API_KEY": KEY}
    with Server(tmp_path, LLM_PATIENCE_SECONDS="30", **told) as server:
        yield copy_of_it(server).start()


@pytest.fixture
def path(served: Any) -> str:
    a = served.fixtures["A"]
    people = {"emails": ["browser@example.com"], "send_email": False}
    where = f"/api/campaigns/{a['campaign_id']}/invites"
    invited = served.call("POST", where, people, key=a["key_owner"]).json["invites"]
    path = f"/interview/{invited[0]['token']}"
    served.call("POST", f"{path}/start", {"consent": True})
    return path


def head(server: Any, path: str) -> http.client.HTTPResponse:
    """The answer to a turn as soon as its head is there."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    form = {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}
    line.request("POST", f"{path}/turns", urlencode({"number": 2, "text": SAID}), form)
    return line.getresponse()


def speakers(server: Any, path: str) -> list[str]:
    told = server.call("GET", f"{path}/state").json
    return [turn["speaker"] for turn in told["turns"]]


def test_the_head_says_saved_while_the_model_thinks(
    served: Any, path: str, endpoint: Endpoint
) -> None:
    endpoint.behave("waits")
    answer = head(served, path)
    assert (answer.status, answer.headers["X-Saved"]) == (200, "2")
    assert answer.headers["X-Accel-Buffering"] == "no"
    assert speakers(served, path) == ["ai", "participant"]
    endpoint.release()
    words = answer.read().decode()
    assert 'name="number" value="4"' in words
    assert "Then " in words, "the model was not waited for"


def test_the_words_of_a_slow_model_are_in_the_body(
    served: Any, path: str, endpoint: Endpoint
) -> None:
    endpoint.behave("slow")
    words = head(served, path).read().decode()
    assert 'data-saved="2"' in words
    assert ">Then " in words or " Then " in words


def test_a_line_that_drops_between_the_two_loses_nothing(
    served: Any, path: str, endpoint: Endpoint
) -> None:
    endpoint.behave("slow")
    head(served, path).close()
    until(lambda: speakers(served, path) == ["ai", "participant", "ai"])
    again = served.call("POST", f"{path}/turns", {"number": 2, "text": SAID})
    assert (again.status, again.json["turn"]["number"]) == (200, 3)
    assert again.json["turn"]["text"].startswith("Then ")
