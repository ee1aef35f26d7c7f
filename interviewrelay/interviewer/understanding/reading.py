"""Reading: what an answer shows on its own, without its context."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from interviewrelay.interviewer import acts
from interviewrelay.interviewer.acts.act_detection import hear
from interviewrelay.interviewer.guide import Guide
from interviewrelay.interviewer.safety import disclosures, prompt_injection
from interviewrelay.interviewer.text.tokenization import (
    base_language,
    content_words,
    unspaced,
    words,
)
from interviewrelay.interviewer.understanding.coverage import Found, find_needs

VERSION = 10
"""Version of readings; others are computed again."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Reading of a text: dialogue acts in order of priority, topics of questions about the
    interview, numbers of words and of content words, and the needs touched or covered by
    `need_key`; `telling` as in `acts.act_detection.Heard`, `orders` as in `prompt_injection`;
    `close` as in `answer_similarity.measured`, empty if not measured; `discloses` as in
    `disclosures.disclosed`.
    """

    acts: tuple[str, ...]
    topics: tuple[str, ...] = ()
    words: int = 0
    content: int = 0
    needs: Mapping[str, Found] = field(default_factory=dict)
    telling: bool = True
    orders: bool = False
    close: Mapping[str, float] = field(default_factory=dict)
    discloses: str = ""

    def has(self, act: str) -> bool:
        return act in self.acts

    def covering(self, key: str, text: str) -> "Reading":
        """The same reading for an answer that was asked for one need and gave it."""
        seen = self.needs.get(key)
        if seen is not None and seen.status == "covered":
            return self
        found = Found("covered", seen.quote if seen else text[:300], seen.cues if seen else ())
        return replace(self, needs={**self.needs, key: found})

    def correcting(self) -> "Reading":
        """The same reading for an answer that corrects an earlier one."""
        done = {*self.acts, acts.CORRECTION}
        return replace(self, acts=tuple(act for act in acts.PRIORITY if act in done))

    def as_json(self, language: str) -> dict[str, object]:
        return {
            "version": VERSION,
            "language": base_language(language),
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


def read(guide: Guide, text: str, *, skipped: bool = False) -> Reading:
    """Reading of one answer. A pressed Skip is a refusal, whatever the text."""
    if skipped:
        return Reading(acts=(acts.REFUSAL, acts.SKIP), telling=False)
    heard = hear(text, guide.language)
    said = words(text)
    # Two letters of a script without spaces make about a word.
    more = unspaced(text) // 2
    # A text that only tries to steer the interviewer is no evidence for the study.
    told = heard.rest if acts.INJECTION in heard.acts else text
    return Reading(
        acts=heard.acts,
        topics=heard.topics,
        words=len(said) + more,
        content=len(content_words(said, guide.language)) + more,
        needs=find_needs(guide, told),
        telling=heard.telling,
        orders=prompt_injection.orders(text),
        discloses=disclosures.disclosed(text, guide.language),
    )


def from_json(stored: Mapping[str, object] | None) -> Reading | None:
    """Stored reading, or None if there is none of this version."""
    if not stored or stored.get("version") != VERSION:
        return None
    part = dict(stored)
    try:
        return Reading(
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


def _found(value: object) -> Found:
    part = _mapping(value)
    cues = tuple(_whole(n) for n in _list(part["cues"]))
    return Found(str(part["status"]), str(part["quote"]), cues)


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
