"""Documentation pages under /docs: the same for every reader, without cookies, and cacheable."""

import hashlib
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from flask import Blueprint, Response, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from interviewrelay.core.config.program import find_asset_root
from interviewrelay.core.errors import NotFound
from interviewrelay.documentation.library import Library
from interviewrelay.documentation.page_search import build_index
from interviewrelay.documentation.search_index import LONGEST_QUERY, SearchIndex
from interviewrelay.organizations import audit_log
from interviewrelay.web.http import htmx
from interviewrelay.web.http.authentication import redirect_to_login
from interviewrelay.web.http.requests import filter_value
from interviewrelay.web.openapi import pages as reference, reference_search

documentation = Blueprint("documentation", __name__)

_FOR_ALL: Final = "public, max-age=300"
_FOR_MEMBERS: Final = "private, no-cache"
_MARKDOWN: Final = "text/markdown; charset=utf-8"


@documentation.before_request
def check_reader() -> ResponseReturnValue | None:
    """Apply the setting DOCUMENTATION: for everyone, for members, or for nobody."""
    audit_log.set_actor(None)
    readers = current_app.extensions["settings"].documentation
    if readers == "off":
        raise NotFound
    if readers == "members" and not current_user.is_authenticated:
        return redirect_to_login()
    return None


@documentation.get("/docs")
def show_home() -> ResponseReturnValue:
    return _send("", partial(_render, "documentation/home.html"))


@documentation.get("/docs/")
def leave_slash() -> ResponseReturnValue:
    return redirect("/docs", 308)


@documentation.get("/docs/search")
def search_documentation() -> ResponseReturnValue:
    query = (filter_value("q") or "")[:LONGEST_QUERY].strip()
    hits = get_index().search(query) if query else None
    if htmx.is_htmx_request():
        return render_template("documentation/_results.html", hits=hits, q=query)
    return _render("documentation/search.html", hits=hits, q=query)


@documentation.get("/docs/<path:name>")
def show_page(name: str) -> ResponseReturnValue:
    """Page, its Markdown with ".md" after its name, or a file that pages show."""
    library = get_library()
    if (file := library.find_file(name)) is not None:
        path, kind = file
        return _send(name, path.read_bytes, kind)
    plain = name.removesuffix(".md")
    if (page := library.get_page(plain)) is None:
        raise NotFound
    if plain != name:
        return _send(name, partial(library.read_text, plain), _MARKDOWN)
    return _send(name, partial(_render, "documentation/page.html", page=page))


def get_library() -> Library:
    """Documentation of this installation. Raises NotFound if it is installed without."""
    made: Library | None = current_app.extensions.get("documentation")
    if made is None:
        try:
            made = Library(find_asset_root())
        except FileNotFoundError:
            raise NotFound from None
        current_app.extensions["documentation"] = made
    return made


def get_index() -> SearchIndex:
    """Search index, built on first use: that takes about a second."""
    made: SearchIndex | None = current_app.extensions.get("documentation_index")
    if made is None:
        entries = reference_search.list_entries(reference.get_document())
        made = current_app.extensions["documentation_index"] = build_index(
            get_library(), entries
        )
    return made


def _render(template: str, **values: Any) -> str:
    return render_template(template, sections=get_library().list_sections(), **values)


def _send(
    name: str, make: Callable[[], str | bytes], kind: str = "text/html; charset=utf-8"
) -> Response:
    """Response that is made once, and then 304 for readers who have it."""
    kept: dict[str, tuple[bytes, str]] = current_app.extensions.setdefault(
        "documentation_pages", {}
    )
    if name not in kept:
        made = make()
        body = made.encode() if isinstance(made, str) else made
        kept[name] = (body, hashlib.sha256(body).hexdigest()[:32])
    body, tag = kept[name]
    response = Response(body, content_type=kind)
    everyone = current_app.extensions["settings"].documentation == "public"
    response.headers["Cache-Control"] = _FOR_ALL if everyone else _FOR_MEMBERS
    response.set_etag(tag)
    response.make_conditional(request)
    return response
