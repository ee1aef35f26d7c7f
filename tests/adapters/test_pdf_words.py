"""What other programs read out of a PDF: whole words, whatever marks their letters carry."""

import io
import re
import unicodedata
from pathlib import Path

import pypdf
import pytest

from interviewrelay.adapters.pdf.renderer import ChildPdfRenderer
from tests.adapters.pdf_samples import SENTENCES, a_transcript

# Punctuation, and the marks of direction that pdftotext puts around a run.
_BETWEEN = re.compile(r"[\s.,،’'\u202a-\u202e]+")


def words(text: str) -> set[str]:
    return set(_BETWEEN.split(unicodedata.normalize("NFC", text))) - {""}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = [text for answer in SENTENCES.values() for text in ("Please say it.", answer)]
    made = tmp_path_factory.mktemp("pdf") / "sentences.pdf"
    made.write_bytes(ChildPdfRenderer().render(a_transcript(texts)))
    return made


@pytest.fixture(scope="module")
def by_pypdf(file: Path) -> set[str]:
    reader = pypdf.PdfReader(io.BytesIO(file.read_bytes()))
    return words("\n".join(page.extract_text() for page in reader.pages))


@pytest.mark.parametrize("language", SENTENCES)
def test_pypdf_finds_whole_words(language: str, by_pypdf: set[str]) -> None:
    assert words(SENTENCES[language]) <= by_pypdf
