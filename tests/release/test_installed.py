"""What scripts/release builds: the wheel in an empty environment and the single file in an empty folder,
neither of which needs the checkout or anything else, and the papers beside them.
"""

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters

from tests.flows.server import ROOT, Server, until
from tests.flows.test_first_run import ARABIC, a_key, hold_the_first_interview

WRITING_SYSTEMS = (
    ARABIC,
    "मैंने गलियारे में लगभग चालीस मिनट इंतज़ार किया और किसी ने हमें कुछ नहीं बताया",
    "חיכיתי כארבעים דקות במסדרון ואף אחד לא אמר לנו שום דבר",
    "Я ждал в коридоре сорок минут и никто нам ничего не сказал.",
    "廊下で四十分ほど待ちましたが誰も何も教えてくれませんでした",
)


def run(*words: str, cwd: Path) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    clean["PYTHON"] = str(Path(sys.executable))  # scripts/release starts it with -P
    done = subprocess.run(
        words, cwd=cwd, env=clean, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def dist() -> Path:
    """All that a release consists of."""
    run("scripts/release", cwd=ROOT)
    return ROOT / "dist"


@pytest.fixture(scope="module")
def installed(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Environment with the wheel and the packages of the lock file, and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    (wheel,) = dist.glob("interviewrelay-*.whl")
    run(*[sys.executable, "-P", "-m", "venv", "venv"], cwd=folder)
    install = ["venv/bin/python", "-P", "-m", "pip", "install", "--quiet", "--no-deps"]
    lock = ROOT / "requirements.lock"
    run(*install, "--require-hashes", "--only-binary", ":all:", "-r", str(lock), cwd=folder)
    run(*install, str(wheel), cwd=folder)
    return folder / "venv" / "bin" / "interviewrelay"


@pytest.fixture(scope="module")
def binary(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The single file, alone in a folder."""
    return Path(shutil.copy(dist / "interviewrelay", tmp_path_factory.mktemp("alone")))


def serving(program: Path, folder: Path) -> Server:
    """A server without any of the environment of the tests."""

    made = Server(folder)
    made.program, made.cwd = (str(program),), folder
    kept = ("PORT", "INSTANCE_DIR", "IR_TESTING")
    made.environment = {name: made.environment[name] for name in kept}
    made.environment["TMPDIR"] = str(folder)
    return made


def check_pages(server: Server) -> None:
    """The sign-in page comes with all its files."""
    page = server.call("GET", "/login", Accept="text/html")
    assert page.status == 200
    files = re.findall(r'(?:href|src)="(/static/[^"#]+)', page.body.decode())
    assert files
    for file in files:
        assert server.call("GET", file).status == 200, file


def check_documentation(server: Server) -> None:
    """The documentation, its search and the examples of the clients are there."""
    for path, words in (
        ("/docs/settings", 'id="BASE_URL"'),
        ("/docs/changelog", "<h1>Changelog</h1>"),
        ("/docs/search?q=restore", 'class="hits"'),
        ("/api/docs", "client.campaigns.create("),
    ):
        page = server.call("GET", path, Accept="text/html")
        assert page.status == 200, path
        assert words in page.body.decode(), path


def read_pins(*locks: str) -> set[tuple[str, str]]:
    """Name and version of each package in these lock files."""
    lines = "".join((ROOT / lock).read_text() for lock in locks)
    return set(re.findall(r"^([a-z0-9-]+)==([^ ;]+)", lines, re.MULTILINE))


def test_the_checksums_are_of_every_file(dist: Path) -> None:
    run("sha256sum", "--check", "--strict", "SHA256SUMS", cwd=dist)
    named = {line.split()[1] for line in (dist / "SHA256SUMS").read_text().splitlines()}
    assert named == {file.name for file in dist.iterdir()} - {"SHA256SUMS"}
    for kind in ("interviewrelay_client-*.whl", "interviewrelay_client-*.tar.gz", "*.tgz"):
        assert len(list(dist.glob(kind))) == 1, kind


def test_the_bill_of_materials_has_every_part(dist: Path) -> None:
    found = json.loads((dist / "sbom.cdx.json").read_text())
    parts = {
        (part["name"].lower().replace("_", "-"), part["version"])
        for part in found["components"]
    }
    # Packages for other systems are in the lock files too.
    assert parts <= read_pins("requirements.lock", "requirements-mcp.lock")
    assert {"flask", "psycopg-binary", "xhtml2pdf", "mcp"} <= {name for name, _ in parts}


def test_the_notice_names_every_part_and_its_licence(dist: Path) -> None:
    notice = (dist / "NOTICE").read_text()
    found = json.loads((dist / "sbom.cdx.json").read_text())
    head, _, rest = notice.partition("Parts under the LGPL")
    assert "MIT License" in head
    lgpl, _, rest = rest.partition("\nPackages\n")
    for name in ("psycopg ", "psycopg-binary ", "svglib "):
        assert f"\n{name}" in lgpl
    for part in found["components"]:
        assert re.search(
            rf"^{re.escape(part['name'])} \S+: \S", rest, re.IGNORECASE | re.MULTILINE
        )
    assert "see below" not in lgpl
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in rest.upper()


def test_the_wheel_serves_the_whole_product(installed: Path, tmp_path: Path) -> None:
    with serving(installed, tmp_path).start() as server:
        hold_the_first_interview(server)
        check_pages(server)
        check_documentation(server)


def test_the_binary_serves_the_whole_product(binary: Path, tmp_path: Path) -> None:
    assert binary.stat().st_size < 72_000_000
    with serving(binary, tmp_path).start() as server:
        hold_the_first_interview(server)
        check_pages(server)
        check_documentation(server)


def test_the_binary_prints_five_writing_systems(binary: Path, tmp_path: Path) -> None:
    with serving(binary, tmp_path).start() as server:
        hold_the_first_interview(server, WRITING_SYSTEMS)


def test_the_binary_has_tools_for_assistants(binary: Path, tmp_path: Path) -> None:
    with serving(binary, tmp_path).start() as server:
        key = a_key(server)
        command = StdioServerParameters(
            command=str(binary),
            args=["mcp", "--url", server.base],
            env={"INTERVIEWRELAY_API_KEY": key, "TMPDIR": str(tmp_path)},
        )

        async def ask() -> Any:
            async with Client(command) as client:
                return await client.call_tool("get_account", {})

        account = asyncio.run(asyncio.wait_for(ask(), 60))
        assert account.structured_content["organization"] == "Alder Research"


def test_a_killed_binary_leaves_nothing_behind_that_stays(binary: Path, tmp_path: Path) -> None:
    with serving(binary, tmp_path).start() as server:
        key = a_key(server)
        server.kill9()
        (left,) = tmp_path.glob("_MEI*")
        server.start()
        assert not left.exists()
        assert server.call("GET", "/api/campaigns", key=key).status == 200
        assert server.term() == 0
    assert not list(tmp_path.glob("_MEI*"))


def test_the_binary_alone_serves_from_the_folder_beside_it(
    binary: Path, tmp_path: Path
) -> None:
    server = serving(binary, tmp_path)
    del server.environment["INSTANCE_DIR"]
    with server.log.open("ab") as log:
        server.process = subprocess.Popen(
            server.program, cwd="/", env=server.environment, stdout=log, stderr=log
        )
    with server:
        until((binary.parent / "instance" / "interviewrelay.db").is_file, 30)
        until(server.is_ready, 30)
