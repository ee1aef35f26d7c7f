"""A model of an organization's own, chosen by command while a server of two processes runs."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests import model_stand_in
from tests.flows.server import Server
from tests.model_stand_in import Endpoint
from tests.own_models import OWN_KEY

SAID = (
    "I went there on Monday because my knee had been swollen for a week.",
    "The waiting was long, and the corridor was full of people with coughs.",
    "The doctor looked at the knee and told me to rest it for two weeks.",
)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with model_stand_in.serving() as made:
        made.behave("valid", key=OWN_KEY)
        yield made


@pytest.fixture
def served(tmp_path: Any, copy_of_it: Any) -> Iterator[Any]:
    with Server(tmp_path, LLM_ALLOWED_CIDRS="127.0.0.0/8", PROCESSES="2") as server:
        yield copy_of_it(server).start()


def begun(server: Any, email: str) -> tuple[str, str]:
    """The path of a fresh interview, and its session."""
    a = server.fixtures["A"]
    sent = {"emails": [email], "send_email": False}
    path = f"/api/campaigns/{a['campaign_id']}/invites"
    invited = server.call("POST", path, sent, key=a["key_owner"]).json
    path = f"/interview/{invited['invites'][0]['token']}"
    return path, server.call("POST", f"{path}/start", {"consent": True}).json["session_id"]


def models(server: Any, session_id: str) -> list[str | None]:
    """Of each question but the first, the model that was asked."""
    path = f"/api/sessions/{session_id}/transcript"
    turns = server.call("GET", path, key=server.fixtures["A"]["key_owner"]).json["turns"]
    asked = [turn["decision"].get("model") for turn in turns if turn["speaker"] == "ai"]
    return [call and call["name"] for call in asked[1:]]


def test_a_choice_holds_at_once_in_every_process(
    served: Any, endpoint: Endpoint, tmp_path: Any
) -> None:
    org = served.fixtures["A"]["org_id"]
    file = tmp_path / "key"
    file.write_text(OWN_KEY)
    choose = ("models", "choose", org)
    place = ("--base-url", endpoint.base, "--model", "tiny", "--key-file", str(file))
    assert "ending in Zx9q" in served.command(*choose, "own", *place)
    # Begun while a model is chosen: else no model may listen to them later.
    talks = [begun(served, f"talks{n}@example.com") for n in range(6)]
    served.command(*choose, "none")

    def everybody_says(number: int) -> None:
        for path, _ in talks:
            sent = {"number": number, "text": SAID[number // 2 - 1]}
            assert served.call("POST", f"{path}/turns", sent).status == 201

    everybody_says(2)
    assert endpoint.calls() == []
    served.command(*choose, "own")
    everybody_says(4)
    assert len(endpoint.calls()) == len(talks)
    served.command(*choose, "none")
    everybody_says(6)
    assert len(endpoint.calls()) == len(talks)
    for _, session_id in talks:
        assert models(served, session_id) == [None, "tiny", None]
    kept = [p for p in served.folder.rglob("*") if p.is_file() and p != file]
    assert len(kept) >= 4  # the database, its log, the secret key and what the server said
    assert not [p.name for p in kept if OWN_KEY.encode() in p.read_bytes()]
