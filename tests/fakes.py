"""Stand-ins behind the ports; each passes the same contract test as the real adapter."""

import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any, Literal, Self

from interviewrelay.adapters.audio.wave_codec import WaveCodec
from interviewrelay.adapters.storage.file_names import validate_name, validate_range
from interviewrelay.core.conversation import Transcript
from interviewrelay.core.db.session import refuse_transaction
from interviewrelay.core.ports.audio import Sound
from interviewrelay.core.ports.language_models import Completion, ModelUnavailable, Prompt
from interviewrelay.core.ports.mail import MailMessage
from interviewrelay.core.ports.payments import Checkout, InvalidSignature, Order, PaymentEvent
from interviewrelay.core.ports.speech import Pause, SpeechEngines, Transcription, Word
from interviewrelay.core.ports.webhook_client import (
    WebhookCallFailed,
    WebhookResponse,
    WebhookUrlRefused,
)


class FakeMailer:
    """Remembers what it was given; `fault` is raised instead while it is set."""

    def __init__(self) -> None:
        self.configured = True
        self.letters: list[MailMessage] = []
        self.fault: Exception | None = None

    def connection(self) -> AbstractContextManager[Self]:
        return nullcontext(self)

    def deliver(self, letter: MailMessage) -> Literal["sent", "kept"]:
        if self.fault is not None:
            raise self.fault
        self.letters.append(letter)
        return "sent"


class FakeWebhookClient:
    """Remembers what was posted; answers in turn what it is told to, then always 204.

    An answer that is a word is a failure of that kind. Addresses that hold `inside` are refused.
    """

    def __init__(self) -> None:
        self.posted: list[tuple[str, bytes, dict[str, str]]] = []
        self.answers: list[WebhookResponse | str] = []

    def check_url(self, url: str) -> None:
        refuse_transaction()
        if not url.startswith("https://"):
            raise WebhookUrlRefused("scheme", "only https is allowed")
        if "inside" in url:
            raise WebhookUrlRefused("address", "the host is not on the public internet")

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> WebhookResponse:
        refuse_transaction()
        self.posted.append((url, body, dict(headers)))
        answer = self.answers.pop(0) if self.answers else WebhookResponse(204)
        if isinstance(answer, str):
            raise WebhookCallFailed(answer)
        return answer


class FakePayments:
    """Opens places to pay in name only; believes what is signed `good`, in its own few words."""

    def __init__(self) -> None:
        self.configured = True
        self.orders: list[Order] = []
        self.fault: Exception | None = None

    def create_checkout(self, order: Order) -> Checkout:
        refuse_transaction()
        if self.fault is not None:
            raise self.fault
        self.orders.append(order)
        return Checkout(f"cs_{order.payment_id}", f"https://pay.example/{order.payment_id}")

    def parse_event(self, body: bytes, signature: str) -> PaymentEvent | None:
        if signature != "good":
            raise InvalidSignature("not signed")
        told = json.loads(body)
        return PaymentEvent(**told) if told else None


class FakePdf:
    """A PDF in name only, with the words in it."""

    def __init__(self) -> None:
        self.rendered = 0

    def render(self, transcript: Transcript) -> bytes:
        self.rendered += 1
        words = "\n".join(turn.text for turn in transcript.turns)
        return b"%PDF-1.4 fake\n" + words.encode()


class FakeStorage:
    """Keeps files in memory; `fault` is raised instead while it is set."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.fault: Exception | None = None

    def put(self, name: str, content: bytes | Iterable[bytes]) -> None:
        validate_name(name)
        self._reach()
        self.files[name] = content if isinstance(content, bytes) else b"".join(content)

    def get(self, name: str) -> bytes | None:
        validate_name(name)
        self._reach()
        return self.files.get(name)

    def size(self, name: str) -> int | None:
        found = self.get(name)
        return None if found is None else len(found)

    def read(self, name: str, start: int, end: int) -> bytes | None:
        start, end = validate_range(start, end)
        found = self.get(name)
        return None if found is None else found[start:end]

    def delete(self, name: str) -> None:
        validate_name(name)
        self._reach()
        self.files.pop(name, None)

    def list_names(self, prefix: str = "") -> Iterator[str]:
        self._reach()
        yield from sorted(name for name in self.files if name.startswith(prefix))

    def remove_partial_files(self, before: datetime) -> int:
        del before
        self._reach()
        return 0

    def _reach(self) -> None:
        refuse_transaction()
        if self.fault is not None:
            raise self.fault


class FakeSimilarity:
    """Takes texts for as close as `near` says, and cannot tell without; remembers what it was asked."""

    name, languages = "fake", frozenset({"en"})

    def __init__(self, near: Callable[[str, str], float] | None = None) -> None:
        self.near = near
        self.said: list[str] = []
        self.texts: set[str] = set()

    def similarities(self, said: str, texts: Sequence[str]) -> Sequence[float] | None:
        self.said.append(said)
        self.texts.update(texts)
        return None if self.near is None else [self.near(said, text) for text in texts]


class FakeModel:
    """Replies as `reply` says, which may raise; remembers what it was asked."""

    def __init__(self, reply: Callable[[Prompt], str] | None = None) -> None:
        self.name, self.patience, self.form = "fake", 60.0, "json_schema"
        self.prompts: list[Prompt] = []
        self.reply = reply

    def complete(self, prompt: Prompt, *, payer: str, seconds: float) -> Completion:
        refuse_transaction()
        self.prompts.append(prompt)
        if self.reply is None:
            raise ModelUnavailable("away")
        return Completion(self.reply(prompt), 100)


class FakeTranscriber:
    """Understands what it is told to, in turn, then always the same; `fault` is raised instead while
    it is set.
    """

    name, local = "fake-ears", True

    def __init__(self, *texts: str) -> None:
        self.texts = list(texts)
        self.fault: Exception | None = None
        self.heard: list[Sound] = []
        self.glossaries: list[tuple[str, ...]] = []

    def recognizes(self, language: str) -> bool:
        return language.partition("-")[0] in {"en", "de", "nl", "fr", "es"}

    def transcribe(
        self,
        sound: Sound,
        *,
        language: str,
        glossary: Sequence[str] = (),
        urgent: bool = True,
    ) -> Transcription:
        refuse_transaction()
        if self.fault is not None:
            raise self.fault
        self.heard.append(sound)
        self.glossaries.append(tuple(glossary))
        text = self.texts.pop(0) if self.texts else "It took me an hour to get there."
        words = text.split()
        each = sound.seconds / max(len(words), 1)
        placed = tuple(
            Word(word, i * each, (i + 1) * each, 0.9) for i, word in enumerate(words)
        )
        return Transcription(text, 0.9 if words else None, placed)


class FakeSpeaker:
    """Speaks a tenth of a second of silence for each word."""

    name, local = "fake-voice", True

    def __init__(self) -> None:
        self.fault: Exception | None = None
        self.spoken: list[str] = []

    def speaks(self, language: str) -> bool:
        return language.partition("-")[0] == "en"

    def speak(self, text: str, *, language: str, urgent: bool = True) -> Sound:
        refuse_transaction()
        if self.fault is not None:
            raise self.fault
        self.spoken.append(text)
        return Sound(bytes(2 * 2_400 * len(text.split())), 24_000)


class FakeTurnDetector:
    """Hears speech and silence by loudness, and says how complete it is told to be."""

    name = "fake-detector"

    def __init__(self, complete: float = 1.0) -> None:
        self.complete = complete

    def listen(self, sound: Sound) -> Pause:
        refuse_transaction()
        loud = [i for i, sample in enumerate(array("h", sound.samples)) if abs(sample) > 300]
        if not loud:
            return Pause(0.0, sound.seconds, 0.0)
        silence = sound.seconds - (loud[-1] + 1) / sound.rate
        return Pause(len(loud) / sound.rate, silence, self.complete)


def speech_engines(**parts: Any) -> SpeechEngines:
    """Engines for tests: a WAV codec and stand-ins, unless others are given."""
    made = {
        "codec": WaveCodec(),
        "transcriber": FakeTranscriber(),
        "speaker": FakeSpeaker(),
        "turn_detector": FakeTurnDetector(),
    }
    return SpeechEngines(**{**made, **parts})
