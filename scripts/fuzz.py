"""Run schemathesis against a new server for each seed. See scripts/fuzz."""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
COMMAND = ROOT / ".venv/bin/interviewrelay"
ST = ROOT / ".venv-fuzz/bin/st"
LOG = ROOT / "var/fuzz-server.log"


def main() -> int:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("-n", type=int, default=200, help="calls per operation")
    reader.add_argument("seeds", type=int, nargs="*", default=[1, 2, 3])
    reader.add_argument("--only", help="only operations whose path matches this pattern")
    reader.add_argument("--phases", default="examples,coverage,fuzzing,stateful")
    wanted = reader.parse_args()
    failed = 0
    for seed in wanted.seeds:
        with tempfile.TemporaryDirectory() as folder:
            failed += run(Path(folder), seed, wanted) != 0
    print(f"{len(wanted.seeds) - failed} of {len(wanted.seeds)} seeds passed.")
    return int(failed > 0)


def run(folder: Path, seed: int, wanted: Any) -> int:
    """One seed against one server; the exit status of `st run`."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "INSTANCE_DIR": str(folder / "instance"),
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "TRUSTED_PROXIES": "1",  # each call comes from an address of its own
        **database(seed),
    }
    shown = subprocess.run(
        [COMMAND, "demo", "--json"], env=environment, capture_output=True, text=True, check=True
    ).stdout
    fixtures = json.loads(shown[shown.index("{") :])
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("ab") as log:
        server = subprocess.Popen([COMMAND, "serve"], env=environment, stdout=log, stderr=log)
    try:
        ready(base, server)
        kind = "PostgreSQL" if "DATABASE_URL" in environment else "SQLite"
        print(f"== seed {seed}, {wanted.n} calls per operation, {kind}", flush=True)
        return schemathesis(base, seed, wanted, fixtures)
    finally:
        server.terminate()
        server.wait(40)


def database(seed: int) -> dict[str, str]:
    """A database of its own on the server that scripts/services has started, or a file."""
    url = os.environ.get("TEST_DATABASE_URL")
    if not url:
        return {}
    name = f"fuzz_{seed}_{os.getpid()}"
    code = (
        "import sys, sqlalchemy as s\n"
        "engine = s.create_engine(sys.argv[1], isolation_level='AUTOCOMMIT')\n"
        "engine.connect().execute(s.text('CREATE DATABASE ' + sys.argv[2]))\n"
    )
    subprocess.run([ROOT / ".venv/bin/python", "-P", "-c", code, url, name], check=True)
    return {
        "DATABASE_URL": url.rsplit("/", 1)[0] + f"/{name}",
        "REDIS_URL": os.environ["TEST_REDIS_URL"].rsplit("/", 1)[0] + f"/{seed % 16}",
    }


def ready(base: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(base + "/readyz", timeout=5):
                return
        except OSError:
            if server.poll() is not None or time.monotonic() > until:
                sys.exit(f"The server did not start. See {LOG}.")
            time.sleep(0.1)


def schemathesis(base: str, seed: int, wanted: Any, fixtures: dict[str, Any]) -> int:
    words = [ST, "--config-file", ROOT / "scripts/fuzz.toml", "run", f"{base}/api/openapi.json"]
    words += ["--url", base, "--seed", str(seed), "-n", str(wanted.n)]
    words += ["--phases", wanted.phases, "--continue-on-failure", "--no-color"]
    if wanted.only:
        words += ["--include-path-regex", wanted.only]
    told = {
        **os.environ,
        "SCHEMATHESIS_HOOKS": "fuzz_hooks",
        "PYTHONPATH": str(ROOT / "scripts"),
        "FUZZ_KEY": fixtures["A"]["key_owner"],
        "FUZZ_ADMIN_KEY": fixtures["SYS"]["key_admin"],
        "FUZZ_FIXTURES": json.dumps(fixtures["A"]),
    }
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run([*map(str, words)], env=told, cwd=folder, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
