"""Hearing: one answer as a model's input, with the engine's own move ready."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Final

from interviewrelay.core.conversation import Turn
from interviewrelay.interviewer import acts
from interviewrelay.interviewer.dialogue import controller, meta_answers
from interviewrelay.interviewer.dialogue.controller import EngineContext, Move
from interviewrelay.interviewer.guide import Guide
from interviewrelay.interviewer.model import envelope as model_envelope
from interviewrelay.interviewer.model.envelope import (
    Envelope,
    build_envelope,
    restrict_to_prepared,
)
from interviewrelay.interviewer.model.grounds import Grounds
from interviewrelay.interviewer.model.request import Scene, list_disclosures
from interviewrelay.interviewer.policy.turn_context import TurnContext
from interviewrelay.interviewer.state.state import enter_goals
from interviewrelay.interviewer.understanding import response
from interviewrelay.interviewer.understanding.coverage import list_needs

MORE_THAN_GOODBYE: Final = 15
"""Minimum words of a goodbye that says something else too."""


@dataclass(frozen=True)
class ModelTurn:
    """Answer for a model to analyse, with the engine's own move ready."""

    guide: Guide
    turns: Sequence[Turn]
    context: EngineContext
    fallback: Move
    now: TurnContext
    envelope: Envelope

    @property
    def marked_before(self) -> Sequence[int]:
        """Numbers of the answers that the answer before the last marked as not to be quoted."""
        told = [turn for turn in self.turns[:-1] if turn.speaker == "participant"]
        sense = response.parse_interpretation(told[-1].reading) if told else None
        return sense.unquoted if sense else ()

    def envelope_after(self, learned: Mapping[str, str]) -> Envelope:
        """Envelope after these learning goals were covered, with questions that only asked for them
        skipped.
        """
        if model_envelope.NEXT not in self.envelope.targets or self.envelope.prepared:
            return self.envelope
        after = copy(self.now)
        after.state = replace(self.now.state, needs={**self.now.state.needs})
        enter_goals(after.state.needs, learned)
        found = build_envelope(after, self.envelope.minutes_left)
        more = found.targets.get(model_envelope.NEXT, ()) if found else ()
        known = self.envelope.targets
        following = tuple(dict.fromkeys([*known[model_envelope.NEXT], *more]))
        return replace(self.envelope, targets={**known, model_envelope.NEXT: following})

    def scene(
        self,
        notes: Mapping[int, str],
        most_tokens: int,
        refused: Sequence[tuple[str, str]] = (),
    ) -> Scene:
        """Input of the model request."""
        return Scene(
            self.guide,
            self.now.state,
            list_visible_turns(self.turns),
            self.envelope,
            notes,
            list_facts(self.now),
            most_tokens,
            refused,
        )

    def grounds(self) -> Grounds:
        """Grounds for checking the moves."""
        guide, state = self.guide, self.now.state
        needs = [text for _, _, need in list_needs(guide) for text in (need.label, need.ask)]
        questions = [text for q in guide.questions for text in (q.text, *q.probes)]
        return Grounds(
            language=guide.language,
            answers=[
                t.text for t in list_visible_turns(self.turns) if t.speaker == "participant"
            ],
            author=[guide.name, guide.purpose, *questions, *filter(None, needs)],
            asked=[turn.text for turn in self.turns if turn.speaker == "ai"] + state.asked,
            lines=[line for line in state.lines if line],
            avoided=state.avoided,
            facts=[*list_facts(self.now), *list_disclosures(guide)],
        )


def prepare_model_turn(
    guide: Guide, turns: Sequence[Turn], context: EngineContext, fallback: Move
) -> ModelTurn | None:
    """The last answer as a model's input; None if only the engine may reply."""
    if fallback.decision is None or fallback.reading is None:
        return None
    if fallback.ends and not _wants_a_word(fallback):
        return None
    read = [*turns[:-1], replace(turns[-1], reading=fallback.reading)]
    now = controller.build_turn_context(guide, read, context)
    if fallback.ends and now.state.alarmed:
        return None  # the addresses for help stay the last word
    found = (
        _last_word() if fallback.ends else build_envelope(now, fallback.progress.minutes_left)
    )
    if found is not None and guide.autonomy == "words" and not fallback.ends:
        found = restrict_to_prepared(found, fallback.decision)
    return None if found is None else ModelTurn(guide, read, context, fallback, now, found)


def _wants_a_word(move: Move) -> bool:
    """True if the last words ask or correct something, wish something left out, or say more than
    goodbye. Danger and a withdrawal belong to the engine alone.
    """
    known = move.reading or {}
    done, said = known.get("acts"), known.get("words")
    if not isinstance(done, Sequence) or not {acts.SAFETY, acts.WITHDRAW}.isdisjoint(done):
        return False
    leaves = acts.STOP in done and isinstance(said, int) and said >= MORE_THAN_GOODBYE
    return leaves or not {acts.META, acts.CORRECTION, acts.LEAVE_OUT}.isdisjoint(done)


def _last_word() -> Envelope:
    """Envelope for a final word: nothing more is asked, and the last words are answered before the
    thanks.
    """
    return Envelope(
        targets={model_envelope.ANSWER: ()},
        next_question=None,
        follow_ups=0,
        musts=0,
        minutes_left=0,
        acknowledged=False,
    )


def list_facts(now: TurnContext) -> list[str]:
    """Facts about the interview that may be told, in the engine's words."""
    told = (
        meta_answers.answer((topic,), now.guide, now.state, now.facts, now.voice)
        for topic in _TOPICS
    )
    linked = now.voice.meta("who_sees.anonymous") if now.facts.returning_by_link else ""
    return [fact for fact in dict.fromkeys([*told, linked]) if fact]


_TOPICS: Final = (
    "human",
    "how_long",
    "who_sees",
    "unquoted",
    "kept",
    "why",
    "consequences",
    "can_skip",
    "can_stop",
    "can_return",
)


def list_visible_turns(turns: Sequence[Turn]) -> list[Turn]:
    """Turns as the model sees them: an order to a machine is hidden, and so is the answer after it,
    since an order may be split over two.
    """
    told, after = [], False
    for turn in turns:
        steers = _steers(turn)
        told.append(replace(turn, text="") if steers or (after and turn.reading) else turn)
        after = steers or (after and turn.speaker == "ai")
    return told


def _steers(turn: Turn) -> bool:
    reading = turn.reading or {}
    done = reading.get("acts")
    return bool(reading.get("orders")) or (
        isinstance(done, Sequence) and acts.INJECTION in done
    )
