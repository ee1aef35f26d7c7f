"""Demonstration data: a realistic study, created through the same functions that people use."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select, update

from interviewrelay.accounts import accounts, api_keys, passwords
from interviewrelay.billing import ledger
from interviewrelay.campaigns import campaigns, projects
from interviewrelay.campaigns.invites import counters, invites
from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.errors import Conflict
from interviewrelay.core.ids import new_id
from interviewrelay.core.ports.speech import SpeechEngines
from interviewrelay.demo import voices
from interviewrelay.demo.content import (
    DRAFT,
    LEAVES,
    MORE_PEOPLE,
    NOTES,
    PEOPLE,
    SCRIPT,
    SPOKEN_PEOPLE,
    SPOKEN_SCRIPT,
    SPOKEN_WAITING,
    WAITING,
    WHOLE_NOTE,
    write_follow_up_answer,
)
from interviewrelay.interviews import completion, consent, interviews
from interviewrelay.models import Campaign, Event, Invite, Membership, Script, TurnRow
from interviewrelay.notes import notes
from interviewrelay.organizations import access
from interviewrelay.runtime import job_queue
from interviewrelay.runtime.services import Services
from interviewrelay.scripts import scripts
from interviewrelay.scripts.document import ScriptDocument
from interviewrelay.webhooks import endpoints, events

BY_VOICE: Final = consent.ConsentTerms(voice=consent.VoiceTerms())
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DemoStudy:
    """Parts of a demonstration study that other code needs."""

    owner: Membership
    password: str
    script: Script
    draft: Script
    campaign: Campaign
    archived: Campaign
    tokens: dict[str, str]
    session_id: str


def create_demo_study(services: Services) -> dict[str, str]:
    """Create one organization to explore; returns its login, an API key and one unused link. If the
    server has a voice, there is also a spoken study, with an unused link of its own (`spoken_token`).
    """
    _only_when_empty()
    made = _study(
        services, "Alder Research", "alder.example", system_admin=True, everybody=True
    )
    email, link = made.owner.user.email, made.tokens["pending"]
    told = {
        "email": email,
        "password": made.password,
        "invite_token": link,
        "api_key": api_keys.create_api_key(services.ring, made.owner, "Demo")[1],
    }
    if voices.can_speak(services, SPOKEN_SCRIPT["language"]):
        told["spoken_token"] = _speak_study(services, made)
    return told


def create_fixtures(services: Services, sessions: int = 0) -> dict[str, Any]:
    """Create several organizations with the data that tests start from (contract, section 7)."""
    _only_when_empty()
    a = _study(services, "Alder Research", "alder.example", load=sessions, everybody=True)
    b = _study(services, "Birch Panel", "birch.example")
    # Before the webhooks exist, so that they do not receive its events.
    erased = _to_erase(services, a)
    for made_study in (a, b):
        voices.hum_interview(services, made_study.session_id)
    made: dict[str, Any] = {"A": _sheet(services, a), "B": _sheet(services, b)}
    made["FREE"] = _free(services)
    made["RACE"] = _with_balance(services, "Race", 100)
    made["POOR"] = _with_balance(services, "Poor", 0)
    made["SYS"] = {
        "key_admin": _key(services, _member("Operations", "ops.example", admin=True))
    }
    made["ERASE"], made["ERASE2"] = erased
    return made


def get_open_link(services: Services, token: str) -> str:
    """Usable link of the demonstration: the given one, or a new one for another guest."""
    invite = access.get_participant_invite(services.ring, token)
    if invites.get_status(invite) == "pending":
        return token
    return _token(
        services, _invite(services, invite.campaign, f"guest-{new_id()[-6:]}@example.com")
    )


def _only_when_empty() -> None:
    if accounts.is_set_up():
        raise Conflict(
            "Demo data can only be added to an empty database. Choose another INSTANCE_DIR or, if "
            "DATABASE_URL is set, another database."
        )


def _study(
    services: Services,
    name: str,
    domain: str,
    *,
    system_admin: bool = False,
    load: int = 0,
    everybody: bool = False,
) -> DemoStudy:
    """A study of the last month, created in chronological order, as the ledger shows; with
    `everybody` it has enough interviews to compare.
    """
    password, now = secrets.token_urlsafe(12), clock.now()
    with clock.freeze_at(now - 31 * A_DAY):
        owner = _member(name, domain, admin=system_admin, password=password)
        actor = accounts.build_actor(owner)
        project = projects.create_project(
            actor,
            "Patient experience",
            "What visits are like, told by the patients themselves.",
        )
        script = scripts.create_script(actor, ScriptDocument.model_validate(SCRIPT))
        script, _ = scripts.publish_script(script)
    with clock.freeze_at(now - 30 * A_DAY):
        archived = _campaign(actor, script, project.id, "Pilot with staff")
    with clock.freeze_at(now - 29 * A_DAY):
        campaign = _campaign(actor, script, project.id, "Outpatient clinic, autumn")
    with transaction():
        db.session.execute(
            update(Campaign).where(Campaign.id == archived.id).values(status="archived")
        )
    _many(services, campaign, load)
    with clock.freeze_at(now - 8 * A_DAY):  # links are valid for a week
        tokens = {"expired": _token(services, _invite(services, campaign, "late@example.com"))}
    with clock.freeze_at(now - 6 * A_DAY):
        draft = scripts.create_script(actor, ScriptDocument.model_validate(DRAFT))
    asked, held = _interviews(services, campaign, now, MORE_PEOPLE if everybody else ())
    _write_notes(actor, held)
    ledger.renew_due_accounts()  # a month may have begun since the last interview
    cancelled = _invite(services, campaign, "withdrawn@example.com")
    tokens["cancelled"] = _token(services, cancelled)
    invites.cancel_invite(cancelled)
    tokens["completed"] = _token(services, asked[0])
    people = [invites.Invitee(email) for email in WAITING]
    stay = not services.mailer.configured  # these addresses do not exist
    waiting = invites.create_invites(services.ring, campaign, people, send_email=stay)
    tokens["pending"] = _token(services, waiting.invites[0])
    counters.mark_opened(waiting.invites[-1])
    return DemoStudy(owner, password, script, draft, campaign, archived, tokens, held[0])


def _speak_study(services: Services, made: DemoStudy) -> str:
    """A study by voice with three interviews; returns an unused link. Jobs speak the answers and
    build the recordings while the server runs, because that takes a minute or two.
    """
    now = clock.now()
    with clock.freeze_at(now - 3 * A_DAY):
        actor = accounts.build_actor(made.owner)
        document = ScriptDocument.model_validate(SPOKEN_SCRIPT)
        script, _ = scripts.publish_script(scripts.create_script(actor, document))
        plan = campaigns.CampaignPlan(
            "Evening visitors, by voice",
            script.id,
            made.campaign.project_id,
            settings={"mode": "both"},
        )
        campaign = campaigns.create_campaign(actor, plan)
    for number, (email, said) in enumerate(SPOKEN_PEOPLE):
        begun = now - 2 * A_DAY + timedelta(hours=5 * number)
        with clock.freeze_at(begun - timedelta(hours=1)):
            invite = _invite(services, campaign, email)
        session_id = _hold(invite, said, begun, finish=True, speech=services.speech)
        with transaction():
            job_queue.enqueue_job(campaign.org_id, voices.SPEAK, session_id)
    return _token(services, _invite(services, campaign, SPOKEN_WAITING))


def _interviews(
    services: Services,
    campaign: Campaign,
    now: datetime,
    more: Sequence[tuple[str, Sequence[str]]],
) -> tuple[Sequence[Invite], list[str]]:
    """The invites of the last days, and the interviews from them."""
    everybody = (*PEOPLE[:-1], *more, PEOPLE[-1])
    with clock.freeze_at(now - 6 * A_DAY):
        people = [invites.Invitee(email) for email, _ in (*everybody, LEAVES)]
        asked = invites.create_invites(
            services.ring, campaign, people, send_email=False
        ).invites
        _hold(asked[-1], LEAVES[1], clock.now() + timedelta(hours=1), finish=False)
    with clock.freeze_at(now - 5 * A_DAY + timedelta(hours=2)):
        completion.abandon_stale_interviews()
    # The last one stays open and must be recent: after a day it would be abandoned.
    last = len(everybody) - 1
    began = [now - 4 * A_DAY + 3 * A_DAY * i / last for i in range(last)]
    began.append(now - timedelta(hours=1))
    held = [
        _hold(invite, said, began[i], finish=i < last)
        for i, (invite, (_, said)) in enumerate(zip(asked, everybody, strict=False))
    ]
    return asked, held


def _write_notes(actor: Actor, session_ids: Sequence[str]) -> None:
    """A note on the whole of the first session, and those on the answers that contain their quotes."""
    notes.add_note(actor, session_ids[0], notes.NoteDraft(**WHOLE_NOTE))
    said = select(TurnRow.interview_id, TurnRow.number, TurnRow.text).where(
        TurnRow.interview_id.in_(session_ids), TurnRow.speaker == "participant"
    )
    turns = db.session.execute(said.order_by(TurnRow.interview_id, TurnRow.number)).all()
    for note in NOTES:
        place = next((turn for turn in turns if note["quote"] in turn.text), None)
        if place is not None:
            draft = notes.NoteDraft(**note, turn=place.number)
            notes.add_note(actor, place.interview_id, draft)


def _member(
    name: str,
    domain: str,
    *,
    plan: str = "enterprise",
    monthly_credits: int | None = 50_000,
    admin: bool = False,
    password: str | None = None,
) -> Membership:
    hashed = passwords.hash_password(password or secrets.token_urlsafe(24))
    with transaction():
        organization = accounts.add_organization(
            name, plan=plan, monthly_credits=monthly_credits
        )
        user = accounts.add_user(f"owner@{domain}", "Ada Alder", hashed, system_admin=admin)
        return accounts.add_member(organization, user, "owner")


def _sheet(services: Services, made: DemoStudy) -> dict[str, Any]:
    owner = made.owner
    with transaction():
        user = accounts.add_user(
            f"viewer@{owner.user.email.partition('@')[2]}",
            "Vera View",
            owner.user.password_hash,
        )
        viewer = accounts.add_member(owner.organization, user, "viewer")
    revoked, revoked_text = api_keys.create_api_key(services.ring, owner, "Revoked")
    api_keys.revoke_api_key(revoked)
    return {
        "org_id": owner.org_id,
        "key_owner": _key(services, owner),
        "key_viewer": _key(services, viewer),
        "key_revoked": revoked_text,
        "key_test": api_keys.create_api_key(services.ring, owner, "Test", test=True)[1],
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
        **_webhook(services, owner, made.session_id),
        "owner_email": owner.user.email,
        "owner_password": made.password,
    }


def _webhook(services: Services, owner: Membership, session_id: str) -> dict[str, str]:
    """A webhook with a delivery for a session; its URL does not exist, so nothing is called."""
    wanted = endpoints.WebhookSettings(
        "https://hooks.invalid/interviewrelay", description="Wiki"
    )
    with transaction():
        row, secret = endpoints.add_webhook(services, owner.org_id, wanted)
        told = select(Event.id).where(Event.session_id == session_id)
        made = events.deliver_to(row, db.session.execute(told).scalars().all()[-1:])
    return {"webhook_id": row.id, "webhook_secret": secret, "delivery_id": made[0]}


def _free(services: Services) -> dict[str, str]:
    owner = _member("Free", "free.example", plan="free", monthly_credits=None)
    return {"key_owner": _key(services, owner), "key_second": _key(services, owner)}


def _with_balance(services: Services, name: str, balance: int) -> dict[str, Any]:
    owner = _member(name, f"{name.lower()}.example", monthly_credits=None)
    actor = accounts.build_actor(owner)
    script, _ = scripts.publish_script(
        scripts.create_script(actor, ScriptDocument.model_validate(SCRIPT))
    )
    project = projects.create_project(actor, f"{name} project")
    campaign = _campaign(actor, script, project.id, f"{name} campaign")
    token = _token(services, _invite(services, campaign, f"someone@{name.lower()}.example"))
    total = ledger.balance(ledger.get_account(actor))
    ledger.remove_credits(
        owner.org_id, total - balance, "demo:balance", "For the demonstration"
    )
    return {"key_owner": _key(services, owner), "invite_token": token, "balance": balance}


def _to_erase(services: Services, a: DemoStudy) -> list[dict[str, str]]:
    made = []
    for number in (1, 2):
        email, marker = f"erase{number}@example.com", f"marker{secrets.token_hex(8)}"
        begun = clock.now() - A_DAY + timedelta(hours=number)
        with clock.freeze_at(begun - timedelta(hours=1)):
            invite = _invite(services, a.campaign, email)
        _hold(invite, [f"My {marker} is what nobody else says."] * 3, begun, finish=True)
        made.append({"email": email, "answer_marker": marker})
    return made


def _many(services: Services, campaign: Campaign, count: int) -> None:
    """So many more interviews for load tests, spread over three weeks."""
    first = clock.now() - 28 * A_DAY
    for number in range(count):
        _, said = PEOPLE[number % len(PEOPLE)]
        begun = first + 21 * A_DAY * number / count
        with clock.freeze_at(begun - timedelta(hours=1)):
            invite = _invite(services, campaign, f"person{number}@load.example")
        _hold(invite, said, begun, finish=True)


def _campaign(actor: Actor, script: Script, project_id: str, name: str) -> Campaign:
    return campaigns.create_campaign(actor, campaigns.CampaignPlan(name, script.id, project_id))


def _invite(services: Services, campaign: Campaign, email: str) -> Invite:
    people = [invites.Invitee(email)]
    return invites.create_invites(services.ring, campaign, people, send_email=False).invites[0]


def _token(services: Services, invite: Invite) -> str:
    return services.ring.decrypt(invite.sealed_token)


def _hold(
    invite: Invite,
    said: Sequence[str],
    moment: datetime,
    *,
    finish: bool,
    speech: SpeechEngines | None = None,
) -> str:
    """Run one interview that starts at a moment; with `speech`, one by voice. `said` answers the
    author's questions in order.
    """
    answers = iter(said)
    with clock.freeze_at(moment):
        reached, _ = (
            interviews.start_interview(invite, agreed=True)
            if speech is None
            else interviews.start_interview(
                invite, agreed=True, mode="voice", terms=BY_VOICE, speech=speech
            )
        )
    while (number := reached.next_number) is not None:
        asked = (reached.turns[-1].decision or {}).get("details", {})
        if not (text := write_follow_up_answer(asked) or next(answers, "")):
            break
        moment += timedelta(seconds=20 + len(text) / 4)
        with clock.freeze_at(moment):
            reached = interviews.answer_question(invite, number, text).standing
    if finish:
        with clock.freeze_at(moment + timedelta(seconds=5)):
            interviews.complete_interview(invite)
    return reached.interview.id


def _key(services: Services, owner: Membership) -> str:
    return api_keys.create_api_key(services.ring, owner, "Everything")[1]
