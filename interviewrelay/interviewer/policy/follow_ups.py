"""Follow-ups on an answer when no model takes part.

Few and plain. First the end of an answer, or its weightiest sentence, in the participant's own
words. Then the open learning goals in the author's words, then the author's probes, and last a
plain question that fits the kind of answer. If none of these is sensible, the script's next
question follows.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from interviewrelay.interviewer import acts, languages
from interviewrelay.interviewer.guide import Guide, Need, Question
from interviewrelay.interviewer.policy import (
    follow_up_budgets,
    open_goals,
    quotation,
    repeated_questions,
    salience,
    salient_follow_ups,
    time_budget,
)
from interviewrelay.interviewer.policy.follow_up_budgets import NARRATIVE
from interviewrelay.interviewer.policy.follow_up_kinds import (
    GOAL,
    PLAIN,
    PROBE,
    FollowUp,
    is_avoided,
)
from interviewrelay.interviewer.policy.salient_follow_ups import THIN, TOO_SENSITIVE
from interviewrelay.interviewer.policy.turn_context import TurnContext
from interviewrelay.interviewer.safety import personal_data
from interviewrelay.interviewer.state import answer_similarity
from interviewrelay.interviewer.state.state import Thread
from interviewrelay.interviewer.text.tokenization import (
    filter_content_words,
    get_base_language,
    get_cached_stems,
    get_stem,
    normalize,
    split_words,
)
from interviewrelay.interviewer.understanding import (
    avoided_topics,
    facts,
    narrative_types,
    presupposition_denial,
)
from interviewrelay.interviewer.understanding.coverage import build_need_key, list_needs
from interviewrelay.interviewer.wording import phrasing

UNFINISHED: Final = salient_follow_ups.STRONG
"""Minimum weight for a return when the script is complete."""
NAMES: Final = 4
"""Minimum content words of an ask that can be understood alone."""
RICH: Final = 150
"""Words told on a question above which at most one learning goal is asked."""
LIST: Final = 3
"""Minimum commas that make one short sentence a list."""
CLOSER: Final = 0.5
"""Maximum bonus for semantic similarity to the last answer."""
NEARER: Final = 0.3
"""Bonus if the answer names a part of the goal; if it names all, the same is deducted, since it may
have been told.
"""


def choose_follow_up(now: TurnContext, question: Question, *, deeper: bool) -> FollowUp | None:
    """Best follow-up on `question` now, or None if the next question is better.

    `deeper` is true if the last answer has something to explore; otherwise only learning goals are
    asked.
    """
    guide, state = now.guide, now.state
    thread = state.threads[question.id]
    if not follow_up_budgets.may_follow_up(now, question) or _denied(guide, question, thread):
        return None
    if (
        deeper
        and (found := salient_follow_ups.follow_up_on_answer(now, question, thread)) is not None
    ):
        return found
    if state.shortened:
        return None
    asked = repeated_questions.AskedQuestions(state.asked, guide.language)
    offers = _offers(now, question, thread, deeper=deeper)
    return next(
        (
            one
            for one in offers
            if not asked.has(one.text) and not is_avoided(guide, state, question, one.text)
        ),
        None,
    )


def _denied(guide: Guide, question: Question, thread: Thread) -> bool:
    """True if the participant never did anything of what a question mentions."""
    return any(
        presupposition_denial.denies_deed(question.text, said, guide.language)
        for said in thread.answers
    )


def choose_return(now: TurnContext) -> FollowUp | None:
    """Unfinished matter when the script is complete, on a mandatory question: a weighty sentence
    that was not followed up, otherwise an open learning goal.
    """
    state = now.state
    if state.shortened or follow_up_budgets.is_tired(state) or not now.pace.probe_fits:
        return None
    if any(thread.returns for thread in state.threads.values()):
        return None
    musts = [q for q in now.guide.questions if q.importance == "must" and _may_return(now, q)]
    asked = repeated_questions.AskedQuestions(state.asked, now.guide.language)
    return _left_unsaid(now, musts) or next(
        (
            made
            for question in musts
            for need in _by_worth(now, question)
            if (made := _for_goal(now, question, need)) is not None
            and not asked.has(made.text)
            and _stands_alone(made.text, now.guide.language)
        ),
        None,
    )


def _may_return(now: TurnContext, question: Question) -> bool:
    thread = now.state.threads.get(question.id)
    if (
        thread is None
        or thread.declined
        or thread.eased
        or not time_budget.max_returns(question)
    ):
        return False
    if avoided_topics.is_avoided(question, now.state.avoided, now.guide.language):
        return False
    return time_budget.has_room_for_follow_up(now.guide, now.state, question)


def _left_unsaid(now: TurnContext, questions: Sequence[Question]) -> FollowUp | None:
    """Weightiest sentence that was not followed up, from an answer without a follow-up of its own."""
    if not now.voice.own:
        return None
    found = [
        (passage.weight, question, passage)
        for question in questions
        if question.sensitivity < TOO_SENSITIVE
        for account in now.state.threads[question.id].accounts
        if not any(quotation.is_said(said, [account.text]) for said in now.state.said_back)
        and (passage := salience.find_weightiest(account.text, now.guide.language)) is not None
        and passage.weight >= UNFINISHED
    ]
    for _, question, passage in sorted(found, key=lambda one: -one[0]):
        if made := salient_follow_ups.follow_up_on_sentence(
            now, question, passage, line="told.before"
        ):
            return made
    return None


def _offers(
    now: TurnContext, question: Question, thread: Thread, *, deeper: bool
) -> Iterator[FollowUp]:
    if _is_rich(now, question, thread):
        return
    for need in _by_worth(now, question):
        made = _for_goal(now, question, need)
        if made is not None and _is_clear(now, question, made.text):
            yield made
    yield from _probes(now, question, thread)
    if deeper and not salient_follow_ups.is_whole_answer(now, question):
        yield from _plain(now, question, thread)


def _is_rich(now: TurnContext, question: Question, thread: Thread) -> bool:
    """True if so much was told on a question that its other learning goals were most likely told in
    other words; one is asked in any case.
    """
    asked = any(
        build_need_key(question.id, n.id) in now.state.needs_asked for n in question.needs
    )
    probed = any(kind.startswith("probe ") for kind in thread.kinds)
    return (asked or probed) and sum(len(split_words(said)) for said in thread.answers) > RICH


def _is_clear(now: TurnContext, question: Question, text: str) -> bool:
    """True if a question for a goal is clear in context: "Who talked to you about it?" follows on
    its own question, and not on another one.
    """
    pending, language = now.state.pending, now.guide.language
    if pending is None or pending.act != acts.PROBE or _stands_alone(text, language):
        return True
    if any(pending.target == need.id for need in question.needs):
        return True  # one goal leads to the next
    near = get_cached_stems(text, language) | get_cached_stems(question.text, language)
    about = filter_content_words(split_words(now.state.text), language)
    return any(get_stem(word, language) in near for word in about)


def _stands_alone(text: str, language: str) -> bool:
    """True if a question for a goal names its subject: "What was it like to find your way inside?"
    does.
    """
    return (
        not phrasing.points_back(text)
        or len(filter_content_words(split_words(text), language)) >= NAMES
    )


def _by_worth(now: TurnContext, question: Question) -> list[Need]:
    """Open learning goals, weightiest first; of equals, those that the last answer came close to."""
    state, language = now.state, now.guide.language
    found = [
        need
        for need in open_goals.list_open_goals(state, question)
        if not open_goals.is_told(question, need, state, language)
    ]

    def worth(need: Need) -> float:
        near = CLOSER * answer_similarity.get_similarity(state, answer_similarity.NEED, need.id)
        named = open_goals.get_named_share(question, need, [state.text], language)
        if named >= open_goals.TOUCHED_SHARE:
            near += NEARER if named < 1 else -NEARER
        return need.weight + near

    return sorted(found, key=worth, reverse=True)


def _for_goal(now: TurnContext, question: Question, need: Need) -> FollowUp | None:
    text = need.ask.strip() or next(now.voice.about(need.label), "")
    if not text:
        return None
    others = [
        said
        for key, other in now.state.threads.items()
        if key != question.id
        for said in other.answers
    ]
    return FollowUp(
        GOAL,
        question,
        text,
        need.id,
        f"This learning goal isn’t met yet: {need.label or need.id}.",
        need=build_need_key(question.id, need.id),
        known=open_goals.is_touched(question, need, others, now.guide.language),
    )


def _probes(now: TurnContext, question: Question, thread: Thread) -> Iterator[FollowUp]:
    state, language = now.state, now.guide.language
    known = [n.ask for key, _, n in list_needs(now.guide) if state.needs.get(key) == "covered"]

    def close(numbered: tuple[int, str]) -> float:
        return answer_similarity.get_similarity(
            state, answer_similarity.AUTHOR, f"probe {numbered[0]}"
        )

    for number, probe in sorted(enumerate(question.probes, 1), key=close, reverse=True):
        if facts.is_told(probe, thread.answers) or _asks_the_same(probe, known, language):
            continue
        reason = "A follow-up question from the script."
        yield FollowUp(PROBE, question, probe, f"probe {number}", reason)


def _asks_the_same(text: str, asks: Sequence[str], language: str) -> bool:
    """True if a probe asks for the same as a covered goal."""
    mine = get_cached_stems(text, language)
    return any(
        len(mine & get_cached_stems(a, language))
        >= repeated_questions.SAME_STEMS * len(mine | get_cached_stems(a, language))
        for a in asks
    )


def _plain(now: TurnContext, question: Question, thread: Thread) -> Iterator[FollowUp]:
    """Plain follow-ups by the kind of answer, each once a question; none on an answer with a
    password, a number and the like, because "tell me more" would ask for it.
    """
    state = now.state
    narrative = len(now.guide.questions) in NARRATIVE and question.depth == "deep"
    if question.kind != "open" and question.depth != "deep":
        return
    if (question.needs or question.probes) and not narrative:
        return  # the learning goals have been asked, and that is enough
    if personal_data.holds_data(state.text, normalize(state.text)):
        return
    for family in _families(now, question, narrative=narrative):
        if family in thread.kinds:
            continue
        text = now.voice.follow_up(family, state.asked)
        if text:
            reason = "The answer could be more specific."
            yield FollowUp(PLAIN, question, text, family, reason, evidence=state.text[:300])


def _families(now: TurnContext, question: Question, *, narrative: bool) -> Sequence[str]:
    state, language = now.state, now.guide.language
    said = narrative_types.get_narrative_type(question.text, state.text, language)
    if said == narrative_types.UPSET:
        return ("gentle",)
    if state.reading is None or state.reading.content < THIN:
        return ("more",)
    if said == narrative_types.WISH:
        return ("wish",)
    if _is_list(state.text):
        return ("list",)
    ladder = {
        narrative_types.EVENT: ("then", "like", "come_about"),
        narrative_types.STATE: ("view",)
        if _asks_for_view(question, language)
        else ("habit", "occasion"),
    }[said]
    return (*ladder, "before", "occasion", "meaning", "more") if narrative else ladder


def _is_list(text: str) -> bool:
    return text.count(",") >= LIST and not any(mark in text.rstrip(" .!") for mark in ".!?\n")


def _asks_for_view(question: Question, language: str) -> bool:
    views = (
        languages.load_table(get_base_language(language), "salience")
        .get("kinds", {})
        .get("views")
    )
    return (
        bool(views)
        and languages.match_any_of(views).search(normalize(question.text)) is not None
    )
