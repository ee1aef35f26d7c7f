"""The only door from an id or a token outside to a row: what is not yours is not there."""

from typing import Final, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from interviewrelay.core.actor import Actor
from interviewrelay.core.db.session import db, require_transaction
from interviewrelay.core.errors import LiveKeyRequired, NotFound, UnknownInvite
from interviewrelay.core.ids import is_id
from interviewrelay.core.security import tokens
from interviewrelay.models import (
    ApiKey,
    Campaign,
    Delivery,
    Erasure,
    Interview,
    Invite,
    Mail,
    Membership,
    Note,
    Organization,
    Project,
    SavedView,
    Script,
    Webhook,
)
from interviewrelay.models.mail import PERSONAL

Row = TypeVar(
    "Row",
    Project,
    Script,
    Campaign,
    Interview,
    ApiKey,
    Mail,
    Invite,
    Membership,
    Webhook,
    Delivery,
    Note,
    SavedView,
)

TEST_KEY_OPERATIONS: Final = frozenset(
    {
        # These change nothing.
        "preview_script",
        "export_participant",
        # These make test invites, or pick out the test invites among others.
        "create_invites",
        "remind",
        # These get what they change by `require_changeable`.
        "resend_invite",
        "extend_invite",
        "revoke_invite",
        "delete_session",
        "erase_participant",
    }
)
"""Operations of the API that a test key may call besides reading. Any other is refused, so an
operation that is added later is refused until it is listed here.
"""


def require_operation(actor: Actor, permission: str, operation: str, *, reads: bool) -> None:
    """Authorization of a call: the actor has the permission, and a test key changes nothing live.

    `reads` tells a GET from everything else. Raises Forbidden.
    """
    actor.require(permission)
    if actor.test and not reads and operation not in TEST_KEY_OPERATIONS:
        raise LiveKeyRequired


def may_change(actor: Actor, row: Invite | Interview | Erasure) -> bool:
    """Test mode of a row: a test key changes only what is marked `test`."""
    return row.test or not actor.test


def require_changeable(actor: Actor, *rows: Invite | Interview | Erasure) -> None:
    """Authorization to change every one of these rows. Raises LiveKeyRequired."""
    if not all(may_change(actor, row) for row in rows):
        raise LiveKeyRequired


def membership(actor: Actor) -> Membership:
    """The actor's own place in the organization."""
    return db.session.execute(
        select(Membership).where(Membership.id == actor.membership_id)
    ).scalar_one()


def project(actor: Actor, project_id: str) -> Project:
    return _own(Project, actor, project_id)


def script(actor: Actor, script_id: str) -> Script:
    found = _own(Script, actor, script_id)
    if found.deleted_at is not None:
        raise NotFound
    return found


def campaign(actor: Actor, campaign_id: str) -> Campaign:
    return _own(Campaign, actor, campaign_id)


def interview(actor: Actor, session_id: str) -> Interview:
    return _own(Interview, actor, session_id)


def key(actor: Actor, key_id: str) -> ApiKey:
    return _own(ApiKey, actor, key_id)


def member(actor: Actor, membership_id: str) -> Membership:
    """Somebody's place in the actor's organization."""
    return _own(Membership, actor, membership_id)


def mail(actor: Actor, mail_id: str) -> Mail:
    found = _own(Mail, actor, mail_id)
    if found.kind in PERSONAL:
        raise NotFound
    return found


def note(actor: Actor, session_id: str, note_id: str) -> Note:
    """A note at one of the organization's sessions."""
    found = _own(Note, actor, note_id)
    if found.interview_id != session_id:
        raise NotFound
    return found


def saved_view(actor: Actor, view_id: str) -> SavedView:
    """One's own, or one that is shared."""
    found = _own(SavedView, actor, view_id)
    if not found.shared and found.membership_id != actor.membership_id:
        raise NotFound
    return found


def webhook(actor: Actor, webhook_id: str) -> Webhook:
    return _own(Webhook, actor, webhook_id)


def delivery(actor: Actor, webhook_id: str, delivery_id: str) -> Delivery:
    found = _own(Delivery, actor, delivery_id)
    if found.webhook_id != webhook_id:
        raise NotFound
    return found


def invite_numbered(actor: Actor, campaign_id: str, invite_id: str) -> Invite:
    """An invite of one of the actor's campaigns, by its id: pages never put a token in a path."""
    found = _own(Invite, actor, invite_id)
    if found.campaign_id != campaign_id:
        raise NotFound
    return found


def invite(actor: Actor, ring: tokens.KeyRing, token: str) -> Invite:
    """An invite of the actor's organization, by its token."""
    return _one(_by_token(ring, token).where(Invite.org_id == actor.org_id))


def get_changeable_invite(actor: Actor, ring: tokens.KeyRing, token: str) -> Invite:
    """Invite that the actor may change, by its token. Raises NotFound and LiveKeyRequired."""
    found = invite(actor, ring, token)
    require_changeable(actor, found)
    return found


def invite_of_participant(ring: tokens.KeyRing, token: str) -> Invite:
    """An invite by the token in a participant's link: the token is all the right they need.

    Raises UnknownInvite.
    """
    try:
        return _one(
            _by_token(ring, token).options(
                joinedload(Invite.campaign).joinedload(Campaign.version),
                joinedload(Invite.campaign).joinedload(Campaign.organization),
            )
        )
    except NotFound:
        raise UnknownInvite from None


def alone_in(org_id: str) -> None:
    """A building block: two that do this in an organization do it one after the other.

    Those who only refer to it are not held up.
    """
    require_transaction()
    query = select(Organization.id).where(Organization.id == org_id)
    db.session.execute(query.with_for_update(key_share=True))


def locked(kind: type[Row], row_id: str) -> Row:
    """A row that nobody else can change before this transaction ends, read anew.

    As everywhere it is not locked against those who only refer to it: PostgreSQL has whoever changes
    an interview twice refer to its campaign, and two of them would then wait for each other.
    """
    require_transaction()
    query = (
        select(kind)
        .where(kind.id == row_id)
        .with_for_update(key_share=True, of=kind)
        .execution_options(populate_existing=True)
    )
    return _one(query)


def locked_interview(invite: Invite) -> Interview | None:
    """The interview of an invite, locked and read anew; None when it has not begun."""
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
    return _one(select(kind).where(kind.id == row_id, kind.org_id == actor.org_id))


def _by_token(ring: tokens.KeyRing, token: str) -> Select[Invite]:
    if not tokens.is_invite_token(token):
        raise NotFound
    return select(Invite).where(Invite.mark.in_(ring.marks("invite", token)))


def _one(query: Select[Row]) -> Row:
    found = db.session.execute(query).scalar_one_or_none()
    if found is None:
        raise NotFound
    return found
