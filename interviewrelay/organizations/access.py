"""Access control: the only way to load a row by an external id or token. Rows of other
organizations count as not found.
"""

from typing import Final, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from interviewrelay.core.actor import Actor
from interviewrelay.core.db.pagination import fetch_one
from interviewrelay.core.db.session import db, require_transaction
from interviewrelay.core.errors import LiveKeyRequired, NotFound, UnknownInvite
from interviewrelay.core.ids import is_id
from interviewrelay.core.security import tokens
from interviewrelay.models import (
    ApiKey,
    Campaign,
    Claim,
    Delivery,
    Erasure,
    Interview,
    Invite,
    Mail,
    MemberInvite,
    Membership,
    Note,
    Organization,
    Project,
    SavedFilter,
    Script,
    Webhook,
)
from interviewrelay.models.mail import PERSONAL
from interviewrelay.models.mixins import OrganizationRow

Row = TypeVar("Row", bound=OrganizationRow)

TEST_KEY_OPERATIONS: Final = frozenset(
    {
        # Change nothing.
        "preview_script",
        "export_participant",
        # Create test invites, or filter for them.
        "create_invites",
        "remind",
        # Check each row with `require_changeable`.
        "resend_invite",
        "extend_invite",
        "revoke_invite",
        "delete_session",
        "erase_participant",
    }
)
"""API operations that a test key may call besides reading. All others are refused, so a new
operation is refused until it is listed here.
"""


def require_operation(actor: Actor, permission: str, operation: str, *, reads: bool) -> None:
    """Authorize a call: the actor must have the permission, and a test key must not change anything
    live.

    `reads` is true for GET. Raises Forbidden.
    """
    actor.require(permission)
    if actor.test and not reads and operation not in TEST_KEY_OPERATIONS:
        raise LiveKeyRequired


def may_change(actor: Actor, row: Invite | Interview | Erasure) -> bool:
    """True if the actor may change this row: a test key may change only rows marked `test`."""
    return row.test or not actor.test


def require_changeable(actor: Actor, *rows: Invite | Interview | Erasure) -> None:
    """Check that the actor may change all of these rows. Raises LiveKeyRequired."""
    if not all(may_change(actor, row) for row in rows):
        raise LiveKeyRequired


def get_membership(actor: Actor) -> Membership:
    """The actor's own membership."""
    return db.session.execute(
        select(Membership).where(Membership.id == actor.membership_id)
    ).scalar_one()


def get_project(actor: Actor, project_id: str) -> Project:
    return _own(Project, actor, project_id)


def get_script(actor: Actor, script_id: str) -> Script:
    found = _own(Script, actor, script_id)
    if found.deleted_at is not None:
        raise NotFound
    return found


def get_campaign(actor: Actor, campaign_id: str) -> Campaign:
    return _own(Campaign, actor, campaign_id)


def get_claim(actor: Actor, campaign_id: str, finding_id: str) -> Claim:
    """A finding of one of the organization's campaigns that nobody dismissed."""
    found = _own(Claim, actor, finding_id)
    if found.campaign_id != campaign_id or found.kind != "finding" or found.dismissed:
        raise NotFound
    return found


def get_interview(actor: Actor, session_id: str) -> Interview:
    return _own(Interview, actor, session_id)


def get_api_key(actor: Actor, key_id: str) -> ApiKey:
    return _own(ApiKey, actor, key_id)


def get_member(actor: Actor, membership_id: str) -> Membership:
    """A membership of the actor's organization."""
    return _own(Membership, actor, membership_id)


def get_mail(actor: Actor, mail_id: str) -> Mail:
    found = _own(Mail, actor, mail_id)
    if found.kind in PERSONAL:
        raise NotFound
    return found


def get_member_invite(actor: Actor, invite_id: str) -> MemberInvite:
    return _own(MemberInvite, actor, invite_id)


def get_note(actor: Actor, session_id: str, note_id: str) -> Note:
    """A note on one of the organization's sessions."""
    found = _own(Note, actor, note_id)
    if found.interview_id != session_id:
        raise NotFound
    return found


def get_saved_filter(actor: Actor, view_id: str) -> SavedFilter:
    """A saved filter that is the actor's own or shared."""
    found = _own(SavedFilter, actor, view_id)
    if not found.shared and found.membership_id != actor.membership_id:
        raise NotFound
    return found


def get_webhook(actor: Actor, webhook_id: str) -> Webhook:
    return _own(Webhook, actor, webhook_id)


def get_delivery(actor: Actor, webhook_id: str, delivery_id: str) -> Delivery:
    found = _own(Delivery, actor, delivery_id)
    if found.webhook_id != webhook_id:
        raise NotFound
    return found


def get_invite_by_id(actor: Actor, campaign_id: str, invite_id: str) -> Invite:
    """An invite of one of the actor's campaigns by its id, because pages never put a token in a
    path.
    """
    found = _own(Invite, actor, invite_id)
    if found.campaign_id != campaign_id:
        raise NotFound
    return found


def get_invite(actor: Actor, ring: tokens.KeyRing, token: str) -> Invite:
    """An invite of the actor's organization by its token."""
    return fetch_one(_by_token(ring, token).where(Invite.org_id == actor.org_id))


def get_changeable_invite(actor: Actor, ring: tokens.KeyRing, token: str) -> Invite:
    """Invite that the actor may change, by its token. Raises NotFound and LiveKeyRequired."""
    found = get_invite(actor, ring, token)
    require_changeable(actor, found)
    return found


def get_participant_invite(ring: tokens.KeyRing, token: str) -> Invite:
    """An invite by the token in a participant's link; the token is the only authorization.

    Raises UnknownInvite.
    """
    try:
        return fetch_one(
            _by_token(ring, token).options(
                joinedload(Invite.campaign).joinedload(Campaign.version),
                joinedload(Invite.campaign).joinedload(Campaign.organization),
            )
        )
    except NotFound:
        raise UnknownInvite from None


def lock_organization(org_id: str) -> None:
    """Building block: lock the organization, so that concurrent callers run one after the other.

    Rows that only refer to the organization are not blocked.
    """
    require_transaction()
    query = select(Organization.id).where(Organization.id == org_id)
    db.session.execute(query.with_for_update(key_share=True))


def lock_row(kind: type[Row], row_id: str) -> Row:
    """Row lock: the row as it is now, unchangeable by others until this transaction ends.

    It does not block rows that refer to it. On PostgreSQL, changing an interview twice locks its
    campaign's key, and a stronger lock would cause deadlocks.
    """
    require_transaction()
    query = (
        select(kind)
        .where(kind.id == row_id)
        .with_for_update(key_share=True, of=kind)
        .execution_options(populate_existing=True)
    )
    return fetch_one(query)


def lock_interview(invite: Invite) -> Interview | None:
    """The interview of an invite, locked and freshly read; None when it has not started."""
    require_transaction()
    query = (
        select(Interview)
        .where(Interview.invite_id == invite.id)
        .with_for_update(key_share=True, of=Interview)
        .execution_options(populate_existing=True)
    )
    return db.session.execute(query).scalar_one_or_none()


def _own(kind: type[Row], actor: Actor, row_id: str) -> Row:
    if not is_id(row_id):
        raise NotFound
    return fetch_one(select(kind).where(kind.id == row_id, kind.org_id == actor.org_id))


def _by_token(ring: tokens.KeyRing, token: str) -> Select[Invite]:
    if not tokens.is_invite_token(token):
        raise NotFound
    return select(Invite).where(Invite.mark.in_(ring.digests("invite", token)))
