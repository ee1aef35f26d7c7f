"""Language models, as the product asks them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a language model is asked: `rules` of ours, `data` of the interview, and the JSON schema
    that its reply should have.
    """

    rules: str
    data: str
    schema: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Completion:
    """What it replied, and the tokens that the call took, both ways together."""

    text: str
    tokens: int


class ModelAway(Exception):
    """No reply, or none in time; the text says why in a few words.

    `rest` names the rest that the model was given after failing too often, as long as it lasts;
    `called` is False where nobody was asked.
    """

    def __init__(
        self, why: str, *, rest: str | None = None, tokens: int = 0, called: bool = True
    ) -> None:
        super().__init__(why)
        self.called = called
        self.rest = rest
        self.tokens = tokens


class LanguageModel(Protocol):
    """Words what the interviewer has decided to say. Nothing waits for it longer than its patience."""

    @property
    def name(self) -> str:
        """The model's name, as its endpoint knows it."""
        ...

    @property
    def patience(self) -> float:
        """Seconds after which a call has failed, whatever becomes of it."""
        ...

    @property
    def form(self) -> str:
        """How it was asked for JSON when it replied last: `json_schema`, `json_object` or `text`."""
        ...

    def complete(self, prompt: Prompt, *, payer: str, seconds: float) -> Completion:
        """The reply to a prompt, within so many seconds; `payer` is the organization it is for.

        Raises ModelAway.
        """
        ...


@dataclass(frozen=True, slots=True)
class ModelPolicy:
    """The model, what it may cost an interview, what it can read at once, and whether it sees personal
    data.
    """

    model: LanguageModel
    session_tokens: int = 300_000
    context_tokens: int = 16_000
    hides_personal_data: bool = True

    @property
    def seconds(self) -> float:
        """How long a turn may be under way; until then nobody else asks what is owed."""
        return self.model.patience * 2


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a language model is, its name there, and the key where it wants one."""

    base_url: str
    name: str
    key: str = field(default="", repr=False)


class EndpointRefused(Exception):
    """No model can be called at an address; the text says why, and no address that was found."""


@dataclass(frozen=True, slots=True)
class LocalEndpoint:
    """What was found on a port of this machine: the names of the models that it serves, or the
    `fault` why none can be used there, in a few words.
    """

    port: int
    models: Sequence[str] = ()
    fault: str = ""


class LanguageModels(Protocol):
    """Reaches the models of organizations, at addresses that somebody typed, and those that run on
    this machine.
    """

    @property
    def patience(self) -> float:
        """That of each of them."""
        ...

    def own(self, endpoint: Endpoint, daily_tokens: int) -> LanguageModel:
        """A model, as if nobody had called it so far; 0 tokens are no limit."""
        ...

    def check(self, base_url: str) -> None:
        """Whether a model may be there, as things are now. Raises EndpointRefused."""
        ...

    @property
    def local_ports(self) -> Sequence[int]:
        """The ports of 127.0.0.1 that may be looked at; never the one that we listen on."""
        ...

    def find_local(self) -> Sequence[LocalEndpoint]:
        """What answers on these ports, within seconds; nothing of those where nobody listens."""
        ...

    def local(self, port: int, name: str, *, patience: float | None = None) -> LanguageModel:
        """A model on one of these ports, as if nobody had called it so far. Raises EndpointRefused."""
        ...
