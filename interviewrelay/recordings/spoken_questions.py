"""Spoken questions: the interviewer's turns as sound, one sentence at a time, so that the first one can
be heard while the next is being spoken.

Every sentence is spoken once. Sentences of the script and of the interviewer's stock are shared by all
interviews and spoken ahead; any other sentence may hold a participant's words, so its file belongs to
the interview and is erased with it.
"""

import hashlib
import threading
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sqlalchemy import select

from interviewrelay.campaigns import voice_availability
from interviewrelay.core.audio_containers import MEDIA_TYPES
from interviewrelay.core.db.session import db, release_connection, transaction
from interviewrelay.core.errors import Maintenance, NotFound
from interviewrelay.core.ports.audio import WIDTH, RecordingFormat, Sound
from interviewrelay.core.ports.speech import Speaker, SpeechUnavailable
from interviewrelay.egress import egress_ledger
from interviewrelay.egress.egress_ledger import Content, EgressSubject, record_egress
from interviewrelay.interviewer.guide import Guide
from interviewrelay.interviewer.text.tokenization import get_base_language, split_sentences
from interviewrelay.interviewer.wording import phrasing
from interviewrelay.interviews import state
from interviewrelay.interviews.turn_store import InterviewSnapshot
from interviewrelay.models import Campaign
from interviewrelay.runtime import job_queue, stored_files
from interviewrelay.runtime.services import Services

RATE: Final = 24_000
"""Sample rate in hertz of sentences that are joined or converted."""
BETWEEN: Final = 0.25
"""Seconds of silence between two sentences."""
LONGEST_TURN: Final = 5 * 60
"""Seconds of a spoken turn."""
SPEAKING_SECONDS: Final = 20.0
"""Seconds that one job speaks ahead before it makes room for others."""
NO_VOICE: Final = "This server has no voice for the language of this interview."
NO_TURN: Final = "The interviewer has no turn with this number."

_LOCKS: Final = tuple(threading.Lock() for _ in range(64))
"""Locks by name, so that two requests for the same sentence speak it once."""


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """A spoken turn, or one of its `sentences` many sentences."""

    content: bytes
    media_type: str
    sentences: int


def speak_turn(
    services: Services,
    snapshot: InterviewSnapshot,
    number: int,
    *,
    sentence: int | None = None,
    form: RecordingFormat | None = None,
) -> SpokenTurn:
    """The interviewer's turn with this number, or a sentence of it (from 0), as sound. The number
    after the last turn is that of the closing words.

    Raises NotFound without such a turn, voice or format, and Maintenance while the voice is away.
    """
    text, codec = _find_text(snapshot, number), services.speech.codec
    if text is None:
        raise NotFound(NO_TURN)
    speaker = _find_speaker(services, snapshot.language)
    if speaker is None or not voice_availability.is_spoken_mode(snapshot.settings):
        raise NotFound(NO_VOICE)
    form, said = form or codec.formats[0], split_sentences(text)
    if form not in codec.formats or not 0 <= (sentence or 0) < len(said):
        raise NotFound("There is no such sentence or format.")
    shared = frozenset(list_shared_sentences(snapshot.guide, snapshot.language))
    subject = EgressSubject(snapshot.campaign_id, snapshot.invite_id)
    voice = _Voice(services, speaker, snapshot.language, subject)
    try:
        parts = list(voice.say(snapshot.id, number, said, shared, only=sentence))
    except SpeechUnavailable as fault:
        raise Maintenance from fault
    if len(parts) == 1 and form == codec.formats[0]:
        content = parts[0]
    else:
        content = codec.encode(_join(services, parts, RATE), form)
    return SpokenTurn(content, MEDIA_TYPES[form], len(said))


def render_turn(
    services: Services, interview_id: str, number: int, text: str, language: str, rate: int
) -> list[Sound]:
    """A turn of the interviewer as it was heard, or as it would be, at this sample rate; empty
    without a voice. Raises SpeechUnavailable.
    """
    speaker = _find_speaker(services, language)
    if speaker is None:
        return []
    subject = egress_ledger.find_subject(interview_id)
    voice = _Voice(services, speaker, language, subject, urgent=False)
    return _join(services, voice.say(interview_id, number, split_sentences(text)), rate)


def speak_ahead(services: Services, job_id: str, campaign_id: str) -> None:
    """Job: speak the sentences of a campaign's script and the interviewer's stock, as long as nobody
    else needs the voice. It goes on in another job until all are spoken.
    """
    org_id = _speak_next(services, campaign_id, time.monotonic() + SPEAKING_SECONDS)
    with transaction():
        if job_queue.finish_job(job_id) and org_id is not None:
            job_queue.enqueue_job(org_id, voice_availability.SPEAK_AHEAD, campaign_id)


def delete_unused_phrases(services: Services) -> int:
    """Delete the shared sentences that no campaign by voice needs any more; returns how many."""
    needed: set[str] = set()
    for campaign in db.session.execute(_CAMPAIGNS).scalars():
        guide = state.get_script(campaign)
        speaker = _find_speaker(services, guide.language)
        if speaker is not None and voice_availability.is_spoken_mode(campaign.settings):
            said = list_shared_sentences(guide, guide.language)
            needed.update(_get_shared_name(speaker, guide.language, words) for words in said)
    release_connection()
    held = list(services.storage.list_names(stored_files.PHRASES))
    unused = [name for name in held if name.rpartition(".")[0] not in needed]
    for name in unused:
        services.storage.delete(name)
    return len(unused)


def list_shared_sentences(guide: Guide, language: str) -> list[str]:
    """Sentences of a script, in the order in which they are usually asked, and of the interviewer's
    stock in this language.
    """
    texts: list[str] = []
    for question in guide.questions:
        asks = [need.ask for need in question.needs]
        texts += [question.text, *question.probes, *asks, *question.rephrase, question.explain]
    texts.append(guide.closing.thank_text)
    said = [sentence for text in texts for sentence in split_sentences(text)]
    return list(dict.fromkeys([*said, *_list_stock(get_base_language(language))]))


_CAMPAIGNS: Final = select(Campaign).where(Campaign.status.in_(("draft", "active", "paused")))


class _Voice:
    """A voice that speaks each sentence once, and stores it."""

    def __init__(
        self,
        services: Services,
        speaker: Speaker,
        language: str,
        subject: EgressSubject | None,
        *,
        urgent: bool = True,
    ) -> None:
        """`subject` is whose sentences it says, for the record of what left this server."""
        self._services, self._speaker = services, speaker
        self._language, self._urgent = language, urgent
        self._form = services.speech.codec.formats[0]
        self._subject = subject
        self._content: Content = (
            "question_text" if subject is None or subject.invite_id else "script_text"
        )

    def say(
        self,
        interview_id: str,
        number: int,
        sentences: Sequence[str],
        shared: Collection[str] = (),
        *,
        only: int | None = None,
    ) -> Iterator[bytes]:
        """The sentences of a turn, or `only` one of them, each as a file in the codec's best format.
        Raises SpeechUnavailable.
        """
        for place, words in enumerate(sentences):
            if only is not None and place != only:
                continue
            mark = _digest(self._speaker, self._language, words)[:8]
            own = f"{stored_files.get_speech_prefix(interview_id)}{number}-{place}-{mark}"
            name = _get_shared_name(self._speaker, self._language, words)
            yield self._say(name if words in shared or self.has(name) else own, words)

    def say_shared(self, words: str) -> None:
        """Speak a sentence that all interviews share. Raises SpeechUnavailable."""
        self._say(_get_shared_name(self._speaker, self._language, words), words)

    def has(self, name: str) -> bool:
        release_connection()
        return self._services.storage.size(f"{name}.{self._form}") is not None

    def _say(self, name: str, words: str) -> bytes:
        release_connection()
        file, storage = f"{name}.{self._form}", self._services.storage
        with _LOCKS[hash(file) % len(_LOCKS)]:
            stored = storage.get(file)
            if stored is None:
                with record_egress(self._subject, self._content):
                    sound = self._speaker.speak(
                        words, language=self._language, urgent=self._urgent
                    )
                stored = self._services.speech.codec.encode([sound], self._form)
                storage.put(file, stored)
        return stored


def _speak_next(services: Services, campaign_id: str, until: float) -> str | None:
    """Speak the missing sentences until then; the organization's id if some are left."""
    query = _CAMPAIGNS.where(Campaign.id == campaign_id)
    campaign = db.session.execute(query).scalar_one_or_none()
    if campaign is None or not voice_availability.is_spoken_mode(campaign.settings):
        return None
    guide, org_id = state.get_script(campaign), campaign.org_id
    speaker = _find_speaker(services, guide.language)
    if speaker is None:
        return None
    subject = EgressSubject(campaign_id)
    voice = _Voice(services, speaker, guide.language, subject, urgent=False)
    for words in list_shared_sentences(guide, guide.language):
        if not voice.has(_get_shared_name(speaker, guide.language, words)):
            if time.monotonic() > until:
                return org_id
            voice.say_shared(words)
    return None


def _find_speaker(services: Services, language: str) -> Speaker | None:
    speaker = services.speech.speaker
    return speaker if speaker is not None and speaker.speaks(language) else None


def _find_text(snapshot: InterviewSnapshot, number: int) -> str | None:
    state.require_started(snapshot)
    if number == len(snapshot.turns) + 1:
        return snapshot.closing if snapshot.status != "in_progress" else None
    known = next((turn for turn in snapshot.turns if turn.number == number), None)
    return known.text if known is not None and known.speaker == "ai" else None


@lru_cache(maxsize=16)
def _list_stock(code: str) -> tuple[str, ...]:
    """The interviewer's own sentences, without those in which words are inserted."""
    tables = (phrasing.PHRASES.get(code, {}), phrasing.LINES.get(code, {}))
    texts = [text for table in tables for lines in table.values() for text in lines]
    return tuple(s for text in texts if "{" not in text for s in split_sentences(text))


def _get_shared_name(speaker: Speaker, language: str, words: str) -> str:
    """Name of a shared sentence's file, without its form."""
    return f"{stored_files.PHRASES}{_digest(speaker, language, words)}"


def _digest(speaker: Speaker, language: str, words: str) -> str:
    return hashlib.sha256(f"{speaker.name}\n{language}\n{words}".encode()).hexdigest()


def _join(
    services: Services, parts: Sequence[bytes] | Iterator[bytes], rate: int
) -> list[Sound]:
    sounds: list[Sound] = []
    for part in parts:
        if sounds:
            sounds.append(Sound(bytes(WIDTH * round(BETWEEN * rate)), rate))
        sounds.append(services.speech.codec.decode(part, limit_seconds=LONGEST_TURN, rate=rate))
    return sounds
