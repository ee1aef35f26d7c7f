"""In which language a page speaks, and where its words come from.

The participant's pages speak the language of their interview; where that is not known, as behind a
link that leads nowhere, one that the browser asks for. All other pages are in English.
"""

from babel.support import NullTranslations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, Domain, get_locale, refresh

from interviewrelay.core import translations


class Words(Domain):  # type: ignore[misc]
    """Our own catalogs in place of compiled ones."""

    def get_translations(self) -> NullTranslations:
        return translations.of(str(get_locale()))


class Tongue(Babel):  # type: ignore[misc]
    domain_instance = Words()


def register(app: Flask) -> None:
    Tongue(app, locale_selector=_wanted)
    app.jinja_env.globals["get_locale"] = get_locale


def speak(language: str) -> None:
    """From here on this page is in this language, if it is one of ours; else in English."""
    g.language = language
    refresh()


def _wanted() -> str:
    if not has_request_context() or not for_participants(request.path):
        return "en"
    if language := g.get("language"):
        return translations.spoken(language)
    return request.accept_languages.best_match(translations.LANGUAGES, "en")


def for_participants(path: str) -> bool:
    """Whether this is an address of the participant's pages, which know no cookie."""
    return path == "/interview" or path.startswith("/interview/")
