"""Dialogue act detection: all acts of a participant's text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import Final

from interviewrelay.interviewer import acts, languages
from interviewrelay.interviewer.acts import (
    act_patterns,
    correction_forms,
    participant_questions,
    stop_requests,
    wishes,
)
from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern
from interviewrelay.interviewer.patterns.pattern_prefilter import trigrams
from interviewrelay.interviewer.safety import care_lexicon
from interviewrelay.interviewer.safety.danger import tells_of_danger
from interviewrelay.interviewer.text import gibberish, typo_repair
from interviewrelay.interviewer.text.tokenization import (
    count_unspaced_letters,
    filter_content_words,
    get_base_language,
    normalize,
    split_sentences,
    split_words,
)

LONG_SENTENCE = 25
"""A sentence with a request also counts as an answer from this number of words on, since speech is
often transcribed as one sentence.
"""

ANSWER_WORDS = 3
"""Minimum content words, besides a request, of a text that also counts as an answer; besides a
question about the interview, one is enough.
"""

COMMANDS = frozenset({acts.STOP, acts.WITHDRAW, acts.PAUSE, acts.SHORTEN, acts.SKIP})
"""Acts that are recognized in every language if they are the whole turn."""

REACH = 800
"""Characters at the beginning and at the end of an answer that are checked for all acts."""
MOST_CLAUSES = 20
"""Maximum clauses of a sentence that are checked one by one; one with more is a list, or no
sentence.
"""
APART = 20
"""Characters added for each sentence when the length of an answer is counted."""

_PUZZLED = LazyPattern("[?\u061f\uff1f\\s]{2,}")
_pattern = partial(languages.load_pattern, "acts")
_HEADING, _NO_WAIT, _SKIPS, _TAKEN_BACK = map(
    _pattern, ("heading", "no_wait", "skips", "taken_back")
)
_PARTLY = (acts.META, acts.ALREADY_TOLD)


@dataclass(frozen=True, slots=True)
class DetectedActs:
    """Detected acts in order of priority, `topics` of questions about the interview, and `rest`:
    the part of the text (plain) that is only answer.
    """

    acts: tuple[str, ...]
    topics: tuple[str, ...]
    rest: str

    @property
    def tells_something(self) -> bool:
        """True if it is more than "no", "that is all", "skip" and the like, thanks included."""
        return acts.EMPTY in self.acts or bool(self.rest)


def detect_acts(text: str, language: str) -> DetectedActs:
    """Detect all dialogue acts of a participant's text, whatever it is; `language` is the script's."""
    found: dict[str, None] = {acts.SAFETY: None} if tells_of_danger(normalize(text)) else {}
    topics: dict[str, None] = {}
    rest: list[str] = []
    wished = apart = False
    said = [typo_repair.repair(normalize(one), language) for one in split_sentences(text)]
    lines = _standing(said)
    if said and not lines:  # the wish to skip is taken back, and nothing else is said
        found[acts.REPEAT] = None
    if len(lines) == 1:
        found.update(dict.fromkeys(_foreign_commands(lines[0], language, trigrams(lines[0]))))
    near, far = _divided([one for one in lines if not _is_of_ours(one, lines, language)])
    cared = _cared_for(lines, language)
    minded = (act for line in lines for act in _care_acts(cared[line]))
    wants = {line: wishes.split_wishes(line, language, first=line == lines[0]) for line in near}
    found.update(dict.fromkeys([*minded, *_wanted(wants, lines, language)]))
    told_of = _middle(text, lines)
    for line in near:
        amends = correction_forms.corrects(line, language)
        found.update(dict.fromkeys([acts.CORRECTION] * amends))
        if len(lines) > 1 and _HEADING.fullmatch(line):
            rest.append(line)
            continue
        said_so, told = line, stop_requests.split_request(line, language)
        apart, line = apart or bool(told), told or line  # noqa: PLW2901 - what is left
        (kinds, left), calm = wants[said_so], care_lexicon.CALM in cared[said_so]
        ends = _ends(line, language, found)
        wished |= ends or wishes.LEAVING in kinds
        rest += [left] if kinds and left else []
        unmeant = _unmeant(amends, calm, line in told_of, _goes_on(lines, said_so))
        for part, heard in _parts(line, language, trigrams(line)):
            matched = [(a, t) for a, t in heard if a not in unmeant]
            found.update(dict.fromkeys(act for act, _ in matched))
            topics.update(dict.fromkeys(topic for _, topic in matched if topic))
            plainly = not (ends or matched or cared[said_so].intersection(_CARED))
            if not kinds and (plainly or (not ends and len(split_words(part)) > LONG_SENTENCE)):
                rest.append(part)
    rest += [" ".join(far)] if far else []
    # "I can't go on, I am in tears" asks for time; "leave my name out of it" is no wish to leave.
    meant = acts.UPSET in found or (acts.LEAVE_OUT in found and len(lines) == 1)
    not_yet = any(stop_requests.is_not_yet(line, language) for line in lines)
    stops = acts.SHORTEN if not_yet else acts.STOP
    found.update({} if meant else dict.fromkeys([stops] * (wished or apart)))
    rest = _asked_back(rest, lines, language, len(split_words(text)), found, topics)
    found.update({more: None for act, more in _IMPLIED.items() if act in found})
    apart = apart or any(kinds and left for kinds, left in wants.values())
    kept = "" if found.keys() & COMMANDS and len(lines) == 1 and not apart else " ".join(rest)
    found.update(dict.fromkeys(_answers(found, kept, text, language)))
    return DetectedActs(tuple(a for a in acts.PRIORITY if a in found), tuple(topics), kept)


def _unmeant(*given: bool) -> frozenset[str]:
    """Acts that a line cannot mean in its context.

    "I told you three before, but it was two" corrects something and does not complain about a
    repetition; calm people are not upset; people ask themselves questions when they tell a story;
    and a "give me a second" before a long answer is over by then.
    """
    excluded = (acts.ALREADY_TOLD, acts.UPSET, acts.META, acts.PAUSE)
    return frozenset(act for act, holds in zip(excluded, given, strict=True) if holds)


_IS_ENOUGH: Final = languages.load_patterns("ending", "is_enough")


def _is_of_ours(line: str, lines: Sequence[str], language: str) -> bool:
    """True if a line says "enough" before a longer account: it answers our question, but is not the
    whole answer.
    """
    enough = _IS_ENOUGH.get(get_base_language(language))
    says_so = enough is not None and enough.fullmatch(line.rstrip(" .!")) is not None
    return says_so and _goes_on(lines, line)


def _goes_on(lines: Sequence[str], line: str) -> bool:
    """True if an account follows a line."""
    after = lines[lines.index(line) + 1 :]
    return sum(len(split_words(one)) for one in after) > LONG_SENTENCE


def _standing(lines: list[str]) -> list[str]:
    """Plain sentences of a text without a wish to skip that they take back at once ("Can I skip
    that? Actually no."); none if nothing else is said.
    """
    for number, line in enumerate(lines[1:], 1):
        back = _TAKEN_BACK.match(line)
        if back is None or not _SKIPS.search(lines[number - 1]):
            continue
        after = [part for part in (line[back.end() :], *lines[number + 1 :]) if part]
        return [*lines[: number - 1], *after]
    return lines


def _middle(text: str, lines: Sequence[str]) -> Sequence[str]:
    """Sentences in the middle of a long answer, where people ask rhetorical questions or report
    questions.
    """
    is_account = len(split_words(text)) > participant_questions.LONGEST_TURN
    return lines[1 : -participant_questions.CLOSING] if is_account else ()


def _asked_back(
    rest: list[str],
    lines: Sequence[str],
    language: str,
    count: int,
    found: dict[str, None],
    topics: dict[str, None],
) -> list[str]:
    """Remove questions to the interviewer from the `rest` of a text of `count` words with the
    sentences `lines`; adds their acts to `found` and their subjects to `topics`.
    """
    if acts.ALREADY_TOLD not in found:
        asked, rest = participant_questions.split_questions(rest, language, count)
        for act, topic in map(_ASKED.__getitem__, asked):
            found[act] = None
            topics.update({topic: None} if topic else {})
        open_still = topics.keys() <= {acts.UNKNOWN, acts.WONDERED}
        last = (
            participant_questions.find_final_topic(lines, language)
            if rest or open_still
            else ""
        )
        wishes_for = last == acts.UNKNOWN and not (rest and found.keys() <= _SMALL)
        if last and not wishes_for and open_still:
            found[acts.META] = None
            topics.clear()
            topics[last] = None
    if found.keys() & {acts.META, acts.CLARIFY, acts.ALREADY_TOLD}:
        # Beside a question, a greeting or "well" is no answer.
        rest = [part for part in rest if not act_patterns.is_only_polite(part, language)]
    return rest


def _divided(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Split a very long answer: sentences near its ends, which are checked for all acts, and those
    between, which are its account.
    """
    count = len(lines)
    orders = (range(count), range(count - 1, -1, -1))
    near = frozenset().union(*(_within_reach(order, lines) for order in orders))
    far = [line for place, line in enumerate(lines) if place not in near]
    return [lines[place] for place in sorted(near)], far


def _within_reach(order: Iterable[int], lines: Sequence[str]) -> frozenset[int]:
    before = accumulate((len(lines[place]) + APART for place in order), initial=0)
    return frozenset(place for place, size in zip(order, before, strict=False) if size < REACH)


def _ends(line: str, language: str, found: dict[str, None]) -> bool:
    """True if a plain sentence only ends the interview; adds a certain end to `found`."""
    ends = stop_requests.is_made_of(line, language, partial(_ends_it, language))
    if not stop_requests.is_not_yet(line, language) and (
        ends or stop_requests.says_goodbye(line, language)
    ):
        found[acts.STOP] = None
    return ends or stop_requests.wishes_to_stop(line, language)


_WISHED = {
    wishes.AWAY: acts.PAUSE,
    wishes.HURRY: acts.SHORTEN,
    wishes.COMPLAINT: acts.COMPLAINT,
    wishes.MISQUOTED: acts.COMPLAINT,
    wishes.TOLD: acts.ALREADY_TOLD,
    wishes.ENOUGH: acts.NOTHING_MORE,
}

_CARED = {
    care_lexicon.DISTRESS: acts.UPSET,
    care_lexicon.NOT_NOW: acts.NOT_NOW,
    care_lexicon.LEAVE_OUT: acts.LEAVE_OUT,
}


def _cared_for(lines: Iterable[str], language: str) -> Mapping[str, frozenset[str]]:
    """Kinds of the care lexicon for each sentence, without requests not to be quoted that are taken
    back.
    """
    found = {line: care_lexicon.find_kinds(line, language) for line in lines}
    free = any(care_lexicon.MAY_QUOTE in kinds for kinds in found.values())
    return (
        {line: kinds - {care_lexicon.LEAVE_OUT} for line, kinds in found.items()}
        if free
        else found
    )


def _care_acts(kinds: frozenset[str]) -> list[str]:
    return [act for kind, act in _CARED.items() if kind in kinds]


def _wanted(
    wants: Mapping[str, tuple[frozenset[str], str]], lines: Sequence[str], language: str
) -> Iterator[str]:
    """Acts of the wishes in the sentences of an answer; `lines` are all of its sentences."""
    waits = False
    for line, (kinds, left) in wants.items():
        passed = {wishes.AWAY} if _goes_on(lines, line) else set()
        yield from (_WISHED[kind] for kind in kinds - passed if kind in _WISHED)
        # "Hang on" before an account is no pause.
        tells = bool(left) if kinds else not act_patterns.is_only_polite(line, language)
        waits = not tells and (waits or wishes.WAIT in kinds)
    if waits:
        yield acts.PAUSE


def _parts(
    line: str, language: str, grams: frozenset[str]
) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Split a plain sentence into parts with their acts; clause by clause if a clause asks about
    the interview, since the others may hold an answer.
    """
    whole = list(_matches(line, language, grams))
    splits = all(act in (acts.META, acts.ALREADY_TOLD) for act, _ in whole)
    clauses = participant_questions.CLAUSE.split(line) if splits else [line]
    if len(clauses) == 1 or len(clauses) > MOST_CLAUSES:
        yield line, whole
        return
    heard = [(clause, list(_matches(clause, language, grams))) for clause in clauses]
    asking_at = [n for n, (_, found) in enumerate(heard) if any(a in _PARTLY for a, _ in found)]
    # "He asked me, are you human" reports a question.
    asked = [n for n in asking_at if not participant_questions.is_reported(clauses, n)]
    if not asked and (asking_at or participant_questions.is_reported(clauses, 0)):
        yield line, []
        return
    if not asked or len(split_words(line)) > LONG_SENTENCE:
        yield line, whole
        return
    yield from heard


def _ends_it(language: str, clause: str) -> bool:
    return any(act == acts.STOP for act, _ in _matches(clause, language, trigrams(clause)))


_ASKED = {
    participant_questions.CLARIFIES: (acts.CLARIFY, ""),
    participant_questions.TO_US: (acts.META, acts.UNKNOWN),
    participant_questions.OPEN: (acts.META, acts.WONDERED),
}


def _foreign_commands(line: str, language: str, grams: frozenset[str]) -> Iterator[str]:
    """Commands in another language than the script's, if the line is nothing else."""
    spoken = act_patterns.list_spoken(language, line)
    for code, known in act_patterns.PATTERNS.items():
        if code in spoken:
            continue
        likely = [
            (act, pattern)
            for (kind, act), pattern in known.known.candidates(line, grams)
            if kind == act_patterns.WHOLE and act in COMMANDS
        ]
        forms = known.list_forms(line) if likely else ("",)
        if forms[-1] in languages.load_words("acts", "also_a_word"):
            continue
        for act, pattern in likely:
            if any(map(pattern.fullmatch, forms)):
                yield act


def _matches(line: str, language: str, grams: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Act and topic for every pattern that a plain sentence matches; topic is empty except for META."""
    for code in act_patterns.list_spoken(language, line):
        known = act_patterns.PATTERNS.get(code)
        likely = known.known.candidates(line, grams) if known else []
        if known is None or not likely:
            continue
        forms = known.list_forms(line)
        for (kind, name), pattern in likely:
            if kind == act_patterns.WHOLE:
                if any(map(pattern.fullmatch, forms)) and not _told_of(name, forms[0]):
                    yield name, ""
            elif pattern.search(forms[-1]):
                yield (acts.META, name) if kind == act_patterns.TOPIC else (name, "")


def _told_of(act: str, line: str) -> bool:
    """True if a text only looks like a command: "no wait" without a comma says that there was none."""
    return act == acts.PAUSE and _NO_WAIT.fullmatch(line) is not None


_IMPLIED = {acts.SKIP: acts.REFUSAL, acts.WITHDRAW: acts.STOP}
_SMALL = frozenset({acts.YES, acts.NO, acts.ACK, acts.GREETING, acts.CORRECTION})


def _answers(found: dict[str, None], kept: str, text: str, language: str) -> list[str]:
    """ANSWER or EMPTY, in addition to the acts already found."""
    if _PUZZLED.fullmatch(text.strip()):
        return [acts.CLARIFY]
    if not split_words(text) or (not found and gibberish.is_gibberish(kept)):
        return [acts.EMPTY]
    said = split_words(kept)
    if not said:
        # "Yes." and "No." are answers to most questions.
        return (
            [acts.ANSWER]
            if found.keys() & {acts.YES, acts.NO} and found.keys() <= _SMALL
            else []
        )
    if found.keys() <= {*_SMALL, acts.SAFETY}:
        return [acts.ANSWER]
    content = len(filter_content_words(said, language)) + count_unspaced_letters(kept) // 2
    enough = 1 if found.keys() <= {*_SMALL, acts.META, acts.ALREADY_TOLD} else ANSWER_WORDS
    return (
        [acts.ANSWER]
        if content >= enough - bool(found.keys() & {acts.STOP, acts.CLARIFY})
        else []
    )
