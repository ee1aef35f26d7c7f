"""The real model. Where the extra is not installed these tests fail; they are never skipped."""

from pathlib import Path

import pytest

from interviewrelay.adapters import minilm
from interviewrelay.adapters.minilm import MiniLm
from interviewrelay.settings import Settings


@pytest.fixture(scope="session")
def meaning() -> MiniLm:
    made = minilm.of(Settings(Path(), semantic="on"))
    assert made is not None
    return made
