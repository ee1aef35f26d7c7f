"""OpenAI-compatible speech services: any endpoints with transcriptions and speech."""

import json
import logging
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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
from interviewrelay.adapters.speech.admission import CallLimit
from interviewrelay.adapters.speech.transcription_reply import read_transcription
from interviewrelay.core.audio_containers import MEDIA_TYPES
from interviewrelay.core.config.parsers import SettingsError
from interviewrelay.core.config.settings import Settings, is_loopback
from interviewrelay.core.db.session import refuse_transaction
from interviewrelay.core.egress import Service
from interviewrelay.core.errors import Refusal
from interviewrelay.core.ports.audio import AudioCodec, RecordingFormat, Sound
from interviewrelay.core.ports.speech import SpeechUnavailable, Transcription

log = logging.getLogger("interviewrelay.speech")

URGENT_SECONDS: Final = 20.0
LONGEST_CALL_SECONDS: Final = 120.0
"""Time limit of a call that nobody waits for."""
LARGEST_UPLOAD: Final = 24 * 1024 * 1024
"""Services take 25 MB."""
UNCOMPRESSED_SECONDS: Final = 30
"""Longer sounds are compressed before they are sent, if the codec can."""
LARGEST_REPLY: Final = 2 * 1024 * 1024
LARGEST_SOUND: Final = 32 * 1024 * 1024
LONGEST_SPEECH_SECONDS: Final = 300
SPEECH_RATE: Final = 24_000
HEADER_START, HEADER_END = 12, 256
"""Bytes of a WAV file between which its sound begins."""
LONGEST_GLOSSARY: Final = 600
FORMS: Final = ("verbose_json", "json", "text")
"""Forms of a transcription, most detailed first; a service refuses those that it does not know."""
UNKNOWN_FORM: Final = (400, 404, 415, 422, 501)
REFUSED: Final = (400, 413, 415, 422)
SHORTEST_SECONDS: Final = 0.1
"""Services refuse shorter sounds, in which nothing can be said."""
HEARING: Final = "audio/transcriptions"


@dataclass(frozen=True, slots=True)
class _Service:
    """Endpoint of a service, with the variables that set it."""

    variable: str
    url: str
    model: str
    key: str
    path: str


class _Unusable(Exception):
    """Unusable response; the text says why."""


class _Refused(_Unusable):
    """Refusal of this one sound or text, which says nothing about the next."""


class _Client:
    """Calls of one endpoint, with its circuit breaker."""

    def __init__(self, service: _Service, settings: Settings, limit: CallLimit) -> None:
        try:
            host = parse_url(service.url).hostname or ""
        except OutboundRefused as refused:
            raise SettingsError(f"{service.variable} is not a valid URL: {refused}.") from None
        here = LOOPBACK if is_loopback(host) else ()
        self._guard = AddressGuard(allowed=(*here, *settings.speech_allowed_cidrs), ports=None)
        self._url = f"{service.url.rstrip('/')}/{service.path}"
        self._key, self._model = service.key, service.model
        self._service: Service = (
            "speech_to_text" if service.path == HEARING else "text_to_speech"
        )
        self._limit = limit
        self.breaker = CircuitBreaker()

    def call(self, ask: Callable[[float], Any], *, urgent: bool) -> Any:
        """Result of `ask`, which gets the monotonic time at which the call must end.

        Raises SpeechUnavailable.
        """
        refuse_transaction()
        with self._limit.admit(urgent=urgent):
            if self.breaker.check_open() is not None:
                raise SpeechUnavailable("calls to the service are paused for a while")
            limit = URGENT_SECONDS if urgent else LONGEST_CALL_SECONDS
            return self._noted(ask, time.monotonic() + limit)

    def _noted(self, ask: Callable[[float], Any], until: float) -> Any:
        """An admitted call that reports its result to the circuit breaker in any case."""
        made, why, works = None, "fault", False
        try:
            made = ask(until)
            works = True
        except _Refused as refused:
            why, works = str(refused), True
        except (OutboundFailed, OutboundRefused, _Unusable) as fault:
            why = str(fault)
        finally:
            rest = self.breaker.record_result(well=works)
        if rest is not None:
            log.warning("speech_calls_paused", extra={"reason": why})
        if made is None:
            raise SpeechUnavailable(why)
        return made

    def post(self, body: bytes, kind: str, until: float, most: int) -> client.HttpResponse:
        headers = {"Content-Type": kind, "Accept": "*/*"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        left = max(0.0, until - time.monotonic())
        sent = client.HttpRequest(
            self._url,
            body,
            headers,
            seconds=left,
            max_bytes=most,
            service=self._service,
            model=self._model,
        )
        return client.send_request(self._guard, sent)


class OpenAiTranscriber:
    """Recogniser behind `/audio/transcriptions`. The process remembers which form it knows."""

    local = False

    def __init__(
        self, service: _Service, settings: Settings, codec: AudioCodec, limit: CallLimit
    ) -> None:
        self.name = service.model
        self._client = _Client(service, settings, limit)
        self._codec = codec
        self._form = 0

    @classmethod
    def open(
        cls, settings: Settings, codec: AudioCodec, limit: CallLimit
    ) -> "OpenAiTranscriber":
        """The service in the settings. Raises SettingsError."""
        service = _Service(
            "STT_BASE_URL",
            settings.stt_base_url,
            settings.stt_model,
            settings.stt_api_key,
            HEARING,
        )
        return cls(service, settings, codec, limit)

    def recognizes(self, language: str) -> bool:  # noqa: ARG002 - services do not tell
        return True

    def transcribe(
        self,
        sound: Sound,
        *,
        language: str,
        glossary: Sequence[str] = (),
        urgent: bool = True,
    ) -> Transcription:
        if sound.seconds < SHORTEST_SECONDS:
            return Transcription("")
        form: RecordingFormat = "wav"
        if sound.seconds > UNCOMPRESSED_SECONDS:
            form = self._codec.formats[0]
        content = self._codec.encode([sound], form)
        if len(content) > LARGEST_UPLOAD:
            raise SpeechUnavailable("the recording is too large for the service")
        asked = {"model": self.name, "language": language.partition("-")[0].lower()}
        if glossary:
            asked["prompt"] = ", ".join(glossary)[:LONGEST_GLOSSARY]
        made: Transcription = self._client.call(
            lambda until: self._asked(asked, content, form, sound.seconds, until), urgent=urgent
        )
        return made

    def _asked(
        self,
        asked: Mapping[str, str],
        content: bytes,
        form: RecordingFormat,
        seconds: float,
        until: float,
    ) -> Transcription:
        """The transcription in the most detailed form that the service knows."""
        status = 0
        for place in range(self._form, len(FORMS)):
            fields = [*asked.items(), ("response_format", FORMS[place])]
            if FORMS[place] == "verbose_json":
                fields += [("timestamp_granularities[]", name) for name in ("word", "segment")]
            kind, body = _build_form(fields, f"answer.{form}", MEDIA_TYPES[form], content)
            answer = self._client.post(body, kind, until, LARGEST_REPLY)
            status = answer.status
            if status == 200:
                made = read_transcription(answer.body, FORMS[place], seconds)
                if made is None:
                    raise _Unusable("no transcription")
                self._form = place
                return made
            if status not in UNKNOWN_FORM:
                break
        raise _fault(status)


class OpenAiSpeaker:
    """Speaker behind `/audio/speech`."""

    local = False

    def __init__(
        self, service: _Service, settings: Settings, codec: AudioCodec, limit: CallLimit
    ) -> None:
        voice = settings.tts_voice
        self.name = f"{service.model}/{voice}" if voice else service.model
        self._asked = {"model": service.model, "response_format": "wav"}
        if voice:
            self._asked["voice"] = voice
        self._client = _Client(service, settings, limit)
        self._codec = codec

    @classmethod
    def open(cls, settings: Settings, codec: AudioCodec, limit: CallLimit) -> "OpenAiSpeaker":
        """The service in the settings. Raises SettingsError."""
        service = _Service(
            "TTS_BASE_URL",
            settings.tts_base_url,
            settings.tts_model,
            settings.tts_api_key,
            "audio/speech",
        )
        return cls(service, settings, codec, limit)

    def speaks(self, language: str) -> bool:  # noqa: ARG002 - services do not tell
        return True

    def speak(self, text: str, *, language: str, urgent: bool = True) -> Sound:  # noqa: ARG002
        body = json.dumps({**self._asked, "input": text}).encode()
        made: Sound = self._client.call(lambda until: self._made(body, until), urgent=urgent)
        return made

    def _made(self, body: bytes, until: float) -> Sound:
        answer = self._client.post(body, "application/json", until, LARGEST_SOUND)
        if answer.status != 200:
            raise _fault(answer.status)
        try:
            return self._codec.decode(
                _set_length(answer.body), limit_seconds=LONGEST_SPEECH_SECONDS, rate=SPEECH_RATE
            )
        except Refusal:
            raise _Unusable("no WAV audio") from None


def _set_length(wav: bytes) -> bytes:
    """The WAV file with the length that it has: services that stream write the header before they
    know it.
    """
    at = wav.find(b"data", HEADER_START, HEADER_END) + 4
    left = len(wav) - at - 4
    if at < HEADER_START or int.from_bytes(wav[at : at + 4], "little") <= left:
        return wav
    return wav[:at] + left.to_bytes(4, "little") + wav[at + 4 :]


def _build_form(
    fields: Sequence[tuple[str, str]], name: str, kind: str, content: bytes
) -> tuple[str, bytes]:
    """Media type and body of a form (multipart/form-data) with a file."""
    mark = secrets.token_hex(16)
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
        for field, value in fields
    ]
    head = (
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        f"Content-Type: {kind}\r\n\r\n"
    ).encode()
    whole = b"".join((*parts, head, content, f"\r\n--{mark}--\r\n".encode()))
    return f"multipart/form-data; boundary={mark}", whole


def _fault(status: int) -> _Unusable:
    kind = _Refused if status in REFUSED else _Unusable
    return kind(f"status {status}")
