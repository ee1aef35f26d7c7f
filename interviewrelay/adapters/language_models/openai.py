"""OpenAI-compatible language model: any endpoint with chat completions."""

import json
import logging
import math
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final

from interviewrelay.adapters.http import client
from interviewrelay.adapters.http.address_guard import (
    LOOPBACK,
    AddressGuard,
    OutboundFailed,
    OutboundRefused,
    parse_url,
)
from interviewrelay.adapters.http.circuit_breaker import CircuitBreaker
from interviewrelay.adapters.language_models import local_servers
from interviewrelay.core import clock
from interviewrelay.core.config.parsers import SettingsError
from interviewrelay.core.config.settings import Settings, is_loopback
from interviewrelay.core.egress import report_tokens
from interviewrelay.core.ports.language_models import (
    Completion,
    Endpoint,
    EndpointRefused,
    LocalEndpoint,
    ModelUnavailable,
    Prompt,
)

log = logging.getLogger("interviewrelay.model")

CHECK_SECONDS: Final = 5.0
SOFT_SHARE: Final = 0.75
"""Share of the timeout after which a reply counts as slow (`CallLimits.soft`)."""
LARGEST_ANSWER: Final = 256 * 1024
FORMS: Final = ("json_schema", "json_object with a schema", "json_object", "text")
"""JSON modes, strictest first; an endpoint refuses those that it does not know."""
UNKNOWN_FORM: Final = (400, 404, 415, 422, 501)
CONFUSED: Final = 500
"""Status with which llama.cpp refuses a mode while naming the field; other servers just fail with
it.
"""


class OpenAiModels:
    """Models of the server and of organizations, which share the server's threads: at most half of
    them wait for models at a time, at most a quarter for one organization's.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.patience = float(settings.llm_patience_seconds)
        self._free = threading.BoundedSemaphore(max(1, settings.threads // 2))
        self._guard = AddressGuard(allowed=settings.llm_allowed_cidrs)
        self._purse, self._servers_purse = _Purse(), _Purse()
        self._limits = CallLimits(
            self.patience,
            settings.llm_max_tokens,
            settings.llm_reasoning,
            soft_seconds=SOFT_SHARE * self.patience,
        )

    def server_model(self) -> "OpenAiModel":
        """The model in the settings. Raises SettingsError."""
        given = self._settings
        try:
            host = parse_url(given.llm_base_url).hostname or ""
        except OutboundRefused as refused:
            raise SettingsError(f"LLM_BASE_URL is not a valid URL: {refused}.") from None
        here = LOOPBACK if is_loopback(host) else ()
        return OpenAiModel(
            Endpoint(given.llm_base_url, given.llm_model, given.llm_api_key),
            guard=AddressGuard(allowed=(*here, *given.llm_allowed_cidrs), ports=None),
            free=[self._free],
            daily_tokens=self._share(given.llm_daily_tokens),
            limits=self._limits,
        )

    def organization_model(self, endpoint: Endpoint, daily_tokens: int) -> "OpenAiModel":
        """An organization's model with fresh state; only today's token count is kept."""
        quarter = threading.BoundedSemaphore(max(1, self._settings.threads // 4))
        return OpenAiModel(
            endpoint,
            guard=self._guard,
            free=[quarter, self._free],
            purse=self._purse,
            daily_tokens=self._share(daily_tokens),
            limits=self._limits,
        )

    def check_url(self, base_url: str) -> None:
        """Check that an organization's model may be at this URL. Raises EndpointRefused."""
        try:
            client.check_url(self._guard, base_url, CHECK_SECONDS)
        except (OutboundRefused, OutboundFailed) as fault:
            raise EndpointRefused(str(fault)) from None

    @property
    def local_ports(self) -> tuple[int, ...]:
        return local_servers.list_allowed_ports(self._settings)

    def find_local(self) -> list[LocalEndpoint]:
        return local_servers.find_endpoints(self.local_ports)

    def local_model(
        self, port: int, name: str, *, patience: float | None = None
    ) -> "OpenAiModel":
        """A model of this machine. Raises EndpointRefused for a port that must not be called."""
        if port not in self.local_ports:
            raise EndpointRefused("it is not in LLM_LOCAL_PORTS")
        seconds = patience or self.patience
        return OpenAiModel(
            Endpoint(local_servers.build_base_url(port), name),
            guard=local_servers.GUARD,
            free=[self._free],
            purse=self._servers_purse,
            daily_tokens=self._share(self._settings.llm_daily_tokens),
            limits=replace(self._limits, seconds=seconds, soft_seconds=SOFT_SHARE * seconds),
        )

    def _share(self, tokens: int) -> int:
        """Daily token limit of this process: its share of the total."""
        return math.ceil(tokens / self._settings.processes)


@dataclass(frozen=True, slots=True)
class CallLimits:
    """Limits of a call: seconds, tokens of the reply, and reasoning effort (`low`, …).

    A reply after more than `soft` seconds is used but counts as a failure, so that slow models are
    dropped.
    """

    seconds: float = 8.0
    tokens: int = 1_000
    reasoning: str = ""
    soft_seconds: float = 6.0


class OpenAiModel:
    """Client of one endpoint. The process remembers its JSON mode, its circuit breaker and the
    tokens spent.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        guard: AddressGuard,
        free: Sequence[threading.BoundedSemaphore] = (),
        purse: "_Purse | None" = None,
        daily_tokens: int = 0,
        limits: "CallLimits | None" = None,
    ) -> None:
        """`free` holds semaphores for concurrent calls, all of which must be acquired, so that a
        slow endpoint never blocks all threads; `daily_tokens` is the limit of an organization, 0
        for none.
        """
        self._limits = limits or CallLimits()
        self.name, self.patience = endpoint.name, self._limits.seconds
        self._url = f"{endpoint.base_url.rstrip('/')}/chat/completions"
        self._key, self._guard = endpoint.key, guard
        self._free, self._daily_tokens = free, daily_tokens
        self._purse = purse or _Purse()
        self.breaker = CircuitBreaker()
        self._form = 0
        self._limit = "max_tokens"

    @property
    def json_mode(self) -> str:
        return FORMS[self._form]

    def complete(self, prompt: Prompt, *, payer: str, seconds: float) -> Completion:
        if self._daily_tokens and self._purse.spent(payer) >= self._daily_tokens:
            raise ModelUnavailable("the organization's daily limit is reached", called=False)
        with self._place():
            rest = self.breaker.check_open()
            if rest is not None:
                raise ModelUnavailable(
                    "calls to the endpoint are paused for a while", rest=rest, called=False
                )
            return self._noted(prompt, payer, seconds)

    @contextmanager
    def _place(self) -> Iterator[None]:
        """Slot for a concurrent call. Raises ModelUnavailable."""
        with ExitStack() as held:
            for places in self._free:
                if not places.acquire(blocking=False):
                    raise ModelUnavailable("too many calls at once", called=False)
                held.callback(places.release)
            yield

    def _noted(self, prompt: Prompt, payer: str, seconds: float) -> Completion:
        """An admitted call that reports its result to the circuit breaker in any case."""
        began = time.monotonic()
        made: Completion | None = None
        why = "fault"
        try:
            made = self._asked(prompt, began + seconds)
        except (OutboundFailed, OutboundRefused, _Unusable) as fault:
            why = str(fault)
        finally:
            in_time = time.monotonic() - began <= self._limits.soft_seconds
            rest = self.breaker.record_result(well=made is not None and in_time)
        spent = made.tokens if made else _guess(prompt.rules, prompt.data)
        self._purse.pay(payer, spent)
        if rest is not None:
            log.warning("model_calls_paused", extra={"reason": why if made is None else "slow"})
        if made is None:
            raise ModelUnavailable(why, rest=rest, tokens=spent)
        return made

    def _asked(self, prompt: Prompt, until: float) -> Completion:
        """The reply in the strictest JSON mode that the endpoint supports."""
        for form in range(self._form, len(FORMS)):
            answer = self._posted(prompt, form, until)
            if answer.status in UNKNOWN_FORM and b"max_completion_tokens" in answer.body:
                self._limit = "max_completion_tokens"
                answer = self._posted(prompt, form, until)
            if answer.status == 200:
                self._form = form
                return _completion(answer.body, prompt)
            if not _refuses_form(answer):
                break
        raise _Unusable(f"status {answer.status}")

    def _posted(self, prompt: Prompt, form: int, until: float) -> client.HttpResponse:
        asked: dict[str, Any] = {
            "model": self.name,
            "messages": [
                {"role": "system", "content": prompt.rules},
                {"role": "user", "content": prompt.data},
            ],
            self._limit: self._limits.tokens,
            **({"reasoning_effort": self._limits.reasoning} if self._limits.reasoning else {}),
            **_format(FORMS[form], prompt.schema),
        }
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        left = max(0.0, until - time.monotonic())
        body = json.dumps(asked).encode()
        sent = client.HttpRequest(
            self._url,
            body,
            headers,
            seconds=left,
            max_bytes=LARGEST_ANSWER,
            service="language_model",
            model=self.name,
        )
        return client.send_request(self._guard, sent)


class _Unusable(Exception):
    """Unusable response; the text says why."""


def _refuses_form(answer: client.HttpResponse) -> bool:
    named = answer.status == CONFUSED and b"response_format" in answer.body
    return named or answer.status in UNKNOWN_FORM


def _format(form: str, schema: Mapping[str, object]) -> dict[str, Any]:
    if form == "text":
        return {}
    if form == "json_object":
        return {"response_format": {"type": form}}
    if form == "json_object with a schema":
        return {"response_format": {"type": "json_object", "schema": schema}}
    named = {"name": "turn", "strict": True, "schema": schema}
    return {"response_format": {"type": form, "json_schema": named}}


def _completion(body: bytes, prompt: Prompt) -> Completion:
    try:
        told = json.loads(body)
        choice = told["choices"][0]
        text, why = choice["message"]["content"], choice.get("finish_reason")
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        raise _Unusable("no chat completion") from None
    if not isinstance(text, str) or not text.strip():
        raise _Unusable("empty reply")
    if why == "length":
        raise _Unusable("reply cut off")
    tokens = _used(told)
    report_tokens(tokens)
    return Completion(text, tokens or _guess(prompt.rules, prompt.data, text))


def _used(told: Mapping[str, Any]) -> int:
    usage = told.get("usage")
    total = usage.get("total_tokens") if isinstance(usage, Mapping) else None
    return total if isinstance(total, int) and 0 < total < 10_000_000 else 0


def _guess(*texts: str) -> int:
    """Token estimate for texts without a count: about four characters each."""
    return sum(map(len, texts)) // 4 + 1


class _Purse:
    """Tokens spent today (UTC) by organization; lost at a restart."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._day = ""
        self._spent: dict[str, int] = {}

    def spent(self, payer: str) -> int:
        with self._guard:
            self._turn_the_page()
            return self._spent.get(payer, 0)

    def pay(self, payer: str, tokens: int) -> None:
        with self._guard:
            self._turn_the_page()
            self._spent[payer] = self._spent.get(payer, 0) + tokens

    def _turn_the_page(self) -> None:
        today = clock.now().date().isoformat()
        if today != self._day:
            self._day, self._spent = today, {}
