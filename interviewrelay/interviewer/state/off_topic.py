"""Talk of something else: small talk that shares no word with anything the interview is about.

Both must hold, so that a real answer in unforeseen words is never taken for small talk: a subject that
people chat about beside the matter, and nothing in common with the script or with what was said before.
Where it was measured how close an answer comes to what was asked, what comes close is no small talk,
and what is about nothing of the kind needs no such subject. Whatever fits what is asked for is an
answer (`fitting`): better to miss small talk than to refuse what somebody had to say.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from interviewrelay.interviewer import acts, languages
from interviewrelay.interviewer.guide import Guide, Question
from interviewrelay.interviewer.state import answer_similarity
from interviewrelay.interviewer.state.state import Pending
from interviewrelay.interviewer.text.lexicon import GENERIC_WORDS, NEUTRAL_WORDS
from interviewrelay.interviewer.text.tokenization import (
    base_language,
    content_words,
    number_in,
    stem,
    words,
)
from interviewrelay.interviewer.understanding import narrative_types, question_types
from interviewrelay.interviewer.understanding.reading import Reading

MIN_CONTENT = 3
"""Content words below which nothing can be told from what is missing."""

SMALL_TALK: Final = languages.wordsets("small_talk", "subjects")

NOW: Final = languages.wordsets("small_talk", "now")
"""Words of the day on which one talks, which make small talk of one such subject."""

FIRST_PERSON: Final = languages.words("small_talk", "first_person")
"""Who speaks of themselves mostly tells of the matter: such a text must chat all the more."""

EVERYDAY: Final = languages.words("small_talk", "everyday")
"""Words of questions to which anything may be the answer."""

ANY_MATTER: Final = languages.words("small_talk", "any_matter")
"""Stems that an answer has in common with its question by chance."""

NEAR = 0.35
"""Closeness to what was asked from which on a text belongs to it, whatever its words."""

FAR = 0.12
"""Closeness below which a text has nothing to do with what was asked."""

IN_COMMON = 0.34
"""Share of its words that small talk may have in common with the matter, by chance."""

APART = 0.2
"""The same where nothing but its subjects shows that it is small talk."""

LONGEST: Final = 40
"""Words from which on a text is an account: nobody chats for so long about something else."""

_DOING: Final = languages.patterns("small_talk", "doing")
"""What somebody is doing while they talk."""


def drifts(
    guide: Guide, pending: Pending, text: str, reading: Reading, accounts: Iterable[str]
) -> bool:
    """Whether a text is about something else than the interview and than all that was said so far."""
    language, said = guide.language, words(text)
    base = base_language(language)
    chat = SMALL_TALK.get(base, frozenset()).intersection(said)
    near = reading.close.get(answer_similarity.ASKED)
    far = near is not None and near < FAR and _may_be_far(pending, text, reading, language)
    # Most answers hold no such word, and need no closer look.
    short = len(content_words(said, language)) < MIN_CONTENT
    # Nobody is led back from a death with a word.
    if not (chat or far) or short or reading.discloses or len(said) >= LONGEST:
        return False
    if near is not None and near >= NEAR:
        return False
    asked = pending.text
    if _fits(asked, text, chat, language):
        return False
    known = _subject(guide.questions, guide.purpose, language)
    known |= _content(asked, language)
    known |= frozenset().union(*(_content(account, language) for account in accounts))
    own = _content(text, language)
    everyday = not EVERYDAY.isdisjoint(words(asked)) or question_types.asks_for_cause(
        asked, language
    )
    if far and not everyday and len(own) > MIN_CONTENT and own.isdisjoint(known):
        return True
    talk = {word for word in chat if stem(word, language) not in known}
    common = len(own & known) / max(1, len(own))
    bare = len(own) > MIN_CONTENT and common <= APART
    chats = _chats(said, len(talk), bare=bare, doing=_is_doing(text, base), base=base)
    if everyday:
        # To such a question what they do just now may be the answer, and what goes on around them not.
        around = not NOW[base].isdisjoint(said) and FIRST_PERSON.isdisjoint(said)
        chats = chats and around and len(talk) > 1 and not common
    return chats and common <= IN_COMMON


def _fits(asked: str, text: str, chat: frozenset[str], language: str) -> bool:
    """Whether a text is what the question asks for, or takes up a word of it. What one is doing just
    now, or what went on around them today, only leads away from it.
    """
    base, said = base_language(language), words(text)
    others = FIRST_PERSON.isdisjoint(said)
    today = others and not NOW.get(base, frozenset()).isdisjoint(said)
    if _is_doing(text, base) or today:
        return False
    shared = _content(asked, language) & _content(text, language)
    if not shared <= ANY_MATTER or question_types.names_who(asked, text, language):
        return True
    leans = question_types.leans(text, chat, language)
    return leans or (not others and question_types.asks_for_doing(asked, language))


def _chats(said: Sequence[str], subjects: int, *, bare: bool, doing: bool, base: str) -> bool:
    """Whether a text with so many `subjects` of small talk is nothing else: one of the day on which one
    talks, or, where hardly a word is about the matter (`bare`), several. Who speaks of themselves chats
    more, unless of what they are `doing` just now.
    """
    today = not NOW[base].isdisjoint(said)
    if FIRST_PERSON.isdisjoint(said):
        return subjects >= 3 or (today and subjects >= 1) or (bare and subjects >= 2)
    return (today and subjects >= 2 - doing) or (bare and subjects >= 3)


def _is_doing(text: str, base: str) -> bool:
    return base in _DOING and _DOING[base].search(text.lower()) is not None


def _may_be_far(pending: Pending, text: str, reading: Reading, language: str) -> bool:
    """Whether what is far from a question can be something else: the answer to a follow-up is often a
    bare detail, and nobody is led back from tears with a word.
    """
    if pending.act == acts.PROBE or reading.needs:
        return False
    return not narrative_types.upset(text, language)


@lru_cache(maxsize=64)
def _subject(questions: Sequence[Question], purpose: str, language: str) -> frozenset[str]:
    """Stems of all that the script speaks of."""
    texts = [purpose, *(t for q in questions for t in (q.text, *q.probes, *q.rephrase))]
    texts += [t for q in questions for n in q.needs for t in (n.label, n.ask, *n.cues)]
    return frozenset().union(*(_content(text, language) for text in texts))


def _content(text: str, language: str) -> frozenset[str]:
    """Stems of the words that belong to a subject, and not to any."""
    said = content_words(words(text), language)
    any_subject = NEUTRAL_WORDS.get(base_language(language), frozenset()) | GENERIC_WORDS
    return frozenset(
        stem(w, language) for w in said if w not in any_subject and number_in(w) is None
    )
