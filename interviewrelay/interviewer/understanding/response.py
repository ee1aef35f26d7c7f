"""What an answer means at this point of the interview: one response out of all its dialogue acts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.safety import care_lexicon
from interviewrelay.interviewer.understanding.reading import Reading

CARE = "care"
STOP = "stop"
STOP_NOW = "stop_now"
CARRY_ON = "carry_on"
UPSET = "upset"
NOT_NOW = "not_now"
LEAVE_OUT = "leave_out"
TOLD = "told"
OTHER_SUBJECT = "other_subject"
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
    (acts.NOT_NOW, NOT_NOW),
    (acts.LEAVE_OUT, LEAVE_OUT),
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
    {UNEASY, PAUSE, LEAVE_OUT, TOLD, INJECTION, SHORTEN, META, ALREADY_TOLD, COMPLAINT, ANSWER}
)
"""Responses beside which an answer counts, so that the interview goes on instead of asking again."""


BARREN = (
    NOTHING_MORE,
    DONT_KNOW,
    REFUSAL,
    ALREADY_TOLD,
    MISFIT,
)

HOLDS_NOTHING = (
    GREETED,
    UNCLEAR,
    DRIFT,
    CORRECTED,
)

AMENDS = (ANSWER, META, COMPLAINT)
"""Responses to texts that may put something right."""

TELLS = (ANSWER, META)
"""Responses to texts whose words may be taken up: a question to us beside an answer takes nothing
from it.
"""

MAY_AMEND = (
    META,
    ALREADY_TOLD,
    UNCLEAR,
    DRIFT,
)
"""Responses to texts that put something right if that is all they do."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What an answer came to where it was given, stored with it so that it is found out once: the
    `response` it calls for; whether it `answered` the pending question, and whether what it says was
    told before may be `known`; the needs that are `covered` by it beside those of its reading; and the
    number of the answer that it `amends` first of all; and the sentences that are `overtaken` by it, by
    the number of the answer that has them; and the answers (numbers) to stay `unquoted` because of it;
    and the words of names that are not to be quoted from now on, `unnamed`.
    """

    response: str
    answered: bool
    known: bool
    covered: frozenset[str]
    amends: int | None = None
    overtaken: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    rights: tuple[tuple[int, str], ...] = ()
    """The answers (numbers) that it puts right, each with what is so now."""
    unquoted: tuple[int, ...] = ()
    requoted: tuple[int, ...] = ()
    """The answers (numbers) that may be quoted again, since they did not mean that."""
    unnamed: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()
    """What it names that is to be left alone."""

    def as_json(self) -> dict[str, object]:
        # Numbers are no keys in JSON.
        overtaken = {str(number): list(said) for number, said in self.overtaken.items()}
        return {
            "response": self.response,
            "answered": self.answered,
            "known": self.known,
            "covered": sorted(self.covered),
            "amends": self.amends,
            **({"rights": [list(one) for one in self.rights]} if self.rights else {}),
            **({"overtaken": overtaken} if overtaken else {}),
            **({"unquoted": list(self.unquoted)} if self.unquoted else {}),
            **({"requoted": list(self.requoted)} if self.requoted else {}),
            **({"unnamed": list(self.unnamed)} if self.unnamed else {}),
            **({"avoids": list(self.avoids)} if self.avoids else {}),
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
        unquoted=tuple(map(int, part.get("unquoted", ()))),
        requoted=tuple(map(int, part.get("requoted", ()))),
        rights=tuple((int(number), str(now)) for number, now in part.get("rights", ())),
        avoids=tuple(map(str, part.get("avoids", ()))),
        unnamed=tuple(map(str, part.get("unnamed", ()))),
    )


_WHILE_UPSET = (CARE, STOP, STOP_NOW, UPSET)
"""What is responded to as ever where nothing is asked."""

TOLD_WORDS = 4
"""Content words from which on a text after tears is an answer to the question that hurt."""


WENT_ON_WORDS = 15
"""Words from which on whoever says "go on, then" after tears has gone on themselves."""


def while_upset(reading: Reading, kinds: Collection[str], *, on: bool, stop_asked: bool) -> str:
    """The same after tears or "not now", where nothing is asked until they choose. `kinds` are those
    of the care lexicon; `on`: whether the text agrees to go on with the interview.
    """
    response = response_to(reading, stop_asked=stop_asked)
    if response in _WHILE_UPSET:
        return response
    if care_lexicon.OTHER_SUBJECT in kinds:
        return OTHER_SUBJECT
    tells = reading.has(acts.ANSWER) and reading.content >= TOLD_WORDS
    if care_lexicon.GO_ON in kinds:
        if reading.words < WENT_ON_WORDS or not tells:
            return CARRY_ON
        return META if reading.has(acts.META) else ANSWER
    if on:
        return OTHER_SUBJECT
    return TOLD if tells and response == ANSWER else STILL


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
