"""Two server processes on one database: the same call to both changes it once."""

import json
import threading
from pathlib import Path

from tests.conftest import SERVER, copied
from tests.flows.server import Answer, Server
from tests.flows.waiting import PATIENCE


def test_two_processes_make_one_change(template: str, tmp_path: Path) -> None:
    url, drop = copied(template, tmp_path)
    settings = {"DATABASE_URL": url if SERVER else f"sqlite:///{tmp_path}/shared.db"}
    with Server(tmp_path, **settings) as one, Server(tmp_path, **settings) as other:
        printed = one.command("demo", "--json")
        key = json.loads(printed[printed.index("{") :])["A"]["key_owner"]
        one.start()
        other.start()
        before = one.call("GET", "/api/projects", key=key).json["total"]
        came: list[Answer] = []

        def send(server: Server, name: str) -> None:
            headers = {"Idempotency-Key": name}
            came.append(
                server.call("POST", "/api/projects", {"name": name}, key=key, **headers)
            )

        for turn in range(10):
            threads = [
                threading.Thread(target=send, args=(server, f"turn-{turn}"))
                for server in (one, other, one, other)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(PATIENCE)
        assert {answer.status for answer in came} <= {201, 409}
        made = [a for a in came if a.status == 201 and "idempotent-replayed" not in a.headers]
        assert len(made) == 10
        assert one.call("GET", "/api/projects", key=key).json["total"] == before + 10
    drop()
