"""Response to an answer at this point of the interview: one, out of all its dialogue acts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.safety import care_lexicon
from interviewrelay.interviewer.understanding.reading import Analysis

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
"""Responses to texts that also count as an answer, so that the question is not repeated."""


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
"""Responses to texts that may contain a correction."""

TELLS = (ANSWER, META)
"""Responses to texts whose words may be taken up; a question to us beside an answer changes nothing."""

MAY_AMEND = (
    META,
    ALREADY_TOLD,
    UNCLEAR,
    DRIFT,
)
"""Responses to texts that may be nothing but a correction."""


@dataclass(frozen=True, slots=True)
class Interpretation:
    """Interpretation of an answer in its context, computed once and stored with it.

    The required `response`; whether it `answered` the pending question, and whether what it calls
    told before may be `known`; further needs that it `covered`; the number of the answer that it
    `amends` first; the sentences `overtaken` by it, by answer number; answers (numbers) that become
    `unquoted`; and names that must not be quoted from now on, `unnamed`.
    """

    response: str
    answered: bool
    known: bool
    covered: frozenset[str]
    amends: int | None = None
    overtaken: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    rights: tuple[tuple[int, str], ...] = ()
    """Answers (numbers) that it corrects, each with the new value."""
    unquoted: tuple[int, ...] = ()
    requoted: tuple[int, ...] = ()
    """Answers (numbers) that may be quoted again, because they were not meant."""
    unnamed: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()
    """Subjects that it asks to avoid."""

    def as_json(self) -> dict[str, object]:
        # JSON keys are texts.
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


def parse_interpretation(stored: Mapping[str, object] | None) -> Interpretation | None:
    """Interpretation in a stored reading, or None."""
    part = stored.get("sense") if stored else None
    if not isinstance(part, Mapping):
        return None
    return Interpretation(
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
"""Responses that stay the same while nothing is asked."""

_ENDS_NOT_NOW = (COMPLAINT, ALREADY_TOLD, NOTHING_MORE, DONT_KNOW, REFUSAL, SHORTEN, META)
"""Responses that end the silence after a mere "not now", as an answer does."""

TOLD_WORDS = 4
"""Minimum content words of a text after tears that answers the painful question."""


WENT_ON_WORDS = 15
"""Minimum words of a text that says "go on, then" after tears and already continues the account."""


def get_response_while_upset(
    reading: Analysis, kinds: Collection[str], *, on: bool, stop_asked: bool, cried: bool
) -> str:
    """Response after tears or "not now", while nothing is asked until they choose. `kinds` are
    those of the care lexicon; `on` is true if the text agrees to continue. Without tears
    (`cried`), an answer or a complaint is a choice.
    """
    response = get_response(reading, stop_asked=stop_asked)
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
    if cried or not (tells or response in _ENDS_NOT_NOW):
        response = TOLD if tells and response == ANSWER else STILL
    return response


def get_response(reading: Analysis, *, stop_asked: bool) -> str:
    """Response to an answer. `stop_asked` is true if the participant was already asked whether to
    end, which happens only once.
    """
    if reading.has(acts.SAFETY):
        return CARE
    if reading.has(acts.STOP):
        return STOP_NOW if stop_asked else STOP
    for act, response in _IN_ORDER:
        # "I'm getting tired, is it much longer?" is answered, and fewer questions follow.
        if reading.has(act) and not (act == acts.SHORTEN and reading.has(acts.META)):
            return response
    if not reading.has(acts.ANSWER):
        for act, response in _UNLESS_ANSWERED:
            if reading.has(act):
                return response
    return EMPTY if reading.has(acts.EMPTY) else ANSWER
