"""What the product needs of the outside, as small protocols that adapters and fakes implement."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, Protocol, Self

from interviewrelay.conversation import Transcript


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to one person, before it is worded. `kind` names the templates in templates/email/."""

    to: str
    kind: Literal[
        "invite",
        "reminder",
        "copy",
        "credits",
        "safety",
        "reading",
        "webhook",
        "password",
        "password_changed",
        "login_alert",
        "member",
        "test",
    ]
    sender_name: str
    subject: str
    reply_to: str = ""
    """Where answers go; empty for the sender's own address."""
    zone: str = ""
    """The time zone that moments are told in (`clock.zone`)."""
    facts: Mapping[str, str] = field(default_factory=dict)
    expires_at: datetime | None = None
    unsubscribe: str = ""
    """The link by which its person wants no more of them; none for people at the desk."""
    language: str = "en"
    """One of `catalogs.LANGUAGES`."""
    reference: str = ""
    """The same whenever this letter is handed over, so that who gets it twice can tell."""


class MailRefused(Exception):
    """The mail server refused this letter for good; trying again is of no use."""


class MailLater(Exception):
    """The letter could not be handed over now; try again later."""


class MailServerAway(MailLater):
    """Nor could any other: the server does not answer, or does not let us in."""


class Mailer(Protocol):
    """Hands letters over."""

    @property
    def configured(self) -> bool:
        """Whether letters leave this server at all."""
        ...

    def deliver(self, letter: Letter) -> Literal["sent", "kept"]:
        """Hand a letter over: `sent` when a server took it, `kept` when there is no server to send by.

        Raises MailRefused, MailLater and, for all letters, MailServerAway.
        """
        ...

    def calling(self) -> AbstractContextManager[Self]:
        """The same mailer, with one connection for all letters until the end of the block."""
        ...


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants to pay for."""

    payment_id: str
    cents: int
    currency: str
    description: str
    email: str
    success_url: str
    cancel_url: str


@dataclass(frozen=True, slots=True)
class Checkout:
    """Where it can be paid."""

    id: str
    url: str


@dataclass(frozen=True, slots=True)
class PaymentEvent:
    """What the payment provider tells of a payment of ours; `cents` of a refund are all so far."""

    kind: Literal["paid", "expired", "failed", "refunded"]
    payment_id: str | None
    payment_intent_id: str | None
    cents: int | None
    currency: str | None


class PaymentsAway(Exception):
    """The payment provider could not be reached, or took nothing; try again later."""


class SignatureWrong(Exception):
    """What claims to be from the payment provider is not, or is too old."""


class Payments(Protocol):
    """Takes money."""

    @property
    def configured(self) -> bool:
        """Whether this server can take payments at all."""
        ...

    def begin(self, order: Order) -> Checkout:
        """Open a place to pay; the same order again gives the same place. Raises PaymentsAway."""
        ...

    def read(self, body: bytes, signature: str) -> PaymentEvent | None:
        """What a message of the provider's says; None when it concerns nothing here.

        Raises SignatureWrong.
        """
        ...


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


class Meaning(Protocol):
    """Tells how close texts are in meaning, on this machine."""

    @property
    def name(self) -> str:
        """The name of what it goes by."""
        ...

    @property
    def languages(self) -> frozenset[str]:
        """The languages that it knows, such as `en`."""
        ...

    def closeness(self, said: str, texts: Sequence[str]) -> Sequence[float] | None:
        """The cosine, -1 to 1, of what somebody said with each of these texts of the author.

        None when it cannot tell; never raises. What was said is not kept, the author's texts may be.
        """
        ...


class PdfRenderer(Protocol):
    """Turns a transcript into a PDF."""

    def render(self, transcript: Transcript) -> bytes:
        """The bytes of the PDF. Raises `errors.PdfUnavailable` when it cannot be made now."""
        ...


CHUNK: Final = 8 * 1024 * 1024
"""Bytes of a file that are held at once: who handles larger ones puts and reads them in pieces."""


class Storage(Protocol):
    """Keeps files under names that we chose ourselves: letters, digits, `.`, `_`, `-` and `/` between
    folders. Another name is a ValueError. All raise `errors.StorageAway` when the place is away.
    """

    def put(self, name: str, content: bytes | Iterable[bytes]) -> None:
        """Keep the content, given whole or in pieces, under the name: whole or not at all.

        What the pieces raise goes through, and leaves what was there.
        """
        ...

    def get(self, name: str) -> bytes | None:
        """The content, or None when there is nothing of that name."""
        ...

    def size(self, name: str) -> int | None:
        """How many bytes it has, or None when there is nothing of that name."""
        ...

    def read(self, name: str, start: int, end: int) -> bytes | None:
        """The bytes from `start` up to, not including, `end`: fewer where the file is shorter.

        None when there is nothing of that name. `end` must lie behind `start`.
        """
        ...

    def delete(self, name: str) -> None:
        """Remove it; removing nothing is no error."""
        ...

    def names(self, prefix: str = "") -> Iterator[str]:
        """Every name that begins so and under which something is kept whole, sorted."""
        ...

    def tidy(self, before: datetime) -> int:
        """Remove what a crash has left half written if nothing was added to it since; how much."""
        ...
