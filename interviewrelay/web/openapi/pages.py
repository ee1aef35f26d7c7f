"""API reference as document and page; and the quick start guide."""

from typing import Any

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.core.representation import Representation
from interviewrelay.web.http.blueprints import api, pages, requires
from interviewrelay.web.http.requests import build_public_url
from interviewrelay.web.openapi import field_table, reference_page
from interviewrelay.web.openapi.operation import operation
from interviewrelay.web.ui import page_helpers


class Document(Representation):
    """OpenAPI 3.1 document."""

    openapi: str
    info: dict[str, Any]
    paths: dict[str, Any]
    components: dict[str, Any]


@operation(api, "GET /openapi.json", answers={200: Document})
def read_document() -> ResponseReturnValue:
    """Get the OpenAPI document

    The machine-readable description of this API, in OpenAPI 3.1.
    """
    return get_document()


@operation(api, "GET /docs", answers={200: None}, files=("text/html",), whole=False)
def read_docs() -> ResponseReturnValue:
    """Get the API reference"""
    made = get_document()
    return render_template(
        "openapi/api.html",
        base=build_public_url(""),
        searchable=current_app.extensions["settings"].documentation == "public",
        summary=made["info"]["summary"],
        basics=reference_page.list_basics(made),
        chapters=reference_page.list_chapters(made),
        codes=made["x-codes"],
        error=reference_page.format_example(made["components"]["schemas"]["Error"]["example"]),
        window=field_table.list_query_fields(made["paths"]["/api/projects"]["get"]),
    )


@pages.get("/guide")
@requires("campaigns:read")
def read_guide() -> ResponseReturnValue:
    return render_template("openapi/guide.html", mails_leave=page_helpers.is_mail_configured())


def get_document() -> dict[str, Any]:
    """OpenAPI document of this server, built on first use."""
    from interviewrelay.web.openapi.openapi_document import (
        build_document,  # imports the operations declared here too
    )

    made: dict[str, Any] | None = current_app.extensions.get("openapi")
    if made is None:
        made = current_app.extensions["openapi"] = build_document(build_public_url(""))
    return made
