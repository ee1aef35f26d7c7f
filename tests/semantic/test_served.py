"""A served instance with the model: it is loaded at the start, and interviews go by it."""

from pathlib import Path
from typing import Any

import pytest

from tests.flows.server import Server, demonstration

OFF = "My nephew collects stamps from countries that no longer exist."


@pytest.fixture(scope="module")
def served(template: str, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("semantic")
    with demonstration(template, folder, SEMANTIC="on") as made:
        yield made


def test_it_is_ready_before_anybody_comes(served: tuple[Server, Any]) -> None:
    server, _ = served
    assert "semantic_ready" in server.log.read_text()


def test_the_doctor_says_so(served: tuple[Server, Any]) -> None:
    server, _ = served
    assert "ok   semantic similarity with all-MiniLM-L6-v2" in server.command("doctor")


def test_talk_of_something_else_is_led_back(served: tuple[Server, Any]) -> None:
    server, fixtures = served
    link = f"/interview/{fixtures['A']['invite_token']}"
    begun = server.call("POST", f"{link}/start", {"consent": True})
    assert begun.status == 201
    heard = server.call("POST", f"{link}/turns", {"number": 2, "text": OFF})
    assert heard.status == 201
    assert begun.json["turn"]["text"].split(". ")[-1] in heard.json["turn"]["text"]


def test_a_damaged_model_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"not it")
    (tmp_path / "tokenizer.json").write_bytes(b"not it")
    server = Server(tmp_path, SEMANTIC_MODEL_DIR=str(tmp_path), SEMANTIC="auto")
    with pytest.raises(AssertionError, match="not the file that this version expects"):
        server.start()
