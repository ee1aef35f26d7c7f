"""The drill: four people write, a backup is taken, and everything is there in an empty place."""

import json
import threading
import time
from pathlib import Path
from typing import Any, Self

import pytest

from interviewrelay.backups import tar_archive
from tests.flows.server import Server, waiting_for_writers
from tests.flows.waiting import PATIENCE


class Writers:
    """Two who make projects and two who answer in interviews, as fast as they are let."""

    def __init__(self, server: Server, found: dict[str, Any]) -> None:
        self._server, self._found = server, found
        self._over = threading.Event()
        self.acknowledged: list[str] = []
        kinds = (self._projects, self._answers, self._projects, self._answers)
        self._threads = [
            threading.Thread(target=kind, args=(n,)) for n, kind in enumerate(kinds)
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(PATIENCE)

    def _projects(self, mine: int) -> None:
        key, number = self._found["A"]["key_owner"], 0
        while not self._over.is_set():
            number += 1
            name = f"Project {mine}-{number}"
            if (
                self._server.call("POST", "/api/projects", {"name": name}, key=key).status
                == 201
            ):
                self.acknowledged.append(name)

    def _answers(self, mine: int) -> None:
        a, number = self._found["A"], 0
        while not self._over.is_set():
            number += 1
            made = self._server.call(
                "POST",
                f"/api/campaigns/{a['campaign_id']}/invites",
                {"emails": [f"w{mine}-{number}@example.com"], "send_email": False},
                key=a["key_owner"],
            )
            path = f"/interview/{made.json['invites'][0]['token']}"
            begun = self._server.call("POST", f"{path}/start", {"consent": True}).json
            text = f"Answer {mine}-{number}: it took me {number} minutes by bus."
            body = {"number": begun["next_number"], "text": text}
            if self._server.call("POST", f"{path}/turns", body).status == 201:
                self.acknowledged.append(text)


def held(server: Server, found: dict[str, Any]) -> str:
    """All projects and all answers that a server has, as text."""
    a, pages = found["A"], []
    for offset in range(0, 5_000, 100):
        path = f"/api/projects?limit=100&offset={offset}"
        page = server.call("GET", path, key=a["key_owner"]).json
        pages.append(json.dumps(page["projects"]))
        if not page["pagination"]["has_more"]:
            break
    path = f"/api/campaigns/{a['campaign_id']}/transcripts?format=jsonl"
    pages.append(server.call("GET", path, key=a["key_owner"]).body.decode())
    return "\n".join(pages)


@pytest.mark.gate
def test_the_drill(server_on: Any, tmp_path: Path) -> None:
    old, file = server_on("old"), tmp_path / "copy.tar"
    old.program = waiting_for_writers()
    printed = old.command("demo", "--json")
    found = json.loads(printed[printed.index("{") :])
    pdf = f"/api/sessions/{found['A']['session_id']}/pdf"
    old.start()
    assert old.call("GET", pdf, key=found["A"]["key_owner"]).status == 200
    with Writers(old, found) as writers:
        while len(writers.acknowledged) < 40:
            time.sleep(0.05)
        before = list(writers.acknowledged)
        old.command("backup", "--with-keys", str(file))
        during = len(writers.acknowledged) - len(before)
    assert during > 0, "nobody was held up"
    assert file.stat().st_mode & 0o777 == 0o600

    new = server_on("new", empty=True)
    told = new.command("restore", str(file))  # ends with a doctor that finds nothing
    assert "FAIL" not in told
    with tar_archive.open_reader(file) as reader:
        stored = reader.manifest.stored
    assert f"pdf/{found['A']['session_id']}.pdf" in stored
    recordings = [name for name in stored if name.startswith("recordings/")]
    new.start()
    there = held(new, found)
    assert [name for name in before if name not in there] == []
    # What was sealed opens, and who had a link goes on where they stood.
    token = found["A"]["invite_token"]
    asked = new.call("GET", f"/api/invites/{token}", key=found["A"]["key_owner"])
    assert asked.json["status"] == "pending"
    assert new.call("POST", f"/interview/{token}/start", {"consent": True}).status == 201
    assert new.call("GET", pdf, key=found["A"]["key_owner"]).status == 200
    files = new.folder / "instance" / "files"
    assert recordings, "the demonstration's second study is spoken"
    assert all((files / name).stat().st_size for name in recordings)
