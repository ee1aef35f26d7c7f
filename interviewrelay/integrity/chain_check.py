"""Check of one chain: what differs between the turns of an interview and their seals. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from interviewrelay.integrity import chain
from interviewrelay.integrity.chain import ChainEvent, Kind

Problem = Literal[
    "words",
    "original",
    "missing",
    "added",
    "link",
    "unknown_key",
    "unsealed",
    "reopened",
    "end",
]

SENTENCES: Final[Mapping[Problem, str]] = {
    "words": "the text or the question differs from what was stored",
    "original": "the text before its correction differs from what was stored",
    "missing": "the turn is missing",
    "added": "the turn was added later",
    "link": "the link does not fit: it was moved, or its speaker, time or seal was changed",
    "unknown_key": "the link was made with a secret key that this server does not have",
    "unsealed": "the chain was removed",
    "reopened": "the interview has ended, but is stored as in progress",
    "end": "the end of the interview is missing in the chain",
}


@dataclass(frozen=True, slots=True)
class SealedTurn:
    """A turn as stored, with the seal of its first event."""

    interview_id: str
    number: int
    speaker: str
    at: datetime
    question_id: str | None
    text: str
    original: str | None
    salt: str | None
    digest: str | None
    link: str | None


@dataclass(frozen=True, slots=True)
class SealedEvent:
    """A later event of a turn as stored."""

    interview_id: str
    position: int
    number: int
    kind: Kind
    at: datetime
    salt: str | None
    digest: str
    link: str


@dataclass(frozen=True, slots=True)
class SealedInterview:
    """An interview with its turns and later events, both in order."""

    id: str
    status: str
    head: str | None
    turns: Sequence[SealedTurn]
    events: Sequence[SealedEvent]

    @property
    def is_sealed(self) -> bool:
        """False for an interview of an older version that nothing has been added to since."""
        linked = any(turn.link is not None for turn in self.turns)
        return self.head is not None or linked or bool(self.events)

    @property
    def found_at(self) -> datetime | None:
        """Time when it was sealed as found; None if it was sealed from the start."""
        first = next(iter(self.events), None)
        return first.at if first is not None and first.kind == "found" else None


@dataclass(frozen=True, slots=True)
class Finding:
    """Difference between an interview and its chain; `number` is that of the turn, if it is one."""

    interview_id: str
    number: int | None
    problem: Problem

    def __str__(self) -> str:
        where = (
            self.interview_id
            if self.number is None
            else f"{self.interview_id} turn {self.number}"
        )
        return f"{where}: {SENTENCES[self.problem]}"


def check_interview(keys: Mapping[str, bytes], interview: SealedInterview) -> Iterator[Finding]:
    """Differences of a sealed interview, one for each turn at most."""
    order = order_events(interview)
    found: dict[int | None, Problem] = {}
    for number, problem in (
        *check_words(interview),
        *_check_end(interview),
        *_check_head(interview, order),
        *_check_links(keys, interview, order),
    ):
        found.setdefault(number, problem)
    for number, problem in sorted(found.items(), key=lambda one: one[0] or 0):
        yield Finding(interview.id, number, problem)


Place = tuple[int, SealedTurn | SealedEvent | None]
"""Number of a turn, and the event; None in place of a turn that is missing."""


def order_events(interview: SealedInterview) -> list[Place]:
    """Events in the order of the chain."""
    later = {event.position: event for event in interview.events}
    found = {event.number for event in interview.events if event.kind == "found"}
    linked = {turn.number: turn for turn in interview.turns if turn.link is not None}
    ended = (event.number for event in interview.events if event.kind == "ended")
    last = max((*linked, *ended), default=0)
    waiting = [n for n in range(1, last + 1) if n in linked or n not in found]
    order: list[Place] = []
    while waiting or later:
        event = later.pop(len(order) + 1, None)
        if event is None and not waiting:  # what is left stands behind a gap
            event = later.pop(min(later))
        if event is not None:
            order.append((event.number, event))
        else:
            number = waiting.pop(0)
            order.append((number, linked.get(number)))
    return order


def check_words(interview: SealedInterview) -> Iterator[tuple[int, Problem]]:
    """Turns whose words differ from their digests; needs no key."""
    for turn in interview.turns:
        events = [e for e in interview.events if e.number == turn.number and e.digest]
        seals = [(e.salt, e.digest) for e in events]
        if turn.link is not None:
            seals.insert(0, (turn.salt, turn.digest or ""))
        if not seals:
            yield turn.number, "added"
        elif not _fits(seals[-1], turn.question_id, turn.text):
            yield turn.number, "words"
        elif turn.original is not None and not any(
            _fits(seal, turn.question_id, turn.original) for seal in seals[:-1]
        ):
            yield turn.number, "original"


def _fits(seal: tuple[str | None, str], question_id: str | None, text: str) -> bool:
    salt, digest = seal
    try:
        return salt is not None and chain.digest_words(salt, question_id, text) == digest
    except ValueError:  # the salt itself was changed
        return False


def _check_end(interview: SealedInterview) -> Iterator[tuple[int | None, Problem]]:
    ends = [event for event in interview.events if event.kind == "ended"]
    if interview.status == "in_progress":
        if ends:
            yield None, "reopened"
    elif not ends:
        yield None, "end"


def _check_head(
    interview: SealedInterview, order: Sequence[Place]
) -> Iterator[tuple[int | None, Problem]]:
    """Missing turns, and what is before or behind the newest link."""
    links = [event.link if event else None for _, event in order]
    yield from ((number, "missing") for number, event in order if event is None)
    if links and links[-1] == interview.head:
        return
    if interview.head in links:
        behind = order[links.index(interview.head) + 1 :]
        yield from ((number, "added") for number, _ in behind)
    elif interview.head is None:
        yield None, "unsealed"
    else:
        yield max((number for number, _ in order), default=0) + 1, "missing"


def _check_links(
    keys: Mapping[str, bytes], interview: SealedInterview, order: Sequence[Place]
) -> Iterator[tuple[int, Problem]]:
    turns = {turn.number: turn for turn in interview.turns}
    previous: str | None = chain.START
    for number, event in order:
        if event is None:
            previous = None  # what follows a missing turn can't be compared with it
            continue
        link = event.link or ""
        if link.partition(chain.SEPARATOR)[0] not in keys:
            yield number, "unknown_key"
        elif previous is not None:
            told = _describe(interview.id, event, turns.get(number))
            if told is not None and not chain.is_link(keys, link, previous, told):
                yield number, "link"
        previous = link


def _describe(
    interview_id: str, event: SealedTurn | SealedEvent, turn: SealedTurn | None
) -> ChainEvent | None:
    """Facts that the link of an event covers; None if its turn is missing."""
    if isinstance(event, SealedTurn):
        return ChainEvent(
            interview_id, "stored", event.number, event.speaker, event.at, event.at,
            event.digest or "",
        )  # fmt: skip
    if event.kind == "ended":
        return ChainEvent(interview_id, "ended", event.number, "", event.at, event.at, "")
    if turn is None:
        return None
    return ChainEvent(
        interview_id, event.kind, event.number, turn.speaker, turn.at, event.at, event.digest
    )
