"""A server group that is killed and started again, and whoever talks to it."""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from typing import Any, Final

from bench import server
from bench.commands import begun

PROCESSES: Final = "2"
READY_SECONDS: Final = 60.0
"""After which a server that does not become ready is given up."""
STARTS: Final = 10
"""How often a start is tried that a failing disk may end."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status 0 stands for a line that broke: nobody knows what became of the request."""

    status: int
    told: Any = None

    @property
    def code(self) -> str:
        """Of a refusal; empty for everything else."""
        error = self.told.get("error") if isinstance(self.told, dict) else None
        return str(error.get("code", "")) if isinstance(error, dict) else ""


class Host:
    """An instance, and the group of processes that serves it: killed and ended together."""

    def __init__(self, instance: server.Instance) -> None:
        self.instance, self.port = instance, instance.port
        instance.environment["PROCESSES"] = PROCESSES
        self._a = instance.fixtures["A"]
        self.key: str = self._a["key_owner"]
        self.log = instance.folder / "chaos.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def database(self) -> str:
        return "postgresql" if self.instance.database_url else "sqlite"

    def start(self, **more: str) -> float:
        """With these variables besides; the seconds until it said that it was ready."""
        for _ in range(STARTS):
            began = time.monotonic()
            self._process = self.begun("serve", **more)
            while time.monotonic() - began < READY_SECONDS:
                if self.call("GET", "/readyz").status == 200:
                    return time.monotonic() - began
                if self._process.poll() is not None:
                    break
                time.sleep(0.01)
            self.kill()
            if not more:
                break
        raise RuntimeError(f"the server did not become ready: {self.log.read_text()[-500:]}")

    def begun(self, *words: str, **more: str) -> subprocess.Popen[bytes]:
        """A command of the product under way, at the head of a group of its own."""
        environment = {**self.instance.environment, **more}
        return begun(environment, *words, log=self.log, apart=True)

    def kill(self) -> None:
        """SIGKILL for the whole group; nobody listens any more afterwards."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        server.silence(self.port)
        self._process = None

    def stop(self) -> None:
        """In order, as an administrator would."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(40)
        self.kill()

    def campaign(self, name: str) -> str:
        """A new one, open to whoever is invited."""
        body = {
            "name": name,
            "script_id": self._a["script_id"],
            "project_id": self._a["project_id"],
        }
        made = self.call("POST", "/api/campaigns", body, key=self.key)
        if made.status != 201:
            raise RuntimeError(f"no campaign could be made: {made}")
        campaign_id: str = made.told["id"]
        return campaign_id

    def doctor(self, but: str = "") -> list[str]:
        """What the doctor finds, except by this check."""
        try:
            printed = self.instance.command("doctor", "--json")
        except subprocess.CalledProcessError as fault:
            printed = fault.stdout
        if "{" not in printed:
            return [f"the doctor could not look: {printed[-200:]}"]
        checks = json.loads(printed[printed.index("{") :])["checks"]
        return [
            f"doctor, {check['name']}: {found}"
            for check in checks
            for found in check["found"]
            if check["name"] != but
        ]

    def call(
        self, method: str, path: str, body: Any = None, *, key: str = "", home: str = ""
    ) -> Answer:
        """One request on a line of its own, from an address of the loopback network: with one for
        each person no limit of an address is met.
        """
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        line = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=30, source_address=(home, 0) if home else None
        )
        try:
            line.request(method, path, None if body is None else json.dumps(body), headers)
            answer = line.getresponse()
            return Answer(answer.status, json.loads(answer.read() or b"null"))
        except (OSError, http.client.HTTPException, ValueError):
            return Answer(0)
        finally:
            line.close()
