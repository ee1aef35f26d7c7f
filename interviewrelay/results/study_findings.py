"""Findings across the interviews of a study, without a language model: what several people say, in
their own words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from sqlalchemy import select

from interviewrelay.analysis import clusters, quotes
from interviewrelay.analysis.clause_table import Answer
from interviewrelay.analysis.clusters import Cluster
from interviewrelay.core.db.session import db, transaction
from interviewrelay.evidence import claims, evidence
from interviewrelay.evidence.claims import SUPPORT, Draft, Tally
from interviewrelay.evidence.evidence import Passage, Refusal
from interviewrelay.insights import campaign_insights
from interviewrelay.interviews import state
from interviewrelay.models import (
    Campaign,
    Claim,
    ClaimEvidence,
    Evidence,
    Interview,
    InterviewAnalysis,
    TurnRow,
)
from interviewrelay.results import interview_claims
from interviewrelay.runtime.services import Services

MOST: Final = 7
"""Findings of an analysis."""
SAME: Final = 0.5
"""Share of the smaller one's evidence from which two findings say the same."""


@dataclass(frozen=True, slots=True)
class Member:
    """Passage of a group: where it stands."""

    interview_id: str
    turn_number: int
    start: int
    quote: str


@dataclass(frozen=True, slots=True)
class PassageGroup:
    """Passages of several people that say the same, the most telling first."""

    support: tuple[Member, ...]
    counter: tuple[Member, ...] = ()


def find_findings(services: Services, campaign: Campaign) -> list[PassageGroup]:
    """Groups of passages in the interviews that have been analysed, those of most people first."""
    del services
    answers: list[Answer] = []
    turns: dict[str, TurnRow] = {}
    texts: dict[str, str] = {}
    languages: set[str] = set()
    for interview, own in _iterate_interviews(campaign.id):
        languages.add(interview.language)
        hidden = quotes.find_hidden_names(turn.reading for turn in own)
        for turn, text, _ in interview_claims.list_valid_answers(own, interview.language):
            mood = campaign_insights.build_counted_turn(turn, interview.language).told
            if mood is not None:
                turns[turn.id], texts[turn.id] = turn, text
                answers.append(
                    Answer(interview.id, turn.id, text, interview.language, mood, hidden=hidden)
                )
    words = campaign_insights.get_script_words(state.get_script(campaign), languages)
    return [
        _build_group(cluster, turns, texts)
        for cluster in clusters.find_clusters(answers, words, most=MOST)
        if cluster.stated is not None
    ]


def _build_group(
    cluster: Cluster, turns: Mapping[str, TurnRow], texts: Mapping[str, str]
) -> PassageGroup:
    """The statement that is the label first, then one of each other person."""
    members: dict[str, Member] = {}
    for place in (cluster.stated, *cluster.quotes):
        if place is not None:
            turn = turns[place.turn_id]
            quote = texts[turn.id][place.start : place.end]
            member = Member(turn.interview_id, turn.number, place.start, quote)
            members.setdefault(turn.interview_id, member)
    return PassageGroup(tuple(members.values()))


def store_findings(
    campaign: Campaign, analysis_id: str, groups: Sequence[PassageGroup]
) -> Tally:
    """Replace the findings that nobody pinned. A pinned finding takes the new evidence of a group
    that says the same; a dismissed one keeps its group from coming back.
    """
    del analysis_id
    members = [one for group in groups for one in (*group.support, *group.counter)]
    known, refused = _store_evidence(members)
    with transaction():
        there = _still_there(known.values())
        claims.delete_claims(campaign.id, ["finding"])
        kept = _load_kept(campaign.id)
        drafts = []
        for group in groups:
            support = [known[m] for m in group.support if known.get(m) in there]
            counter = [known[m] for m in group.counter if known.get(m) in there]
            same = next((claim for claim in kept if _say_the_same(claim, support)), None)
            if same is None:
                drafts.append(Draft("finding", support, counter))
            elif not same.dismissed:
                _add_evidence(same, support, counter)
        first = max((claim.position + 1 for claim in kept), default=0)
        _, tally = claims.add_claims(
            campaign.org_id, campaign.id, drafts, made_by=claims.BUILT_IN, first=first
        )
    tally.refused.update(refused)
    return tally


def _iterate_interviews(campaign_id: str) -> Iterable[tuple[Interview, list[TurnRow]]]:
    interviews = db.session.execute(
        select(Interview)
        .join(InterviewAnalysis, InterviewAnalysis.interview_id == Interview.id)
        .where(InterviewAnalysis.campaign_id == campaign_id)
    ).scalars()
    known = {interview.id: interview for interview in interviews}
    rows = db.session.execute(
        select(TurnRow)
        .join(InterviewAnalysis, InterviewAnalysis.interview_id == TurnRow.interview_id)
        .where(InterviewAnalysis.campaign_id == campaign_id)
        .order_by(TurnRow.interview_id, TurnRow.number)
    ).scalars()
    for interview_id, own in groupby(rows, lambda row: row.interview_id):
        if interview_id in known:
            yield known[interview_id], list(own)


def _store_evidence(members: Sequence[Member]) -> tuple[dict[Member, str], list[Refusal]]:
    """Evidence ids by member; one interview at a time, so that its answers wait only for that."""
    known: dict[Member, str] = {}
    refused: list[Refusal] = []
    by_interview: dict[str, list[Member]] = {}
    for member in members:
        by_interview.setdefault(member.interview_id, []).append(member)
    for interview_id, own in by_interview.items():
        with transaction():
            interview = db.session.execute(
                select(Interview).where(Interview.id == interview_id)
            ).scalar_one_or_none()
            if interview is None:  # erased meanwhile
                continue
            passages = [Passage(one.quote, one.turn_number, one.start) for one in own]
            outcomes = evidence.add_evidence(interview, passages).outcomes
            for member, outcome in zip(own, outcomes, strict=True):
                if isinstance(outcome, Evidence):
                    known[member] = outcome.id
                else:
                    refused.append(outcome)
    return known, refused


def _still_there(ids: Iterable[str]) -> set[str]:
    wanted = list(dict.fromkeys(ids))
    found: set[str] = set()
    for first in range(0, len(wanted), evidence.CHUNK):
        query = select(Evidence.id).where(
            Evidence.id.in_(wanted[first : first + evidence.CHUNK])
        )
        found.update(db.session.execute(query).scalars())
    return found


def _load_kept(campaign_id: str) -> Sequence[Claim]:
    query = (
        select(Claim)
        .where(
            Claim.campaign_id == campaign_id,
            Claim.kind == "finding",
            Claim.interview_id.is_(None),
        )
        .order_by(Claim.position)
    )
    return db.session.execute(query).scalars().all()


def _say_the_same(claim: Claim, support: Sequence[str]) -> bool:
    own = {link.evidence_id for link in claim.evidence if link.role == SUPPORT}
    smaller = min(len(own), len(set(support)))
    return smaller > 0 and len(own & set(support)) >= SAME * smaller


def _add_evidence(claim: Claim, support: Sequence[str], counter: Sequence[str]) -> None:
    known = {link.evidence_id: link.role for link in claim.evidence}
    fresh = [one for one in support if one not in known]
    against = [one for one in counter if one not in known and one not in fresh]
    first = max((link.position + 1 for link in claim.evidence), default=0)
    for position, one in enumerate([*fresh, *against], first):
        role = SUPPORT if one in fresh else claims.COUNTER
        claim.evidence.append(ClaimEvidence(evidence_id=one, role=role, position=position))
