"""What was said and not gone into: sentences of answers, each with the words to take it up by."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from interviewrelay.interviewer import acts, weaving
from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.state import State
from interviewrelay.interviewer.words import (
    content_words,
    sentences,
    stem,
    stems,
    stems_of,
    words,
)

MIN_TOLD = 4
"""Content words below which an answer holds nothing yet that could be gone into."""


@dataclass(frozen=True, slots=True)
class Lead:
    """A sentence of an answer that was not gone into: the `answer` it stands in, the phrase by which it
    can be taken up, how many follow-ups had led there, whether it was said just now, and whether it is
    `off`: without a word of what the question is about; its `matter`, and how many sentences were
    `said` on that.
    """

    answer: str
    depth: int
    sentence: str
    phrase: weaving.Phrase
    fresh: bool
    off: bool
    matter: str
    said: int


class Said:
    """What an interview has heard and asked so far, made ready for `leads`. Not kept for longer."""

    def __init__(self, state: State, language: str) -> None:
        threads = state.threads.values()
        anchors = [anchor for thread in threads for anchor in thread.anchors if anchor]
        self.every = [said.text for thread in threads for said in thread.accounts]
        self.gone_into = [stems_of(anchor, language) - _OURS for anchor in anchors]
        self.asked = [stems_of(text, language) for text in state.asked]
        self.on = Counter(
            matter
            for thread in threads
            for said in thread.accounts
            for matter in said.matters(sentences(said.text))
        )
        """How many sentences were said on each matter."""


MOST_SENTENCES = 60
"""The newest sentences on a question that are looked at for something to take up."""


def leads(guide: Guide, state: State, question: Question, so_far: Said) -> list[Lead]:
    """The last answer's on the matter before others, then those of earlier answers, newest first. What
    was gone into and what they say again and again leads nowhere.
    """
    language, accounts = guide.language, state.threads[question.id].accounts
    known = matter(question, language)
    found: list[Lead] = []
    left = MOST_SENTENCES
    for said in reversed(accounts):
        answer = said.text
        thin = len(content_words(words(answer), language)) < MIN_TOLD
        if thin and question.depth != "deep":
            continue
        fresh = said is accounts[-1] and answer == state.text
        here: list[Lead] = []
        parts = sentences(answer)
        matters = list(zip(parts, said.matters(parts), strict=True))
        newest = matters[max(0, len(matters) - left) :]
        left -= len(newest)
        for sentence, about in reversed(newest):
            own = stems_of(sentence, language)
            if any(anchor and anchor <= own for anchor in so_far.gone_into):
                continue
            repeated = sum(sentence in said for said in so_far.every) > 1
            if repeated or sentence in state.overtaken:
                continue
            phrase = _phrase_of(sentence, so_far.asked, known, language)
            if phrase is not None:
                off = known.isdisjoint(own)
                told = so_far.on[about]
                here.append(Lead(answer, said.depth, sentence, phrase, fresh, off, about, told))
        found += sorted(here, key=lambda lead: lead.off)
    return found


def into_overtaken(state: State, language: str) -> bool:
    """Whether the follow-up that was asked last took up what was put right since."""
    pending = state.pending
    thread = state.threads.get(pending.question_id or "") if pending else None
    if thread is None or pending is None or pending.act != acts.PROBE:
        return False
    anchor = stems_of(thread.anchors[-1], language) - _OURS
    return bool(anchor) and any(anchor <= stems_of(s, language) for s in state.overtaken)


_OURS = frozenset({"the", "your", "that", "those"})
"""What stands before a phrase that is taken up, and not always in what was said."""


def _phrase_of(
    sentence: str, asked: Sequence[frozenset[str]], known: frozenset[str], language: str
) -> weaving.Phrase | None:
    """How a sentence is taken up best: by a phrase that brings something new, else by a few words of
    it, else by any phrase that is not a person.
    """
    found = [
        phrase
        for phrase in weaving.phrases(sentence, language)
        if phrase.kind != weaving.PERSON
        and not any(map(stems_of(phrase.said, language).issubset, asked))
    ]
    telling = [
        phrase
        for phrase in found
        if len(said := content_words(words(phrase.said), language)) > 1
        and not known.issuperset(stem(word, language) for word in said)
    ]
    if telling:
        return telling[-1]
    return weaving.quotation(sentence, language) or next(reversed(found), None)


@lru_cache(maxsize=1024)
def matter(question: Question, language: str) -> frozenset[str]:
    """Stems of what the question is about."""
    needs = (f"{n.label} {n.ask} {' '.join(n.cues)}" for n in question.needs)
    said = (w for text in (question.text, *needs) for w in words(text))
    return frozenset().union(*(stems(w, language) for w in content_words(list(said), language)))
