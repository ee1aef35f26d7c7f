"""The participant's own words, to be taken up in a question: English noun phrases, else quotations.

A phrase is found by its determiner and ended by whatever cannot stand inside one, so it needs no
tagger; what is unsure is left alone. Whatever is taken up stands in the answer, word for word, but for
"my" and its like, which become "your".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from interviewrelay.interviewer import (
    asking,
    private,
    weaving_talk,
    weaving_whole,
    weaving_words as lists,
)
from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.lexicon import BASE_FORMS
from interviewrelay.interviewer.words import (
    base_language,
    content_words,
    plain,
    sentences,
    words,
)

THING, PROCESS, PERSON, QUOTE = "thing", "process", "person", "quote"
"""Kinds of phrase, by what can be asked of them."""

MOST_WORDS = 4
LONGEST = 40
"""Words of a phrase behind its determiner, characters of a phrase: at most."""

MOST_CAPITALS = 4
"""Letters of an abbreviation, at most."""

_INFINITIVES = frozenset(BASE_FORMS.values())
"""Behind "to" these are no thing: "a train to catch"."""

LONG = 15
"""Words from which on a sentence that also talks about talking tells something."""

_TOKEN = Late(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*|\d+|[^\w\s]")
_CLAUSE_END = Late(r"[,;:.!?()\u2026\u2013\u2014]+|\s-+\s")
LATIN = ("en", "nl", "de", "fr", "es")
"""Languages into whose questions no words of another script are put: they would run both ways."""

_NOT_LATIN = Late("[\u0370-\u1dff\u2e80-\uffdc]")
_OF_SELF = Late("I(?:['\u2019][a-z]+)?")
_NAMED = (["yes"], ["no"], ["maybe"], ["hello"], ["goodbye"])
"""Behind "an easy" these are what it speaks of."""
_DIGIT = Late(r"\d")
_UNQUOTABLE = Late('["\u201c\u201d\u201e\u00ab\u00bb?\u061f{}<>@/\\\\`*#=_|]|https?')


@dataclass(frozen=True, slots=True)
class Phrase:
    """`text` as it stands in a question, `said` as it was said."""

    text: str
    said: str
    kind: str


def phrases(text: str, language: str) -> list[Phrase]:
    """What could be taken up of an answer, in the order in which it was said; nothing twice."""
    found: dict[str, Phrase] = {}
    if base_language(language) == "en":
        for sentence in sentences(lists.LAUGHS.sub("", text)):
            low = plain(sentence)
            if _left_alone(low, language):
                continue
            here = [phrase for part in _telling(sentence, low) for phrase in _in_sentence(part)]
            if here and not private.holds_data(sentence, low):
                found.update((p.text, p) for p in here if p.text not in found)
    return list(found.values())


def _telling(sentence: str, low: str) -> list[str]:
    """An English sentence without the clauses that are talk; a long one tells something too."""
    if not weaving_talk.talks(low, "en") or len(words(low)) > LONG:
        return [sentence]
    return [part for part in clauses(sentence) if not weaving_talk.talks(plain(part), "en")]


MOST_CLAUSES = 12
"""Clauses at the end of a sentence that are looked at for words to quote."""


def quotation(text: str, language: str) -> Phrase | None:
    """A few words of an answer that can stand between quotation marks: the end of its last clause."""
    for sentence in reversed(sentences(lists.LAUGHS.sub("", text))):
        low = plain(sentence)
        if _left_alone(low, language):
            continue
        parts = clauses(sentence)
        for place in reversed(range(max(0, len(parts) - MOST_CLAUSES), len(parts))):
            said = _quotable(parts[place], language, leading=not any(parts[:place]))
            if said and not private.holds_data(sentence, low):
                return Phrase(said, said, QUOTE)
    return None


def clauses(sentence: str) -> list[str]:
    """The parts of a sentence between its commas and the like."""
    return [clause.strip() for clause in _CLAUSE_END.split(sentence)]


def may_be_said(clause: str, language: str) -> bool:
    """Whether a whole clause of theirs can be said by somebody else: it names nobody, hurts nobody, is
    no confession and no talk about talking, and nothing of it is markup or in another script.
    """
    low, base = plain(clause), base_language(language)
    if base in LATIN and _NOT_LATIN.search(clause):
        return False
    if _UNQUOTABLE.search(clause) or weaving_talk.talks(low, language):
        return False
    if private.holds_data(clause, low):
        return False
    left_alone = (some.get(base) for some in (lists.NOT_OURS, lists.KEPT_BACK))
    if any(form.search(low) for form in left_alone if form is not None):
        return False
    # In German every noun has a capital letter.
    said = clause.split()[1:] if base != "de" else ()
    return not any(_names(word) for word in said if not _OF_SELF.fullmatch(word))


def _quotable(clause: str, language: str, *, leading: bool) -> str:
    """The clause if it is short, else its end, from where a phrase begins; only what stands whole."""
    base = base_language(language)
    foreign = base in LATIN and _NOT_LATIN.search(clause)
    if foreign or _UNQUOTABLE.search(clause) or weaving_talk.talks(plain(clause), language):
        return ""
    said = clause.split()
    joins = lists.JOINERS_OF.get(base, lists.JOINERS)
    joined: list[str] = []
    while said and said[0].lower().rstrip(",") in joins:
        if leading and not joined and said[0].lower() in lists.POINTERS:
            break
        joined.append(said.pop(0))
    hanging = said[:1] and said[0].lower() in lists.HANGING_OF.get(base, ())
    if hanging or private.names_somebody(" ".join(said), language):
        return ""
    last = list(weaving_whole.end_of(said, joins, language))
    if len(last) == len(said):
        whole = weaving_whole.stands(last, language, leading=leading, joined=joined)
    else:
        whole = weaving_whole.stands(last, language, leading=False)
    told = content_words([w for part in last for w in words(part)], language)
    named = any(_names(w) for w in last[1:]) and base != "de"
    if not whole or len(told) < 2 or named or lists.GENERIC.issuperset(told):
        return ""
    small = not content_words(words(last[0]), language) and not last[0].startswith("I")
    return " ".join([last[0].lower() if small else last[0], *last[1:]])


def _left_alone(low: str, language: str) -> bool:
    """Whether a plain sentence is not gone into: it asks, tells of what was not, or would hurt."""
    if asking.marked(low) or weaving_talk.denies(low, language):
        return True
    hurts = lists.NOT_OURS.get(base_language(language))
    return hurts is not None and hurts.search(low) is not None


# --- noun phrases ---------------------------------------------------------------------------------


def _in_sentence(sentence: str) -> Iterator[Phrase]:
    tokens = _TOKEN.findall(sentence)
    low = [token.lower().replace("\u2019", "'") for token in tokens]
    place = 0
    while place < len(tokens):
        made = None
        if low[place] in lists.DETERMINERS:
            made = _behind(tokens, low, place + 1)
        elif place and _has_object(low[place - 1]):
            made = _bare_plural(tokens, low, place)
            if made is not None:
                yield _phrase(tokens[place : made[0]], "the ", made[1])
                place = made[0]
                continue
        if made is None:
            place += 1
            continue
        end, kind = made
        ours = lists.OURS.get(low[place], low[place])
        phrase = _phrase(tokens[place + 1 : end], f"{ours} ", kind)
        if len(phrase.text) <= LONGEST and not _one_of_many(low, place, end):
            yield phrase
        place = end


def _phrase(said: Sequence[str], before: str, kind: str) -> Phrase:
    given = " ".join(said)
    return Phrase(before + given, given, kind)


def _one_of_many(low: Sequence[str], place: int, end: int) -> bool:
    """Whether a word for several stands before what is no plural: "most people's trust" is no one's."""
    return low[place] in lists.COUNTED and not low[end - 1].endswith("s")


def _has_object(word: str) -> bool:
    """Whether what stands behind a word may be what it is about."""
    return word in lists.VERBS or word in lists.PREPOSITIONS or _goes_on(word)


def _goes_on(word: str) -> bool:
    """Whether a word may be a verb: "swapping"."""
    return word.endswith("ing") and word not in lists.PROCESSES and word not in lists.GENERIC


def _bare_plural(
    tokens: Sequence[str], low: Sequence[str], begin: int
) -> tuple[int, str] | None:
    """A plural that stands without any determiner: "we sort old clothes"."""
    end = _run(low, begin)
    does = low[begin - 1] == "to" and lists.TOWARDS.isdisjoint(low[begin - 2 : begin - 1])
    if does or low[begin] in lists.VERBS or (_goes_on(low[begin]) and end - begin > 1):
        # "To write better emails" and "by swapping rotas" say what is done to them.
        return None
    head = low[end - 1]
    plural = head.endswith("s") and not head.endswith(("ss", "us", "is")) and len(head) > 4
    return _behind(tokens, low, begin) if plural and head not in lists.PEOPLE else None


def _behind(tokens: Sequence[str], low: Sequence[str], begin: int) -> tuple[int, str] | None:
    """The end of the phrase whose determiner stands before `begin`, and its kind."""
    end = _run(low, begin)
    if end < len(low) and low[end] in lists.PERSONAL and end - begin > 1:
        # What stands before "me" is what was done to me.
        end -= 1
    if end == begin or end - begin > MOST_WORDS or low[end : end + 1] in _NAMED:
        return None
    end = _with_its_place(low, begin, end)
    head = low[end - 1]
    named = any(_names(t) for t in tokens[begin:end])
    said = " ".join(low[begin:end])
    if named or head in lists.GENERIC or len(head) < 3:
        return None
    if end - begin == 1 and head in lists.PASSING:
        return None
    if _DIGIT.search(said) or head.endswith(("self", "'s")):
        return None
    return end, _kind(head)


def _names(token: str) -> bool:
    """Whether a word may be a name, which is left alone, or is shouted; "GP" is neither."""
    if token.isupper():
        return len(token) > MOST_CAPITALS
    return token[0].isupper() and token.lower() not in lists.TIMES


def _with_its_place(low: Sequence[str], begin: int, end: int) -> int:
    """The end of the phrase with what "of" and the like put behind it: "the queue on the stairs"."""
    if low[end : end + 1] == [] or low[end] not in lists.JOINING:
        return end
    more = end + 1
    if low[more : more + 1] and low[more] in lists.DETERMINERS:
        more += 1
    if low[end] == "to" and low[more : more + 1] and low[more] in _INFINITIVES:
        return end
    further = _run(low, more)
    fits = more < further and further - begin <= MOST_WORDS + 3
    # "A list of names" is cut in two after its first noun.
    whole = low[further : further + 1] != ["of"]
    told = (
        low[end] == "about" and low[begin - 2 : begin - 1] and low[begin - 2] in lists.TELLING
    )
    return (
        further if fits and whole and not told and low[more - 1] not in ("my", "our") else end
    )


def _run(low: Sequence[str], begin: int) -> int:
    """How far the words of one phrase go from `begin`."""
    end = begin
    while end < len(low) and low[end][0].isalpha() and low[end] not in lists.BOUNDARY:
        verb = low[end] in lists.VERBS or (
            low[end].endswith("ed") and not _noun_follows(low, end)
        )
        adverb = lists.ADVERBS.fullmatch(low[end]) and low[end] not in lists.LIKE_ADVERBS
        trails = low[end] in lists.TRAILING and not _noun_follows(low, end)
        if end > begin and (verb or adverb or trails):
            break
        end += 1
    return end


def _noun_follows(low: Sequence[str], place: int) -> bool:
    after = low[place + 1 : place + 2]
    return bool(after) and after[0][0].isalpha() and after[0] not in lists.BOUNDARY


def _kind(head: str) -> str:
    if head in lists.PEOPLE:
        return PERSON
    goes_on = head.endswith(lists.PROCESS_ENDINGS) and head not in lists.NO_PROCESSES
    return PROCESS if goes_on or head in lists.PROCESSES else THING
