"""Locale of a page, and its translations.

Participants' pages use the language of the interview; if that is unknown, as with an invalid link,
the browser's preference. All other pages are in English.
"""

from babel.support import NullTranslations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, Domain, get_locale, refresh

from interviewrelay.core import translations


class Catalogs(Domain):  # type: ignore[misc]
    """Translation domain with our own catalogs instead of compiled ones."""

    def get_translations(self) -> NullTranslations:
        return translations.get_translations(str(get_locale()))


class PageLocale(Babel):  # type: ignore[misc]
    domain_instance = Catalogs()


def register(app: Flask) -> None:
    PageLocale(app, locale_selector=_wanted)
    app.jinja_env.globals["get_locale"] = get_locale


def set_page_language(language: str) -> None:
    """Set the page's language if it is supported, otherwise English."""
    g.language = language
    refresh()


def _wanted() -> str:
    if not has_request_context() or not is_participant_path(request.path):
        return "en"
    if language := g.get("language"):
        return translations.get_supported_language(language)
    return request.accept_languages.best_match(translations.LANGUAGES, "en")


def is_participant_path(path: str) -> bool:
    """True for URLs of participants' pages, which use no cookies."""
    return path == "/interview" or path.startswith("/interview/")
