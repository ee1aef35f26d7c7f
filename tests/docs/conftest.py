"""A real server with demo data, and the clients that samples import."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.docs.samples import ROOT
from tests.flows.server import Server

JAVASCRIPT = ROOT / "sdk" / "javascript"


@pytest.fixture(autouse=True)
def no_outside_world() -> None:
    """Samples have processes of their own."""


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What a sample finds in its environment."""
    with Server(tmp_path_factory.mktemp("server")) as server:
        printed = server.command("demo", "--json")
        fixtures: dict[str, Any] = json.loads(printed[printed.index("{") :])
        server.start()
        key = fixtures["A"]["key_owner"]
        yield {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path_factory.mktemp("home")),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT / "sdk" / "python" / "src"),
            "BASE": server.base,
            "KEY": key,
            "INTERVIEWRELAY_BASE_URL": server.base,
            "INTERVIEWRELAY_API_KEY": key,
        }


@pytest.fixture(scope="session")
def node_modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with the JavaScript client, which is built unless it is there, and its packages."""
    if not (JAVASCRIPT / "dist" / "esm").is_dir():
        for command in (["npm", "ci", "--ignore-scripts"], ["npm", "run", "build"]):
            subprocess.run(
                command, cwd=JAVASCRIPT, check=True, capture_output=True, timeout=300
            )
    folder = tmp_path_factory.mktemp("node") / "node_modules"
    (folder / "@ai-interview").mkdir(parents=True)
    (folder / "@ai-interview" / "sdk").symlink_to(JAVASCRIPT)
    for package in (JAVASCRIPT / "node_modules").iterdir():
        if not package.name.startswith("."):
            (folder / package.name).symlink_to(package)
    return folder
