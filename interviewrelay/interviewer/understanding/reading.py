"""Reading: what an answer shows on its own, without its context."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.acts.act_detection import detect_acts
from interviewrelay.interviewer.guide import Guide
from interviewrelay.interviewer.safety import disclosures, prompt_injection
from interviewrelay.interviewer.text.tokenization import (
    count_unspaced_letters,
    filter_content_words,
    get_base_language,
    split_words,
)
from interviewrelay.interviewer.understanding.coverage import FoundNeed, find_needs

VERSION = 10
"""Version of readings; others are computed again."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """Reading of a text: dialogue acts in order of priority, topics of questions about the
    interview, numbers of words and of content words, and the needs touched or covered by
    `coverage.build_need_key`; `telling` as in `acts.act_detection.DetectedActs`, `orders` as in
    `prompt_injection`; `close` as in `answer_similarity.measure`, empty if not measured;
    `discloses` as in `disclosures.classify_disclosure`.
    """

    acts: tuple[str, ...]
    topics: tuple[str, ...] = ()
    words: int = 0
    content: int = 0
    needs: Mapping[str, FoundNeed] = field(default_factory=dict)
    telling: bool = True
    orders: bool = False
    close: Mapping[str, float] = field(default_factory=dict)
    discloses: str = ""

    def has(self, act: str) -> bool:
        return act in self.acts

    def with_covered_need(self, key: str, text: str) -> "Analysis":
        """Copy of the reading for an answer that was asked for one need and covers it."""
        seen = self.needs.get(key)
        if seen is not None and seen.status == "covered":
            return self
        found = FoundNeed(
            "covered", seen.quote if seen else text[:300], seen.cues if seen else ()
        )
        return replace(self, needs={**self.needs, key: found})

    def as_correction(self) -> "Analysis":
        """Copy of the reading for an answer that corrects an earlier one."""
        done = {*self.acts, acts.CORRECTION}
        return replace(self, acts=tuple(act for act in acts.PRIORITY if act in done))

    def as_json(self, language: str) -> dict[str, object]:
        return {
            "version": VERSION,
            "language": get_base_language(language),
            "acts": list(self.acts),
            "topics": list(self.topics),
            "words": self.words,
            "content": self.content,
            "telling": self.telling,
            "orders": self.orders,
            "needs": {
                key: {"status": n.status, "quote": n.quote, "cues": list(n.cues)}
                for key, n in self.needs.items()
            },
            **({"close": dict(self.close)} if self.close else {}),
            **({"discloses": self.discloses} if self.discloses else {}),
        }


def analyze_answer(guide: Guide, text: str, *, skipped: bool = False) -> Analysis:
    """Reading of one answer. A pressed Skip is a refusal, whatever the text."""
    if skipped:
        return Analysis(acts=(acts.REFUSAL, acts.SKIP), telling=False)
    heard = detect_acts(text, guide.language)
    said = split_words(text)
    # Two letters of a script without spaces make about a word.
    more = count_unspaced_letters(text) // 2
    # A text that only tries to steer the interviewer is no evidence for the study.
    told = heard.rest if acts.INJECTION in heard.acts else text
    return Analysis(
        acts=heard.acts,
        topics=heard.topics,
        words=len(said) + more,
        content=len(filter_content_words(said, guide.language)) + more,
        needs=find_needs(guide, told),
        telling=heard.tells_something,
        orders=prompt_injection.is_injection(text),
        discloses=disclosures.classify_disclosure(text, guide.language),
    )


def parse_analysis(stored: Mapping[str, object] | None) -> Analysis | None:
    """Stored reading, or None if there is none of this version."""
    if not stored or stored.get("version") != VERSION:
        return None
    part = dict(stored)
    try:
        return Analysis(
            acts=tuple(_texts(part["acts"])),
            topics=tuple(_texts(part["topics"])),
            words=_whole(part["words"]),
            content=_whole(part["content"]),
            needs={key: _found(value) for key, value in _mapping(part["needs"]).items()},
            telling=part.get("telling") is not False,
            orders=part.get("orders") is True,
            close={
                key: _share(value) for key, value in _mapping(part.get("close", {})).items()
            },
            discloses=str(part.get("discloses", "")),
        )
    except (KeyError, TypeError):
        return None


def _found(value: object) -> FoundNeed:
    part = _mapping(value)
    cues = tuple(_whole(n) for n in _list(part["cues"]))
    return FoundNeed(str(part["status"]), str(part["quote"]), cues)


def _texts(value: object) -> list[str]:
    return [str(v) for v in _list(value)]


def _list(value: object) -> list[object]:
    if not isinstance(value, (list, tuple)):
        raise TypeError(value)
    return list(value)


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise TypeError(value)
    return value


def _share(value: object) -> float:
    if not isinstance(value, (int, float)):
        raise TypeError(value)
    return float(value)


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(value)
    return value
