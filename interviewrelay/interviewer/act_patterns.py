"""How people say stop, skip, repeat and the like: the patterns of all languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from interviewrelay.interviewer import (
    act_patterns_brief as brief,
    act_patterns_care as care,
    act_patterns_en as en,
    act_patterns_ends as ends,
    act_patterns_leave as leave,
    act_patterns_more as more,
    act_patterns_other as other,
    act_patterns_rude as rude,
    act_patterns_stop,
    act_topics_other,
    act_topics_rights as rights,
)
from interviewrelay.interviewer.late import Late
from interviewrelay.interviewer.needles import Haystacks
from interviewrelay.interviewer.words import base_language

MOST_POLITE_WORDS = 4

WHOLE, ANYWHERE, TOPIC = "whole", "anywhere", "topic"


@dataclass(frozen=True, slots=True)
class ActPatterns:
    """What is `known` by kind and name: `WHOLE` patterns must fit a whole sentence, `ANYWHERE` patterns
    a part; so do `TOPIC`s of questions about the interview. All look at a plain sentence without its
    polite ends.
    """

    lead: Late
    tail: Late
    alone: Late
    known: Haystacks[tuple[str, str]]

    def forms(self, line: str) -> tuple[str, ...]:
        """A plain sentence without its end marks, again without the polite words after it, and then
        without one more of those before it each time, unless nothing is left. The shortest is last.
        """
        bare = _MARKS.sub("", line)
        found = [bare, self._trimmed(bare)]
        for _ in range(MOST_POLITE_WORDS):
            shorter = self._without_lead(found[-1]).strip(_LOOSE)
            found.append(self._trimmed(shorter) or found[-1])
        return tuple(dict.fromkeys(found))

    def polite(self, line: str) -> bool:
        """Whether a plain text is nothing but the words before and after what is said."""
        rest = _MARKS.sub("", line)
        for _ in range(MOST_POLITE_WORDS):
            before = rest
            for cut in (self._without_lead, self._without_tail):
                rest = cut(rest).strip(_LOOSE)
            if rest == before:
                break
        return not rest

    def _trimmed(self, line: str) -> str:
        """Without the polite words after it, as long as anything is left."""
        for _ in range(MOST_POLITE_WORDS):
            before = line
            line = self._without_tail(line).strip(_LOOSE) or line
            if line == before:
                break
        return line

    def _without_lead(self, line: str) -> str:
        found = self.lead.match(line)
        return line[found.end() :] if found else line

    def _without_tail(self, line: str) -> str:
        return "" if self.alone.fullmatch(line) else self.tail.sub("", line)


_LOOSE = " ,;:-"
_MARKS = Late("^[\\s\"'(\u00bf\u00a1\u2026.,;:*-]+|[\\s\"')\u2026.,;:!?*\u061f\u060c-]+$")


def _ends(leads: str, tails: str) -> tuple[Late, Late, Late]:
    """The words before, those after, and those after when there is nothing else."""
    lead = Late(rf"(?:{leads})(?:[\s,.;:!-]+|$)")
    return lead, Late(rf"(?<![\s,.;:-])[\s,.;:-]+(?:{tails})$"), Late(tails)


def _patterns(
    code: str,
    polite_ends: tuple[str, str],
    whole: Mapping[str, str],
    anywhere: Mapping[str, str],
    topics: Mapping[str, str],
) -> ActPatterns:
    kinds = (
        (
            WHOLE,
            _joined(
                whole,
                ends.WHOLE.get(code, {}),
                _more(code),
                more.WHOLE.get(code, {}),
                brief.WHOLE.get(code, {}),
            ),
        ),
        (
            ANYWHERE,
            _joined(
                anywhere,
                ends.ANYWHERE.get(code, {}),
                care.ANYWHERE.get(code, {}),
                more.ANYWHERE.get(code, {}),
            ),
        ),
        (
            TOPIC,
            _joined(
                topics,
                rights.TOPICS.get(code, {}),
                more.TOPICS.get(code, {}),
                brief.TOPICS.get(code, {}),
            ),
        ),
    )
    known = {(kind, name): words for kind, table in kinds for name, words in table.items()}
    return ActPatterns(*_ends(*polite_ends), Haystacks(known))


def _more(code: str) -> Mapping[str, str]:
    tables = (act_patterns_stop.STOP, leave.LEAVES, leave.FAREWELLS)
    stops = {"stop": "|".join(table[code] for table in tables if code in table)}
    return {**stops, "complaint": rude.WHOLE[code]} if code in rude.WHOLE else stops


def _joined(*tables: Mapping[str, str]) -> Mapping[str, str]:
    """Tables of patterns in one; where several know a name, any of theirs will do."""
    names = dict.fromkeys(name for table in tables for name in table)
    return {name: "|".join(table[name] for table in tables if name in table) for name in names}


PATTERNS: Mapping[str, ActPatterns] = {
    "en": _patterns("en", en.ENDS, en.WHOLE, en.ANYWHERE, en.TOPICS),
    **{
        code: _patterns(
            code,
            other.ENDS[code],
            other.WHOLE[code],
            other.ANYWHERE.get(code, {}),
            act_topics_other.TOPICS[code],
        )
        for code in other.WHOLE
    },
}

_ARABIC = Late("[\u0620-\u064a]")


def spoken(language: str, line: str = "") -> list[str]:
    """English is understood in every interview, and so is Arabic, which no other script resembles."""
    more = ("ar",) if _ARABIC.search(line) else ()
    return list(dict.fromkeys(("en", base_language(language), *more)))


def polite(line: str, language: str) -> bool:
    """Whether a plain text is nothing but the words before and after what is said."""
    known = (PATTERNS.get(code) for code in spoken(language, line))
    return any(patterns.polite(line) for patterns in known if patterns is not None)


def forms(line: str, language: str) -> list[str]:
    """A plain text in all its shorter forms, in the languages that are understood."""
    known = (PATTERNS.get(code) for code in spoken(language, line))
    found = (patterns.forms(line) for patterns in known if patterns is not None)
    return list(dict.fromkeys(form for some in found for form in some))
