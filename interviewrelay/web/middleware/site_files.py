"""Site files: robots.txt, security.txt and other files at fixed paths."""

from datetime import timedelta
from typing import Final

from flask import Blueprint, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from interviewrelay.core import clock
from interviewrelay.core.errors import NotFound
from interviewrelay.integrity import signatures
from interviewrelay.web.http.blueprints import services
from interviewrelay.web.http.requests import build_public_url

site_files = Blueprint("site_files", __name__)

ROBOTS: Final = "User-agent: *\nDisallow: /\n"
SECURITY: Final = "/.well-known/security.txt"
KEYS: Final = "/.well-known/jwks.json"
EMBED: Final = "/embed.js"
VALID: Final = timedelta(days=180)
"""Lifetime of security.txt (RFC 9116 wants less than a year)."""


@site_files.get("/favicon.ico")
def get_favicon() -> ResponseReturnValue:
    response = current_app.send_static_file("favicon.svg")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


@site_files.get(EMBED)
def get_embed() -> ResponseReturnValue:
    """Script of the widget, for pages of other sites (docs/widget.md)."""
    response = current_app.send_static_file("embed.js")
    versioned = "v" in request.args
    response.headers["Cache-Control"] = (
        "public, max-age=31536000, immutable" if versioned else "public, max-age=3600"
    )
    return response


@site_files.get("/robots.txt")
def get_robots() -> ResponseReturnValue:
    """Deny crawlers everything."""
    return _plain(ROBOTS)


@site_files.get(SECURITY)
def get_security() -> ResponseReturnValue:
    """Contact for security reports (RFC 9116); 404 without SECURITY_CONTACT."""
    contact: str = current_app.extensions["settings"].security_contact
    if not contact:
        raise NotFound
    expires = clock.format_iso((clock.now() + VALID).replace(microsecond=0))
    return _plain(
        f"Contact: {contact}\nExpires: {expires}\nCanonical: {build_public_url(SECURITY)}\n"
    )


@site_files.get(KEYS)
def get_signing_keys() -> ResponseReturnValue:
    """Public keys of signed transcripts, as a JSON Web Key Set (docs/verifying.md)."""
    keys = signatures.list_public_keys(services().ring)
    response = jsonify(signatures.build_key_set(keys))
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def _plain(words: str) -> Response:
    return Response(words, content_type="text/plain; charset=utf-8")
