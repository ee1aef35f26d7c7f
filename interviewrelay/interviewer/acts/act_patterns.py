"""Act patterns of all languages: how people say stop, skip and the like.

The words are in `acts.toml` (whole sentences, and parts of one) and `topics.toml` (questions about
the interview) of each language.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from interviewrelay.interviewer import languages
from interviewrelay.interviewer.patterns.lazy_pattern import LazyPattern
from interviewrelay.interviewer.patterns.pattern_prefilter import PatternIndex
from interviewrelay.interviewer.text.tokenization import get_base_language, normalize

MOST_POLITE_WORDS = 4

WHOLE, ANYWHERE, TOPIC = "whole", "anywhere", "topic"


@dataclass(frozen=True, slots=True)
class ActPatterns:
    """Patterns by kind and name: `WHOLE` ones must match a whole sentence, `ANYWHERE` ones a part,
    and so must `TOPIC`s of questions about the interview. All apply to a plain sentence without
    polite words at its ends.
    """

    looks: Mapping[str, LazyPattern]
    known: PatternIndex[tuple[str, str]]

    def list_forms(self, line: str) -> tuple[str, ...]:
        """Forms of a plain sentence: without end marks, then without polite words after it, then
        with one fewer polite word before it each time, unless nothing is left. The shortest is
        last.
        """
        bare = _MARKS.sub("", line)
        found = [bare, self._trimmed(bare)]
        for _ in range(MOST_POLITE_WORDS):
            shorter = self._without_lead(found[-1]).strip(_LOOSE)
            found.append(self._trimmed(shorter) or found[-1])
        return tuple(dict.fromkeys(found))

    def is_only_polite(self, line: str) -> bool:
        """True if a plain text consists only of polite words."""
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
        found = self.looks["lead"].match(line)
        return line[found.end() :] if found else line

    def _without_tail(self, line: str) -> str:
        return "" if self.looks["alone"].fullmatch(line) else self.looks["tail"].sub("", line)


_LOOSE = " ,;:-"
_MARKS = LazyPattern(
    "^[\\s\"'(\u00bf\u00a1\u2026.,;:*-]+|[\\s\"')\u2026.,;:!?*\u061f\u060c-]+$"
)


def _patterns(code: str) -> ActPatterns:
    own = partial(languages.read_pattern_sources, code)
    kinds = (
        (WHOLE, own("acts", WHOLE)),
        (ANYWHERE, own("acts", ANYWHERE)),
        (TOPIC, own("topics")),
    )
    known = {(kind, name): form for kind, table in kinds for name, form in table.items()}
    return ActPatterns(languages.build_patterns(code, "acts"), PatternIndex(known))


PATTERNS = languages.build_by_language("acts", WHOLE, _patterns)

_ARABIC = LazyPattern("[\u0620-\u064a]")


def list_spoken(language: str, line: str = "") -> list[str]:
    """Languages to check: the script's, English, and Arabic, whose script is unmistakable."""
    more = ("ar",) if _ARABIC.search(line) else ()
    return list(dict.fromkeys(("en", get_base_language(language), *more)))


def is_only_polite(line: str, language: str) -> bool:
    """True if a plain text consists only of polite words."""
    known = (PATTERNS.get(code) for code in list_spoken(language, line))
    return any(patterns.is_only_polite(line) for patterns in known if patterns is not None)


def list_forms(line: str, language: str) -> list[str]:
    """Shorter forms of a plain text in the languages to check."""
    known = (PATTERNS.get(code) for code in list_spoken(language, line))
    found = (patterns.list_forms(line) for patterns in known if patterns is not None)
    return list(dict.fromkeys(form for some in found for form in some))


def _abuse(code: str) -> LazyPattern:
    return LazyPattern(
        lambda: rf"^\W*(?:{languages.read_pattern_source(code, 'acts', 'abuse')})[\W_]*$"
    )


_ABUSE = languages.build_by_language("acts", "abuse", _abuse)


def is_abuse(text: str, language: str) -> bool:
    """True if a text is only abuse of the interviewer, so that nothing in it is taken up."""
    codes = {"en", get_base_language(language)}
    return any(
        _ABUSE[code].search(normalize(text)) is not None for code in codes if code in _ABUSE
    )
