"""What could be asked next on a question: the author's needs and probes, then what was said itself."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from interviewrelay.interviewer import (
    avoiding,
    denial,
    facts,
    leads,
    manner,
    private,
    weaving,
    wording,
)
from interviewrelay.interviewer.coverage import need_key, needs_of
from interviewrelay.interviewer.guide import Guide, Need, Question
from interviewrelay.interviewer.leads import MIN_TOLD
from interviewrelay.interviewer.lexicon import NO_WORDS, YES_WORDS
from interviewrelay.interviewer.state import State
from interviewrelay.interviewer.weaving_words import THEIRS
from interviewrelay.interviewer.words import content_words, plain, stems, words

NEED, AUTHOR, DEEPER = "need", "author", "deeper"
"""Kinds of follow-up: a need of the script, an author's probe, and going into what was said."""

MORE = "more"
"""The plain wish for more, for answers too short to go into; once on a question at most."""

FAMILIES = {
    manner.EVENT: ("practice", "occasion", "next", "led"),
    manner.WISH: ("wish",),
    manner.STATE: ("state", "occasion"),
    manner.UPSET: ("gentle",),
}
"""Built-in follow-ups by what was said: an event from the description to what led to it; of a wish or a
feeling there is no course to ask for."""

WOVEN = {
    weaving.THING: ("woven.tell", "woven.next", "woven.led"),
    weaving.PROCESS: ("woven.practice", "woven.occasion", "woven.next", "woven.led"),
    weaving.PERSON: ("woven.tell",),
    weaving.QUOTE: ("quoted",),
}
"""Wordings that take up a phrase, by what it is, in the order of the ladder: description, occasion,
detail, reason."""

OF_WISHES = ("woven.tell",)
"""Of something wished for, or of how things are, one can only ask to hear more."""

WANTED = {
    weaving.THING: {"reason": "woven.led", "feeling": "woven.feeling"},
    weaving.PROCESS: {
        "example": "woven.occasion",
        "reason": "woven.led",
        "feeling": "woven.feeling",
    },
}
"""What the author wants an answer to have, and the wordings that ask for it: of a thing there is no
occasion."""

FEW = 5
"""Content words up to which one that had not to wait tells nothing else."""

TOUCHED = 0.5
"""Share of a need's importance that is left once a word on it has fallen."""

MOST_BARE = 3
"""Words that a bare yes or no has at most, polite ones included."""


Wordings = Callable[[], Iterator[tuple[str, str]]]
"""Ways to ask for one thing, best first: what each is after, and its text."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that could be asked now. `kind` is need, author, deeper or a family; `wordings` are
    made when it comes to asking; `target` is what one of the author's is after, and `need` its key, if
    any; `anchor` what it hangs on, in the participant's words where it takes them up; `weight` the
    importance of a need, `rank` its place among its like, 0 first; `depth` how many follow-ups deep it
    goes into one matter, `fresh` whether into what was said just now, and `told` how many content words
    that has.
    """

    kind: str
    wordings: Wordings
    source: str
    anchor: str
    need: str | None = None
    weight: float = 1.0
    rank: int = 0
    depth: int = 0
    fresh: bool = True
    told: int = 0
    target: str = ""
    matter: str = ""
    said: int = 1


def candidates(
    guide: Guide, state: State, question: Question, voice: wording.Voice, *, deeper: bool
) -> Iterator[Candidate]:
    """All follow-ups on `question`; none where nothing was ever done of what it speaks of. Without
    `deeper` only the author's: the last answer held nothing that could be gone into.
    """
    answers = state.threads[question.id].answers
    if any(denial.nothing_done(question.text, said, guide.language) for said in answers):
        return
    yield from _for_needs(state, question, voice)
    known = [n.ask for key, _, n in needs_of(guide) if state.needs.get(key) == "covered"]
    for number, probe in enumerate(question.probes):
        if facts.told(probe, answers) or is_known(probe, known, guide.language):
            continue
        target = f"probe {number + 1}"
        yield Candidate(
            AUTHOR,
            _one(target, probe),
            "author",
            question.id,
            weight=0.9,
            rank=number,
            target=target,
        )
    if not deeper or _told_all(state, question, guide.language):
        return
    so_far = leads.Said(state, guide.language)
    woven = list(deeper_into(guide, state, question, voice, so_far))
    yield from woven
    if question.needs or question.probes:
        return
    if not any(next(found.wordings(), None) for found in woven):
        yield from _built_in(state, question, voice, guide.language)


def is_known(text: str, asks: Sequence[str], language: str) -> bool:
    """Whether a probe asks for what a covered need asked for."""
    mine = stems(text, language)
    return any(
        len(mine & stems(a, language)) >= 0.6 * len(mine | stems(a, language)) for a in asks
    )


def _for_needs(state: State, question: Question, voice: wording.Voice) -> Iterator[Candidate]:
    for rank, need in enumerate(open_needs(state, question)):
        key = need_key(question.id, need.id)
        touched = state.need(question, need.id) == "touched"
        weight = need.weight * (TOUCHED if touched else 1)
        if need.ask.strip():
            ways, source = _one(need.id, need.ask), "author"
        else:
            ways, source = _ways(need.id, partial(voice.about, need.label)), "template"
        yield Candidate(NEED, ways, source, key, key, weight, rank, target=need.id)


def _one(target: str, text: str) -> Wordings:
    return lambda: iter([(target, text)])


def _ways(target: str, texts: Callable[[], Iterator[str]]) -> Wordings:
    return lambda: ((target, text) for text in texts())


def open_needs(state: State, question: Question) -> list[Need]:
    """The needs of a question that may still be asked for."""
    return [
        need
        for need in question.needs
        if state.need(question, need.id) in ("open", "touched")
        and need_key(question.id, need.id) not in state.needs_asked
    ]


# --- what was said, taken up ----------------------------------------------------------------------


def deeper_into(
    guide: Guide,
    state: State,
    question: Question,
    voice: wording.Voice,
    so_far: leads.Said,
) -> Iterator[Candidate]:
    """Questions that take up words of what was said on a question, newest first."""
    if question.kind != "open" and question.depth != "deep":
        return
    for rank, lead in enumerate(leads.leads(guide, state, question, so_far)):
        if not lead.fresh and not _comes_back(lead, question, guide.language):
            continue
        yield Candidate(
            DEEPER,
            partial(_taken_up, guide, state, question, voice, lead),
            "template",
            lead.phrase.text,
            rank=(rank if lead.fresh else 0) + lead.off,
            depth=lead.depth + 1,
            fresh=lead.fresh,
            told=len(content_words(words(lead.sentence), guide.language)),
            matter=lead.matter,
            said=lead.said,
        )


def _taken_up(
    guide: Guide, state: State, question: Question, voice: wording.Voice, lead: leads.Lead
) -> Iterator[tuple[str, str]]:
    """One wording of each family that fits, in the order of the ladder."""
    for family in _families(guide, state, question, lead):
        text = next(voice.woven(family, _shown(lead.phrase, family)), None)
        if text is not None:
            yield family.removeprefix("woven."), text


def _comes_back(lead: leads.Lead, question: Question, language: str) -> bool:
    """Whether something is worth a return: one word is known again in the next breath, but not later,
    and what only came up when something else was gone into is let go, unless the author wants depth.
    """
    told = content_words(words(lead.phrase.said), language)
    return len(told) > 1 and (not lead.depth or question.depth == "deep")


def _shown(phrase: weaving.Phrase, family: str) -> str:
    """A phrase as it stands in a wording; those for quotations have their marks."""
    quoted = phrase.kind == weaving.QUOTE and not family.startswith("quoted")
    return f'"{phrase.text}"' if quoted else phrase.text


def _families(
    guide: Guide, state: State, question: Question, lead: leads.Lead
) -> Sequence[str]:
    """The wordings that fit a phrase, by the manner of what was said: what the author wants first, then
    the ladder.
    """
    phrase, said = lead.phrase, manner.of(question.text, lead.answer, guide.language)
    if said == manner.UPSET:
        return ()
    ladder = OF_WISHES if said == manner.WISH else WOVEN[phrase.kind]
    if phrase.text.split()[0] in THEIRS or said != manner.EVENT:
        ladder = tuple(family for family in ladder if family != "woven.next")
    if phrase.kind == weaving.QUOTE and said == manner.STATE:
        ladder = ("quoted.state", *ladder)
    asks = WANTED.get(phrase.kind, {})
    if said != manner.EVENT or not asks:
        return ladder
    done = state.threads[question.id].kinds
    wanted = [asks[want] for want in question.expected.wants if want in asks]
    return list(
        dict.fromkeys([*(f for f in wanted if f.removeprefix("woven.") not in done), *ladder])
    )


def _built_in(
    state: State, question: Question, voice: wording.Voice, language: str
) -> Iterator[Candidate]:
    """Light follow-ups on open questions, and on others only when their depth is `deep`; none on an
    answer that holds a password, a number and the like, since "tell me more" would ask for it.
    """
    if question.kind != "open" and question.depth != "deep":
        return
    if private.holds_data(state.text, plain(state.text)):
        return
    reading = state.reading
    thin = reading is None or reading.content < MIN_TOLD
    used = state.threads[question.id].kinds
    said = manner.of(question.text, state.text, language)
    more = thin and said != manner.UPSET
    due = [f for f in ((MORE,) if more else FAMILIES[said]) if f not in used]
    for rank, family in enumerate(due):
        ways = _ways(family, partial(voice.family, family))
        yield Candidate(family, ways, "template", question.id, rank=rank)


def _told_all(state: State, question: Question, language: str) -> bool:
    """Whether the last answer leaves nothing to go into, unless the author wants depth: a few words are
    a whole answer to a question for a fact, and a bare yes or no is one to any.
    """
    if question.depth == "deep":
        return False
    reading, asked = state.reading, state.pending.text if state.pending else question.text
    thin = reading is None or reading.content < MIN_TOLD
    if thin and (_bare(state) or facts.wanted(question.text, language)):
        return True
    if thin and any(facts.told(need.ask, [state.text]) for need in question.needs):
        return True
    if facts.took_no_time(plain(state.text)) and (reading is None or reading.content < FEW):
        return True
    return facts.told(question.text, [state.text]) or facts.told(asked, [state.text])


def _bare(state: State) -> bool:
    """Whether an answer is nothing but yes or no."""
    said = words(state.text)
    return len(said) <= MOST_BARE and bool(YES_WORDS.union(NO_WORDS).intersection(said[:1]))


def avoided(guide: Guide, state: State, question: Question, text: str) -> bool:
    """Whether a text is about what the participant or the author leaves aside."""
    said = [*state.avoided, *question.avoid]
    return any(avoiding.is_about(text, named, guide.language) for named in said)
