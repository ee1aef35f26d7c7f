"""What an answer means at this point of the interview: one response out of all its dialogue acts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.signals import Reading

CARE = "care"
STOP = "stop"
STOP_NOW = "stop_now"
CARRY_ON = "carry_on"
UPSET = "upset"
STILL = "still"
UNEASY = "uneasy"
DRIFT = "drift"
PAUSE = "pause"
INJECTION = "injection"
SHORTEN = "shorten"
REFUSAL = "refusal"
UNCLEAR = "unclear"
META = "meta"
COMPLAINT = "complaint"
MISFIT = "misfit"
ALREADY_TOLD = "already_told"
NOTHING_MORE = "nothing_more"
DONT_KNOW = "dont_know"
EMPTY = "empty"
GREETED = "greeted"
CORRECTED = "corrected"
ANSWER = "answer"

_IN_ORDER = (
    (acts.UPSET, UPSET),
    (acts.PAUSE, PAUSE),
    (acts.INJECTION, INJECTION),
    (acts.LANGUAGE, META),
    (acts.SHORTEN, SHORTEN),
    (acts.REFUSAL, REFUSAL),
    (acts.UNEASY, UNEASY),
    (acts.REPEAT, UNCLEAR),
    (acts.CLARIFY, UNCLEAR),
    (acts.META, META),
    (acts.ALREADY_TOLD, ALREADY_TOLD),
    (acts.COMPLAINT, COMPLAINT),
)
_UNLESS_ANSWERED = (
    (acts.MISFIT, MISFIT),
    (acts.WRONG_PERSON, MISFIT),
    (acts.DONT_KNOW, DONT_KNOW),
    (acts.NOTHING_MORE, NOTHING_MORE),
    (acts.GREETING, GREETED),
    (acts.ACK, GREETED),
)

ANSWERS_TOO = frozenset(
    {UNEASY, PAUSE, INJECTION, SHORTEN, META, ALREADY_TOLD, COMPLAINT, ANSWER}
)
"""Responses beside which an answer counts, so that the interview goes on instead of asking again."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What an answer came to where it was given, stored with it so that it is found out once: the
    `response` it calls for; whether it `answered` the pending question, and whether what it says was
    told before may be `known`; the needs that are `covered` by it beside those of its reading; and the
    number of the answer that it `amends` first of all; and the sentences that are `overtaken` by it, by
    the number of the answer that has them.
    """

    response: str
    answered: bool
    known: bool
    covered: frozenset[str]
    amends: int | None = None
    overtaken: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        # Numbers are no keys in JSON.
        overtaken = {str(number): list(said) for number, said in self.overtaken.items()}
        return {
            "response": self.response,
            "answered": self.answered,
            "known": self.known,
            "covered": sorted(self.covered),
            "amends": self.amends,
            **({"overtaken": overtaken} if overtaken else {}),
        }


def sense_of(stored: Mapping[str, object] | None) -> Sense | None:
    """The sense in a stored reading, or None when there is none."""
    part = stored.get("sense") if stored else None
    if not isinstance(part, Mapping):
        return None
    return Sense(
        response=str(part["response"]),
        answered=part["answered"] is True,
        known=part["known"] is True,
        covered=frozenset(map(str, part["covered"])),
        amends=part["amends"],
        overtaken={
            int(number): tuple(map(str, said))
            for number, said in part.get("overtaken", {}).items()
        },
    )


_WHILE_UPSET = (CARE, STOP, STOP_NOW, UPSET, CARRY_ON)
"""What is responded to as ever where nothing is asked."""


def while_upset(response: str, *, goes_on: bool) -> str:
    """The same after tears, where nothing is asked until they go on; a stop was offered, and is not
    asked about.
    """
    if response in (STOP, STOP_NOW):
        return STOP_NOW
    return response if response in _WHILE_UPSET else CARRY_ON if goes_on else STILL


def response_to(reading: Reading, *, stop_asked: bool) -> str:
    """The one thing to respond to. `stop_asked`: whether to end here was asked at some time, and is
    not asked twice.
    """
    if reading.has(acts.SAFETY):
        return CARE
    if reading.has(acts.STOP):
        return STOP_NOW if stop_asked else STOP
    for act, response in _IN_ORDER:
        # "I'm getting tired, is it much longer?" is told how long, and asked less from then on.
        if reading.has(act) and not (act == acts.SHORTEN and reading.has(acts.META)):
            return response
    if not reading.has(acts.ANSWER):
        for act, response in _UNLESS_ANSWERED:
            if reading.has(act):
                return response
    return EMPTY if reading.has(acts.EMPTY) else ANSWER
