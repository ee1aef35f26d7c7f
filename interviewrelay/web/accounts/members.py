"""Members and their invitations; and the page behind an invitation link."""

from typing import Any, Final

from flask import g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from interviewrelay.accounts import login_sessions, member_invitations, members
from interviewrelay.core import clock, email_addresses
from interviewrelay.core.actor import ROLES
from interviewrelay.core.errors import (
    Conflict,
    Forbidden,
    InvalidParameter,
    NotFound,
    PlanLimitReached,
    RateLimited,
    Refusal,
)
from interviewrelay.organizations import access
from interviewrelay.web.accounts.login import enter, enter_known
from interviewrelay.web.http import callers, user_agents
from interviewrelay.web.http.blueprints import pages, public, requires, sends_mail, services
from interviewrelay.web.ui import page_helpers

SENTENCES: Final = {
    "email": email_addresses.WANTED,
    "role": "Choose a role.",
}


@pages.get("/members")
@requires("organization:read")
def show_members() -> ResponseReturnValue:
    return render_template(
        "accounts/members.html", errors=[], values={"role": "researcher"}, **_all()
    )


@pages.post("/members")
@sends_mail
@requires("organization:write")
def send_member_invite() -> ResponseReturnValue:
    values = page_helpers.read_typed("email", "role")
    try:
        link = member_invitations.invite_member(
            services(), g.actor, values["email"], values["role"]
        )
    except (InvalidParameter, Conflict, Forbidden, PlanLimitReached) as refusal:
        return page_helpers.render_again(
            "accounts/members.html", refusal, SENTENCES, values=values, **_all()
        )
    return _invited(values["email"].strip(), link)


@pages.post("/members/invites/<member_invite_id>/again")
@sends_mail
@requires("organization:write")
def send_member_invite_again(member_invite_id: str) -> ResponseReturnValue:
    link = member_invitations.resend_invitation(services(), g.actor, member_invite_id)
    return _invited("", link)


@pages.post("/members/invites/<member_invite_id>/revoke")
@requires("organization:write")
def revoke_member_invite(member_invite_id: str) -> ResponseReturnValue:
    email = member_invitations.revoke_invitation(g.actor, member_invite_id)
    return page_helpers.redirect_with_message("/members", f"Invitation to {email} withdrawn.")


@pages.post("/members/<membership_id>/role")
@requires("organization:write")
def change_role(membership_id: str) -> ResponseReturnValue:
    row = access.get_member(g.actor, membership_id)
    try:
        changed = members.change_role(row, request.form.get("role", ""), g.actor)
    except (InvalidParameter, Conflict, Forbidden) as refusal:
        return _not_done(refusal)
    return page_helpers.redirect_with_message(
        "/members", f"{row.user.email} now has the role {changed.role}."
    )


@pages.post("/members/<membership_id>/remove")
@requires("organization:write")
def remove_member(membership_id: str) -> ResponseReturnValue:
    row = access.get_member(g.actor, membership_id)
    email = row.user.email
    try:
        members.remove_member(row, g.actor)
    except (Conflict, Forbidden) as refusal:
        return _not_done(refusal)
    if membership_id == g.actor.membership_id:
        return redirect("/login", 303)
    return page_helpers.redirect_with_message(
        "/members", f"{email} was removed from the organization."
    )


@pages.post("/members/switch")
@requires("campaigns:read")
def switch_organization() -> ResponseReturnValue:
    wanted = request.form.get("membership", "")
    ring, old = services().ring, current_user.token
    token = member_invitations.switch_organization(
        ring, g.actor, wanted, user_agents.describe_current()
    )
    enter(token)
    login_sessions.delete_login(ring, old)
    return redirect("/", 303)


@pages.get("/join/<token>")
@public
def show_offer(token: str) -> ResponseReturnValue:
    """Opening the link changes nothing, because mail scanners open links."""
    try:
        offer = member_invitations.get_offer(services().ring, token)
    except NotFound:
        return _over()
    return render_template(
        "accounts/join.html", offer=offer, errors=[], values={}, here=request.path
    )


@pages.post("/join/<token>")
@public
def accept_offer(token: str) -> ResponseReturnValue:
    values = page_helpers.read_typed("name")
    try:
        offer = member_invitations.get_offer(services().ring, token)
        password, caller = request.form.get("password", ""), callers.get_caller()
        entered = member_invitations.accept_invitation(
            services(), caller, token, values["name"], password
        )
    except NotFound:
        return _over()
    except (InvalidParameter, Conflict, PlanLimitReached, RateLimited) as refusal:
        more: dict[str, Any] = {"offer": offer, "values": values, "here": request.path}
        return page_helpers.render_again("accounts/join.html", refusal, {}, **more)
    enter_known(entered)
    return redirect("/", 303)


def _over() -> ResponseReturnValue:
    return make_response(render_template("accounts/join.html", offer=None, errors=[]), 404)


def _not_done(refusal: Refusal) -> ResponseReturnValue:
    more = {"values": {"role": "researcher"}, **_all()}
    return page_helpers.render_again("accounts/members.html", refusal, {}, **more)


def _invited(whom: str, link: str | None) -> ResponseReturnValue:
    """The link is only in this response."""
    if link is None:
        return page_helpers.redirect_with_message(
            "/members",
            f"Invitation sent{f' to {whom}' if whom else ''}. The link expires after 7 days.",
        )
    return render_template("accounts/member_link.html", link=link)


def _all() -> dict[str, Any]:
    return {
        "members": member_invitations.list_members(g.actor),
        "invited": member_invitations.list_invitations(g.actor),
        "now": clock.now(),
        "others": [
            row
            for row in member_invitations.list_own_memberships(g.actor)
            if row.org_id != g.actor.org_id
        ],
        "roles": [r for r in ROLES if r != "owner" or g.actor.role == "owner"],
        "me": g.actor.membership_id,
    }
