"""What every language model does, and what the real one asks of its endpoint and bears from it."""

import threading
import time
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from interviewrelay.adapters.http.circuit_breaker import CircuitBreaker
from interviewrelay.adapters.http.client import AddressGuard
from interviewrelay.adapters.language_models.openai import (
    LOOPBACK,
    CallLimits,
    OpenAiModel,
    OpenAiModels,
)
from interviewrelay.core import clock
from interviewrelay.core.config.parsers import SettingsError
from interviewrelay.core.config.settings import Settings, read_settings
from interviewrelay.core.ports import language_models
from interviewrelay.core.ports.language_models import (
    Completion,
    EndpointRefused,
    ModelUnavailable,
    Prompt,
)
from tests import model_stand_in
from tests.fakes import FakeModel
from tests.model_stand_in import KEY, Endpoint

DATA = """# What you may do now
next: q1
Next question of the guide: How was it?
Follow-ups left here: 0."""
PROMPT = Prompt("Ask well.", f"<data 1>\n{DATA}\n</data 1>", {"type": "object"})
PATIENT = 600.0
"""Seconds that no reply takes, however busy the machine is."""


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    with model_stand_in.serving() as made:
        yield made


@pytest.fixture
def real(endpoint: Endpoint) -> OpenAiModel:
    endpoint.behave("valid")
    return made(endpoint.base)


def made(base: str, soft_seconds: float = PATIENT, **more: Any) -> OpenAiModel:
    guard = AddressGuard(allowed=LOOPBACK, ports=None)
    here = language_models.Endpoint(base, "tiny", KEY)
    limits = CallLimits(PATIENT, soft_seconds=soft_seconds)
    return OpenAiModel(here, guard=guard, limits=limits, **more)


def servers(settings: Settings) -> OpenAiModel:
    return OpenAiModels(settings).server_model()


def asked(model: Any, **more: Any) -> Completion:
    found: Completion = model.complete(PROMPT, **{"payer": "org", "seconds": PATIENT, **more})
    return found


@pytest.fixture(params=["fake", "real"])
def model(request: pytest.FixtureRequest, real: OpenAiModel) -> Any:
    return FakeModel(lambda _: "{}") if request.param == "fake" else real


@pytest.fixture(params=["fake", "real"])
def gone(request: pytest.FixtureRequest) -> Any:
    return FakeModel() if request.param == "fake" else made("http://127.0.0.1:1/v1")


def test_a_model_has_a_name_and_patience_and_replies_with_what_it_took(model: Any) -> None:
    assert model.name
    assert model.patience > 0
    reply = asked(model)
    assert reply.text
    assert reply.tokens > 0


def test_a_model_that_is_gone_is_away(gone: Any) -> None:
    with pytest.raises(ModelUnavailable):
        asked(gone)


# --- the real one -------------------------------------------------------------------------------


def test_it_asks_as_openai_is_asked(real: OpenAiModel, endpoint: Endpoint) -> None:
    assert asked(real).tokens == 760
    (call,) = endpoint.calls()
    assert (call["model"], call["max_tokens"]) == ("tiny", 1_000)
    assert [part["role"] for part in call["messages"]] == ["system", "user"]
    assert call["response_format"]["json_schema"]["schema"] == {"type": "object"}


@pytest.mark.parametrize(
    ("behaviour", "first", "then"),
    [("valid", 1, 1), ("knows only json_object", 2, 1), ("knows only text", 4, 1)],
)
def test_what_an_endpoint_can_do_is_found_out_once(
    real: OpenAiModel, endpoint: Endpoint, behaviour: str, first: int, then: int
) -> None:
    endpoint.behave(behaviour)
    asked(real)
    assert len(endpoint.calls()) == first
    endpoint.behave(behaviour)
    asked(real)
    assert len(endpoint.calls()) == then


def test_the_newer_name_of_the_limit_is_learned(real: OpenAiModel, endpoint: Endpoint) -> None:
    endpoint.behave("knows only max_completion_tokens")
    asked(real)
    endpoint.behave("knows only max_completion_tokens")
    asked(real)
    assert [call["max_completion_tokens"] for call in endpoint.calls()] == [1_000]


@pytest.mark.gate
@pytest.mark.parametrize(
    ("behaviour", "why"),
    [
        *[
            (status, f"status {status}")
            for status in ("400", "401", "403", "429", "500", "503")
        ],
        ("redirects", "status 302"),
        ("hangs up", "connection"),
        ("huge output", "answer too large"),
        ("HTML", "no chat completion"),
        ("streams unasked", "no chat completion"),
        ("packs unasked", "no chat completion"),
        ("no choices", "no chat completion"),
        ("no body", "no chat completion"),
        ("calls a tool", "empty reply"),
        ("empty", "empty reply"),
        ("blank", "empty reply"),
        ("cut off", "reply cut off"),
    ],
)
def test_an_endpoint_that_fails_is_away(
    real: OpenAiModel, endpoint: Endpoint, behaviour: str, why: str
) -> None:
    endpoint.behave(behaviour)
    with pytest.raises(ModelUnavailable, match=why):
        asked(real)


@pytest.mark.parametrize("behaviour", ["hangs", "stalled stream", "drips"])
def test_an_endpoint_that_never_ends_is_away_in_time(
    real: OpenAiModel, endpoint: Endpoint, behaviour: str
) -> None:
    endpoint.behave(behaviour)
    with pytest.raises(ModelUnavailable, match="timeout"):
        asked(real, seconds=0.3)


def test_three_failures_in_five_calls_begin_a_rest(
    real: OpenAiModel, endpoint: Endpoint
) -> None:
    for behaviour in ("500", "valid", "500", "valid"):
        endpoint.behave(behaviour)
        with pytest.raises(ModelUnavailable) if behaviour == "500" else nullcontext():
            asked(real)
    endpoint.behave("500")
    with pytest.raises(ModelUnavailable, match="status 500") as last:
        asked(real)
    assert last.value.rest
    endpoint.behave("valid")
    with pytest.raises(ModelUnavailable, match="are paused") as resting:
        asked(real)
    assert resting.value.rest == last.value.rest
    assert endpoint.calls() == []


def test_slow_replies_are_used_and_counted_as_failures(endpoint: Endpoint) -> None:
    endpoint.behave("valid")
    model = made(endpoint.base, soft_seconds=0.0)
    for _ in range(3):
        assert asked(model).text
    with pytest.raises(ModelUnavailable, match="are paused"):
        asked(model)


def test_after_a_minute_one_call_is_tried(real: OpenAiModel, endpoint: Endpoint) -> None:
    now = [0.0]
    real.breaker = CircuitBreaker(lambda: now[0])
    endpoint.behave("500")
    for _ in range(3):
        with pytest.raises(ModelUnavailable):
            asked(real)
    now[0] = 59.9
    with pytest.raises(ModelUnavailable, match="are paused"):
        asked(real)
    now[0] = 60.0
    with pytest.raises(ModelUnavailable, match="status 500") as again:
        asked(real)
    assert again.value.rest
    endpoint.behave("valid")
    with pytest.raises(ModelUnavailable, match="are paused"):
        asked(real)
    now[0] = 120.1
    assert asked(real).text
    assert asked(real).text


def test_only_one_call_is_the_trial() -> None:
    now = [0.0]
    breaker = CircuitBreaker(lambda: now[0])
    for _ in range(3):
        assert breaker.check_open() is None
        rest = breaker.record_result(well=False)
    assert breaker.record_result(well=True) == rest  # one from before the rest does not end it
    now[0] = 61.0
    assert breaker.check_open() is None
    assert breaker.check_open() == rest
    assert breaker.record_result(well=True) is None
    assert breaker.check_open() is None


def test_no_more_calls_at_once_than_the_server_can_spare(endpoint: Endpoint) -> None:
    endpoint.behave("hangs")
    model = made(endpoint.base, free=[threading.BoundedSemaphore(1)])

    waiting = waiting_for(model)
    until_called(endpoint, 1)
    with pytest.raises(ModelUnavailable, match="too many calls"):
        asked(model)
    endpoint.behave("valid")  # this ends the calls that wait
    waiting.join()
    assert asked(model).text


def waiting_for(model: OpenAiModel) -> threading.Thread:
    """A call that waits for an endpoint that hangs."""

    def wait() -> None:
        with pytest.raises(ModelUnavailable):
            asked(model)

    waiting = threading.Thread(target=wait)
    waiting.start()
    return waiting


def until_called(endpoint: Endpoint, times: int) -> None:
    while len(endpoint.calls()) < times:
        time.sleep(0.01)


def test_an_organization_spends_its_limit_in_a_day_and_no_more(endpoint: Endpoint) -> None:
    endpoint.behave("valid")
    model = made(endpoint.base, daily_tokens=1_000)
    with clock.freeze_at(datetime(2026, 5, 1, 23, 59, tzinfo=UTC)):
        asked(model)
        asked(model)
        with pytest.raises(ModelUnavailable, match="daily limit"):
            asked(model)
        assert asked(model, payer="another").text
    with clock.freeze_at(datetime(2026, 5, 1, 23, 59, tzinfo=UTC) + timedelta(minutes=1)):
        assert asked(model).text


def test_the_key_is_in_no_log_and_no_repr(
    real: OpenAiModel, endpoint: Endpoint, caplog: pytest.LogCaptureFixture, tmp_path: Any
) -> None:
    endpoint.behave("401")
    for _ in range(4):
        with pytest.raises(ModelUnavailable) as away:
            asked(real)
        assert KEY not in str(away.value)
    assert "model_calls_paused" in caplog.text
    assert KEY not in caplog.text
    given = {"INSTANCE_DIR": str(tmp_path), "LLM_BASE_URL": endpoint.base}
    found = read_settings({**given, "LLM_MODEL": "tiny", "LLM_API_KEY": KEY})
    assert found.llm_api_key == KEY
    assert KEY not in repr(found)


def test_the_settings_make_it(endpoint: Endpoint, tmp_path: Any) -> None:
    endpoint.behave("valid")
    given = {"INSTANCE_DIR": str(tmp_path), "LLM_MODEL": "tiny", "LLM_API_KEY": KEY}
    model = servers(read_settings({**given, "LLM_BASE_URL": endpoint.base}))
    assert (model.name, model.patience) == ("tiny", 8.0)
    assert asked(model).text
    for url in ("https://u:p@x.example/v1", "https://x.example/v1#a", "https://x.example/a b"):
        with pytest.raises(
            SettingsError, match="LLM_BASE_URL (is not a valid URL|must be a URL with a host)"
        ):
            servers(read_settings({**given, "LLM_BASE_URL": url}))


def test_a_name_that_leads_inside_is_not_called(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    given = {"INSTANCE_DIR": str(tmp_path), "LLM_MODEL": "tiny"}
    model = servers(read_settings({**given, "LLM_BASE_URL": "https://llm.example/v1"}))
    inside = [(2, 1, 6, "", ("127.0.0.1", 443))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: inside)
    with pytest.raises(ModelUnavailable, match="not on the public internet"):
        asked(model)


# --- those of organizations ---------------------------------------------------------------------


def organizations(folder: Any, **more: str) -> OpenAiModels:
    return OpenAiModels(read_settings({"INSTANCE_DIR": str(folder), **more}))


def test_what_an_endpoint_can_do_is_told(real: OpenAiModel, endpoint: Endpoint) -> None:
    for behaviour, form in (
        ("valid", "json_schema"),
        ("knows only json_object", "json_object with a schema"),
        ("knows only text", "text"),
    ):
        endpoint.behave(behaviour)
        asked(real)
        assert real.json_mode == form


def test_an_organizations_model_is_on_the_public_net_or_where_the_operator_allows(
    tmp_path: Any, endpoint: Endpoint
) -> None:
    endpoint.behave("valid")
    here = language_models.Endpoint(endpoint.base, "tiny", KEY)
    closed = organizations(tmp_path)
    with pytest.raises(EndpointRefused, match="not on the public internet"):
        closed.check_url(endpoint.base)
    with pytest.raises(ModelUnavailable, match="not on the public internet"):
        asked(closed.organization_model(here, 0))
    # That the server's own model is on this machine opens it to nobody else.
    told = {"LLM_BASE_URL": endpoint.base, "LLM_MODEL": "tiny", "LLM_API_KEY": KEY}
    assert asked(organizations(tmp_path, **told).server_model()).text
    with pytest.raises(ModelUnavailable, match="not on the public internet"):
        asked(organizations(tmp_path, **told).organization_model(here, 0))
    opened = organizations(tmp_path, LLM_ALLOWED_CIDRS="127.0.0.0/8")
    opened.check_url(endpoint.base)
    assert asked(opened.organization_model(here, 0)).text
    assert len(endpoint.calls()) == 2


def test_a_name_is_looked_up_within_seconds_or_not_at_all(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = threading.Event()
    monkeypatch.setattr("interviewrelay.adapters.language_models.openai.CHECK_SECONDS", 0.1)
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: answers.wait() and [])
    with pytest.raises(EndpointRefused, match="timeout"):
        organizations(tmp_path).check_url("https://llm.example/v1")
    answers.set()


def test_a_name_that_has_moved_inside_since_it_was_checked_is_not_called(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = iter(["93.184.215.14", "10.0.0.7"])
    monkeypatch.setattr(
        "socket.getaddrinfo", lambda *_, **__: [(2, 1, 6, "", (next(places), 443))]
    )
    models = organizations(tmp_path)
    models.check_url("https://llm.example/v1")
    with pytest.raises(ModelUnavailable, match="not on the public internet"):
        asked(
            models.organization_model(
                language_models.Endpoint("https://llm.example/v1", "tiny", KEY), 0
            )
        )


def test_one_organizations_slow_endpoint_leaves_places_for_others(
    tmp_path: Any, endpoint: Endpoint
) -> None:
    endpoint.behave("hangs")
    models = organizations(tmp_path, LLM_ALLOWED_CIDRS="127.0.0.0/8", THREADS="4")
    here = language_models.Endpoint(endpoint.base, "tiny", KEY)
    slow, other, third = (models.organization_model(here, 0) for _ in range(3))

    first = waiting_for(slow)
    until_called(endpoint, 1)
    with pytest.raises(ModelUnavailable, match="too many calls"):
        asked(slow)  # a quarter of four
    second = waiting_for(other)
    until_called(endpoint, 2)
    with pytest.raises(ModelUnavailable, match="too many calls"):
        asked(third)  # half of four
    endpoint.behave("valid")  # this ends the calls that wait
    first.join()
    second.join()


def test_what_an_organization_spends_on_its_own_is_counted_through_changes(
    tmp_path: Any, endpoint: Endpoint
) -> None:
    endpoint.behave("valid")
    told = {"LLM_ALLOWED_CIDRS": "127.0.0.0/8", "PROCESSES": "2"}
    models = organizations(tmp_path, **told)
    here = language_models.Endpoint(endpoint.base, "tiny", KEY)
    asked(models.organization_model(here, 1_500), payer="a")  # 760 of 750 for each process
    with pytest.raises(ModelUnavailable, match="daily limit"):
        asked(models.organization_model(here, 1_500), payer="a")
    assert asked(models.organization_model(here, 1_522), payer="a").text
    assert asked(models.organization_model(here, 1_500), payer="b").text


def test_a_key_is_in_no_repr_of_an_endpoint() -> None:
    assert KEY not in repr(language_models.Endpoint("https://llm.example/v1", "tiny", KEY))
