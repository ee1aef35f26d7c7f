"""Translations of participants' pages and emails, in every supported language.

English is the source language, in the code and the templates. The catalogs in `translations/` are
read uncompiled, so they are never out of date, whether in a checkout, a wheel or the single binary.
"""

from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.dates import format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

LANGUAGES: Final = ("en", "nl", "de", "fr", "es", "ar")
FOLDER: Final = Path(__file__).parent.parent / "translations"


def get_supported_language(language: str) -> str:
    """Supported language for a tag (`pt-BR`, `de_AT`): its own, or English."""
    base = language.replace("_", "-").partition("-")[0].lower()
    return base if base in LANGUAGES else "en"


@cache
def get_translations(language: str) -> NullTranslations:
    """The catalog of one of LANGUAGES."""
    if language == "en":
        return NullTranslations()
    with (FOLDER / f"{language}.po").open("rb") as file:
        catalog = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translations(compiled)


def format_moment(at: datetime, language: str) -> str:
    """Date and time in one of LANGUAGES, as `05 March 2031, 12:30`."""
    return format_datetime(at, "d MMMM y, HH:mm", locale=language)
