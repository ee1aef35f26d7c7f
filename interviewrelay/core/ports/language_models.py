"""Language models: the port through which the product calls them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Prompt:
    """Prompt for a language model: our `rules`, the interview's `data`, and the JSON schema of the
    reply.
    """

    rules: str
    data: str
    schema: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Completion:
    """Completion: the reply, and the tokens of the call in both directions."""

    text: str
    tokens: int


class ModelUnavailable(Exception):
    """The model did not reply, or not in time; the text says why in a few words.

    `rest` is the id of the circuit breaker's current open period, if any; `called` is False if the
    model was not called.
    """

    def __init__(
        self, why: str, *, rest: str | None = None, tokens: int = 0, called: bool = True
    ) -> None:
        super().__init__(why)
        self.called = called
        self.rest = rest
        self.tokens = tokens


class LanguageModel(Protocol):
    """Language model that words the interviewer's decisions. A call lasts at most `patience`
    seconds.
    """

    name: str
    """Name of the model at its endpoint."""
    patience: float
    """Timeout of a call in seconds."""

    @property
    def json_mode(self) -> str:
        """JSON mode of the latest reply: `json_schema`, `json_object` or `text`."""

    def complete(self, prompt: Prompt, *, payer: str, seconds: float) -> Completion:
        """Reply to a prompt within so many seconds; `payer` is the organization that pays.

        Raises ModelUnavailable.
        """


@dataclass(frozen=True, slots=True)
class ModelPolicy:
    """Model policy: the model, its token budget an interview, its context size, and whether
    personal data is masked.
    """

    model: LanguageModel
    session_tokens: int = 300_000
    context_tokens: int = 16_000
    hides_personal_data: bool = True

    @property
    def seconds(self) -> float:
        """Lease of a turn in seconds; until it ends, no other process recovers the turn."""
        return self.model.patience * 2


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Endpoint of a language model: base URL, model name, and an API key if needed."""

    base_url: str
    name: str
    key: str = field(default="", repr=False)


class EndpointRefused(Exception):
    """A base URL that must not be called; the text says why, without any resolved IP address."""


@dataclass(frozen=True, slots=True)
class LocalEndpoint:
    """Result of probing a port of this machine: names of the models served there, or the `fault` in
    a few words.
    """

    port: int
    models: Sequence[str] = ()
    fault: str = ""


class LanguageModels(Protocol):
    """Access to language models: those of organizations, at URLs that people typed, and those of
    this machine.
    """

    patience: float
    """Timeout of a call in seconds, the same for every model."""

    def organization_model(self, endpoint: Endpoint, daily_tokens: int) -> LanguageModel:
        """A model with fresh state (circuit breaker, budget); `daily_tokens` of 0 means no limit."""

    def check_url(self, base_url: str) -> None:
        """Check that a base URL may be called now. Raises EndpointRefused."""

    @property
    def local_ports(self) -> Sequence[int]:
        """Ports of 127.0.0.1 that may be probed, without our own."""

    def find_local(self) -> Sequence[LocalEndpoint]:
        """Probe the local ports within seconds; ports without a listener are left out."""

    def local_model(
        self, port: int, name: str, *, patience: float | None = None
    ) -> LanguageModel:
        """A model on one of the local ports, with fresh state. Raises EndpointRefused."""
