"""API reference as document and page; and the quick start guide."""

from typing import Any

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.core.representation import Representation
from interviewrelay.web.http.blueprints import api, needs, pages
from interviewrelay.web.http.requests import answer, public_url
from interviewrelay.web.openapi import reference_page
from interviewrelay.web.openapi.operation import operation
from interviewrelay.web.ui import page_helpers


class Document(Representation):
    """OpenAPI 3.1."""

    openapi: str
    info: dict[str, Any]
    paths: dict[str, Any]
    components: dict[str, Any]


@operation(api, "GET /openapi.json", answers={200: Document})
def read_document() -> ResponseReturnValue:
    """Read the OpenAPI document

    As OpenAPI 3.1, for programs.
    """
    return answer(_document())


@operation(api, "GET /docs", answers={200: None}, files=("text/html",), whole=False)
def read_docs() -> ResponseReturnValue:
    """Read the reference"""
    made = _document()
    return render_template(
        "openapi/api.html",
        base=public_url(""),
        summary=made["info"]["summary"],
        basics=reference_page.basics(made),
        chapters=reference_page.chapters(made),
        codes=reference_page.codes(made),
        error=reference_page.error(made),
        window=reference_page.window(made),
    )


@pages.get("/guide")
@needs("campaigns:read")
def read_guide() -> ResponseReturnValue:
    return render_template("openapi/guide.html", mails_leave=page_helpers.mails_leave())


def _document() -> dict[str, Any]:
    """Made once, when it is first asked for."""
    from interviewrelay.web.openapi.document import document  # reads what is declared here too

    made: dict[str, Any] | None = current_app.extensions.get("openapi")
    if made is None:
        made = current_app.extensions["openapi"] = document(public_url(""))
    return made
