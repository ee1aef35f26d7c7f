"""The main job over HTTP alone, on a server that has never been used: from the first owner to the PDF."""

import datetime as dt
import http.cookiejar
import io
import re
import unicodedata
import urllib.parse
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdf

from tests.conftest import PASSWORD
from tests.factories import DOCUMENT
from tests.flows.server import Server

ARABIC = "انتظرت ساعة كاملة في الممر ولم يخبرني أحد بشيء."
SAID = (
    "Bus.",
    "Why do you ask?",
    "I waited forty minutes in the corridor, and nobody told us anything. That was sad.",
    "I'd rather not say",
    ARABIC,
    "It was wonderful that she explained everything, I loved that.",
    "Switch the screen on, please.",
)

MOODS = {SAID[5]: "positive", SAID[2]: "negative"}


def a_key(server: Server) -> str:
    """Set the server up through its forms, and make an API key there."""
    jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    browser = urllib.request.build_opener(jar)

    def token(path: str) -> str:
        page = browser.open(server.base + path).read().decode()
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found, f"no form on {path}"
        return found[1]

    def send(path: str, shown: str, **fields: str) -> str:
        body = urllib.parse.urlencode({**fields, "csrf_token": token(shown)}).encode()
        return browser.open(server.base + path, body).read().decode()

    send(
        "/setup",
        "/setup",
        organization="Alder Research",
        name="Ann",
        email="ann@alder.example",
        password=PASSWORD,
    )
    shown = send("/keys", "/keys", name="Flow", power="all")
    found = re.search(r"ir_live_[0-9A-Za-z]{46}", shown)
    assert found, "the key is not shown"
    return found[0]


def hold(server: Server, token: str, began: dt.datetime, said: Sequence[str]) -> list[str]:
    """A whole interview by JSON, which begins with these answers; what was said in it."""
    minute = 0

    def now() -> str:
        return f"{began + dt.timedelta(minutes=minute):%Y-%m-%dT%H:%M:%SZ}"

    path = f"/interview/{token}"
    opened = server.call("GET", path, X_Test_Now=now())
    assert opened.status == 200
    assert opened.json["status"] == "pending"
    reached = server.call("POST", f"{path}/start", {"consent": True}, X_Test_Now=now())
    assert reached.status == 201
    number, given = reached.json["next_number"], []
    for text in (*said, *["No, that is all."] * 15):
        minute += 1
        sent = {"number": number, "text": text}
        reply = server.call("POST", f"{path}/turns", sent, X_Test_Now=now())
        assert reply.status == 201, reply.body
        assert reply.json["saved"]["text"] == text
        given.append(text)
        if reply.json["turn"] is None:
            assert reply.json["status"] == "completed"
            return given
        number = reply.json["next_number"]
    raise AssertionError("the interview did not end")


def test_from_the_first_owner_to_the_pdf(tmp_path: Path) -> None:
    with Server(tmp_path).start() as server:
        hold_the_first_interview(server)


def hold_the_first_interview(server: Server, said: Sequence[str] = SAID) -> None:
    """All of the main job, on a server that has never been used."""
    key = a_key(server)

    def post(path: str, body: Any) -> Any:
        answer = server.call("POST", path, body, key=key)
        assert answer.status in (200, 201), answer.body
        return answer.json

    project = post("/api/projects", {"name": "Patients"})
    script = post("/api/scripts", DOCUMENT)
    assert post(f"/api/scripts/{script['id']}/publish", {})["status"] == "published"
    campaign = post(
        "/api/campaigns",
        {"name": "Autumn", "script_id": script["id"], "project_id": project["id"]},
    )
    made = post(f"/api/campaigns/{campaign['id']}/invites", {"emails": ["pat@example.com"]})
    before = server.call("GET", "/api/billing/credits", key=key).json["total_credits"]
    # An hour ago: doctor objects to what was stored in times to come.
    began = dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)
    given = hold(server, made["invites"][0]["token"], began, said)

    listed = server.call("GET", f"/api/sessions?campaign_id={campaign['id']}", key=key).json
    session = listed["sessions"][0]
    assert session["status"] == "completed"
    assert session["duration_minutes"] == len(given)
    after = server.call("GET", "/api/billing/credits", key=key).json["total_credits"]
    assert before - after == 10 * len(given)

    transcript = server.call("GET", f"/api/session/{session['id']}/transcript", key=key).json
    spoken = [t for t in transcript["turns"] if t["speaker"] == "participant"]
    assert [t["text"] for t in spoken] == given
    moods = {t["text"]: t["sentiment"] for t in spoken}
    assert {text: moods[text] for text in MOODS if text in given}.items() <= MOODS.items()

    pdf = server.call("GET", f"/api/session/{session['id']}/pdf", key=key)
    assert pdf.headers["content-type"] == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(pdf.body)).pages
    text = flat("".join(page.extract_text() for page in pages))
    for answer in given:
        for word in answer.split():
            assert flat(word) in text or flat(word)[::-1] in text, word
    assert server.command("doctor")


def flat(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069.]", "", plain)
