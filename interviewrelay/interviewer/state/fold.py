"""Fold over the turns of an interview, which computes its state."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from interviewrelay.core.conversation import Turn
from interviewrelay.core.ports.semantic_similarity import SemanticSimilarity
from interviewrelay.interviewer import acts
from interviewrelay.interviewer.acts.act_detection import detect_acts
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
from interviewrelay.interviewer.state.state import AccountAnswer, Pending, State, enter_question
from interviewrelay.interviewer.text.lexicon import NO_WORDS, YES_WORDS
from interviewrelay.interviewer.text.tokenization import (
    filter_content_words,
    get_stem,
    split_sentences,
    split_words,
)
from interviewrelay.interviewer.understanding import (
    answer_fit,
    avoided_topics,
    goal_table,
    redaction_wishes,
    response as responses,
    scales,
)
from interviewrelay.interviewer.understanding.coverage import build_need_key
from interviewrelay.interviewer.understanding.reading import (
    Analysis,
    analyze_answer,
    parse_analysis,
)

IMPATIENT = 2
"""Impatience of questions such as "How long will this take?", counted in fruitless follow-ups."""


ACCOUNT = 25
"""Minimum words of a text that tells something, even if one of its sentences refuses."""


def fold_turns(
    guide: Guide, turns: Sequence[Turn], meaning: SemanticSimilarity | None = None
) -> State:
    """State after `turns`. Missing readings are computed here; stored ones stay as they are,
    whether or not similarity was available then.
    """
    state = State()
    for place, turn in enumerate(turns):
        if turn.speaker == "ai":
            enter_question(state, turn.decision, turn.text, turn.at)
        else:
            _heard(guide, state, turns[: place + 1], meaning)
    return state


def _note_comfort(state: State, response: str) -> None:
    """Why nothing is asked, and whether the question was answered meanwhile."""
    held = state.comforted > 0
    state.told = response == responses.TOLD or (state.told and held)
    state.cried = response == responses.UPSET or (state.cried and held)


def _heard(
    guide: Guide, state: State, turns: Sequence[Turn], meaning: SemanticSimilarity | None
) -> None:
    turn = turns[-1]
    reading = parse_analysis(turn.reading)
    sense = responses.parse_interpretation(turn.reading) if reading else None
    if reading is None or sense is None:
        reading, sense = _looked_into(guide, state, turn, meaning)
        wished = (turns[:-1], turn, reading, guide.language)
        names = redaction_wishes.find_names(*wished)
        meant = [] if names else redaction_wishes.find_turns(*wished)
        marked = state.sense.unquoted if state.sense else ()
        free = care_lexicon.MAY_QUOTE in care_lexicon.find_in_text(turn.text, guide.language)
        again = marked if free and not meant else ()
        sense = replace(sense, unquoted=tuple(meant), requoted=again, unnamed=tuple(names))
        sense = replace(sense, avoids=tuple(_refused(turn.text, reading, guide.language)))
    response = sense.response
    _note_comfort(state, response)
    state.put_right = None
    state.overtaken.update(sense.overtaken.get(turn.number, ()))
    if sense.amends is not None:
        reading = reading.as_correction()
        for number, now in reversed(sense.rights):
            correction_effects.apply(guide, state, number, now, sense.overtaken.get(number, ()))
    state.unnamed.update(sense.unnamed)
    state.resumes = state.paused and state.answered
    state.awaiting_stop = state.paused = False
    # An order that is split over two turns ends in the second.
    state.steered = reading.orders or (state.reading is not None and state.reading.orders)
    state.reading, state.text, state.at, state.sense = reading, turn.text, turn.at, sense
    state.answers += 1
    if state.pending is not None and state.pending.act == acts.PROBE:
        brought_nothing = not state.answered and response in responses.BARREN
        state.barren = state.barren + brought_nothing if not state.answered else 0
        state.misses += brought_nothing * (1 + (response == responses.ALREADY_TOLD))
    goal_table.enter_analysis(state.needs, reading, sense.covered)
    state.shortened |= reading.has(acts.SHORTEN) or response == responses.SHORTEN
    state.empties += response == responses.EMPTY
    state.injections += response == responses.INJECTION
    state.idle = state.idle + 1 if response == responses.GREETED else 0
    state.misfits += response == responses.MISFIT
    state.drifts = state.drifts + 1 if response == responses.DRIFT else 0
    state.misses += _impatience(reading, response)
    state.complaints += response == responses.COMPLAINT
    state.withdraws = state.withdraws or reading.has(acts.WITHDRAW)
    state.avoided += sense.avoids
    state.declines = state.declines + 1 if response == responses.REFUSAL else 0
    if state.pending is not None and state.pending.question_id is not None:
        _on_thread(guide, state, state.pending, reading, turn.number)
    _leave_out(state, sense, turn.number)


def _looked_into(
    guide: Guide, state: State, turn: Turn, meaning: SemanticSimilarity | None
) -> tuple[Analysis, responses.Interpretation]:
    """Reading of an answer, and its interpretation at this point of the interview."""
    heard = analyze_answer(guide, turn.text, skipped=turn.skipped)
    reading = short_answers.read_in_place(state, turn, heard, guide.language)
    settled = contextual_answers.resolve_response(guide, state, turn, reading)
    pending = state.pending
    response = settled or responses.get_response(reading, stop_asked=_ends_at_once(state))
    if _tells_all_the_same(state, turn.text, reading, response, guide.language):
        response = responses.META if reading.has(acts.META) else responses.ANSWER
    question = guide.question(pending.question_id) if pending else None
    sure = response in responses.AMENDS and reading.has(acts.CORRECTION)
    made = corrections.find_amendments(state, turn.text, guide.language) if sure else []
    if pending is not None and settled is None and not made:
        put = (pending.act, pending.text)
        response = answer_fit.fit_response(
            response, reading, turn.text, put, question, guide.language
        )
        if response == responses.ANSWER:
            near = answer_similarity.measure(meaning, guide.language, question, turn.text)
            reading = replace(reading, close=near)
            if _drifts(guide, state, turn.text, reading):
                response = responses.DRIFT
    if response in (*responses.AMENDS, *responses.MAY_AMEND):
        made = made or corrections.find_amendments(state, turn.text, guide.language)
        response, made = _amending(response, made)
    if (
        made
        and response == responses.ANSWER
        and correction_effects.does_no_more(state, turn, made[0])
    ):
        response = responses.CORRECTED
    elif not (made or settled) and _misses_scale(state, turn, question, response):
        response = responses.EMPTY
    answered = _answers(state, turn, question, reading, response)
    covered = set(goal_table.find_denied_needs(guide, turn.text))
    if answered:
        covered.update(_covered_on_thread(guide, state, question, turn.text, reading))
    covered.update(correction_effects.list_covered_needs(guide, made, reading))
    sense = responses.Interpretation(
        response=response,
        answered=answered,
        known=response == responses.ALREADY_TOLD and _known(guide, state),
        covered=frozenset(covered),
        amends=made[0].account.number if made else None,
        overtaken=correction_effects.find_overtaken(turn, made, guide.language),
        rights=tuple((one.account.number, one.correction.now) for one in made),
    )
    return reading, sense


def _covered_on_thread(
    guide: Guide, state: State, question: Question | None, text: str, reading: Analysis
) -> Iterable[str]:
    if state.pending is None or question is None:
        return ()
    said = (state.pending.text, text, reading)
    cues = state.threads[question.id].cues
    return goal_table.find_covered_by_cues(cues, question, said, guide.language)


def _amending(
    response: str, made: list[corrections.Amendment]
) -> tuple[str, list[corrections.Amendment]]:
    """Response and corrections: a correction may be all that is asked for ("Can you change eight
    weeks to nine?").
    """
    alone = bool(made) and made[0].correction.alone and made[0].correction.outright
    if alone and response in responses.MAY_AMEND:
        return responses.ANSWER, made
    return response, made if response in responses.AMENDS else []


def _answers(
    state: State, turn: Turn, question: Question | None, reading: Analysis, response: str
) -> bool:
    """True if the pending question is answered."""
    return response in responses.ANSWERS_TOO and (
        reading.has(acts.ANSWER)
        or _yes_or_no(question, turn.text)
        or contextual_answers.gives_a_fact(state, turn)
        or (response == responses.ANSWER and acts.WONDERED in reading.topics)
    )


def _ends_at_once(state: State) -> bool:
    """True if the wish to end needs no confirmation: it was asked before, or nothing is left to ask."""
    pending = state.pending
    return state.stop_asked or (pending is not None and pending.act == acts.ANYTHING_TO_ADD)


def _misses_scale(state: State, turn: Turn, asked: Question | None, response: str) -> bool:
    """True if an answer misses the scale for the first time; a second answer is accepted as it is."""
    if state.pending is None or state.empties or response != responses.ANSWER:
        return False
    return scales.get_miss(turn.text, state.pending.text, asked) is not None


def _tells_all_the_same(
    state: State, text: str, reading: Analysis, response: str, language: str
) -> bool:
    """True if a text that leaves something out, or says "go on, then" or "right, back", also tells
    something.
    """
    if response == responses.PAUSE:
        return state.paused and reading.has(acts.ANSWER)
    if response != responses.REFUSAL or not reading.has(acts.ANSWER):
        return False
    return reading.words >= ACCOUNT and not _refuses(split_sentences(text)[-1], language)


def _refused(text: str, reading: Analysis, language: str) -> Iterator[str]:
    """Subjects that an answer asks to avoid."""
    said = split_sentences(text) if reading.has(acts.REFUSAL) else ()
    refusals = (one for one in said if _refuses(one, language))
    yield from filter(
        None, (avoided_topics.find_refused_topic(one, language) for one in refusals)
    )


def _refuses(sentence: str, language: str) -> bool:
    return acts.REFUSAL in detect_acts(sentence, language).acts


def _drifts(guide: Guide, state: State, text: str, reading: Analysis) -> bool:
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
    return off_topic.is_off_topic(guide, pending, text, reading, accounts)


def _yes_or_no(question: Question | None, text: str) -> bool:
    """True if a closed question is answered by yes or no, besides anything else."""
    if question is None or question.kind != "closed":
        return False
    return bool(YES_WORDS.union(NO_WORDS).intersection(split_words(text)[:1]))


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
    asked = {
        get_stem(w, language) for w in filter_content_words(split_words(pending.text), language)
    }
    said = (answer for thread in state.threads.values() for answer in thread.answers)
    return any(
        not asked.isdisjoint(get_stem(w, language) for w in split_words(text)) for text in said
    )


def _impatience(reading: Analysis, response: str) -> int:
    """Impatience that an answer shows, counted in fruitless follow-ups."""
    wishes = {"how_long", "how_many", "can_stop"}.intersection(reading.topics)
    return IMPATIENT * bool(wishes) + (response == responses.COMPLAINT)


def _on_thread(
    guide: Guide, state: State, pending: Pending, reading: Analysis, number: int
) -> None:
    """Apply the answer to the thread of the pending question."""
    thread = state.threads[pending.question_id or ""]
    question = guide.question(pending.question_id)
    asks = reading.has(acts.CLARIFY) or reading.has(acts.REPEAT)
    held = reading.has(acts.ANSWER) and (asks or state.response not in responses.HOLDS_NOTHING)
    if held or state.answered:
        thread.answers.append(state.text)
    tells = state.response in responses.TELLS and not (
        state.steered or reading.discloses not in ("", disclosures.ILL)
    )
    if state.answered and tells:
        thread.accounts.append(AccountAnswer(number, state.text))
    if question is None:
        return
    if state.answered:
        short = question.kind == "open" and reading.words <= 1
        state.single_words = state.single_words + 1 if short else 0
        goal_table.enter_cues(thread.cues, question, reading)
    asked_for = build_need_key(question.id, pending.target or "")
    if asked_for in state.needs_asked:
        _settle(state, asked_for)
    hard = state.response in _HARD or reading.discloses not in ("", disclosures.ILL)
    thread.eased = thread.eased or bool(hard)
    thread.angle = thread.angle or (
        state.response == responses.DONT_KNOW and pending.act == acts.ASK
    )
    if state.response == responses.REFUSAL:
        thread.declined = thread.declined or not thread.answers
        goal_table.mark_declined(
            guide, state.needs, question, None if thread.answers else question.needs
        )
    elif state.response in (responses.OTHER_SUBJECT, responses.MISFIT):
        thread.declined = True
        goal_table.mark_declined(guide, state.needs, question, question.needs)
    elif state.response == responses.ALREADY_TOLD and state.known:
        goal_table.mark_told(state.needs, question, pending.target)


_HARD = (responses.UNEASY, responses.UPSET, responses.NOT_NOW)
"""Responses after which a question gets no follow-up."""


def _leave_out(state: State, sense: responses.Interpretation, number: int) -> None:
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
    return filter(partial(redaction_wishes.names_any, names), split_sentences(text))


def _settle(state: State, key: str) -> None:
    """Close a need that was asked for, whatever the answer, so that it is never asked again."""
    if state.answered or (state.response == responses.ALREADY_TOLD and state.known):
        state.needs[key] = "covered"
    elif state.response in (
        responses.REFUSAL,
        responses.DONT_KNOW,
        responses.NOTHING_MORE,
        responses.MISFIT,
    ):
        state.needs[key] = "declined"
