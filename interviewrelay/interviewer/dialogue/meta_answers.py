"""Meta answers: true answers to questions about the interview, from its own state."""

import re
from collections.abc import Sequence
from functools import partial
from typing import Final

from interviewrelay.interviewer import acts, languages
from interviewrelay.interviewer.guide import Guide
from interviewrelay.interviewer.policy import time_budget
from interviewrelay.interviewer.policy.turn_context import InterviewFacts
from interviewrelay.interviewer.state.state import State
from interviewrelay.interviewer.text.tokenization import normalize, split_sentences
from interviewrelay.interviewer.wording.phrasing import Voice, describe_audience, join_parts

_SENTENCE: Final = languages.load_pattern("meta", "sentence", flags=re.IGNORECASE)
"""Purpose that is a sentence of its own."""

_AIM: Final = languages.load_patterns("meta", "aim", flags=re.IGNORECASE)
"""Beginnings of a purpose that says what the study is to do."""

_UNKNOWN = (acts.UNKNOWN, acts.WONDERED)

MOST_TOPICS = 2
"""Questions about the interview answered in one turn."""


def answer(
    topics: Sequence[str], guide: Guide, state: State, facts: InterviewFacts, voice: Voice
) -> str:
    """Answers as statements, in the order asked; no topics means a request for another language."""
    asked = tuple(t for t in topics if t != acts.MAY_ASK) or topics
    about = (asked or ("language",))[:MOST_TOPICS]
    told = [
        (_not_known if t in _UNKNOWN else partial(_on, t))(guide, state, facts, voice)
        for t in about
    ]
    return join_parts(*dict.fromkeys(told))


def _on(topic: str, guide: Guide, state: State, facts: InterviewFacts, voice: Voice) -> str:  # noqa: PLR0911 - one line a topic
    if topic == "human":
        return join_parts(voice.meta("human"), voice.meta("human.readers"))
    if topic == "how_long":
        return _minutes(
            time_budget.get_minutes_left(guide, state, facts.elapsed_seconds), voice
        )
    if topic == "how_many":
        return _count(time_budget.count_topics_left(guide, state), voice)
    if topic == "who_sees":
        return join_parts(
            _readers(facts, voice),
            _seen_by_whom(guide, state, facts, voice),
            _recorded(facts, voice),
        )
    if topic == "recorded":
        return join_parts(_recorded(facts, voice), _readers(facts, voice))
    if topic == "why":
        return _purpose(guide.purpose.strip(), voice)
    if topic in ("organization", "report"):
        place = "; ".join(guide.reporting_places) or guide.contact
        known = {"organization": facts.organization, "contact": place}
        name = "contact" if topic == "report" else topic
        return _known(topic, name, known[name], voice)
    if topic == "can_return":
        return voice.meta("can_return" if facts.returning_by_link else "can_return.not")
    if topic in ("kept", "can_delete", "advice", "trouble"):
        return join_parts(voice.meta(topic), _deletion(topic, voice), _contact(guide, voice))
    return voice.meta(topic)


def _deletion(topic: str, voice: Voice) -> str:
    """Instructions for deletion; the yes at the start is for people who ask whether it is possible."""
    if topic != "kept":
        return ""
    return voice.meta("can_delete").removeprefix(
        languages.load_table(voice.language, "meta")["yes"]
    )


def _not_known(guide: Guide, state: State, facts: InterviewFacts, voice: Voice) -> str:
    """Reply to an unanswerable question: refer to the people who run the study, and invent nothing."""
    organization = normalize(facts.organization)
    if organization and organization in normalize(state.text):
        return _known("organization", "organization", facts.organization, voice)
    contact = guide.contact.strip()
    return voice.meta("unknown.contact", contact=contact) if contact else voice.meta("unknown")


def _purpose(purpose: str, voice: Voice) -> str:
    """The author's purpose, which may be a whole sentence, an aim, or a subject."""
    if purpose and _AIM[voice.language].match(purpose):
        return voice.meta("why.aim", purpose=purpose[0].lower() + purpose[1:])
    if _SENTENCE.search(purpose):
        return join_parts(voice.meta("why.sentence"), purpose[0].upper() + purpose[1:])
    return _known("why", "purpose", purpose, voice)


def _minutes(minutes: int, voice: Voice) -> str:
    if minutes < 2:
        return voice.meta("how_long.one" if minutes else "how_long.over")
    return voice.meta("how_long.many", minutes=str(minutes))


def _count(topics: int, voice: Voice) -> str:
    if topics < 2:
        return voice.meta("how_many.one" if topics else "how_many.none")
    return voice.meta("how_many.many", count=str(topics))


def _readers(facts: InterviewFacts, voice: Voice) -> str:
    # A phrase in another language would stand out; ours names the same people.
    ours = describe_audience(facts.organization, voice.language)
    named = facts.audience or facts.organization
    return _known("who_sees", "audience", named if voice.language == "en" else ours, voice)


_ANONYMOUS: Final = languages.load_pattern("meta", "anonymous")
_THANKS: Final = languages.load_pattern("meta", "thanks")
_OTHERS: Final = languages.load_pattern("meta", "others")


def _seen_by_whom(guide: Guide, state: State, facts: InterviewFacts, voice: Voice) -> str:
    """Answer for people who ask about anonymity, or about specific readers."""
    asked = normalize(state.text)
    if _ANONYMOUS.search(asked) and facts.returning_by_link:
        return voice.meta("who_sees.anonymous")
    if not _OTHERS.search(asked):
        return ""
    # The author may have promised who does not see it.
    told = (
        s for s in split_sentences(guide.closing.thank_text) if not _THANKS.search(normalize(s))
    )
    return " ".join(told) or voice.meta("who_sees.others")


def _recorded(facts: InterviewFacts, voice: Voice) -> str:
    return voice.meta("recorded" if facts.recorded else "recorded.not")


def _known(key: str, name: str, value: str, voice: Voice) -> str:
    if not value.strip():
        return voice.meta(f"{key}.unknown")
    return voice.meta(key, **{name: value})


def _contact(guide: Guide, voice: Voice) -> str:
    return voice.fixed("contact", contact=guide.contact) if guide.contact.strip() else ""
