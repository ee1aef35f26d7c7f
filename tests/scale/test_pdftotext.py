"""What Debian's pdftotext reads out of a PDF; the gate installs it (`poppler-utils`)."""

import subprocess
from pathlib import Path

import pytest

from tests.adapters.pdf_samples import SENTENCES
from tests.adapters.test_pdf_words import file, words

__all__ = ["file"]  # the fixture


@pytest.fixture(scope="module")
def found(file: Path) -> set[str]:
    done = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True)
    return words(done.stdout)


@pytest.mark.parametrize("language", SENTENCES)
def test_every_word_is_whole(language: str, found: set[str]) -> None:
    assert words(SENTENCES[language]) <= found
