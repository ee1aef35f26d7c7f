"""Goal table: needs that are touched, covered or declined, and how much of a question is known."""

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence

from interviewrelay.interviewer.guide import Guide, Need, Question
from interviewrelay.interviewer.text.tokenization import get_cached_stems
from interviewrelay.interviewer.understanding import (
    direct_answers,
    facts,
    presupposition_denial,
)
from interviewrelay.interviewer.understanding.coverage import (
    FoundNeed,
    asks_for_figure,
    build_need_key,
    list_needs,
)
from interviewrelay.interviewer.understanding.reading import Analysis

TERSE = 4
"""Maximum content words for each need of an answer that contains only these needs."""

KNOWN_SHARE = 0.7
"""Share of a question's needs, by weight, from which the question itself is skipped."""

Table = MutableMapping[str, str]
Cues = Mapping[str, set[int]]


def enter_analysis(table: Table, reading: Analysis, covered: Iterable[str]) -> None:
    """Apply what an answer shows on any question. A need told voluntarily counts even if it was
    declined before; a mere touch does not reopen a declined one.
    """
    for key, found in reading.needs.items():
        if found.status == "covered":
            table[key] = "covered"
        else:
            table.setdefault(key, "touched")
    table.update(dict.fromkeys(covered, "covered"))


def find_denied_needs(guide: Guide, text: str) -> Iterator[str]:
    """Needs that cannot be met, since there was nothing of what their question is about."""
    none_of = presupposition_denial.find_denied_stems(text, guide.language)
    if none_of:
        for key, question, need in list_needs(guide):
            if (
                none_of
                & get_cached_stems(need.ask, guide.language)
                & get_cached_stems(question.text, guide.language)
            ):
                yield key


def find_covered_by_cues(
    cues: Cues, question: Question, said: tuple[str, str, Analysis], language: str
) -> Iterator[str]:
    """Needs covered on their own question, also by two cues from different answers, by the fact
    asked for, by its absence, by one cue that is an answer in itself, or by a clause that states
    it.

    `said` is the question as asked, the answer and its reading; `cues` were heard before.
    """
    asked, text, reading = said
    none_of = presupposition_denial.find_denied_stems(text, language, asked)
    void = presupposition_denial.denies_deed(question.text, text, language)
    own = {build_need_key(question.id, need.id): need for need in question.needs}
    terse = reading.content <= TERSE * len(own.keys() & reading.needs.keys())
    for key, need in own.items():
        found = reading.needs.get(key)
        seen = {*cues.get(key, ()), *(found.cues if found else ())}
        outright = found is not None and (
            _outright(need, found, language, terse=terse)
            or direct_answers.is_direct_answer(need, found, language)
        )
        denied = not none_of.isdisjoint(get_cached_stems(need.ask, language))
        if void or len(seen) > 1 or outright or denied or facts.is_told(need.ask, [text]):
            yield key


def find_corrected_needs(
    guide: Guide, question_id: str, cues: Cues, now: str, reading: Analysis
) -> Iterator[str]:
    """Needs of a question that a correction of its answer covers; `now` is the corrected value."""
    question = guide.question(question_id)
    if question is not None:
        said = (question.text, now, reading)
        yield from find_covered_by_cues(cues, question, said, guide.language)


def enter_cues(
    cues: MutableMapping[str, set[int]], question: Question, reading: Analysis
) -> None:
    """Store which cues of a question's needs have been heard on it."""
    for need in question.needs:
        key = build_need_key(question.id, need.id)
        if key in reading.needs:
            cues.setdefault(key, set()).update(reading.needs[key].cues)


def _outright(need: Need, found: FoundNeed, language: str, *, terse: bool) -> bool:
    """True if a cue is an answer and not only mentioned: "bus" is when the question is how the
    participant came, "cost" is not when the question is the cost.
    """
    if asks_for_figure(need.ask) or not (terse or facts.asks_for_fact(need.ask, language)):
        return False
    named = get_cached_stems(f"{need.label} {need.ask}", language)
    return any(not get_cached_stems(need.cues[n], language) <= named for n in found.cues)


def mark_told(table: Table, question: Question, target: str | None) -> None:
    """Mark needs as covered, because the participant says that they were answered already."""
    for need in question.needs:
        if target is None or need.id == target:
            table[build_need_key(question.id, need.id)] = "covered"


def mark_declined(
    guide: Guide, table: Table, question: Question, refused: Sequence[Need] | None
) -> None:
    """Decline the open needs of a refused question, or of its thread if it was partly answered, and
    all related needs of questions that are at least as sensitive.
    """
    for need in question.needs if refused is None else refused:
        _close(table, build_need_key(question.id, need.id))
    for key, other, need in list_needs(guide):
        if other.sensitivity >= question.sensitivity and _related(guide, need, question):
            _close(table, key)


def _close(table: Table, key: str) -> None:
    if table.get(key) != "covered":
        table[key] = "declined"


def _related(guide: Guide, need: Need, question: Question) -> bool:
    """True if a need is about the same as one of the question: same label, or half of the cues."""
    mine = _cue_stems(guide, need)
    for other in question.needs:
        theirs = _cue_stems(guide, other)
        if need.label and need.label == other.label:
            return True
        if mine and theirs and len(mine & theirs) / len(mine | theirs) >= 0.5:
            return True
    return False


def _cue_stems(guide: Guide, need: Need) -> frozenset[str]:
    return frozenset().union(*(get_cached_stems(cue, guide.language) for cue in need.cues))


def get_known_share(table: Mapping[str, str], question: Question) -> float:
    """Share of the question's needs that is covered, by weight: 0 to 1, 0 without needs."""
    total = sum(max(need.weight, 0.0) for need in question.needs)
    known = sum(
        max(need.weight, 0.0)
        for need in question.needs
        if table.get(build_need_key(question.id, need.id)) == "covered"
    )
    return known / total if total else 0.0
