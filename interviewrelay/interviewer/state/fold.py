"""Fold over the turns of an interview, which computes its state."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from interviewrelay.core.conversation import Turn
from interviewrelay.core.ports.semantic_similarity import Meaning
from interviewrelay.interviewer import acts
from interviewrelay.interviewer.acts.act_detection import hear
from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.safety import care_lexicon, disclosures
from interviewrelay.interviewer.state import (
    answer_similarity,
    contextual_answers,
    correction_effects,
    corrections,
    off_topic,
    short_answers,
)
from interviewrelay.interviewer.state.state import Account, Pending, State, say
from interviewrelay.interviewer.text.lexicon import NO_WORDS, YES_WORDS
from interviewrelay.interviewer.text.tokenization import content_words, sentences, stem, words
from interviewrelay.interviewer.understanding import (
    answer_fit,
    avoided_topics,
    goal_table,
    redaction_wishes,
    response as understanding,
    scales,
)
from interviewrelay.interviewer.understanding.coverage import need_key
from interviewrelay.interviewer.understanding.reading import Reading, from_json, read

IMPATIENT = 2
"""Weight of a request to end, in fruitless follow-ups."""


ACCOUNT = 25
"""Minimum words of a text that tells something, even if one of its sentences refuses."""


def fold(guide: Guide, turns: Sequence[Turn], meaning: Meaning | None = None) -> State:
    """State after `turns`. Missing readings are computed here; stored ones stay as they are,
    whether or not similarity was available then.
    """
    state = State()
    for place, turn in enumerate(turns):
        if turn.speaker == "ai":
            say(state, turn.decision, turn.text, turn.at)
        else:
            _heard(guide, state, turns[: place + 1], meaning)
    return state


def _heard(guide: Guide, state: State, turns: Sequence[Turn], meaning: Meaning | None) -> None:
    turn = turns[-1]
    reading = from_json(turn.reading)
    sense = understanding.sense_of(turn.reading) if reading else None
    if reading is None or sense is None:
        reading, sense = _looked_into(guide, state, turn, meaning)
        wished = (turns[:-1], turn, reading, guide.language)
        names = redaction_wishes.find_names(*wished)
        meant = [] if names else redaction_wishes.find_turns(*wished)
        marked = state.sense.unquoted if state.sense else ()
        free = care_lexicon.MAY_QUOTE in care_lexicon.find_in_text(turn.text, guide.language)
        again = marked if free and not meant else ()
        sense = replace(sense, unquoted=tuple(meant), requoted=again, unnamed=tuple(names))
        refused = _refused(turn.text, reading, guide.language)
        sense = replace(sense, avoids=tuple(refused))
    response = sense.response
    state.told = response == understanding.TOLD or (state.told and state.comforted > 0)
    state.put_right = None
    state.overtaken.update(sense.overtaken.get(turn.number, ()))
    if sense.amends is not None:
        reading = reading.correcting()
        for number, now in reversed(sense.rights):
            correction_effects.enter(guide, state, number, now, sense.overtaken.get(number, ()))
    state.unnamed.update(sense.unnamed)
    state.resumes = state.paused and state.answered
    state.awaiting_stop = state.paused = False
    # An order that is split over two turns ends in the second.
    state.steered = reading.orders or (state.reading is not None and state.reading.orders)
    state.reading, state.text, state.at, state.sense = reading, turn.text, turn.at, sense
    state.answers += 1
    if state.pending is not None and state.pending.act == acts.PROBE:
        brought_nothing = not state.answered and response in understanding.BARREN
        state.barren = state.barren + brought_nothing if not state.answered else 0
        state.misses += brought_nothing * (1 + (response == understanding.ALREADY_TOLD))
    goal_table.learn(state.needs, reading, sense.covered)
    hurries = reading.has(acts.SHORTEN) or response == understanding.SHORTEN
    state.shortened = state.shortened or hurries
    state.empties += response == understanding.EMPTY
    state.injections += response == understanding.INJECTION
    state.idle = state.idle + 1 if response == understanding.GREETED else 0
    state.misfits += response == understanding.MISFIT
    state.drifts = state.drifts + 1 if response == understanding.DRIFT else 0
    state.misses += _impatience(reading, response)
    state.complaints += response == understanding.COMPLAINT
    state.withdraws = state.withdraws or reading.has(acts.WITHDRAW)
    state.avoided += sense.avoids
    state.declines = state.declines + 1 if response == understanding.REFUSAL else 0
    if state.pending is not None and state.pending.question_id is not None:
        _on_thread(guide, state, state.pending, reading, turn.number)
    _leave_out(state, sense, turn.number)


def _looked_into(
    guide: Guide, state: State, turn: Turn, meaning: Meaning | None
) -> tuple[Reading, understanding.Sense]:
    """Reading of an answer, and its interpretation at this point of the interview."""
    heard = read(guide, turn.text, skipped=turn.skipped)
    reading = short_answers.in_place(state, turn, heard, guide.language)
    settled = contextual_answers.settled(guide, state, turn, reading)
    pending = state.pending
    response = settled or understanding.response_to(reading, stop_asked=_ends_at_once(state))
    if _tells_all_the_same(state, turn.text, reading, response, guide.language):
        response = understanding.META if reading.has(acts.META) else understanding.ANSWER
    question = guide.question(pending.question_id) if pending else None
    sure = response in understanding.AMENDS and reading.has(acts.CORRECTION)
    made = corrections.amendments(state, turn.text, guide.language) if sure else []
    if pending is not None and settled is None and not made:
        put = (pending.act, pending.text)
        response = answer_fit.placed(
            response, reading, turn.text, put, question, guide.language
        )
        if response == understanding.ANSWER:
            near = answer_similarity.measured(meaning, guide.language, question, turn.text)
            reading = replace(reading, close=near)
            if _drifts(guide, state, turn.text, reading):
                response = understanding.DRIFT
    if response in (*understanding.AMENDS, *understanding.MAY_AMEND):
        made = made or corrections.amendments(state, turn.text, guide.language)
        response, made = _amending(response, made)
    if (
        made
        and response == understanding.ANSWER
        and correction_effects.does_no_more(state, turn, made[0])
    ):
        response = understanding.CORRECTED
    elif not (made or settled) and _misses_scale(state, turn, question, response):
        response = understanding.EMPTY
    answered = _answers(state, turn, question, reading, response)
    covered = set(goal_table.nothing_of(guide, turn.text))
    if answered:
        covered.update(_covered_on_thread(guide, state, question, turn.text, reading))
    covered.update(correction_effects.covered_by(guide, made, reading))
    sense = understanding.Sense(
        response=response,
        answered=answered,
        known=response == understanding.ALREADY_TOLD and _known(guide, state),
        covered=frozenset(covered),
        amends=made[0].account.number if made else None,
        overtaken=correction_effects.overtaken(turn, made, guide.language),
        rights=tuple((one.account.number, one.correction.now) for one in made),
    )
    return reading, sense


def _covered_on_thread(
    guide: Guide, state: State, question: Question | None, text: str, reading: Reading
) -> Iterable[str]:
    if state.pending is None or question is None:
        return ()
    said = (state.pending.text, text, reading)
    cues = state.threads[question.id].cues
    return goal_table.covered_on_thread(cues, question, said, guide.language)


def _amending(
    response: str, made: list[corrections.Amendment]
) -> tuple[str, list[corrections.Amendment]]:
    """Response and corrections: a correction may be all that is asked for ("Can you change eight
    weeks to nine?").
    """
    alone = bool(made) and made[0].correction.alone and made[0].correction.outright
    if alone and response in understanding.MAY_AMEND:
        return understanding.ANSWER, made
    return response, made if response in understanding.AMENDS else []


def _answers(
    state: State, turn: Turn, question: Question | None, reading: Reading, response: str
) -> bool:
    """True if the pending question is answered."""
    return response in understanding.ANSWERS_TOO and (
        reading.has(acts.ANSWER)
        or _yes_or_no(question, turn.text)
        or contextual_answers.gives_a_fact(state, turn)
        or (response == understanding.ANSWER and acts.WONDERED in reading.topics)
    )


def _ends_at_once(state: State) -> bool:
    """True if the wish to end needs no confirmation: it was asked before, or nothing is left to ask."""
    pending = state.pending
    return state.stop_asked or (pending is not None and pending.act == acts.ANYTHING_TO_ADD)


def _misses_scale(state: State, turn: Turn, asked: Question | None, response: str) -> bool:
    """True once for each scale; the second answer is accepted."""
    if state.pending is None or state.empties or response != understanding.ANSWER:
        return False
    return scales.missed(turn.text, state.pending.text, asked) is not None


def _tells_all_the_same(
    state: State, text: str, reading: Reading, response: str, language: str
) -> bool:
    """True if a text that leaves something out, or says "go on, then" or "right, back", also tells
    something.
    """
    if response == understanding.PAUSE:
        return state.paused and reading.has(acts.ANSWER)
    if response != understanding.REFUSAL or not reading.has(acts.ANSWER):
        return False
    return reading.words >= ACCOUNT and not _refuses(sentences(text)[-1], language)


def _refused(text: str, reading: Reading, language: str) -> Iterator[str]:
    """Subjects that an answer asks to avoid."""
    said = sentences(text) if reading.has(acts.REFUSAL) else ()
    refusals = (one for one in said if _refuses(one, language))
    yield from filter(None, (avoided_topics.subject(one, language) for one in refusals))


def _refuses(sentence: str, language: str) -> bool:
    return acts.REFUSAL in hear(sentence, language).acts


def _drifts(guide: Guide, state: State, text: str, reading: Reading) -> bool:
    """True if an answer to an open question is off-topic."""
    pending = state.pending
    question = guide.question(pending.question_id) if pending else None
    if pending is None or question is None or question.kind != "open":
        return False
    if pending.act == acts.PROBE:
        # The last answer can be about anything.
        return False
    # Repeated small talk is still off-topic.
    told = (said for thread in state.threads.values() for said in thread.answers)
    accounts = (said for said in told if said != text)
    return off_topic.drifts(guide, pending, text, reading, accounts)


def _yes_or_no(question: Question | None, text: str) -> bool:
    """True if a closed question is answered beside something else."""
    if question is None or question.kind != "closed":
        return False
    return bool(YES_WORDS.union(NO_WORDS).intersection(words(text)[:1]))


def _known(guide: Guide, state: State) -> bool:
    """True if an earlier answer may cover the pending question: on its topic, on its needs, or with
    one of its words.
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
    """Impatience, in fruitless follow-ups."""
    wishes = {"how_long", "how_many", "can_stop"}.intersection(reading.topics)
    return IMPATIENT * bool(wishes) + (response == understanding.COMPLAINT)


def _on_thread(
    guide: Guide, state: State, pending: Pending, reading: Reading, number: int
) -> None:
    """Apply the answer to the thread of the pending question."""
    thread = state.threads[pending.question_id or ""]
    question = guide.question(pending.question_id)
    asks = reading.has(acts.CLARIFY) or reading.has(acts.REPEAT)
    held = reading.has(acts.ANSWER) and (
        asks or state.response not in understanding.HOLDS_NOTHING
    )
    if held or state.answered:
        thread.answers.append(state.text)
    tells = state.response in understanding.TELLS and not (
        state.steered or reading.discloses not in ("", disclosures.ILL)
    )
    if state.answered and tells:
        thread.accounts.append(Account(number, state.text))
    if question is None:
        return
    if state.answered:
        short = question.kind == "open" and reading.words <= 1
        state.single_words = state.single_words + 1 if short else 0
        goal_table.hear_cues(thread.cues, question, reading)
    asked_for = need_key(question.id, pending.target or "")
    if asked_for in state.needs_asked:
        _settle(state, asked_for)
    hard = state.response in _HARD or reading.discloses not in ("", disclosures.ILL)
    thread.eased = thread.eased or bool(hard)
    thread.angle = thread.angle or (
        state.response == understanding.DONT_KNOW and pending.act == acts.ASK
    )
    if state.response == understanding.REFUSAL:
        thread.declined = thread.declined or not thread.answers
        goal_table.decline(
            guide, state.needs, question, None if thread.answers else question.needs
        )
    elif state.response in (understanding.OTHER_SUBJECT, understanding.MISFIT):
        thread.declined = True
        goal_table.decline(guide, state.needs, question, question.needs)
    elif state.response == understanding.ALREADY_TOLD and state.known:
        goal_table.told(state.needs, question, pending.target)


_HARD = (understanding.UNEASY, understanding.UPSET, understanding.NOT_NOW)
"""Responses after which a question gets no follow-up."""


def _leave_out(state: State, sense: understanding.Sense, number: int) -> None:
    """Exclude what is to be left out: this answer, and every sentence with a name to be left out,
    in all answers.
    """
    for thread in state.threads.values() if sense.unquoted else ():
        thread.accounts = [one for one in thread.accounts if one.number not in sense.unquoted]
    if not state.unnamed:
        return
    for thread in state.threads.values():
        told = thread.accounts if sense.unnamed else thread.accounts[-1:]
        for account in told:
            if sense.unnamed or account.number == number:
                state.overtaken.update(_with_names(state.unnamed, account.text))


def _with_names(names: Collection[str], text: str) -> Iterator[str]:
    return filter(partial(redaction_wishes.names_any, names), sentences(text))


def _settle(state: State, key: str) -> None:
    """Close a need that was asked for, whatever the answer, so that it is never asked again."""
    if state.answered or (state.response == understanding.ALREADY_TOLD and state.known):
        state.needs[key] = "covered"
    elif state.response in (
        understanding.REFUSAL,
        understanding.DONT_KNOW,
        understanding.NOTHING_MORE,
        understanding.MISFIT,
    ):
        state.needs[key] = "declined"
