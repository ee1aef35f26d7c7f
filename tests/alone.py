"""What a test may ask of the machine: Python alone, unless the gate is what runs it.

A test belongs to the gate where its folder is named in `norecursedirs`, where it is marked `gate`, and
where it runs on PostgreSQL.
"""

import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

_start = subprocess.Popen.__init__
_running: pytest.Item | None = None


def of_gate(item: pytest.Item) -> bool:
    """Whether `scripts/gate` runs this test and `./test` does not."""
    folders = set(item.config.getini("norecursedirs"))
    return item.get_closest_marker("gate") is not None or bool(
        folders & set(item.path.relative_to(item.config.rootpath).parts)
    )


def excess(command: Any, executable: Any = None) -> str:
    """What a command asks for that a machine with nothing but Python lacks, or a server; empty if nothing."""
    words = [command] if isinstance(command, str | bytes) else list(command)
    program = str(executable or words[0])
    if program != sys.executable:
        return f"the program {program}"
    return "a server process" if "serve" in words else ""


def _guarded(self: Any, args: Any, *more: Any, **named: Any) -> None:
    unmet = excess(args, named.get("executable"))
    on_a_server = bool(os.environ.get("TEST_DATABASE_URL"))
    if unmet and _running is not None and not (on_a_server or of_gate(_running)):
        pytest.fail(f"{unmet} is not for ./test: mark the test with pytest.mark.gate")
    _start(self, args, *more, **named)


def pytest_configure() -> None:
    """Libraries such as Stripe's ask what machine this is: Python starts `uname` once to answer."""
    platform.processor()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Fixtures of any scope are watched as well, since a test is what asks for them first."""
    global _running  # noqa: PLW0603 - one test at a time
    _running = item
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subprocess.Popen, "__init__", _guarded)
        return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for the database is marked so: the gate runs these on PostgreSQL as well."""
    for item in items:
        if "template" in getattr(item, "fixturenames", ()):
            item.add_marker("database")
