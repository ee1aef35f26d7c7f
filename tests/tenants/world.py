"""Organizations A and B with people in every role, and things of A's that every verb can be done to."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from sqlalchemy import delete

from interviewrelay.accounts import accounts, api_keys, member_invitations
from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.ids import new_id
from interviewrelay.models import Delivery, Job, Login, Mail, ModelChoice, SavedFilter, Webhook
from interviewrelay.notes import notes, saved_filters
from interviewrelay.results import analyses, findings
from interviewrelay.webhooks import delivery_log, endpoints
from tests.conftest import HASHED, PASSWORD, Somebody
from tests.factories import (
    a_campaign,
    a_project,
    a_recording,
    a_script,
    an_interview,
    an_invite,
)
from tests.tenants.requests import filled, sent

ROLES = {"A": ("owner", "admin", "researcher", "viewer"), "B": ("owner", "viewer")}
_addresses = count(1)


@dataclass
class World:
    app: Any
    people: dict[str, Somebody] = field(default_factory=dict)
    """`A owner` and all the others who have a log-in."""
    browsers: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    """What each caller shows to the API."""

    def __post_init__(self) -> None:
        self.services = self.app.extensions["services"]
        self.client = self.app.test_client(use_cookies=False)
        for letter, roles in ROLES.items():
            self._organization(letter, roles)
        self._organization("administrator of the server", ("owner",), system_admin=True)
        admin = "administrator of the server"
        self.people[admin] = self.people.pop(f"{admin} owner")
        for name, somebody in self.people.items():
            self.browsers[name] = self.logged_in(somebody)
            self.headers[name] = somebody.auth
        owner = self.people["A owner"].membership
        revoked, revoked_text = api_keys.create_api_key(self.services.ring, owner, "Gone")
        api_keys.revoke_api_key(revoked)
        _, test = api_keys.create_api_key(self.services.ring, owner, "Test", test=True)
        self.headers |= {
            "nobody": {},
            "revoked key": bearer(revoked_text),
            "test key of A": bearer(test),
        }
        for letter in ROLES:
            self.headers[f"token of {letter}"] = bearer(self.link(letter))

    def link(self, letter: str) -> str:
        """A participant's token in A or B, not used so far."""
        return an_invite(self.services, a_campaign(self.people[f"{letter} owner"]))[1]

    def things(self) -> dict[str, str]:
        """Fresh things of A's, by the names that the rules have for them."""
        owner = self.people["A owner"]
        campaign = a_campaign(owner)
        invite, token = an_invite(self.services, campaign, "waits@x.example")
        mailed, _ = an_invite(self.services, campaign, "mailed@x.example", send_email=True)
        _, other = an_invite(self.services, campaign, "other@x.example")
        key, _ = api_keys.create_api_key(self.services.ring, owner.membership, "Other")
        self._model(owner)
        mail = db.session.query(Mail).filter(Mail.invite_id == mailed.id).one()
        session = an_interview(self.services, campaign, "My secret words.")
        a_recording(self.services, session)
        kept = an_interview(self.services, campaign, "More.", email="more@x.example", test=True)
        draft = notes.NoteDraft("A secret note.", turn=2)
        return {
            "campaign_id": campaign.id,
            "project_id": campaign.project_id,
            "script_id": a_script(owner).id,
            "draft_id": a_campaign(owner, status="draft").id,
            "empty_project": a_project(owner).id,
            "script_to_delete": a_script(owner).id,
            "script_to_drop": a_script(owner).id,
            "invite_id": invite.id,
            "token": token,
            "token_to_cancel": other,
            "member_invite_id": self._asked(owner),
            "mail_token": "uns_" + "a" * 86,
            "session_id": session.id,
            "note_id": notes.add_note(owner.actor, session.id, draft).id,
            "session_that_stays": kept.id,
            "note_to_drop": notes.add_note(owner.actor, kept.id, draft).id,
            **self._findings(owner, campaign.id),
            "view_id": self._view(owner),
            "filter_id": self._saved(owner, "Another view"),
            "invitation_id": self._asked(owner),
            "email_id": mail.id,
            "key_id": key.id,
            "org_id": owner.actor.org_id,
            **self._work(owner),
            **self._webhooks(owner),
            "mail_id": mail.id,
        }

    def nothing(self) -> dict[str, str]:
        """Ids that nobody has, by the same names."""
        made = {name: new_id() for name in self.things()}
        return made | {"token": "inv_" + "a" * 43, "token_to_cancel": "inv_" + "b" * 43}

    def _findings(self, owner: Somebody, campaign_id: str) -> dict[str, str]:
        names = ("finding_id", "finding_to_merge", "finding_to_join", "finding_to_drop")
        analyses.start_analysis(owner.actor, campaign_id)
        return {
            name: findings.add_finding(owner.actor, campaign_id, "A secret.", []).row.id
            for name in names
        }

    def _webhooks(self, owner: Somebody) -> dict[str, str]:
        names = ("webhook_id", "webhook_to_delete", "webhook_to_drop")
        wanted = endpoints.WebhookSettings("https://hooks.example/a")
        with transaction():  # there are at most so many
            db.session.execute(delete(Webhook).where(Webhook.org_id == owner.actor.org_id))
            made = [
                endpoints.add_webhook(self.services, owner.actor.org_id, wanted)[0]
                for _ in names
            ]
        return {
            **{name: row.id for name, row in zip(names, made, strict=True)},
            "delivery_id": delivery_log.send_ping(made[0]),
            "failed_delivery_id": self._failed(delivery_log.send_ping(made[0])),
        }

    def _failed(self, delivery_id: str) -> str:
        with transaction():
            db.session.get(Delivery, delivery_id).state = "failed"
        return delivery_id

    def _work(self, owner: Somebody) -> dict[str, str]:
        """A member, a log-in of the owner's, work that waits and a mail that failed."""
        now, org_id = clock.now(), owner.actor.org_id
        with transaction():
            member, other = (
                accounts.add_member(
                    owner.membership.organization,
                    accounts.add_user(f"more{next(_addresses)}@x.example", "More", HASHED()),
                    "viewer",
                )
                for _ in range(2)
            )
            login = Login(
                mark=new_id(), membership_id=owner.membership.id, created_at=now, seen_at=now
            )
            job = Job(org_id=org_id, kind="a test", subject=new_id(), next_at=now)
            mail = Mail(
                org_id=org_id, recipient="owner@a.example", kind="credits", state="failed",
                facts={"subject": "S", "sentence": "T"}, dedupe=new_id(), next_at=now,
                created_at=now,
            )  # fmt: skip
            db.session.add_all([login, job, mail])
            db.session.flush()
            return {
                "membership_id": member.id,
                "member_id": other.id,
                "login_id": login.id,
                "job_id": job.id,
                "failed_mail_id": mail.id,
            }

    def _view(self, owner: Somebody) -> str:
        with transaction():  # there are at most so many
            db.session.execute(
                delete(SavedFilter).where(SavedFilter.org_id == owner.actor.org_id)
            )
        return self._saved(owner, "A secret view")

    def _saved(self, owner: Somebody, name: str) -> str:
        return saved_filters.save_filter(owner.actor, name, {"q": "secret"}, shared=True).id

    def _asked(self, owner: Somebody) -> str:
        email = f"asked{next(_addresses)}@x.example"
        member_invitations.invite_member(self.services, owner.actor, email, "viewer")
        (row,) = (
            row
            for row in member_invitations.list_invitations(owner.actor)
            if row.email == email
        )
        return row.id

    def _model(self, owner: Somebody) -> None:
        """One that is refused before anybody is called."""
        with transaction():
            mine = ModelChoice(
                org_id=owner.actor.org_id, version=new_id(), whose="none", name="of-a",
                base_url="http://127.0.0.1:1/v1", last_four="", hides_personal_data=True,
                daily_tokens=0, changed_at=clock.now(),
            )  # fmt: skip
            db.session.merge(mine)

    def _organization(
        self, letter: str, roles: tuple[str, ...], *, system_admin: bool = False
    ) -> None:
        domain = f"{letter.partition(' ')[0].lower()}.example"
        with transaction():
            made = accounts.add_organization(letter, plan="enterprise", monthly_credits=9_000)
            members = [
                accounts.add_member(
                    made,
                    accounts.add_user(
                        f"{role}@{domain}", role, HASHED(), system_admin=system_admin
                    ),
                    role,
                )
                for role in roles
            ]
        for member in members:
            _, text = api_keys.create_api_key(self.services.ring, member, "Key")
            self.people[f"{letter} {member.role}"] = Somebody(
                member, accounts.build_actor(member), text, member.user.email
            )

    def logged_in(self, somebody: Somebody) -> Any:
        browser = self.app.test_client()
        sent = {"email": somebody.email, "password": PASSWORD}
        assert browser.post("/login", data=sent).status_code == 303
        return browser

    def own(self, caller: str) -> str:
        """What a caller has to put where a participant's link is wanted: their key, or their token."""
        shown = self.headers[caller].get("Authorization", "Bearer inv_" + "a" * 43)
        return shown.removeprefix("Bearer ")

    def send(
        self, caller: str, method: str, rule: str, things: dict[str, str], link: str = ""
    ) -> Any:
        """One request to a route, from an address of its own, so that no limit is met."""
        number = next(_addresses)
        where = f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
        headers = {"X-Request-Id": "same"}
        client = self.client
        if rule.startswith("/interview"):
            things = {**things, "token": link or self.own(caller)}
            headers["Accept"] = "application/json"
        elif rule.startswith("/api") or caller not in self.browsers:
            headers |= self.headers[caller]
        else:
            client = self.browsers[caller]
        return client.open(
            filled(method, rule, things),
            method=method,
            headers=headers,
            environ_base={"REMOTE_ADDR": where},
            **sent(method, rule, things),
        )


def bearer(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}
