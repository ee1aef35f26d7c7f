"""Whether a language model's words may be said: V1 to V11, each by its name.

A reply is accepted, accepted without its acknowledgement, or refused. It decides nothing: what is asked
about was settled before, and a flag of the model's can only make us more careful.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from interviewrelay.interviewer import (
    acts,
    attributing,
    avoiding,
    introducing,
    masks,
    question_loads,
    validator,
    wording,
)
from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.masks import Masks
from interviewrelay.interviewer.model_prompt import RULES
from interviewrelay.interviewer.model_reply import Proposal, parsed, shown
from interviewrelay.interviewer.model_task import Task
from interviewrelay.interviewer.probes import is_repeat
from interviewrelay.interviewer.words import (
    base_language,
    plain,
    sentences,
    words,
)

LONGEST: Final = 600
ECHO: Final = 7
"""Words in a row of our own rules that nobody writes by chance."""
FAITHFUL: Final = 0.8
"""Share of the content words of a scripted question that its new wording keeps."""

_END: Final = Late("[.?\u061f]$")
_BANNED: Final = Late(
    r"\b(?:language model|system prompt|my (?:instructions|prompt|rules)"
    r"|ignore (?:all|previous|the)|openai|chatgpt|json|schema)\b"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`refused` names the rule that a proposal breaks, or is empty; then `line` and `question` are to
    be said, and `left_out` names the rule for which its acknowledgement is not.
    """

    refused: str = ""
    line: str = ""
    question: str = ""
    left_out: str = ""


def judge(task: Task, reply: str, mark: str, hidden: Masks | None = None) -> Verdict:
    """The verdict on a model's reply to the prompt that carried `mark`."""
    if mark and mark in reply:
        return Verdict("V9 canary")
    proposal = parsed(reply)
    if proposal is None:
        return Verdict("V1 parse")
    if hidden is not None:
        proposal = shown(proposal, hidden)
    rules = _CONDUCT if proposal.question == task.question else (*_CONDUCT, *_WORDING)
    refused = next((name for name, broken in rules if broken(task, proposal)), "")
    if refused:
        return Verdict(refused)
    if not task.own_line:
        return Verdict(line=task.line, question=proposal.question)
    left_out = _ack_breaks(task, proposal.ack) if proposal.ack else ""
    line = "" if left_out else proposal.ack
    return Verdict(line=line, question=proposal.question, left_out=left_out)


# --- V2 to V11, on the question and on what comes with it -----------------------------------------


def _illegal(task: Task, proposal: Proposal) -> bool:
    return (proposal.act, proposal.target) != (task.act, task.target)


def _misquotes(task: Task, proposal: Proposal) -> bool:
    quote = proposal.anchor_quote
    return bool(quote) and not any(quote in answer for answer in task.answers)


def _sees_distress(task: Task, proposal: Proposal) -> bool:
    """Then our own words are said: they are tried, and no others are."""
    del task
    return "distress" in proposal.flags


def _ends(task: Task, proposal: Proposal) -> bool:
    own = validator.ends_or_skips(task.question, task.language)
    return not own and validator.ends_or_skips(proposal.question, task.language)


def _unclean(task: Task, proposal: Proposal) -> bool:
    text = proposal.question
    dressed = text.isupper() or ("(" in text and "(" not in task.question)
    return dressed or _forbidden(task, text)


def _forbidden(task: Task, text: str) -> bool:
    """Markup, code, stand-ins, our own rules, or what author or participant want left alone."""
    line = plain(text)
    if validator.markup(text) or validator.shouting(text) or masks.stands_in(text):
        return True
    if _BANNED.search(line) or _echoes(line) or not text.isprintable():
        return True
    avoided = any(plain(phrase) in line for phrase in task.topic.avoid if phrase.strip())
    about = (avoiding.is_about(text, named, task.language) for named in task.avoided)
    return avoided or any(about)


def _echoes(line: str) -> bool:
    said, ours = words(line), f" {' '.join(words(RULES))} "
    runs = (said[at : at + ECHO] for at in range(len(said) - ECHO + 1))
    return any(f" {' '.join(run)} " in ours for run in runs)


def _claims(task: Task, proposal: Proposal) -> bool:
    question = proposal.question
    return _personal(question, task.language) or attributing.addresses(question)


def _personal(text: str, language: str) -> bool:
    return (
        validator.speaks_of_itself(text, language)
        or validator.advises(text, language)
        or (base_language(language) == "en" and validator.claims_feeling(text))
    )


def _foreign(task: Task, proposal: Proposal) -> bool:
    return not validator.in_language(proposal.question, task.language)


def _not_one(task: Task, proposal: Proposal) -> bool:
    """Not one sentence that asks, and is whole."""
    text = proposal.question
    return (
        validator.multiple_questions(text)
        or len(sentences(text)) != 1
        or not _END.search(text)
        or not validator.asks(text, task.language)
    )


def _too_long(task: Task, proposal: Proposal) -> bool:
    del task
    text = proposal.question
    return len(words(text)) > validator.MAX_QUESTION_WORDS or len(text) > LONGEST


def _broken(text: str, task: Task) -> Sequence[str]:
    language = task.language
    return (*validator.violations(text, language), *question_loads.broken(text, language))


def _ill_worded(name: str) -> Callable[[Task, Proposal], bool]:
    """A wording rule of the validator's that the prepared text itself does not break."""

    def broken(task: Task, proposal: Proposal) -> bool:
        return name in _broken(proposal.question, task) and name not in _broken(
            task.question, task
        )

    return broken


def _grades(task: Task, proposal: Proposal) -> bool:
    return attributing.grades(proposal.question, task.question, task.language)


def _praises(task: Task, proposal: Proposal) -> bool:
    return validator.praises(proposal.question, task.language)


def _closed(task: Task, proposal: Proposal) -> bool:
    own = task.act == acts.ASK and not validator.asks_openly(task.question, task.language)
    return not own and not validator.asks_openly(proposal.question, task.language)


def _repeats(task: Task, proposal: Proposal) -> bool:
    return is_repeat(proposal.question, task.asked, task.language)


def _strays(task: Task, proposal: Proposal) -> bool:
    """Asks for something else than was decided. A built-in follow-up is after anything that was just
    said; all else has a goal of its own.
    """
    said = introducing.content([proposal.question], task.language)
    if task.act == acts.ASK:
        own = introducing.content([task.question], task.language)
        turned = attributing.turns(proposal.question, task.question, task.language)
        return turned or len(own & said) < FAITHFUL * len(own)
    plain_words = introducing.own_words(base_language(task.language))
    if task.goal != task.topic.text:
        goal = introducing.content([task.goal, task.question, *_cues(task)], task.language)
        return bool(goal) and not (goal - plain_words or goal) & said
    goal = introducing.content([task.goal, task.question, task.turns[-1].text], task.language)
    return not goal & said and not said <= plain_words


def _cues(task: Task) -> Sequence[str]:
    return next((need.cues for need in task.topic.needs if need.id == task.target), ())


def _introduces(task: Task, proposal: Proposal) -> bool:
    return bool(introducing.new(task, proposal.question))


Rules = Sequence[tuple[str, Callable[[Task, Proposal], bool]]]

_CONDUCT: Final[Rules] = (
    ("V2 act or target", _illegal),
    ("V3 quote", _misquotes),
    ("V3 care", _sees_distress),
)
"""All that is held against a reply that asks as was prepared: those words are said in any case, and
what their author wrote is the author's.
"""
_WORDING: Final[Rules] = (
    ("V5 length", _too_long),
    ("V9 forbidden", _unclean),
    ("V11 ends", _ends),
    ("V8 language", _foreign),
    ("V4 praise", _praises),
    ("V4 double-barrelled", _ill_worded("double-barrelled")),
    ("V4 options", _ill_worded("options")),
    ("V4 leading", _ill_worded("leading")),
    ("V4 why", _ill_worded("why")),
    ("V4 leading", _grades),
    ("V10 claim", _claims),
    ("V4 one question", _not_one),
    ("V4 closed", _closed),
    ("V6 duplicate", _repeats),
    ("V7 introduced", _introduces),
    ("V2 target", _strays),
)


def _ack_breaks(task: Task, ack: str) -> str:
    """The rule that an acknowledgement breaks; empty when it may be said."""
    return next((name for name, broken in _ACK_RULES if broken(task, ack)), "")


def _no_acknowledgement(task: Task, ack: str) -> bool:
    del task
    return not validator.fits_acknowledgement(ack) or len(sentences(ack)) > 1


def _just_now(task: Task, ack: str) -> bool:
    """Never in two turns running."""
    del ack
    return bool(task.lines and task.lines[-1])


def _too_often(task: Task, ack: str) -> bool:
    """Never the same one soon again."""
    recent = task.lines[-wording.RECENT_LINES :]
    return any(plain(ack) in plain(line) for line in recent)


def _judges(task: Task, ack: str) -> bool:
    return validator.praises(ack, task.language) or attributing.agrees(ack, task.language)


def _ack_foreign(task: Task, ack: str) -> bool:
    return len(words(ack)) > 3 and not validator.in_language(ack, task.language)


_ACK_RULES: Final[Sequence[tuple[str, Callable[[Task, str], bool]]]] = (
    ("V5 acknowledgement", _no_acknowledgement),
    ("V6 acknowledged just now", _just_now),
    ("V6 acknowledged before", _too_often),
    ("V4 praise", _judges),
    ("V9 forbidden", _forbidden),
    ("V11 ends", lambda task, ack: validator.ends_or_skips(ack, task.language)),
    ("V10 claim", lambda task, ack: _personal(ack, task.language)),
    ("V4 wording", lambda task, ack: bool(validator.violations(ack, task.language))),
    ("V8 language", _ack_foreign),
    (
        "V3 attributed",
        lambda task, ack: attributing.attributes(ack, task.answers, task.language),
    ),
    ("V7 introduced", lambda task, ack: bool(introducing.new(task, ack))),
)
