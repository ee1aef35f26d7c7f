"""The reference's own samples, played on a running server: the same names, times and numbers."""

import contextlib
import urllib.request
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Final

from sqlalchemy import create_engine, text

from tests import stripe_stand_in
from tests.conftest import PASSWORD, SERVER
from tests.flows.mail_sink import Letters
from tests.flows.server import Answer, Server
from tests.reference.reading import Reference

OCTOBER_1: Final = "2024-10-01T00:00:00Z"
OCTOBER_20: Final = "2024-10-20T10:00:00Z"
SAID: Final = "Hi, happy to be here."
RICH: Final = "ann@bright-water.example"


def later(seconds: float, since: str = OCTOBER_20) -> str:
    """So many seconds after a moment."""
    return (datetime.fromisoformat(since) + timedelta(seconds=seconds)).isoformat()


@dataclass
class Scene:
    """What stands on the server, and the answers that the walk looks at."""

    server: Server
    fixtures: dict[str, Any]
    reference: Reference
    stripe: stripe_stand_in.StandIn
    letters: Letters
    answers: dict[str, Answer] = field(default_factory=dict)
    """The answer to each operation's example, by the operation's title."""

    def __post_init__(self) -> None:
        a = self.fixtures["A"]
        self.key: str = a["key_owner"]
        self.script_id: str = a["script_id"]
        self.ids: dict[str, str] = {}

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        now: str | None = None,
        **headers: str,
    ) -> Answer:
        if now:
            headers["X_Test_Now"] = now
        return self.server.call(method, path, body, key=key or self.key, **headers)

    def get(self, path: str, **more: Any) -> Any:
        """What is at a path."""
        answer = self.call("GET", path, **more)
        assert answer.status == 200, answer.body
        return answer.json

    def made(self, path: str, body: Any, **more: Any) -> Any:
        answer = self.call("POST", path, body, **more)
        assert answer.status == 201, answer.body
        return answer.json

    def project(self, **more: Any) -> str:
        return self.made("/api/projects", {"name": "Of the reference"}, **more)["id"]

    def campaign(self, name: str, now: str, **more: Any) -> str:
        wanted = {
            "name": name,
            "script_id": self.script_id,
            "project_id": self.project(),
            **more,
        }
        return self.made("/api/campaigns", wanted, now=now)["id"]

    def links(
        self, campaign_id: str, emails: list[str], now: str | None = None, **more: Any
    ) -> list[str]:
        sent = {"emails": emails, "send_email": False}
        path = f"/api/campaigns/{campaign_id}/invites"
        return [invite["token"] for invite in self.made(path, sent, now=now, **more)["invites"]]

    def interview(
        self, link: str, *said: tuple[float, str], begun: str | None = None, ended: float = 0
    ) -> Any:
        """Held by a participant, each answer so many seconds after the beginning; its state."""
        step = f"/interview/{link}"

        def at(seconds: float) -> str | None:
            return later(seconds, begun) if begun else None

        reached = self.made(f"{step}/start", {"consent": True}, now=begun)
        for after, words in said:
            turn = {"number": reached["turn"]["number"] + 1, "text": words}
            reached = self.made(f"{step}/turns", turn, now=at(after))
        done = self.call("POST", f"{step}/complete", {}, now=at(ended))
        assert done.status == 200, done.body
        return done.json

    def crowd(self, name: str, invited: int, started: int, completed: int) -> str:
        """A campaign of October 1st with so many people."""
        campaign = self.campaign(name, OCTOBER_1)
        links = self.links(campaign, [f"p{number}@example.com" for number in range(invited)])
        for link in links[:completed]:
            assert self.interview(link)["status"] == "completed"
        for link in links[completed:started]:
            self.made(f"/interview/{link}/start", {"consent": True})
        return campaign

    def held(self) -> tuple[str, str]:
        """A campaign with one interview of October 20th, and that interview.

        The worker lives in our time: when it looks just while this goes on, it sees somebody who has
        been silent for years. Then it is held once more.
        """
        for _ in range(5):
            campaign = self.campaign("Held", OCTOBER_20)
            (link,) = self.links(campaign, ["user@example.com"], OCTOBER_20)
            ended = self.interview(link, (3.5, SAID), begun=OCTOBER_20, ended=720)
            if ended["status"] == "completed":
                return campaign, ended["session_id"]
        raise AssertionError("no interview was left in peace")

    @cached_property
    def rich(self) -> str:
        """The key of Bright Water, on the Starter plan with 4,000 credits more."""
        who = ("--email", RICH, "--password", PASSWORD, "--plan", "starter")
        self.server.command("accounts", "create", "--organization", "Bright Water", *who)
        self.server.command("credits", "grant", "bright-water", "4000", "--reference", "walk")
        return self.server.command("keys", "create", RICH).strip()

    def spend(self, minutes: int) -> None:
        """An interview of so many minutes at Bright Water."""
        key = self.rich
        questions = [{"text": "How was your visit?"}, {"text": "What would you change?"}]
        document = {"name": "Short", "questions": questions}
        script = self.made("/api/scripts", document, key=key)["id"]
        assert self.call("POST", f"/api/scripts/{script}/publish", key=key).status == 200
        wanted = {"name": "C", "script_id": script, "project_id": self.project(key=key)}
        campaign = self.made("/api/campaigns", wanted, key=key)["id"]
        now = self.get("/api/projects", key=key)["projects"][0]["created_at"]
        (link,) = self.links(campaign, ["one@example.com"], now, key=key)
        half = (30 * minutes, "The nurse was kind and explained everything to me.")
        self.interview(link, half, begun=now, ended=60 * minutes)

    def buy(self) -> None:
        """10,000 credits for Bright Water, paid as `pi_test_123`."""
        self.made("/api/billing/topups", {"pack": 10_000}, key=self.rich)
        (checkout,) = self.stripe.checkouts.values()
        body = self.stripe.paid(checkout, "pi_test_123")
        signed = {"Stripe-Signature": stripe_stand_in.signed(body)}
        told = urllib.request.Request(f"{self.server.base}/stripe/webhook", body, signed)
        with urllib.request.urlopen(told, timeout=60) as answer:
            assert answer.status == 200

    def break_key(self, key: str) -> None:
        """Write nonsense where this key's permissions are: a fault of the inside."""
        folder = self.server.folder / "instance" / "interviewrelay.db"
        url = self.server.environment["DATABASE_URL"] if SERVER else f"sqlite:///{folder}"
        engine = create_engine(url)
        with contextlib.closing(engine.connect()) as line, line.begin():
            statement = "UPDATE api_key SET permissions = '7' WHERE public_id = :public"
            line.execute(text(statement), {"public": key.removeprefix("ir_live_")[:8]})
        engine.dispose()


def play(scene: Scene) -> None:
    """Call every operation as its example does, in an order in which each finds what it is about."""
    reference, ids, answers = scene.reference, scene.ids, scene.answers

    def follow(title: str, path: str, body: Any = None, **more: Any) -> Any:
        answers[title] = scene.call(reference[title].method, path, body, **more)
        return answers[title].json

    example = reference["Create Project"].body
    made = follow("Create Project", "/api/projects", {f.name: f.name for f in example})
    ids["project"] = made["id"]
    follow("List Projects", "/api/projects")

    wanted = {"script_id": scene.script_id, "project_id": ids["project"]}
    body = {**reference["Create Campaign"].example.body, **wanted}
    ids["campaign"] = follow("Create Campaign", "/api/campaigns", body, now=OCTOBER_20)["id"]

    ids["listed"] = scene.crowd("Q4 Feedback", 50, 32, 32)
    of_project = scene.get(f"/api/campaigns/{ids['listed']}")["project_id"]
    follow("List Campaigns", f"/api/campaigns?project_id={of_project}&limit=10")
    ids["crowded"] = scene.crowd("Q4 Customer Feedback", 100, 65, 48)
    follow("Get Campaign Details", f"/api/campaigns/{ids['crowded']}")

    path = f"/api/campaigns/{ids['campaign']}/invites"
    follow("Create Invite", path, reference["Create Invite"].example.body, now=OCTOBER_20)
    (ids["token"],) = scene.links(ids["campaign"], ["user@example.com"], OCTOBER_20)
    follow("Get Invite Details", f"/api/invites/{ids['token']}", now=OCTOBER_20)

    ids["held"], ids["session"] = scene.held()
    session = ids["session"]
    follow("List Sessions", f"/api/sessions?campaign_id={ids['held']}&status=completed")
    follow("Get Session Details", f"/api/sessions/{session}")
    follow("Get Transcript", f"/api/session/{session}/transcript")
    answers["Download PDF"] = scene.call("GET", f"/api/session/{session}/pdf")

    scene.spend(18)
    follow("Get Credit Balance", "/api/billing/credits", key=scene.rich)
    follow("Get Usage", "/api/billing/usage?start_date=2024-10-20&end_date=2024-10-20")
    scene.spend(22)
    scene.buy()
    key = scene.fixtures["SYS"]["key_admin"]
    follow("Admin Credit Summary", "/api/admin/credits/summary", key=key)
    (silent,) = scene.links(ids["campaign"], ["silent@example.com"], OCTOBER_20)
    scene.made(f"/interview/{silent}/start", {"consent": True}, now=OCTOBER_20)
    scene.server.command("worker", "--once")  # who fell silent in October has left
