"""An instance folder with the demonstration data, made once and copied for each server."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.flows.server import Server


@pytest.fixture(scope="session")
def demonstrated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The folder, and what it holds."""
    server = Server(tmp_path_factory.mktemp("demonstrated"))
    printed = server.command("demo", "--json")
    return server.folder / "instance", json.loads(printed[printed.index("{") :])


@pytest.fixture
def copy_of_it(demonstrated: tuple[Path, dict[str, Any]]) -> Callable[[Server], Any]:
    """Puts the data into a server's folder before it starts, and what it holds beside it."""

    def copy(server: Any) -> Any:
        folder, fixtures = demonstrated
        shutil.copytree(folder, server.folder / "instance")
        server.fixtures = fixtures
        return server

    return copy
