"""Caller of a page that checks a password, for the login back-off."""

from flask import current_app

from interviewrelay.accounts.login_attempts import Caller
from interviewrelay.web.http import client_address, session_cookies, user_agents


def get_caller() -> Caller:
    """Caller of this request."""
    return Caller(
        counters=current_app.extensions["attempt_counters"],
        address=client_address.get_sender_address(),
        network=client_address.get_sender_network(),
        browser=session_cookies.get_known_browser(),
        device=user_agents.describe_current(),
    )
