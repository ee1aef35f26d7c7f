"""Questions to the interviewer that no list foresees: seen by how they are built, not by their subject.

A turn that is nothing but a question asks something. A question after an answer only does when it is
put to the interviewer, and in a long account none does: people ask themselves things as they tell.
"""

from collections.abc import Sequence

from interviewrelay.interviewer import act_patterns
from interviewrelay.interviewer.asking_forms import FORMS
from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.words import number_in, words

CLARIFIES = "clarifies"
TO_US = "to_us"
OPEN = "open"
"""Kinds of question: what is meant; put to the interviewer; any other, which may be an answer."""

LONGEST = 20
"""Words of a question to the interviewer, at most."""

LONGEST_TURN = 40
"""Words of a turn in which a question beside an answer is still one to the interviewer."""

ECHO = 6
"""Words of an echo at most: "My last visit? Which clinic?"."""

CLAUSE = Late(
    r"(?<!\s)\s*[,;]\s+|(?<!\s)\s+[\u2013\u2014-]+\s+"
    r"|(?<!\s)\s+(?=(?:but|and|so|maar|en|dus|aber|und|mais|et|pero|y)\s)"
)
REPORTED = Late(
    r"\b(?:ask|asks|asked|say|says|said|tell|told|wonder|wondered|think|thought|like"
    r"|vraagt|vroeg|zegt|zei|dacht|fragt|fragte|sagt|sagte|dachte"
    r"|demande|demand\u00e9|dit|disait|pregunt\u00f3|preguntaba|dijo|dec\u00eda)"
    r"(?: (?:me|him|her|us|them|myself|mij|mich|mir"
    r"|(?:to )?(?:the|my|our|a|de|het|mijn|die|den|der|meine[rn]?|le|la|mon|ma|el|mi) \w+))?$"
)
_QUOTES = Late('["\u201c\u201d\u201e\u00ab\u00bb]')
_SECOND_PERSON = Late(
    r"\b(?:you|u|je|jij|sie|du|vous|tu|usted|refiere|quiere decir)\b|-(?:vous|tu)\b"
)
_MARK = Late("[?\u061f\uff1f][\\s\"')\u201d\u2026.!?]*$")
_BEGINNINGS = (
    r"(?:(?:do|are|will|can|could|would|did) (?:you|u)|(?:can|may|do|will|should|shall|am) i"
    r"|(?:what|why|where|when|who) (?:do|did|are|will) (?:you|u)"
    r"(?! (?:call|expect|reckon|say|going|gonna|supposed|meant)\b)"
    r"|who (?:are|pays|made) you|how did you get my|what(?:'s| is) your|how do i know)\b"
)
"""English beginnings that ask even where the question mark was left out."""
_INVERTED = Late(f"^{_BEGINNINGS}")
_MAY_ASK = Late(_BEGINNINGS)


_SAID_SO = Late(
    r"(?:and |but )?(?:i|he|she|they|we|(?:my|the|a|one|another) \w+)"
    r"(?: (?:kept|always|then|just|only|had|would|has|'d))* (?:say|says|said|saying|ask|asks|asked"
    r"|asking|shout(?:ed|ing)|wonder(?:ed|ing)|thought|thinking|told|goes|went)\b"
)


def reported(clauses: Sequence[str], place: int) -> bool:
    """Whether the clause at `place` tells what somebody said or asked: "he asked me, are you human"."""
    before, after = clauses[:place][-1:], clauses[place + 1 :][:1]
    told = any(map(REPORTED.search, before))
    return told or any(map(_SAID_SO.match, after))


def marked(line: str) -> bool:
    """Whether a sentence ends as questions do."""
    return _MARK.search(line) is not None


def kind(line: str, forms: Sequence[str], languages: Sequence[str]) -> str | None:
    """What kind of question a plain sentence is, or None; `forms` is it without its polite ends."""
    if len(words(line)) > LONGEST:
        return None
    asks = marked(line)
    for code in languages:
        known = FORMS.get(code)
        if known is None:
            continue
        for form in reversed(forms):
            begins = known.begins.search(form) and (asks or _unmarked(form, code))
            if begins and known.clarifies.search(form):
                return CLARIFIES
            if known.rhetorical.search(form):
                return None
            if not begins:
                continue
            return TO_US if known.to_us.search(form) else OPEN
    return None


def _unmarked(form: str, code: str) -> bool:
    return code == "en" and _INVERTED.search(form) is not None


def echoes(line: str) -> bool:
    """Whether a sentence may do no more than say a part of the question again."""
    return marked(line) and len(words(line)) <= ECHO and number_in(line) is None


def asked_back(rest: list[str], language: str, length: int) -> tuple[list[str], list[str]]:
    """The kinds of question that sentences put to the interviewer, and what is left without them;
    `length` is that of the whole turn, in words.
    """
    pieces = [p for p in rest if not act_patterns.polite(p, language)]
    if not pieces:
        return [], rest
    *before, last = pieces
    clauses = CLAUSE.split(last) if marked(last) else []
    if len(clauses) > 1 and _question(last, language) is None:
        reported = REPORTED.search(clauses[-2]) or _QUOTES.search(last)
        ask = None if reported else _question(clauses[-1], language)
        if ask and _to_us(clauses[-1], ask):
            pieces = [*before, " ".join(clauses[:-1]), clauses[-1]]
    kinds = [_question(piece, language) for piece in pieces]
    told = [
        piece
        for n, piece in enumerate(pieces)
        if kinds[n] is None
        and not (echoes(piece) and (any(kinds[n + 1 :]) or CLARIFIES in kinds[:n]))
    ]
    if told and not (length <= LONGEST_TURN and kinds[-1] and _to_us(pieces[-1], kinds[-1])):
        return [], rest
    asked = [what for what in (kinds[-1:] if told else kinds) if what]
    return asked, pieces[:-1] if told else told


def _question(piece: str, language: str) -> str | None:
    if not (marked(piece) or _MAY_ASK.search(piece)):
        return None
    first, *rest = CLAUSE.split(piece)
    if rest and reported([first, *rest], 0):
        return None
    return kind(
        piece, act_patterns.forms(piece, language), act_patterns.spoken(language, piece)
    )


def _to_us(piece: str, what: str) -> bool:
    """Whether a question beside an answer is put to the interviewer, and does not tell of one."""
    if _QUOTES.search(piece):
        return False
    return what == TO_US or (what == CLARIFIES and _SECOND_PERSON.search(piece) is not None)
