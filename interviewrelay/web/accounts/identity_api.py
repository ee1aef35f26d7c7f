"""Identity of the caller in the API."""

from flask import g
from flask.typing import ResponseReturnValue

from interviewrelay.accounts import api_keys
from interviewrelay.accounts.representation import Me
from interviewrelay.core.actor import ANY
from interviewrelay.web.http.blueprints import api
from interviewrelay.web.openapi.operation import operation


@operation(api, "GET /me", ANY, tag="Organization", answers={200: Me})
def get_me() -> ResponseReturnValue:
    """Get the caller

    Whose key this is, which organization it belongs to, and what it may do. Use it to check a key.
    """
    return Me.read(api_keys.get_own_key(g.actor))
