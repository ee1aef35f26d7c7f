"""Demonstration data: a realistic study, created through the same functions that people use."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from interviewrelay.accounts import accounts, api_keys, passwords
from interviewrelay.billing import ledger
from interviewrelay.campaigns import campaigns, projects
from interviewrelay.campaigns.invites import counters, invites
from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import Conflict
from interviewrelay.core.ids import new_id
from interviewrelay.demo import notes, webhook
from interviewrelay.demo.content import (
    DRAFT,
    LEAVES,
    MORE_PEOPLE,
    PEOPLE,
    SCRIPT,
    WAITING,
    to_their_own_words,
)
from interviewrelay.interviews import completion, interviews
from interviewrelay.models import Campaign, Invite, Membership, Script
from interviewrelay.organizations import access
from interviewrelay.runtime.services import Office
from interviewrelay.scripts import scripts
from interviewrelay.scripts.document import ScriptDocument

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Study:
    """Parts of a demonstration study that other code needs."""

    owner: Membership
    password: str
    script: Script
    draft: Script
    campaign: Campaign
    archived: Campaign
    tokens: dict[str, str]
    session_id: str


def study(office: Office) -> dict[str, str]:
    """One organization to look at: its logins, and one unused link."""
    _only_when_empty()
    made = _study(office, "Alder Research", "alder.example", system_admin=True, everybody=True)
    email, link = made.owner.user.email, made.tokens["pending"]
    return {"email": email, "password": made.password, "invite_token": link}


def fixtures(office: Office, sessions: int = 0) -> dict[str, Any]:
    """Several organizations with everything that tests start from (contract, section 7)."""
    _only_when_empty()
    a = _study(office, "Alder Research", "alder.example", load=sessions, everybody=True)
    b = _study(office, "Birch Panel", "birch.example")
    # Before the webhooks exist, so that they do not receive its events.
    erased = _to_erase(office, a)
    made: dict[str, Any] = {"A": _sheet(office, a), "B": _sheet(office, b)}
    made["FREE"] = _free(office)
    made["RACE"] = _with_balance(office, "Race", 100)
    made["POOR"] = _with_balance(office, "Poor", 0)
    made["SYS"] = {"key_admin": _key(office, _member("Operations", "ops.example", admin=True))}
    made["ERASE"], made["ERASE2"] = erased
    return made


def open_link(office: Office, token: str) -> str:
    """A usable link of the demonstration: this one, or one for a further guest."""
    invite = access.invite_of_participant(office.ring, token)
    if invites.status(invite) == "pending":
        return token
    return _token(
        office, _invite(office, invite.campaign, f"guest-{new_id()[-6:]}@example.com")
    )


def _only_when_empty() -> None:
    if accounts.anyone():
        raise Conflict(
            "Demonstration data needs an empty database. Choose another INSTANCE_DIR, or another "
            "DATABASE_URL if that is set."
        )


def _study(
    office: Office,
    name: str,
    domain: str,
    *,
    system_admin: bool = False,
    load: int = 0,
    everybody: bool = False,
) -> Study:
    """A study of the last month, created in chronological order, as the ledger shows; with
    `everybody` it has enough interviews to compare.
    """
    password, now = secrets.token_urlsafe(12), clock.now()
    with clock.standing_at(now - 31 * A_DAY):
        owner = _member(name, domain, admin=system_admin, password=password)
        actor = accounts.actor(owner)
        project = projects.create(
            actor, "Patient experience", "How visits go, asked of the people who make them."
        )
        script = scripts.create(actor, ScriptDocument.model_validate(SCRIPT))
        script, _ = scripts.publish(script)
    with clock.standing_at(now - 30 * A_DAY):
        archived = _campaign(actor, script, project.id, "Pilot with staff")
    with clock.standing_at(now - 29 * A_DAY):
        campaign = _campaign(actor, script, project.id, "Outpatient clinic, autumn")
    with transaction():
        db.session.execute(
            update(Campaign).where(Campaign.id == archived.id).values(status="archived")
        )
    _many(office, campaign, load)
    with clock.standing_at(now - 8 * A_DAY):  # links are valid for a week
        tokens = {"expired": _token(office, _invite(office, campaign, "late@example.com"))}
    with clock.standing_at(now - 6 * A_DAY):
        draft = scripts.create(actor, ScriptDocument.model_validate(DRAFT))
    asked, held = _interviews(office, campaign, now, MORE_PEOPLE if everybody else ())
    notes.write(actor, held)
    ledger.renew_due()  # a month may have begun since the last interview
    cancelled = _invite(office, campaign, "withdrawn@example.com")
    tokens["cancelled"] = _token(office, cancelled)
    invites.cancel(cancelled)
    tokens["completed"] = _token(office, asked[0])
    people = [invites.Person(email) for email in WAITING]
    stay = not office.mailer.configured  # these addresses do not exist
    waiting = invites.create(office.ring, campaign, people, send_email=stay)
    tokens["pending"] = _token(office, waiting.invites[0])
    counters.opened(waiting.invites[-1])
    return Study(owner, password, script, draft, campaign, archived, tokens, held[0])


def _interviews(
    office: Office, campaign: Campaign, now: datetime, more: Sequence[tuple[str, Sequence[str]]]
) -> tuple[Sequence[Invite], list[str]]:
    """The invites of the last days, and the interviews from them."""
    everybody = (*PEOPLE[:-1], *more, PEOPLE[-1])
    with clock.standing_at(now - 6 * A_DAY):
        people = [invites.Person(email) for email, _ in (*everybody, LEAVES)]
        asked = invites.create(office.ring, campaign, people, send_email=False).invites
        _hold(asked[-1], LEAVES[1], clock.now() + timedelta(hours=1), finish=False)
    with clock.standing_at(now - 5 * A_DAY + timedelta(hours=2)):
        completion.abandon_stale()
    # The last one stays open and must be recent: after a day it would be abandoned.
    last = len(everybody) - 1
    began = [now - 4 * A_DAY + 3 * A_DAY * i / last for i in range(last)]
    began.append(now - timedelta(hours=1))
    held = [
        _hold(invite, said, began[i], finish=i < last)
        for i, (invite, (_, said)) in enumerate(zip(asked, everybody, strict=False))
    ]
    return asked, held


def _member(
    name: str,
    domain: str,
    *,
    plan: str = "enterprise",
    monthly_credits: int | None = 50_000,
    admin: bool = False,
    password: str | None = None,
) -> Membership:
    hashed = passwords.hashed(password or secrets.token_urlsafe(24))
    with transaction():
        organization = accounts.add_organization(
            name, plan=plan, monthly_credits=monthly_credits
        )
        user = accounts.add_user(f"owner@{domain}", "Ada Alder", hashed, system_admin=admin)
        return accounts.add_member(organization, user, "owner")


def _sheet(office: Office, made: Study) -> dict[str, Any]:
    owner = made.owner
    with transaction():
        user = accounts.add_user(
            f"viewer@{owner.user.email.partition('@')[2]}",
            "Vera View",
            owner.user.password_hash,
        )
        viewer = accounts.add_member(owner.organization, user, "viewer")
    revoked, revoked_text = api_keys.create(office.ring, owner, "Revoked")
    api_keys.revoke(revoked)
    return {
        "org_id": owner.org_id,
        "key_owner": _key(office, owner),
        "key_viewer": _key(office, viewer),
        "key_revoked": revoked_text,
        "key_test": api_keys.create(office.ring, owner, "Test", test=True)[1],
        "project_id": made.campaign.project_id,
        "script_id": made.script.id,
        "script_draft_id": made.draft.id,
        "campaign_id": made.campaign.id,
        "campaign_archived_id": made.archived.id,
        "invite_token": made.tokens["pending"],
        "invite_token_expired": made.tokens["expired"],
        "invite_token_cancelled": made.tokens["cancelled"],
        "invite_token_completed": made.tokens["completed"],
        "session_id": made.session_id,
        "participant_email": PEOPLE[0][0],
        "participant2_email": PEOPLE[1][0],
        **webhook.told(office, owner, made.session_id),
        "owner_email": owner.user.email,
        "owner_password": made.password,
    }


def _free(office: Office) -> dict[str, str]:
    owner = _member("Free", "free.example", plan="free", monthly_credits=None)
    return {"key_owner": _key(office, owner), "key_second": _key(office, owner)}


def _with_balance(office: Office, name: str, balance: int) -> dict[str, Any]:
    owner = _member(name, f"{name.lower()}.example", monthly_credits=None)
    actor = accounts.actor(owner)
    script, _ = scripts.publish(scripts.create(actor, ScriptDocument.model_validate(SCRIPT)))
    project = projects.create(actor, f"{name} project")
    campaign = _campaign(actor, script, project.id, f"{name} campaign")
    token = _token(office, _invite(office, campaign, f"someone@{name.lower()}.example"))
    total = ledger.balance(ledger.account(actor))
    ledger.take_back(owner.org_id, total - balance, "demo:balance", "For the demonstration")
    return {"key_owner": _key(office, owner), "invite_token": token, "balance": balance}


def _to_erase(office: Office, a: Study) -> list[dict[str, str]]:
    made = []
    for number in (1, 2):
        email, marker = f"erase{number}@example.com", f"marker{secrets.token_hex(8)}"
        begun = clock.now() - A_DAY + timedelta(hours=number)
        with clock.standing_at(begun - timedelta(hours=1)):
            invite = _invite(office, a.campaign, email)
        _hold(invite, [f"My {marker} is what nobody else says."] * 3, begun, finish=True)
        made.append({"email": email, "answer_marker": marker})
    return made


def _many(office: Office, campaign: Campaign, count: int) -> None:
    """So many more interviews for load tests, spread over three weeks."""
    first = clock.now() - 28 * A_DAY
    for number in range(count):
        _, said = PEOPLE[number % len(PEOPLE)]
        begun = first + 21 * A_DAY * number / count
        with clock.standing_at(begun - timedelta(hours=1)):
            invite = _invite(office, campaign, f"person{number}@load.example")
        _hold(invite, said, begun, finish=True)


def _campaign(actor: Actor, script: Script, project_id: str, name: str) -> Campaign:
    return campaigns.create(actor, campaigns.Plan(name, script.id, project_id))


def _invite(office: Office, campaign: Campaign, email: str) -> Invite:
    people = [invites.Person(email)]
    return invites.create(office.ring, campaign, people, send_email=False).invites[0]


def _token(office: Office, invite: Invite) -> str:
    return office.ring.open(invite.sealed_token)


def _hold(invite: Invite, said: Sequence[str], moment: datetime, *, finish: bool) -> str:
    """An interview that starts at a moment. `said` answers the author's questions in order."""
    answers = iter(said)
    with clock.standing_at(moment):
        reached, _ = interviews.start(invite, agreed=True)
    while (number := reached.next_number) is not None:
        asked = (reached.turns[-1].decision or {}).get("details", {})
        if not (text := to_their_own_words(asked) or next(answers, "")):
            break
        moment += timedelta(seconds=20 + len(text) / 4)
        with clock.standing_at(moment):
            reached = interviews.answer(invite, number, text).standing
    if finish:
        with clock.standing_at(moment + timedelta(seconds=5)):
            interviews.complete(invite)
    return reached.interview.id


def _key(office: Office, owner: Membership) -> str:
    return api_keys.create(office.ring, owner, "Everything")[1]
