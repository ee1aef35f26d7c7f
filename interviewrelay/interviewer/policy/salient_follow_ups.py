"""Salient follow-ups on the weightiest part of what was said.

A clause of the participant is repeated and a plain question follows. On painful matters they are
only asked what they would like to say, and somebody who says that something was passed over is
asked about it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from interviewrelay.interviewer.guide import Depth, Question
from interviewrelay.interviewer.policy import follow_up_budgets, quotation, salience
from interviewrelay.interviewer.policy.follow_up_kinds import PLAIN, FollowUp, is_avoided
from interviewrelay.interviewer.policy.quotation import QuotedClause
from interviewrelay.interviewer.policy.salience import SalientSentence
from interviewrelay.interviewer.policy.turn_context import TurnContext
from interviewrelay.interviewer.state.state import TAKEN_UP, State, Thread
from interviewrelay.interviewer.text.lexicon import (
    GENERIC_WORDS,
    NEUTRAL_WORDS,
    NO_WORDS,
    YES_WORDS,
)
from interviewrelay.interviewer.text.tokenization import (
    filter_content_words,
    get_base_language,
    get_cached_stems,
    get_stem,
    normalize,
    split_words,
)
from interviewrelay.interviewer.understanding import facts, narrative_types

WEIGHTY: Final = 2.2
WEIGHTY_IN_FEW: Final = 1.7
FEW_WORDS: Final = 30
"""Minimum weight of a sentence for a follow-up, in general and in a short answer: people who say
little mean it.
"""
FULL: Final = 15
"""Words above which the last sentence of an answer is taken up in any case."""
STRONG: Final = 3.0
"""Minimum weight of a sentence that is taken up even if somebody is in a hurry."""
RECURS: Final = 3
REMEMBERED: Final = 8
SMALL: Final = 3
"""A recurring matter: minimum answers with it, of how many; maximum letters of a small word."""
NEARLY: Final = 0.7
"""Share of the highest rank in an answer that a sentence needs."""
CANDIDATES: Final = 5
"""Sentences of an answer that are tried."""
LONG: Final = 70
"""Minimum words of a long account."""
TOO_SENSITIVE: Final = 2
"""Sensitivity of a question from which we take up nothing ourselves."""
THIN: Final = 4
"""Minimum content words of an answer that has something to explore."""
_BESIDE: Final = frozenset({salience.SELF, salience.CLOSE})
"""Signals that only add to the weight of others."""
MOST_TAKEN_UP: Final[Mapping[Depth, int]] = {"none": 0, "light": 1, "standard": 2, "deep": 3}
"""Maximum follow-ups of this kind by the depth of the question."""


def follow_up_on_answer(
    now: TurnContext, question: Question, thread: Thread
) -> FollowUp | None:
    """Follow-up on the weightiest sentence of the last answer."""
    state = now.state
    most = max(
        MOST_TAKEN_UP[question.depth],
        follow_up_budgets.NARRATIVE.get(len(now.guide.questions), 0) // 2,
    )
    if thread.taken_up >= most:
        return None
    if question.kind != "open" and question.depth != "deep":
        return None
    if question.sensitivity >= TOO_SENSITIVE or not now.voice.own:
        return None
    if is_whole_answer(now, question) or _pushed_away(now):
        return None
    fresh = bool(thread.accounts) and thread.accounts[-1].text == state.text
    if state.shortened and (thread.taken_up or question.importance != "must"):
        return None
    weighty = _weighty(now, state.text) if fresh else []
    first = _foremost(now, question, weighty)
    return first or (_weighed(now, question) if weighty and not state.shortened else None)


def _pushed_away(now: TurnContext) -> bool:
    """True if they say that there is no more to what was just taken up."""
    pending = now.state.pending
    taken = pending is not None and pending.takes_up
    return taken and salience.pushes_away(now.state.text, now.guide.language)


def _foremost(
    now: TurnContext, question: Question, weighty: Sequence[SalientSentence]
) -> FollowUp | None:
    """Follow-up on the weightiest quotable sentence, or the clause of a long one."""
    told = [
        (one, follow_up_on_sentence(now, question, one, line="told"))
        for one in weighty[:CANDIDATES]
    ]
    # In a long account the quotable sentence may be far from what matters.
    near = (made for one, made in told if made and one.rank >= NEARLY * weighty[0].rank)
    return next(near, None)


def _weighty(now: TurnContext, answer: str) -> list[SalientSentence]:
    """Weighty sentences of an answer, and in any case the last one of a longer answer, in order of
    preference.
    """
    count = len(split_words(answer))
    few = count <= FEW_WORDS
    least = STRONG if now.state.shortened else WEIGHTY_IN_FEW if few else WEIGHTY
    found = salience.weigh_sentences(answer, now.guide.language, _recurring(now))
    telling = (
        one
        for one in found
        if (one.weight >= least and one.signs - _BESIDE) or (one.last and count > FULL)
    )
    return sorted(telling, key=lambda one: -one.rank)


def follow_up_gently(now: TurnContext, question: Question) -> FollowUp | None:
    """Gentle invitation to say more on a painful matter; rare, and only with enough time."""
    state = now.state
    thread = state.threads[question.id]
    if question.depth == "none" or thread.declined or state.shortened:
        return None
    text = now.voice.follow_up("gentle", state.asked)
    if not text or state.reposed > 0 or not now.pace.probe_fits:
        return None
    return FollowUp(PLAIN, question, text, "gentle", "A gentle offer to say more.")


def _recurring(now: TurnContext) -> frozenset[str]:
    """Stems of matters that they raised themselves in several of the last answers."""
    language, accounts = now.guide.language, _accounts(now)[-REMEMBERED:]
    if len(accounts) < RECURS:
        return frozenset()
    neutral = NEUTRAL_WORDS.get(get_base_language(language), frozenset()) | GENERIC_WORDS
    counts: Counter[str] = Counter()
    for _, _, text in accounts:
        told = (
            w for w in filter_content_words(split_words(text), language) if w not in neutral
        )
        counts.update({get_stem(word, language) for word in told if len(word) > SMALL})
    asked = frozenset().union(*(get_cached_stems(text, language) for text in now.state.asked))
    return frozenset(word for word, count in counts.items() if count >= RECURS) - asked


def _accounts(now: TurnContext) -> list[tuple[int, str, str]]:
    """Answers in order as number, question and text; without painful ones."""
    return sorted(
        (account.number, thread.question_id, account.text)
        for thread in now.state.threads.values()
        if not thread.eased
        for account in thread.accounts
    )


def follow_up_on_protest(now: TurnContext) -> FollowUp | None:
    """Follow-up on a complaint: a weighty sentence in the complaint itself, otherwise an open
    invitation.
    """
    question = now.pending_question
    protest = salience.weigh_sentences(now.state.text, now.guide.language)
    if question is None or not any(salience.KEPT_QUIET in one.signs for one in protest):
        return None  # nothing suggests that it was told
    calm = question.sensitivity < TOO_SENSITIVE
    weighty = [one for one in _weighty(now, now.state.text) if one.weight >= STRONG and calm]
    if (found := _foremost(now, question, weighty)) is not None:
        return found
    # Before any account, nothing can have been passed over.
    text = now.voice.follow_up("tell", now.state.asked) if _accounts(now) else ""
    reason = "The participant says that something they said was ignored."
    return FollowUp(PLAIN, question, text, "tell", reason) if text else None


def follow_up_on_closing(now: TurnContext) -> FollowUp | None:
    """Follow-up on an addition at the close, if it is weighty."""
    question = next(
        (q for key in reversed(now.state.threads) if (q := now.guide.question(key))), None
    )
    if question is None or not now.voice.own or now.state.disclosed or now.state.steered:
        return None
    weighty = _weighty(now, now.state.text)
    if now.state.closing_followed:  # a second one only for a very weighty addition
        weighty = [one for one in weighty if one.signs - _BESIDE - {salience.RECURRING}]
    return _foremost(now, question, weighty)


def _weighed(now: TurnContext, question: Question) -> FollowUp | None:
    """Question for what mattered most in a long account without a quotable sentence."""
    state = now.state
    if state.reading is None or state.reading.words < LONG:
        return None
    text = now.voice.follow_up("weigh", state.asked)
    reason = "The answer is long, so the participant is asked what matters most."
    if not text:
        return None
    return FollowUp(PLAIN, question, text, "weigh", reason, evidence=state.text[:300])


def follow_up_on_sentence(
    now: TurnContext, question: Question, passage: SalientSentence, *, line: str
) -> FollowUp | None:
    """Follow-up on a sentence; None if it must not be repeated."""
    state, language = now.state, now.guide.language
    if passage.said in state.overtaken or narrative_types.is_upset(passage.said, language):
        return None
    told = quotation.quote_clause(passage, language)
    if told is None:
        return _on_the_last(now, question, passage)
    if quotation.is_said(told.clause, state.said_back):
        return None
    if is_avoided(now.guide, state, question, told.clause):
        return None
    key = line if told.indirect else f"{line}.words"
    family = _asked_of(told, question, language, last=passage.last)
    text = now.voice.follow_up(family, state.asked, again=True)
    # Directly after its subject, "What happened then?" needs no quotation.
    plainly = passage.last and family == "then" and text not in state.asked
    quoted = "before" in line or not plainly
    return FollowUp(
        TAKEN_UP,
        question,
        text,
        family,
        "This picks up an important point in the answer.",
        line=_said_back(now, key, told) if quoted else "",
        evidence=told.clause,
        signs=tuple(sorted(told.signs)),
        weight=told.weight,
    )


def _on_the_last(
    now: TurnContext, question: Question, passage: SalientSentence
) -> FollowUp | None:
    """Follow-up on a final sentence that cannot be quoted, too long or incomplete: in a few words
    that were not used before.
    """
    state, language = now.state, now.guide.language
    if not (passage.late and quotation.may_be_asked_about(passage.said, language)):
        return None
    if is_avoided(now.guide, state, question, passage.said):
        return None
    family = "like" if salience.FEELING in passage.signs else "more"
    text = now.voice.follow_up(family, state.asked)
    if not text:
        return None
    return FollowUp(
        TAKEN_UP,
        question,
        text,
        family,
        "This picks up the last point in the answer.",
        evidence=passage.said,
        signs=tuple(sorted(passage.signs)),
        weight=passage.weight,
    )


def _said_back(now: TurnContext, key: str, told: QuotedClause) -> str:
    now_said = told.reports and "before" not in key
    return told.as_sentence if now_said else now.voice.retelling(key, told.text)


def _asked_of(told: QuotedClause, question: Question, language: str, *, last: bool) -> str:
    """Kind of question that fits any clause with these signals without presupposing anything:
    nothing has happened in a wish or a hypothesis.
    """
    signs = told.signs
    if (
        narrative_types.get_narrative_type(question.text, told.clause, language)
        == narrative_types.WISH
    ):
        return "more"
    if salience.FEELING in signs:
        return "like"
    past = salience.happened_once(told.clause, language)
    if last and past and salience.HARM in signs:
        return "then"
    own_deed = told.is_own_deed and not signs.isdisjoint({salience.KEPT_QUIET, salience.CHANGE})
    if past and own_deed and salience.SELF in signs:
        return "come_about"
    own = salience.SELF in signs and (told.is_own_deed or not told.indirect)
    return "like" if last and past and own else "more"


def is_whole_answer(now: TurnContext, question: Question) -> bool:
    """True if the last answer leaves nothing to explore: a few words answer a question for a fact,
    and a bare yes or no answers any.
    """
    state, language = now.state, now.guide.language
    if question.depth == "deep":
        return False
    reading, asked = state.reading, state.pending.text if state.pending else question.text
    thin = reading is None or reading.content < THIN
    if thin and (_is_bare(state) or facts.asks_for_fact(question.text, language)):
        return True
    if facts.took_no_time(normalize(state.text)) and (
        reading is None or reading.content <= THIN
    ):
        return True
    return facts.is_told(question.text, [state.text]) or facts.is_told(asked, [state.text])


def _is_bare(state: State) -> bool:
    """True if an answer is only yes or no."""
    said = split_words(state.text)
    return len(said) <= follow_up_budgets.SHORT and bool(
        YES_WORDS.union(NO_WORDS).intersection(said[:1])
    )
