"""Password reset pages."""

from typing import Final

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from interviewrelay.accounts import password_resets
from interviewrelay.core import email_addresses
from interviewrelay.core.errors import InvalidParameter, NotFound
from interviewrelay.web.http import session_cookies
from interviewrelay.web.http.blueprints import pages, public, services
from interviewrelay.web.ui import page_helpers

SENTENCES: Final = {"email": email_addresses.WANTED}


@pages.get("/password")
@public
def forgotten() -> ResponseReturnValue:
    return render_template("accounts/forgotten.html", errors=[], **_ways())


@pages.post("/password")
@public
def send_forgotten() -> ResponseReturnValue:
    """The response is the same for every address."""
    values = page_helpers.read_typed("email")
    if not services().mailer.configured:
        return forgotten()
    try:
        password_resets.request_reset(services(), values["email"])
    except InvalidParameter as refusal:
        more = {"values": values, **_ways()}
        return page_helpers.render_again("accounts/forgotten.html", refusal, SENTENCES, **more)
    return render_template("accounts/forgotten.html", errors=[], asked=True, **_ways())


@pages.get("/password/<token>")
@public
def new_password(token: str) -> ResponseReturnValue:
    """Opening the link changes nothing, because mail scanners open links."""
    if not password_resets.is_valid_link(services().ring, token):
        return _used()
    return render_template("accounts/new_password.html", errors=[], here=request.path)


@pages.post("/password/<token>")
@public
def send_new_password(token: str) -> ResponseReturnValue:
    try:
        browser = password_resets.reset_password(
            services(), token, request.form.get("password", "")
        )
    except NotFound:
        return _used()
    except InvalidParameter as refusal:
        return page_helpers.render_again(
            "accounts/new_password.html", refusal, {}, here=request.path
        )
    session_cookies.set_known_browser(browser)
    return page_helpers.redirect_with_message(
        "/login", "Password changed. Sign in with your new password."
    )


def _used() -> ResponseReturnValue:
    page = render_template("accounts/forgotten.html", errors=[], used=True, **_ways())
    return make_response(page, 404)


def _ways() -> dict[str, object]:
    return {
        "mails_leave": services().mailer.configured,
        "minutes": password_resets.LASTS.seconds // 60,
    }
