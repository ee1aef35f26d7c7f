"""The check-back: a few statements in their own words, and what they would correct or add."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from interviewrelay.conversation import Decision
from interviewrelay.interviewer import acts, candidates, leads, manner, pacing, worth
from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.masks import Masks
from interviewrelay.interviewer.situation import Reply, Situation
from interviewrelay.interviewer.state import Account, State
from interviewrelay.interviewer.statements import only_tells, statements
from interviewrelay.interviewer.wording import joined
from interviewrelay.interviewer.words import content_words, sentences, stem, stems_of, words

MOST = 5
"""Statements that are read back; `pacing.READ_BACK` at least, and one for each question at most."""

ON_IT = 3
"""How much weightier a statement is that has a word of what its question is about."""

ALIKE = 0.7
"""Share of the words of the shorter one from which on two statements say the same."""

MOST_SENTENCES = 12
"""Sentences of an answer that are looked at: nobody is kept waiting for the rest."""

_RANK = {"must": 2, "should": 1, "could": 0}


@dataclass(frozen=True, slots=True)
class Found:
    """A statement out of the answer of a turn; `weight` compares it with others on its question."""

    turn: int
    said: str
    text: str
    weight: int
    question: Question

    @property
    def rank(self) -> tuple[int, float, int]:
        """By how much the author wants to know it."""
        wanted = sum(need.weight for need in self.question.needs)
        return _RANK[self.question.importance], wanted, self.weight


def check_back(now: Situation, line: str, details: Mapping[str, object]) -> Reply | None:
    """None where it is not wanted, not possible, or too late for it."""
    found = read_back(now.guide, now.state) if _may(now) else []
    if len(found) < pacing.READ_BACK:
        return None
    said = (now.voice.fixed("check_back.said", said=one.text) for one in found)
    question = joined(now.voice.fixed("check_back.told"), *said, now.voice.fixed("check_back"))
    decision = Decision(
        act=acts.CHECK_BACK,
        reason="Some of what was said is read back, so that it can be put right.",
        source="template",
        details={
            "line": line,
            "question": question,
            "statements": [{"turn": one.turn, "text": one.text} for one in found],
            **details,
        },
    )
    return Reply(joined(line, question), decision)


def _may(now: Situation) -> bool:
    """Once, in a language of ours, when there is time and the participant has not had enough."""
    state = now.state
    tired = state.single_words >= 2 or worth.fatigue(state) >= 1
    wanted = pacing.check_back_ahead(now.guide, state)
    return wanted and now.voice.own and not tired and now.pace.check_back_fits


def read_back(guide: Guide, state: State) -> list[Found]:
    """The weightiest statement of each question, the newest of equals, in the order of the script."""
    asked = (text for q in guide.questions for text in (q.text, *(n.ask for n in q.needs)))
    masks = Masks(_every(state), guide.language, keep=" ".join(asked))
    chosen: list[Found] = []
    for question in guide.questions:
        found = _said(guide, state, question)
        for one in sorted(found, key=lambda one: (one.weight, one.turn), reverse=True):
            again = any(_same(one.text, other.text, guide.language) for other in chosen)
            named = masks.hide(one.text) != one.text
            # The dearest look comes last.
            if not (again or named) and only_tells(one.said, guide.language):
                chosen.append(one)
                break
    foremost = sorted(chosen, key=lambda one: one.rank, reverse=True)[:MOST]
    return [one for one in chosen if one in foremost]


def _said(guide: Guide, state: State, question: Question) -> Iterator[Found]:
    """What can be read back of the answers to a question: nothing that they left aside, that was hard
    to speak of, that was put right since, or that they say again and again.
    """
    thread = state.threads.get(question.id)
    if thread is None or thread.declined or thread.eased or not pacing.is_account(question):
        return
    every, matter = _every(state), leads.matter(question, guide.language)
    for account, sentence in _sentences(thread.accounts, guide.language):
        again = sum(sentence in said for said in every) > 1
        if again or sentence in state.overtaken:
            continue
        on_it = ON_IT * (not matter.isdisjoint(stems_of(sentence, guide.language)))
        for one in statements(sentence, guide.language):
            if not candidates.avoided(guide, state, question, one.text):
                weight = one.weight + on_it
                yield Found(account.number, one.said, one.text, weight, question)


def _every(state: State) -> list[str]:
    return [said.text for thread in state.threads.values() for said in thread.accounts]


def _sentences(accounts: list[Account], language: str) -> Iterator[tuple[Account, str]]:
    for account in accounts:
        if not manner.upset(account.text, language):
            found = sentences(account.text)[:MOST_SENTENCES]
            yield from ((account, sentence) for sentence in found)


def _same(one: str, other: str, language: str) -> bool:
    """Whether two statements say much the same, by the words that carry meaning."""
    mine, theirs = (
        {stem(word, language) for word in content_words(words(text), language)}
        for text in (one, other)
    )
    return len(mine & theirs) >= ALIKE * min(len(mine), len(theirs))
