"""The reference of the API, as a page."""

from flask import render_template
from flask.typing import ResponseReturnValue

from interviewrelay.web.http import public_url
from interviewrelay.web.zones import api, public


@api.get("/docs")
@public
def read_docs() -> ResponseReturnValue:
    return render_template("docs/api.html", base=public_url(""))
