"""Somebody who works with a server while it has faults, and what both were told is saved."""

import json
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

from tests.flows.server import Answer, Server
from tests.flows.waiting import PATIENCE, until


class Study:
    """Somebody who makes projects, somebody who speaks, and what both were told is saved."""

    def __init__(self, server: Any, email: str = "fault@example.com") -> None:
        self.server, a = server, server.fixtures["A"]
        self.key = a["key_owner"]
        campaign = f"/api/campaigns/{a['campaign_id']}/invites"
        body = {"emails": [email], "send_email": False}
        made = server.call("POST", campaign, body, key=self.key)
        self.path = f"/interview/{made.json['invites'][0]['token']}"
        begun = server.call("POST", f"{self.path}/start", {"consent": True}).json
        self.number, self.session = begun["next_number"], begun["session_id"]
        self.projects: list[str] = []
        self.said: list[str] = []

    def make(self, name: str, **more: Any) -> Answer:
        body = {"name": name, "description": "x" * 2_000, **more}
        answer = self.server.call("POST", "/api/projects", body, key=self.key)
        if answer.status == 201:
            self.projects.append(name)
        return answer

    def say(self, text: str) -> Answer:
        body = {"number": self.number, "text": text}
        answer = self.server.call("POST", f"{self.path}/turns", body)
        if answer.status in (200, 201):
            self.said.append(text)
            self.number = answer.json["next_number"]
        return answer

    def read(self) -> Answer:
        return self.server.call("GET", "/api/projects", key=self.key)

    def nothing_is_missing(self, *but: str) -> None:
        """And the doctor finds nothing, `but` for these checks."""
        there: set[str] = set()
        for offset in range(0, 10_000, 100):
            path = f"/api/projects?limit=100&offset={offset}"
            page = self.server.call("GET", path, key=self.key).json
            there |= {project["name"] for project in page["projects"]}
            if not page["pagination"]["has_more"]:
                break
        assert set(self.projects) - there == set()
        state = self.server.call("GET", f"{self.path}/state").json
        spoken = [t["text"] for t in state["turns"] if t["speaker"] == "participant"]
        assert [text for text in self.said if text not in spoken] == []
        found = json.loads(self.server.command("doctor", "--json", status=int(bool(but))))
        assert [c["name"] for c in found["checks"] if not c["ok"]] == [*but], found


def refused(answer: Answer) -> bool:
    """Whether it says in the form of all errors that it could not be saved; else it was saved."""
    if answer.status in (200, 201):
        return False
    assert answer.status == 503, answer.body
    assert answer.json["error"]["code"] == "STORAGE_UNAVAILABLE"
    assert int(answer.headers["retry-after"]) > 0
    return True


def typed(server: Server, path: str, text: str, number: int) -> str:
    """The page that a browser without JavaScript gets for an answer."""
    form = urllib.parse.urlencode({"number": number, "text": text}).encode()
    asked = urllib.request.Request(f"{server.base}{path}/turns", form, {"Accept": "text/html"})
    try:
        with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
            return str(answer.read().decode())
    except urllib.error.HTTPError as refusal:
        with refusal:
            return str(refusal.read().decode())


def mails_and_webhooks_still_leave(study: Study) -> None:
    """Whoever does the periodic work has outlived it, and catches up."""
    campaign = f"/api/campaigns/{study.server.fixtures['A']['campaign_id']}/invites"
    body = {"emails": ["later@example.com"]}
    for _ in range(3):  # what counts looks again a second after its file could not be opened
        invited = study.server.call("POST", campaign, body, key=study.key)
        if not refused(invited):
            break
        time.sleep(int(invited.headers["retry-after"]))
    assert invited.status == 201, invited.body
    until(lambda: _is_caught_up(study.server))


def _is_caught_up(server: Server) -> bool:
    """Whether no mail waits, and no webhook has been due for long."""
    metrics = server.call("GET", "/metrics").body.decode()
    values = dict(line.rsplit(" ", 1) for line in metrics.splitlines() if line[:1] != "#")
    return (
        values['interviewrelay_mails{state="queued"}'] == "0.0"
        and float(values["interviewrelay_webhooks_late_seconds"]) < 60
    )
