"""Check-back: the main points of the interview, repeated in the participant's words for correction."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from interviewrelay.core.conversation import Decision
from interviewrelay.interviewer import acts
from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.policy import (
    follow_up_budgets,
    quotation,
    salience,
    time_budget,
)
from interviewrelay.interviewer.policy.quotation import QuotedClause
from interviewrelay.interviewer.policy.salience import SalientSentence
from interviewrelay.interviewer.policy.turn_context import Reply, TurnContext
from interviewrelay.interviewer.safety.personal_data import Masks
from interviewrelay.interviewer.state.state import State
from interviewrelay.interviewer.text.tokenization import normalize, split_words
from interviewrelay.interviewer.understanding import avoided_topics, narrative_types
from interviewrelay.interviewer.wording.phrasing import join_parts, points_back

MOST: Final = 4
"""Maximum statements; at least `time_budget.READ_BACK`, and at most one for each question."""
WORTH_IT: Final = 2.4
"""Minimum weight of a sentence that is read back."""
NOTED: Final = 2.0
MUST_BE_HEARD: Final = 6.0
"""Extra weight of a sentence that a model noted, and of one that researchers must see."""
POINTS: Final = 1.5
"""Penalty for a sentence that refers to an earlier one."""

_RANK: Final = {"must": 2, "should": 1, "could": 0}


@dataclass(frozen=True, slots=True)
class SummaryStatement:
    """Statement from a turn's answer, its wording for the check-back, and its weight."""

    turn: int
    told: QuotedClause
    weight: float
    question: Question

    @property
    def rank(self) -> tuple[int, float]:
        """Rank: by the author's interest, then by weight."""
        return _RANK[self.question.importance], self.weight


def build_summary_check(
    now: TurnContext, line: str, details: Mapping[str, object]
) -> Reply | None:
    """Check-back turn; None if it is not wanted, not possible, or too late."""
    found = list_statements(now.guide, now.state) if is_due(now) else []
    if len(found) < time_budget.READ_BACK:
        return None
    said = [_as_said_back(now, one.told) for one in found]
    heard = join_parts(now.voice.retelling("check_back", ""), *said)
    question = join_parts(heard, now.voice.retelling("check_back.asked", ""))
    decision = Decision(
        act=acts.CHECK_BACK,
        reason="Key answers are summarized so that the participant can correct them.",
        source="template",
        details={
            "line": line,
            "question": question,
            "statements": [
                {"turn": one.turn, "text": text} for one, text in zip(found, said, strict=True)
            ],
            **details,
        },
    )
    return Reply(join_parts(line, question), decision)


def _as_said_back(now: TurnContext, told: QuotedClause) -> str:
    if told.indirect:
        return told.as_sentence
    return now.voice.retelling("check_back.said", told.text)


def is_due(now: TurnContext) -> bool:
    """True once, in a supported language, while there is time and the participant has not had
    enough.
    """
    wanted = time_budget.is_summary_check_ahead(now.guide, now.state) and now.voice.own
    # "Nothing more on that" is an answer to each of two questions, and no weariness.
    tired = (
        now.state.misses >= follow_up_budgets.WORN
        or now.state.single_words >= follow_up_budgets.ENOUGH
    )
    return wanted and not tired and now.pace.check_back_fits


def list_statements(guide: Guide, state: State) -> list[SummaryStatement]:
    """The weightiest statement of each question, the newest of equals, in the script's order."""
    asked = (text for q in guide.questions for text in (q.text, *(n.ask for n in q.needs)))
    every = [said.text for thread in state.threads.values() for said in thread.accounts]
    masks = Masks(every, guide.language, keep=" ".join(asked))
    chosen = []
    for question in guide.questions:
        found = sorted(_said(guide, state, question), key=lambda one: -one.weight)
        named = (one for one in found if masks.hide(one.told.text) == one.told.text)
        chosen += [one for one in [next(named, None)] if one is not None]
    foremost = sorted(chosen, key=lambda one: one.rank, reverse=True)[:MOST]
    return [one for one in chosen if one in foremost]


def _said(guide: Guide, state: State, question: Question) -> Iterator[SummaryStatement]:
    """Statements that can be read back from the answers to a question: none that were withdrawn,
    corrected later, or painful.
    """
    thread = state.threads.get(question.id)
    if thread is None or thread.declined or not time_budget.can_be_read_back(question):
        return
    for account in reversed(thread.accounts):
        if narrative_types.is_upset(account.text, guide.language):
            continue
        for passage in salience.weigh_sentences(account.text, guide.language):
            noted = _noted(state, passage.said)
            if thread.eased and noted < MUST_BE_HEARD:
                continue  # painful for them, unless somebody must hear it
            weight = passage.weight + noted
            told = _retold(guide, state, question, replace(passage, weight=weight))
            if told is not None:
                yield SummaryStatement(
                    account.number, told, weight - POINTS * points_back(told.text), question
                )


def _noted(state: State, said: str) -> float:
    """Extra weight of a sentence in which a model noted words."""
    own = normalize(said)
    noted = [(normalize(quote), must) for quote, must in state.noted if quote]
    found = [must for quote, must in noted if quote in own or own in quote]
    return MUST_BE_HEARD if any(found) else NOTED * bool(found)


def _retold(
    guide: Guide, state: State, question: Question, passage: SalientSentence
) -> QuotedClause | None:
    if passage.weight < WORTH_IT or passage.said in state.overtaken:
        return None
    # Half a sentence sounds as if the other half had not been heard.
    if len(split_words(passage.said)) > quotation.MOST:
        return None
    told = quotation.quote_clause(passage, guide.language)
    left = [*state.avoided, *question.avoid]
    if told and any(
        avoided_topics.is_about(told.text, named, guide.language) for named in left
    ):
        return None
    return told
