"""Server group that can be killed and restarted, and its HTTP client."""

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
"""Seconds after which a server that isn't ready counts as failed."""
STARTS: Final = 10
"""Attempts to start a server on a failing disk."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Response; status 0 means that the connection broke and the outcome is unknown."""

    status: int
    told: Any = None

    @property
    def code(self) -> str:
        """Error code, or an empty string."""
        error = self.told.get("error") if isinstance(self.told, dict) else None
        return str(error.get("code", "")) if isinstance(error, dict) else ""


class Host:
    """Instance with the process group that serves it, killed and stopped together."""

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
        """Start the server with extra environment variables, and return the seconds until it was
        ready.
        """
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
        """Start a product command in its own process group."""
        environment = {**self.instance.environment, **more}
        return begun(environment, *words, log=self.log, apart=True)

    def kill(self) -> None:
        """Kill the whole group with SIGKILL, and wait until the port is closed."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        server.silence(self.port)
        self._process = None

    def stop(self) -> None:
        """Stop the server in order, as an administrator would."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(40)
        self.kill()

    def campaign(self, name: str) -> str:
        """Create a campaign, and return its id."""
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
        """Problems found by `doctor`, except in this check."""
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
        """Send one request on a new connection from a loopback address. One address per person
        avoids rate limits.
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
