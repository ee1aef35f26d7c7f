"""Claims about one interview without a language model: a summary in the participant's own
sentences, the answers to the learning goals, and incidents that the interviewer noticed.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from interviewrelay.analysis import quotes, stemming, summary, superseded
from interviewrelay.core.db.session import require_transaction
from interviewrelay.evidence import claims, evidence
from interviewrelay.evidence.claims import Draft, Tally
from interviewrelay.evidence.evidence import Passage, Refusal
from interviewrelay.insights import campaign_insights
from interviewrelay.interviewer.guide import Guide, Need
from interviewrelay.interviewer.state.fold import fold_turns
from interviewrelay.interviewer.understanding.coverage import list_needs
from interviewrelay.interviews import state
from interviewrelay.models import Evidence, Interview, TurnRow

VERSION: Final = "1"
"""Changes whenever these claims would come out differently, so that they are made again."""
KINDS: Final = ("summary", "goal", "incident")
LONGEST_ANSWER: Final = 240
"""Characters of an answer that is quoted whole for the goal it was asked about."""
MOST_PASSAGES: Final = 3
"""Passages for each learning goal."""


def digest_input(guide: Guide, turns: Sequence[TurnRow]) -> str:
    """Digest of everything that the claims about an interview are made from."""
    read = [
        (turn.number, turn.text, turn.quotable, turn.struck, turn.skipped, turn.reading)
        for turn in turns
    ]
    goals = [(key, need.ask, need.cues) for key, _, need in list_needs(guide)]
    told = json.dumps([VERSION, goals, read], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def replace_claims(interview: Interview, guide: Guide, turns: Sequence[TurnRow]) -> Tally:
    """Building block: make the claims about an interview anew."""
    require_transaction()
    claims.delete_claims(interview.campaign_id, KINDS, interview.id)
    wanted = [
        *_summarize(turns, interview.language),
        *_answer_goals(guide, turns),
        *_report_incidents(turns),
    ]
    passages = [passage for _, own in wanted for passage in own]
    outcomes = iter(evidence.add_evidence(interview, passages).outcomes)
    drafts, tally = [], Tally()
    for draft, own in wanted:
        found = [next(outcomes) for _ in own]
        ids = [one.id for one in found if isinstance(one, Evidence)]
        tally.refused.update(one for one in found if isinstance(one, Refusal))
        drafts.append(
            Draft(draft.kind, ids, text=draft.text, key=draft.key, status=draft.status)
        )
    _, added = claims.add_claims(
        interview.org_id,
        interview.campaign_id,
        drafts,
        made_by=claims.BUILT_IN,
        interview_id=interview.id,
    )
    tally.add(added)
    return tally


def list_valid_answers(
    turns: Sequence[TurnRow], language: str
) -> list[tuple[TurnRow, str, float]]:
    """Answers that tell something and may be quoted, without sentences that were corrected later,
    and the strength of their sentiment.
    """
    gone = superseded.find_superseded(turns)
    texts = superseded.build_current_texts(turns, gone)
    found = []
    for turn in turns:
        if turn.speaker != "participant" or not turn.quotable or turn.struck:
            continue
        mood = campaign_insights.build_counted_turn(turn, language).told
        if mood is not None:
            found.append((turn, texts.get(turn.id, turn.text), abs(mood.score)))
    return found


def _summarize(
    turns: Sequence[TurnRow], language: str
) -> Iterator[tuple[Draft, list[Passage]]]:
    told = list_valid_answers(turns, language)
    said = [
        summary.SummaryAnswer(text, turn.question_id, strength) for turn, text, strength in told
    ]
    for place, sentence in summary.choose_sentences(said, language):
        turn, text, _ = told[place]
        passage = Passage(sentence, turn.number, text.find(sentence))
        yield Draft("summary", ()), [passage]


def _answer_goals(
    guide: Guide, turns: Sequence[TurnRow]
) -> Iterator[tuple[Draft, list[Passage]]]:
    """Answers to the learning goals that the interview covered or touched."""
    known = fold_turns(guide, state.build_engine_turns(turns))
    for key, question, need in list_needs(guide):
        status = known.need(question, need.id)
        if status in ("covered", "touched"):
            shown = list(_show_goal(key, need, guide.language, turns))
            yield Draft("goal", (), key=key, status=status), shown[:MOST_PASSAGES]


def _show_goal(
    key: str, need: Need, language: str, turns: Sequence[TurnRow]
) -> Iterator[Passage]:
    """Passages that show a goal: first those that cover it, then those that touch it."""
    touched = []
    for turn in turns:
        reading: Mapping[str, Any] = turn.reading or {}
        found = (reading.get("needs") or {}).get(key)
        told = turn.speaker == "participant" and turn.text
        if found and told:
            passage = Passage(_shorten(found["quote"], need, language), turn.number)
            if found["status"] == "covered":
                yield passage
            else:
                touched.append(passage)
        elif told and key in ((reading.get("sense") or {}).get("covered") or ()):
            yield Passage(_shorten(turn.text, need, language), turn.number)
    yield from touched


def _shorten(text: str, need: Need, language: str) -> str:
    """A long answer's sentence that shares most words with what was to be learned."""
    if len(text) <= LONGEST_ANSWER:
        return text
    wanted = stemming.get_stems(" ".join([need.ask, need.label, *need.cues]), language)
    parts = [text[slice(*span)] for span in quotes.split_sentences(text)]
    return max(parts, key=lambda part: len(wanted & stemming.get_stems(part, language)))


def _report_incidents(turns: Sequence[TurnRow]) -> Iterator[tuple[Draft, list[Passage]]]:
    """Incidents that a model noticed while it interviewed."""
    for turn in turns:
        told: Mapping[str, Any] = (turn.decision or {}).get("model") or {}
        incident = told.get("incident")
        if isinstance(incident, Mapping) and incident.get("quote"):
            yield (
                Draft("incident", (), text=str(incident.get("why", ""))),
                [Passage(str(incident["quote"]))],
            )
