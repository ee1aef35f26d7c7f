"""Judgements: the words of a text that judge, weighed in their clauses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from interviewrelay.analysis.polarity.clause_scopes import Clause, split_clauses
from interviewrelay.analysis.polarity.polarity_lexicon import Entry, Lexicon, build_keys

SURE: Final = 2
"""Weight from which a word counts by itself."""
REACH: Final = 5
"""Words that a negation reaches."""
NEAR: Final = 3
"""Words before a verb of saying among which its subject is."""
FEW: Final = 3
"""Words besides an exclamation from which it may be irony."""


class Hit(NamedTuple):
    """Entry found in a clause, by the places of its words."""

    entry: Entry
    start: int
    end: int


@dataclass(slots=True)
class Judgements:
    """Judgements of a text: sums of what is sure, and numbers of what is doubtful, hints among them.
    `ironic` if good words are hardly meant; `open_contrast` if a contrast after the last sure
    judgement holds none.
    """

    good: int = 0
    bad: int = 0
    maybe_good: int = 0
    maybe_bad: int = 0
    hints: int = 0
    ironic: bool = False
    open_contrast: bool = False
    words: int = 0

    def add(self, weight: int, *, sure: bool) -> None:
        if sure and abs(weight) >= SURE:
            self.good += max(weight, 0)
            self.bad += max(-weight, 0)
            self.open_contrast = False
            return
        self.maybe_good += weight > 0
        self.maybe_bad += weight < 0
        self.hints += abs(weight) < SURE


class _Read(NamedTuple):
    """Clause with its hits, and the words that belong to none."""

    clause: Clause
    hits: list[Hit]
    free: list[str]


def collect_judgements(text: str, lexicon: Lexicon) -> Judgements:
    """Judgements of a text. Its time grows with the length of the text."""
    read = [_read(clause, lexicon) for clause in split_clauses(text, lexicon)]
    made = Judgements(words=sum(len(one.clause.words) for one in read))
    for one, distance in zip(read, _find_distances(read, lexicon), strict=True):
        if one.clause.contrasts and (made.good or made.bad):
            made.open_contrast = True
        if distance is None:
            continue
        alone = _is_exclamation(one, lexicon) and made.words - len(one.clause.words) >= FEW
        for hit in one.hits:
            weight = _weigh(hit, one, lexicon)
            if hit.entry.mark == "irony":
                made.ironic = True
            elif alone and weight > 0:
                made.ironic |= weight > SURE
            elif weight:
                made.add(weight, sure=not distance and _is_sure(hit, one, lexicon))
    return made


def _read(clause: Clause, lexicon: Lexicon) -> _Read:
    hits: list[Hit] = []
    free: list[str] = []
    at = 0
    keys = [build_keys(word, lexicon.language) for word in clause.words]
    while at < len(keys):
        found = lexicon.find_entry(keys, at)
        if found is None:
            free.append(clause.words[at])
            at += 1
            continue
        entry, end = found
        hits.append(Hit(entry, at, end))
        at = end
    return _Read(clause, hits, free)


def _find_distances(read: Sequence[_Read], lexicon: Lexicon) -> Iterator[bool | None]:
    """For each clause, whether the speaker keeps away from it: True in a question and for what others
    say; None for what used to be, if the text also tells how it is now.
    """
    grammar = lexicon.grammar
    now = [one.clause.contrasts or _is_marked(one, "now", grammar.now, lexicon) for one in read]
    last_now = max((i for i, is_now in enumerate(now) if is_now), default=-1)
    sentence, past, reported = -1, False, False
    for number, one in enumerate(read):
        if one.clause.sentence != sentence:
            sentence, past, reported = one.clause.sentence, False, False
        past = (past or _is_marked(one, "past", grammar.past, lexicon)) and not now[number]
        reported = reported and not one.clause.contrasts
        report = _find_report(one, lexicon)
        begins = report is not None and report < min((hit.end for hit in one.hits), default=0)
        doubtful = past or reported or begins or one.clause.asks
        reported = reported or report is not None
        yield None if past and number < last_now else doubtful


def _is_marked(one: _Read, mark: str, words: frozenset[str], lexicon: Lexicon) -> bool:
    return any(hit.entry.mark == mark for hit in one.hits) or lexicon.has_any(one.free, words)


def _find_report(one: _Read, lexicon: Lexicon) -> int | None:
    """Place from which somebody else says so; "I think" is the speaker, and "nobody said" no report."""
    grammar, words = lexicon.grammar, one.clause.words
    own = grammar.subject | grammar.negation
    taken = {i for hit in one.hits for i in range(hit.start, hit.end)}
    for at, word in enumerate(words):
        if at in taken:
            continue
        before = words[max(0, at - NEAR) : at]
        if lexicon.is_any(word, grammar.reported) and not lexicon.has_any(before, own):
            return at
        if lexicon.is_any(word, grammar.opinion) and lexicon.has_any(before, grammar.others):
            return at
    return None


def _weigh(hit: Hit, one: _Read, lexicon: Lexicon) -> int:
    """Weight of a hit after its negation; 0 if it judges nothing."""
    entry = hit.entry
    if not entry.weight or entry.mark == "irony":
        return 0
    negated = entry.mark != "whole" and _is_negated(hit, one, lexicon)
    if entry.mark == "deed":
        by_others = negated and not _acts_itself(one.clause.words[: hit.start], lexicon)
        return entry.negated if by_others else 0
    return entry.weight if not negated else entry.negated or (-1 if entry.weight > 0 else 1)


def _is_negated(hit: Hit, one: _Read, lexicon: Lexicon) -> bool:
    taken = {
        i
        for other in one.hits
        if other is not hit and (other.entry.mark == "whole" or not other.entry.weight)
        for i in range(other.start, other.end)
    }
    words, grammar = one.clause.words, lexicon.grammar
    for at in range(hit.start - 1, max(-1, hit.start - REACH - 1), -1):
        if at in taken:
            continue
        if _is_negation(words[at], lexicon):
            return True
        if lexicon.is_any(words[at], grammar.joint) and at - 1 not in taken:
            break
    for at in range(hit.end, min(len(words), hit.end + grammar.negation_after)):
        if at in taken or lexicon.is_any(words[at], grammar.joint):
            break
        if _is_negation(words[at], lexicon):
            return True
    return False


def _is_negation(word: str, lexicon: Lexicon) -> bool:
    return lexicon.is_any(word, lexicon.grammar.negation) or word.endswith("n't")


def _acts_itself(before: Sequence[str], lexicon: Lexicon) -> bool:
    """True if the speaker is the one who did not do it."""
    for word in reversed(before):
        if lexicon.is_any(word, lexicon.grammar.passive):
            return False
        if lexicon.is_any(word, lexicon.grammar.subject):
            return True
    return False


def _is_sure(hit: Hit, one: _Read, lexicon: Lexicon) -> bool:
    """False in a wish or a condition, in a comparison that is denied ("never so clear"), and for a
    feeling of somebody else.
    """
    grammar = lexicon.grammar
    if _is_marked(one, "wish", grammar.hypothetical, lexicon):
        return False
    denied = hit.entry.mark != "whole" and lexicon.has_any(one.free, grammar.negation)
    return not (
        (denied and lexicon.has_any(one.free, grammar.equal))
        or (hit.entry.mark == "self" and _is_of_others(one.clause.words[: hit.end], lexicon))
    )


def _is_of_others(words: Sequence[str], lexicon: Lexicon) -> bool:
    """True if the last person named is not the speaker."""
    for word in reversed(words):
        if lexicon.is_any(word, lexicon.grammar.speaker):
            return False
        if lexicon.is_any(word, lexicon.grammar.others):
            return True
    return False


def _is_exclamation(one: _Read, lexicon: Lexicon) -> bool:
    """True for "Oh great", praise without a subject, which is often meant the other way."""
    short = [hit for hit in one.hits if len(hit.entry.places) == 1]
    return bool(short) and all(lexicon.is_any(w, lexicon.grammar.filler) for w in one.free)
