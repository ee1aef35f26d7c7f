"""The real model. Where the extra is not installed these tests fail; they are never skipped."""

from pathlib import Path

import pytest

from interviewrelay.adapters.language_models import sentence_embeddings
from interviewrelay.adapters.language_models.sentence_embeddings import MiniLm
from interviewrelay.core.config.settings import Settings


@pytest.fixture(scope="session")
def meaning() -> MiniLm:
    made = sentence_embeddings.load_model(Settings(Path(), semantic="on"))
    assert made is not None
    return made
