"""A fold over the turns of an interview: what each of them means for where it stands."""

from collections.abc import Sequence
from dataclasses import replace

from interviewrelay.conversation import Turn
from interviewrelay.interviewer import (
    acts,
    avoiding,
    closeness,
    drifting,
    facts,
    needs,
    placing,
    stopping,
    understanding,
)
from interviewrelay.interviewer.coverage import need_key
from interviewrelay.interviewer.guide import Guide
from interviewrelay.interviewer.lexicon import NO_WORDS, YES_WORDS
from interviewrelay.interviewer.signals import Reading, from_json, read
from interviewrelay.interviewer.state import Pending, State, say
from interviewrelay.interviewer.words import content_words, stem, words
from interviewrelay.ports import Meaning

IMPATIENT = 2
"""Follow-ups without result, as many as a question for the end weighs."""


def fold(guide: Guide, turns: Sequence[Turn], meaning: Meaning | None = None) -> State:
    """The state after `turns`. Readings that are not stored with the answers are made here; stored
    ones stay as they are, whether or not there was something then that could tell a meaning.
    """
    state = State()
    for turn in turns:
        if turn.speaker == "ai":
            say(state, turn.decision, turn.text, turn.at)
        else:
            _heard(guide, state, turn, meaning)
    return state


def _heard(guide: Guide, state: State, turn: Turn, meaning: Meaning | None) -> None:
    stored = from_json(turn.reading)
    reading = stored or read(guide, turn.text, skipped=turn.skipped)
    settled = _on_stop_question(guide, state, turn, reading)
    response = settled or understanding.response_to(reading, stop_asked=state.stop_asked)
    if state.pending is not None and settled is None:
        question = guide.question(state.pending.question_id)
        pending = (state.pending.act, state.pending.text)
        response = placing.placed(
            response, reading, turn.text, pending, question, guide.language
        )
        if response == understanding.ANSWER:
            if stored is None:
                near = closeness.measured(meaning, guide.language, question, turn.text)
                reading = replace(reading, close=near)
            if _drifts(guide, state, turn.text, reading):
                response = understanding.DRIFT
    state.awaiting_stop = False
    state.reading, state.text, state.at, state.response = reading, turn.text, turn.at, response
    state.answers += 1
    state.answered = response in understanding.ANSWERS_TOO and (
        reading.has(acts.ANSWER)
        or _yes_or_no(guide, state)
        or _a_fact(state, turn)
        or (response == understanding.ANSWER and acts.WONDERED in reading.topics)
    )
    state.known = response == understanding.ALREADY_TOLD and _known(guide, state)
    if state.pending is not None and state.pending.act == acts.PROBE:
        brought_nothing = not state.answered and response in _BARREN
        state.barren = state.barren + brought_nothing if not state.answered else 0
        state.misses += brought_nothing * (1 + (response == understanding.ALREADY_TOLD))
    needs.learn(state.needs, guide, (turn.text, reading))
    state.shortened = state.shortened or response == understanding.SHORTEN
    state.empties += response == understanding.EMPTY
    state.injections += response == understanding.INJECTION
    state.greets += response == understanding.GREETED
    state.misfits += response == understanding.MISFIT
    state.drifts = state.drifts + 1 if response == understanding.DRIFT else 0
    state.misses += _impatience(reading, response)
    state.complaints += response == understanding.COMPLAINT
    state.withdraws = state.withdraws or reading.has(acts.WITHDRAW)
    if response == understanding.REFUSAL and turn.text:
        named = avoiding.subject(turn.text, guide.language)
        state.avoided += [named] if named else []
    state.declines = state.declines + 1 if response == understanding.REFUSAL else 0
    if state.pending is not None and state.pending.question_id is not None:
        _on_thread(guide, state, state.pending, reading)


def _drifts(guide: Guide, state: State, text: str, reading: Reading) -> bool:
    """Whether an answer to an open question is talk of something else."""
    pending = state.pending
    question = guide.question(pending.question_id) if pending else None
    if pending is None or question is None or question.kind != "open":
        return False
    if state.threads[question.id].depth:
        # What was said just now leads anywhere.
        return False
    # The same small talk twice does not make it the matter.
    told = (said for thread in state.threads.values() for said in thread.answers)
    accounts = (said for said in told if said != text)
    return drifting.drifts(guide, pending, text, reading, accounts)


def _on_stop_question(guide: Guide, state: State, turn: Turn, reading: Reading) -> str | None:
    """What the answer to "Would you like to end here?" settles, if that was asked."""
    if not state.awaiting_stop or turn.skipped or _a_fact(state, turn):
        return None
    return stopping.settled(reading, turn.text, guide.language)


def _a_fact(state: State, turn: Turn) -> bool:
    """Whether the pending question asks for a fact and gets it: "nothing" is what a visit may cost."""
    return state.pending is not None and facts.told(state.pending.text, [turn.text])


def _yes_or_no(guide: Guide, state: State) -> bool:
    """Whether a closed question is answered in the same breath as something else is said."""
    question = guide.question(state.pending.question_id) if state.pending else None
    if question is None or question.kind != "closed":
        return False
    return bool(YES_WORDS.union(NO_WORDS).intersection(words(state.text)[:1]))


def _known(guide: Guide, state: State) -> bool:
    """Whether anything said before may be an answer to the pending question: on its own topic, on
    its needs, or with a word of it.
    """
    pending = state.pending
    if pending is None:
        return False
    if state.misfits:
        return True
    question = guide.question(pending.question_id)
    if question and any(state.need(question, n.id) != "open" for n in question.needs):
        return True
    own = state.threads.get(pending.question_id or "")
    if own is not None and own.answers:
        return True
    language = guide.language
    asked = {stem(w, language) for w in content_words(words(pending.text), language)}
    said = (answer for thread in state.threads.values() for answer in thread.answers)
    return any(not asked.isdisjoint(stem(w, language) for w in words(text)) for text in said)


def _impatience(reading: Reading, response: str) -> int:
    """How much a wish to be done with it counts, in follow-ups that brought nothing."""
    wishes = {"how_long", "how_many", "can_stop"}.intersection(reading.topics)
    return IMPATIENT * bool(wishes) + (response == understanding.COMPLAINT)


_BARREN = (
    understanding.NOTHING_MORE,
    understanding.DONT_KNOW,
    understanding.REFUSAL,
    understanding.ALREADY_TOLD,
    understanding.MISFIT,
)

_HOLDS_NOTHING = (understanding.GREETED, understanding.UNCLEAR, understanding.DRIFT)


def _on_thread(guide: Guide, state: State, pending: Pending, reading: Reading) -> None:
    """What the answer means for the question that was pending."""
    thread = state.threads[pending.question_id or ""]
    question = guide.question(pending.question_id)
    asks = reading.has(acts.CLARIFY) or reading.has(acts.REPEAT)
    held = reading.has(acts.ANSWER) and (asks or state.response not in _HOLDS_NOTHING)
    if held or state.answered:
        thread.answers.append(state.text)
    if state.answered and state.response == understanding.ANSWER:
        thread.accounts.append((state.text, thread.depth))
    if question is None:
        return
    if state.answered:
        short = question.kind == "open" and reading.words <= 1
        state.single_words = state.single_words + 1 if short else 0
        said = (pending.text, state.text, reading)
        needs.learn_on_thread(state.needs, thread.cues, question, said, guide.language)
    asked_for = need_key(question.id, pending.target or "")
    if asked_for in state.needs_asked:
        _settle(state, asked_for)
    thread.eased = thread.eased or state.response == understanding.UNEASY
    thread.angle = thread.angle or (
        state.response == understanding.DONT_KNOW and pending.act == acts.ASK
    )
    if state.response == understanding.REFUSAL:
        thread.declined = thread.declined or not thread.answers
        needs.decline(guide, state.needs, question, None if thread.answers else question.needs)
    elif state.response in (understanding.UPSET, understanding.MISFIT):
        thread.declined = True
        needs.decline(guide, state.needs, question, question.needs)
    elif state.response == understanding.ALREADY_TOLD and state.known:
        needs.told(state.needs, question, pending.target)


def _settle(state: State, key: str) -> None:
    """A need that was asked for is never asked again, whatever came back."""
    if state.answered or (state.response == understanding.ALREADY_TOLD and state.known):
        state.needs[key] = "covered"
    elif state.response in (
        understanding.REFUSAL,
        understanding.DONT_KNOW,
        understanding.NOTHING_MORE,
        understanding.MISFIT,
    ):
        state.needs[key] = "declined"
