"""Claims about a study or an interview, each carried by evidence.

The only writer of claims. A claim whose evidence is not found in the answers is left out and
counted. When the evidence of an interview goes, the claims that were made from it go too, unless a
person wrote them.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import delete, false, func, or_, select, update

from interviewrelay.core import clock
from interviewrelay.core.db.session import db, require_transaction
from interviewrelay.evidence import evidence
from interviewrelay.evidence.evidence import EvidenceQuote, Refusal
from interviewrelay.models import Claim, ClaimEvidence, Evidence, TurnRow

BUILT_IN: Final = "built-in"
PERSON: Final = "person"
SUPPORT, COUNTER = "support", "counter"


@dataclass(frozen=True, slots=True)
class Draft:
    """Claim to store. `support` and `counter` are ids of evidence, strongest first."""

    kind: str
    support: Sequence[str]
    counter: Sequence[str] = ()
    text: str = ""
    key: str = ""
    status: str | None = None


@dataclass(slots=True)
class Tally:
    """Count of the statements that were proposed, of those without evidence, and of refused quotes,
    by reason.
    """

    statements: int = 0
    unproven: int = 0
    refused: Counter[Refusal] = field(default_factory=Counter)

    def add(self, more: "Tally") -> None:
        self.statements += more.statements
        self.unproven += more.unproven
        self.refused.update(more.refused)


@dataclass(frozen=True, slots=True)
class StatedClaim:
    """Claim as people read it. `statement` is its own text, or the words of its first evidence."""

    row: Claim
    statement: str
    is_quote: bool
    """True if the statement is in a participant's own words."""
    people: int
    """Interviews whose answers support it."""
    against: int
    """Interviews whose answers speak against it."""
    support: tuple[EvidenceQuote, ...]
    counter: tuple[EvidenceQuote, ...]


def add_claims(
    org_id: str,
    campaign_id: str,
    drafts: Sequence[Draft],
    *,
    made_by: str,
    interview_id: str | None = None,
    first: int = 0,
) -> tuple[list[Claim], Tally]:
    """Building block: store the claims that have evidence, in this order from position `first`; the
    others are only counted.
    """
    require_transaction()
    made: list[Claim] = []
    tally = Tally(statements=len(drafts))
    for draft in drafts:
        if not draft.support:
            tally.unproven += 1
            continue
        claim = Claim(
            org_id=org_id,
            campaign_id=campaign_id,
            interview_id=interview_id,
            kind=draft.kind,
            key=draft.key,
            status=draft.status,
            text=draft.text,
            position=first + len(made),
            made_by=made_by,
            pinned=made_by == PERSON,
        )
        set_evidence(claim, draft.support, draft.counter)
        made.append(claim)
    db.session.add_all(made)
    db.session.flush()  # gives the rows their ids
    return made, tally


def set_evidence(claim: Claim, support: Iterable[str], counter: Iterable[str] = ()) -> None:
    """Building block: replace a claim's evidence; what supports it is not also against it."""
    roles = dict.fromkeys(support, SUPPORT)
    for one in counter:
        roles.setdefault(one, COUNTER)
    known = {link.evidence_id: link for link in claim.evidence}
    links = []
    for position, (evidence_id, role) in enumerate(roles.items()):
        link = known.get(evidence_id) or ClaimEvidence(evidence_id=evidence_id)
        link.role, link.position = role, position
        links.append(link)
    claim.evidence = links


def read_claims(rows: Sequence[Claim], *, most: int = 5) -> list[StatedClaim]:
    """Claims with their statement, counts, and up to `most` quotes of each role.

    A claim is left out when nothing that may be quoted supports it, unless a person wrote it.
    """
    counts = _count_people([row.id for row in rows])
    wanted = {row.id: _choose(row, most) for row in rows}
    quotes = evidence.read_quotes(one for ids in wanted.values() for one in ids)
    found = (_state(row, wanted[row.id], quotes, counts, most) for row in rows)
    return [claim for claim in found if claim is not None]


def read_claim(row: Claim, *, most: int = 100) -> StatedClaim:
    """One claim, also without evidence, with up to `most` quotes of each role."""
    (found,) = read_claims([row], most=most) or [
        StatedClaim(row, row.text, is_quote=False, people=0, against=0, support=(), counter=())
    ]
    return found


def delete_claims(
    campaign_id: str, kinds: Collection[str], interview_id: str | None = None
) -> None:
    """Building block: delete what analyses claimed; pinned and dismissed claims stay."""
    require_transaction()
    whose = (
        Claim.interview_id.is_(None)
        if interview_id is None
        else Claim.interview_id == interview_id
    )
    db.session.execute(
        delete(Claim).where(
            Claim.campaign_id == campaign_id,
            Claim.kind.in_(kinds),
            whose,
            Claim.pinned == false(),
            Claim.dismissed == false(),
        )
    )


def forget_claims(interview_id: str, evidence_ids: Collection[str] | None = None) -> None:
    """Building block before evidence of an interview goes: all of it, or only these.

    Written by a model, a claim may repeat the words, so it goes with any of its evidence. Without
    words of its own it goes with the last. What a person wrote stays, without the evidence.
    """
    require_transaction()
    gone = select(Evidence.id).where(Evidence.interview_id == interview_id)
    if evidence_ids is not None:
        gone = gone.where(Evidence.id.in_(evidence_ids))
    touched = select(ClaimEvidence.claim_id).where(ClaimEvidence.evidence_id.in_(gone))
    left = (
        select(ClaimEvidence.claim_id)
        .where(ClaimEvidence.role == SUPPORT, ClaimEvidence.evidence_id.not_in(gone))
        .scalar_subquery()
    )
    by_analysis = Claim.changed_by.is_(None) & (Claim.made_by != PERSON)
    db.session.execute(
        delete(Claim)
        .where(Claim.id.in_(touched), by_analysis)
        .where(or_(Claim.text != "", Claim.id.not_in(left)))
        .execution_options(synchronize_session=False)
    )
    db.session.execute(delete(ClaimEvidence).where(ClaimEvidence.evidence_id.in_(gone)))


def follow_answer(turn: TurnRow, was: str) -> None:
    """Building block after an answer was corrected or removed; `was` is its earlier text."""
    lost = evidence.find_lost(turn, was)
    if lost:
        forget_claims(turn.interview_id, lost)
    evidence.move_evidence(turn, was)


def mark_changed(claim: Claim, name: str) -> None:
    """Building block: a person changed it, so later analyses keep it."""
    require_transaction()
    db.session.execute(
        update(Claim)
        .where(Claim.id == claim.id)
        .values(pinned=True, changed_at=clock.now(), changed_by=name)
    )


def _count_people(claim_ids: Sequence[str]) -> dict[tuple[str, str], int]:
    """Distinct interviews by claim and role."""
    found: dict[tuple[str, str], int] = {}
    for first in range(0, len(claim_ids), evidence.CHUNK):
        rows = db.session.execute(
            select(
                ClaimEvidence.claim_id,
                ClaimEvidence.role,
                func.count(Evidence.interview_id.distinct()),
            )
            .join(Evidence, Evidence.id == ClaimEvidence.evidence_id)
            .where(ClaimEvidence.claim_id.in_(claim_ids[first : first + evidence.CHUNK]))
            .group_by(ClaimEvidence.claim_id, ClaimEvidence.role)
        )
        found |= {(claim_id, role): number for claim_id, role, number in rows}
    return found


def _choose(row: Claim, most: int) -> list[str]:
    """Evidence to read: twice as many as are shown, since some may no longer be quoted."""
    chosen: list[str] = []
    for role in (SUPPORT, COUNTER):
        chosen += [link.evidence_id for link in row.evidence if link.role == role][: 2 * most]
    return chosen


def _state(
    row: Claim,
    wanted: Sequence[str],
    quotes: Mapping[str, EvidenceQuote],
    counts: Mapping[tuple[str, str], int],
    most: int,
) -> StatedClaim | None:
    roles = {link.evidence_id: link.role for link in row.evidence}
    shown = [quotes[one] for one in wanted if one in quotes]
    support = [quote for quote in shown if roles[quote.evidence_id] == SUPPORT]
    counter = [quote for quote in shown if roles[quote.evidence_id] == COUNTER]
    if not support and not (row.text and row.pinned):
        return None
    return StatedClaim(
        row=row,
        statement=row.text or support[0].text,
        is_quote=not row.text,
        people=counts.get((row.id, SUPPORT), 0),
        against=counts.get((row.id, COUNTER), 0),
        support=tuple(support[:most]),
        counter=tuple(counter[:most]),
    )
