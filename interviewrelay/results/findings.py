"""Findings of a study: read, and edited by researchers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import false, func, select

from interviewrelay.core import text as texts
from interviewrelay.core.actor import Actor
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import Conflict, InvalidParameter
from interviewrelay.evidence import claims
from interviewrelay.evidence.claims import COUNTER, PERSON, SUPPORT, StatedClaim
from interviewrelay.models import Campaign, Claim, Evidence, User
from interviewrelay.organizations import access

LONGEST: Final = 500
MOST: Final = 50
"""Findings of a study, with those that people added."""


@dataclass(frozen=True, slots=True)
class FindingChange:
    """Change to a finding; None keeps a value. An empty text states it in its quote's words."""

    text: str | None = None
    pinned: bool | None = None
    position: int | None = None


def list_findings(campaign: Campaign) -> list[StatedClaim]:
    """Findings of a study in their order, with counts, quotes and counter-voices."""
    return claims.read_claims(_load(campaign.id))


def get_finding(actor: Actor, campaign_id: str, finding_id: str) -> StatedClaim:
    """One finding with more of its quotes. Raises NotFound."""
    row = access.get_claim(actor, campaign_id, finding_id)
    return claims.read_claim(row)


def add_finding(
    actor: Actor, campaign_id: str, text: str, evidence_ids: Sequence[str]
) -> StatedClaim:
    """Add a finding of one's own, with evidence of this study.

    Raises NotFound, InvalidParameter, and Conflict at the limit of findings.
    """
    campaign = access.get_campaign(actor, campaign_id)
    said = _check_text(text)
    if not said:
        raise InvalidParameter.field("text", "string", "Enter what you found.")
    with transaction():
        access.lock_row(Campaign, campaign.id)
        held = _load(campaign.id)
        if len(held) >= MOST:
            raise Conflict(f"A study can have {MOST} findings. Delete or merge some first.")
        row = Claim(
            org_id=campaign.org_id,
            campaign_id=campaign.id,
            kind="finding",
            text=said,
            position=max((one.position + 1 for one in held), default=0),
            made_by=PERSON,
            pinned=True,
            changed_by=get_name(actor),
        )
        claims.set_evidence(row, _check_evidence(campaign, evidence_ids))
        db.session.add(row)
    return claims.read_claim(row)


def change_finding(
    actor: Actor, campaign_id: str, finding_id: str, change: FindingChange
) -> StatedClaim:
    """Edit, pin or move a finding. Edited findings are pinned. Raises NotFound and
    InvalidParameter.
    """
    found = access.get_claim(actor, campaign_id, finding_id)
    said = None if change.text is None else _check_text(change.text)
    with transaction():
        access.lock_row(Campaign, found.campaign_id)
        row = access.lock_row(Claim, found.id)
        if said and not row.text and said == claims.read_claim(row).statement:
            said = ""  # the words of its quote, which are not copied
        if said is not None and said != row.text:
            if not said and not any(link.role == SUPPORT for link in row.evidence):
                raise InvalidParameter.field("text", "string", "Enter what you found.")
            row.text = said
            claims.mark_changed(row, get_name(actor))
        if change.pinned is not None and (said is None or change.pinned):
            row.pinned = change.pinned
        if change.position is not None:
            _move(row, change.position)
    return claims.read_claim(row)


def move_finding(actor: Actor, campaign_id: str, finding_id: str, steps: int) -> StatedClaim:
    """Move a finding past its neighbors, up by negative steps. Raises NotFound.

    Findings that are not shown, because nothing of them may be quoted, are no neighbors.
    """
    found = access.get_claim(actor, campaign_id, finding_id)
    with transaction():
        access.lock_row(Campaign, found.campaign_id)
        row = access.lock_row(Claim, found.id)
        order = [one.id for one in _load(row.campaign_id)]
        shown = [one.row.id for one in claims.read_claims(_load(row.campaign_id))]
        if row.id in shown:
            place = shown.index(row.id) + steps
            _move(row, order.index(shown[max(0, min(place, len(shown) - 1))]))
    return claims.read_claim(row)


def merge_findings(
    actor: Actor, campaign_id: str, finding_id: str, others: Sequence[str]
) -> StatedClaim:
    """Merge other findings into one: it keeps its statement and takes their evidence.

    Raises NotFound, and InvalidParameter if there is nothing to merge.
    """
    found = access.get_claim(actor, campaign_id, finding_id)
    rows = [access.get_claim(actor, campaign_id, one) for one in dict.fromkeys(others)]
    rows = [row for row in rows if row.id != found.id]
    if not rows:
        raise InvalidParameter.field("merge", "list of ids", "Choose another finding to merge.")
    with transaction():
        access.lock_row(Campaign, found.campaign_id)
        row = access.lock_row(Claim, found.id)
        merged = [access.lock_row(Claim, one.id) for one in rows]
        links = [link for one in (row, *merged) for link in one.evidence]
        support = [link.evidence_id for link in links if link.role == SUPPORT]
        counter = [link.evidence_id for link in links if link.role == COUNTER]
        claims.set_evidence(row, support, counter)
        claims.mark_changed(row, get_name(actor))
        for one in merged:
            db.session.delete(one)
    return claims.read_claim(row)


def delete_finding(actor: Actor, campaign_id: str, finding_id: str) -> None:
    """Delete a finding. One that an analysis made does not come back with the next. Raises
    NotFound.
    """
    found = access.get_claim(actor, campaign_id, finding_id)
    with transaction():
        row = access.lock_row(Claim, found.id)
        if row.made_by == PERSON:
            db.session.delete(row)
        else:
            row.dismissed, row.text = True, ""


def get_name(actor: Actor) -> str:
    """Name of the person who acts, or their email address."""
    who = select(User.name, User.email).where(User.id == actor.user_id)
    name, email = db.session.execute(who).one()
    return name or email


def _load(campaign_id: str) -> Sequence[Claim]:
    query = (
        select(Claim)
        .where(
            Claim.campaign_id == campaign_id,
            Claim.kind == "finding",
            Claim.interview_id.is_(None),
            Claim.dismissed == false(),
        )
        .order_by(Claim.position, Claim.id)
    )
    return db.session.execute(query).scalars().all()


def _check_text(given: str) -> str:
    text = " ".join(texts.normalize_line_feeds(given).split())
    if len(text) > LONGEST:
        words = f"Shorten the finding to {LONGEST} characters or fewer."
        raise InvalidParameter.field("text", "string", words)
    return "" if texts.is_blank(text) else text


def _check_evidence(campaign: Campaign, ids: Sequence[str]) -> list[str]:
    """Evidence ids of this study. Raises InvalidParameter for any other."""
    wanted = list(dict.fromkeys(ids))
    query = (
        select(func.count())
        .select_from(Evidence)
        .where(
            Evidence.id.in_(wanted),
            Evidence.org_id == campaign.org_id,
            Evidence.interview.has(campaign_id=campaign.id),
        )
    )
    if wanted and db.session.execute(query).scalar_one() != len(wanted):
        words = "Some of this evidence does not exist in this study. It may have been deleted."
        raise InvalidParameter.field("evidence", "list of ids", words)
    return wanted


def _move(row: Claim, position: int) -> None:
    """Building block: put a finding at a place of the list, from 0."""
    order = [one for one in _load(row.campaign_id) if one.id != row.id]
    order.insert(max(0, min(position, len(order))), row)
    for place, one in enumerate(order):
        one.position = place
