"""The client of a page that checks a password, as its back-off needs it."""

from flask import current_app

from interviewrelay.domain.login_attempts import Caller
from interviewrelay.web import addresses, cookies, devices


def get_caller() -> Caller:
    """Who sends this request."""
    return Caller(
        counters=current_app.extensions["attempt_counters"],
        address=addresses.bucket(),
        network=addresses.network(),
        browser=cookies.known_browser(),
        device=devices.here(),
    )
