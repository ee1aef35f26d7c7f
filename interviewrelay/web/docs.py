"""The reference of the API, for programs and as a page; and the guide of two minutes."""

from typing import Any

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from interviewrelay.web import desk
from interviewrelay.web.http import answer, public_url
from interviewrelay.web.reference import page
from interviewrelay.web.reference.document import document
from interviewrelay.web.zones import api, needs, pages


@api.get("/openapi.json")
def read_document() -> ResponseReturnValue:
    return answer(_document())


@api.get("/docs")
def read_docs() -> ResponseReturnValue:
    made = _document()
    return render_template(
        "docs/api.html",
        base=public_url(""),
        summary=made["info"]["summary"],
        basics=page.basics(made),
        chapters=page.chapters(made),
        codes=page.codes(made),
        error=page.error(made),
        window=page.window(made),
    )


@pages.get("/guide")
@needs("campaigns:read")
def read_guide() -> ResponseReturnValue:
    return render_template("docs/guide.html", mails_leave=desk.mails_leave())


def _document() -> dict[str, Any]:
    """Made once, when it is first asked for."""
    made: dict[str, Any] | None = current_app.extensions.get("openapi")
    if made is None:
        made = current_app.extensions["openapi"] = document(public_url(""))
    return made
