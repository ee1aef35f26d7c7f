"""Follow-ups: the candidates, which of them are legal, and which is worth most.

The seam for later: `candidates` may learn new kinds, `value` may weigh more, and neither the guards
in `may_probe` and `is_repeat` nor the controller have to change.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from interviewrelay.interviewer import avoiding, facts, manner, wording
from interviewrelay.interviewer.coverage import need_key, needs_of
from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.lexicon import NO_WORDS, YES_WORDS
from interviewrelay.interviewer.pacing import Pace
from interviewrelay.interviewer.state import State
from interviewrelay.interviewer.words import plain, stems, words

SAME_TEXT = 85
"""Token-set ratio from which on two questions are one."""

SAME_STEMS = 0.6
"""Share of common stems from which on two questions are one."""

WHOLE_INTERVIEW = 2.2
"""Questions asked for each question of the script, at most; deep questions are exempt."""

FAMILIES = {
    manner.EVENT: ("practice", "occasion", "next", "led"),
    manner.WISH: ("wish",),
    manner.STATE: ("state", "occasion"),
    manner.UPSET: ("gentle",),
}
"""Built-in follow-ups by what was said: an event from the description to what led to it; of a wish or a
feeling there is no course to ask for."""

MORE = "more"
"""The plain wish for more, for answers too short to go into; once on a question at most."""

MOST_BARE = 3
"""Words that a bare yes or no has at most, polite ones included."""

MIN_TOLD = 4
"""Content words below which an answer holds nothing yet that could be gone into."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that could be asked now. `kind` is need, author or a family; `target` what it is
    after; `need` its key, if any; `anchor` what it hangs on; `weight` its importance, 0 upwards.
    """

    kind: str
    target: str
    text: str
    source: str
    anchor: str
    need: str | None = None
    weight: float = 1.0


def best(
    guide: Guide, state: State, question: Question, pace: Pace, voice: wording.Voice
) -> Candidate | None:
    """The follow-up to ask on `question` now, or None when none is legal or worth asking."""
    if not may_probe(guide, state, question, pace):
        return None
    offered = candidates(guide, state, question, voice)
    legal = [c for c in offered if _legal(guide, state, c)]
    return max(legal, key=lambda c: value(state, c), default=None)


def may_probe(guide: Guide, state: State, question: Question, pace: Pace) -> bool:
    """Whether the budgets of the question, of the interview, of time and of patience allow one."""
    thread = state.threads[question.id]
    first = next(iter(state.threads)) == question.id
    budget = min(question.follow_ups, 1) if first else question.follow_ups
    if thread.probes >= budget or state.single_words >= 2 or state.shortened:
        return False
    most = WHOLE_INTERVIEW * len(guide.questions)
    if question.depth != "deep" and len(guide.questions) + state.probes + 1 > most:
        return False
    return pace.probe_fits and not _out_of_time(state, question)


def _out_of_time(state: State, question: Question) -> bool:
    """Whether the question has had the seconds that its author gave it."""
    if question.seconds is None or state.at is None:
        return False
    spent = state.at - state.threads[question.id].started
    return spent.total_seconds() > question.seconds


def candidates(
    guide: Guide, state: State, question: Question, voice: wording.Voice
) -> Iterator[Candidate]:
    """All follow-ups on `question`: the author's needs, the author's probes, then built-in ones."""
    yield from _for_needs(state, question, voice)
    known = [n.ask for key, _, n in needs_of(guide) if state.needs.get(key) == "covered"]
    for number, probe in enumerate(question.probes):
        told = facts.told(probe, state.threads[question.id].answers)
        if told or is_repeat(probe, known, guide.language):
            continue
        yield Candidate(
            "author", f"probe {number + 1}", probe, "author", question.id, weight=0.9
        )
    if question.needs or question.probes:
        return
    yield from _built_in(state, question, voice, guide.language)


def _for_needs(state: State, question: Question, voice: wording.Voice) -> Iterator[Candidate]:
    for need in question.needs:
        key = need_key(question.id, need.id)
        status = state.need(question, need.id)
        if status in ("covered", "declined") or key in state.needs_asked:
            continue
        weight = need.weight * (0.5 if status == "touched" else 1.0)
        if need.ask.strip():
            yield Candidate("need", need.id, need.ask, "author", key, key, 1.0 + weight)
        else:
            for text in voice.about(need.label):
                yield Candidate("need", need.id, text, "template", key, key, 1.0 + weight)


def _built_in(
    state: State, question: Question, voice: wording.Voice, language: str
) -> Iterator[Candidate]:
    """Light follow-ups on open questions, and on others only when their depth is `deep`. A few words
    are a whole answer to a question for a fact, and a bare yes or no leaves nothing to go into.
    """
    if question.kind != "open" and question.depth != "deep":
        return
    reading = state.reading
    thin = reading is None or reading.content < MIN_TOLD
    shallow = question.depth != "deep"
    if thin and shallow and (_bare(state) or facts.wanted(question.text, language)):
        return
    if shallow and facts.told(question.text, [state.text]):
        return
    used = state.threads[question.id].kinds
    said = manner.of(question.text, state.text, language)
    more = thin and said != manner.UPSET
    due = [f for f in ((MORE,) if more else FAMILIES[said]) if f not in used]
    for rank, family in enumerate(due):
        for text in voice.family(family):
            yield Candidate(
                family, family, text, "template", question.id, weight=0.5 - rank * 0.01
            )


def _bare(state: State) -> bool:
    """Whether an answer is nothing but yes or no."""
    said = words(state.text)
    return len(said) <= MOST_BARE and bool(YES_WORDS.union(NO_WORDS).intersection(said[:1]))


def value(state: State, candidate: Candidate) -> float:
    """What a candidate is worth; the first of equals is asked."""
    del state  # the fuller score weighs the answer and the participant's patience as well
    return candidate.weight


def _legal(guide: Guide, state: State, candidate: Candidate) -> bool:
    anchors = state.threads[state.pending.question_id or ""].anchors if state.pending else []
    if anchors[-2:] == [candidate.anchor] * 2:
        return False
    if any(avoiding.is_about(candidate.text, a, guide.language) for a in state.avoided):
        return False
    return not is_repeat(candidate.text, state.asked, guide.language)


def is_repeat(text: str, asked: Sequence[str], language: str) -> bool:
    """Whether `text` is, or nearly is, a question that was asked before."""
    own, mine = _plain(text), stems(text, language)
    if not mine:
        return True
    for other in asked:
        theirs = stems(other, language)
        shared = len(mine & theirs) / len(mine | theirs)
        if shared >= SAME_STEMS or fuzz.token_set_ratio(own, _plain(other)) >= SAME_TEXT:
            return True
    return False


@lru_cache(maxsize=4096)
def _plain(question: str) -> str:
    """Questions come again with every turn; what participants say is never kept here."""
    return plain(question)
