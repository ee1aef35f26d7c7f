"""A served instance with the extra: nothing is loaded at its start, and the doctor tries the models."""

from typing import Any

import pytest

from tests.flows.server import Server, demonstration


@pytest.fixture(scope="module")
def served(template: str, tmp_path_factory: pytest.TempPathFactory) -> Any:
    with demonstration(template, tmp_path_factory.mktemp("voice"), VOICE="on") as made:
        yield made


def test_nothing_is_loaded_before_it_is_needed(served: tuple[Server, Any]) -> None:
    server, _ = served
    assert "_ready" not in server.log.read_text().replace("semantic_ready", "")


def test_the_doctor_tries_the_models(served: tuple[Server, Any]) -> None:
    told = served[0].command("doctor")
    for line in (
        "ok   speech recognition: whisper-base, on this server",
        "ok   speech synthesis: kokoro-v1.0-int8/af_heart, on this server",
        "ok   end of answers: smart-turn-v3.2, on this server",
    ):
        assert line in told
