"""Saved filters for the list of sessions: private, or shared with the organization."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import Select, delete, false, func, or_, select, true

from interviewrelay.core import clock, text
from interviewrelay.core.actor import Actor
from interviewrelay.core.db import pagination
from interviewrelay.core.db.session import db, require_transaction, transaction
from interviewrelay.core.errors import Conflict, Forbidden, InvalidParameter
from interviewrelay.core.ids import new_id
from interviewrelay.models import Membership, SavedFilter
from interviewrelay.organizations import access
from interviewrelay.runtime import form_ids

LONGEST_NAME: Final = 80
MOST: Final = 50
"""Maximum for one member."""
MOST_SHOWN: Final = 200
NO_NAME: Final = f"Enter a name of at most {LONGEST_NAME} characters."


def save_filter(
    actor: Actor, name: str, filters: Mapping[str, str], *, shared: bool, form: str = ""
) -> SavedFilter:
    """Save filters. The same `form` id with the same content saves them once.

    Raises InvalidParameter, Forbidden for members who must not share, and Conflict.
    """
    plain = _name(name)
    _may_share(actor, shared=shared)
    if not filters:
        words = "Choose at least one filter in the list of interviews, then save the view."
        raise InvalidParameter.field("filters", "filters", words)
    told = actor.membership_id, plain, sorted(filters.items()), shared
    key = form_ids.build_id(form, *told) or new_id()
    now = clock.now()
    with transaction():
        access.lock_organization(actor.org_id)
        if made := db.session.get(SavedFilter, key):
            return made
        mine = select(func.count()).where(SavedFilter.membership_id == actor.membership_id)
        if db.session.execute(mine).scalar_one() >= MOST:
            raise Conflict(
                f"You have {MOST} saved views, which is the limit. Delete one first."
            )
        view = SavedFilter(
            id=key,
            org_id=actor.org_id,
            membership_id=actor.membership_id,
            name=plain,
            filters=dict(filters),
            shared=shared,
            created_at=now,
            changed_at=now,
        )
        db.session.add(view)
    return view


def change_filter(actor: Actor, view_id: str, name: str, *, shared: bool) -> SavedFilter:
    """Rename or share. Raises NotFound, Forbidden and InvalidParameter."""
    found, plain = _own(actor, view_id), _name(name)
    _may_share(actor, shared=shared and not found.shared)
    with transaction():
        view = access.lock_row(SavedFilter, found.id)
        view.name, view.shared, view.changed_at = plain, shared, clock.now()
        if not shared and view.membership_id is None:  # otherwise nobody would see it again
            view.membership_id = actor.membership_id
    return view


def delete_filter(actor: Actor, view_id: str) -> None:
    """Delete saved filters. Raises NotFound and Forbidden."""
    found = _own(actor, view_id)
    with transaction():
        db.session.execute(delete(SavedFilter).where(SavedFilter.id == found.id))


def may_change(actor: Actor, view: SavedFilter) -> bool:
    """True for the owner; for shared ones also for owners and admins of the organization."""
    return view.membership_id == actor.membership_id or actor.role in ("owner", "admin")


def list_filters(actor: Actor) -> Sequence[SavedFilter]:
    """The actor's own and the shared filters, by name."""
    ordered = _readable(actor).order_by(SavedFilter.name, SavedFilter.id).limit(MOST_SHOWN)
    return db.session.execute(ordered).scalars().all()


def fetch_filters(actor: Actor, window: pagination.Window) -> pagination.Page[SavedFilter]:
    """The actor's own and the shared filters, newest first."""
    return pagination.fetch_page(
        _readable(actor), SavedFilter.created_at, SavedFilter.id, window
    )


def delete_member_filters(membership: Membership) -> None:
    """Building block: delete a removed member's private filters."""
    require_transaction()
    db.session.execute(
        delete(SavedFilter).where(
            SavedFilter.membership_id == membership.id, SavedFilter.shared == false()
        )
    )


def _readable(actor: Actor) -> Select[SavedFilter]:
    return select(SavedFilter).where(
        SavedFilter.org_id == actor.org_id,
        or_(SavedFilter.shared == true(), SavedFilter.membership_id == actor.membership_id),
    )


def _own(actor: Actor, view_id: str) -> SavedFilter:
    view = access.get_saved_filter(actor, view_id)
    if not may_change(actor, view):
        raise Forbidden("Only the person who saved a view, an admin or an owner can edit it.")
    return view


def _may_share(actor: Actor, *, shared: bool) -> None:
    if shared and not actor.may("sessions:write"):
        raise Forbidden(
            "You can save views for yourself. To share one, ask a researcher, admin or owner."
        )


def _name(given: str) -> str:
    name = " ".join(given.split())
    if text.is_blank(name) or len(name) > LONGEST_NAME:
        raise InvalidParameter.field("name", "string", NO_NAME)
    return name
