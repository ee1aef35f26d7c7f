"""The figures of a server of several processes."""

import json
from pathlib import Path

from tests.flows.server import Server
from tests.flows.waiting import until

CALLS = 40
WANTED = f'route="/api/projects",status="200"}} {CALLS}.0\n'


def test_every_process_tells_the_same_and_nothing_is_missing(tmp_path: Path) -> None:
    with Server(tmp_path, PROCESSES="3") as server:
        printed = server.command("demo", "--json")
        key = json.loads(printed[printed.index("{") :])["A"]["key_owner"]
        server.start()
        for _ in range(CALLS):
            assert server.call("GET", "/api/projects", key=key).status == 200
        until(lambda: WANTED in told(server))
        assert all(WANTED in told(server) for _ in range(9))
        server.term()
        server.start()
        assert WANTED not in told(server)


def told(server: Server) -> str:
    return server.call("GET", "/metrics").body.decode()
