"""Pages for somebody who has forgotten their password."""

from typing import Final

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from interviewrelay.domain import mail_addresses, password_links
from interviewrelay.errors import InvalidParameter, NotFound
from interviewrelay.web import cookies, desk
from interviewrelay.web.zones import office, pages, public

SENTENCES: Final = {"email": mail_addresses.WANTED}


@pages.get("/password")
@public
def forgotten() -> ResponseReturnValue:
    return render_template("accounts/forgotten.html", errors=[], **_ways())


@pages.post("/password")
@public
def send_forgotten() -> ResponseReturnValue:
    """The same answer whoever is asked for."""
    values = desk.typed("email")
    if not office().mailer.configured:
        return forgotten()
    try:
        password_links.ask(office(), values["email"])
    except InvalidParameter as refusal:
        more = {"values": values, **_ways()}
        return desk.again("accounts/forgotten.html", refusal, SENTENCES, **more)
    return render_template("accounts/forgotten.html", errors=[], asked=True, **_ways())


@pages.get("/password/<token>")
@public
def new_password(token: str) -> ResponseReturnValue:
    """Opening the link changes nothing: mail scanners do."""
    if not password_links.works(office().ring, token):
        return _used()
    return render_template("accounts/new_password.html", errors=[], here=request.path)


@pages.post("/password/<token>")
@public
def send_new_password(token: str) -> ResponseReturnValue:
    try:
        browser = password_links.use(office(), token, request.form.get("password", ""))
    except NotFound:
        return _used()
    except InvalidParameter as refusal:
        return desk.again("accounts/new_password.html", refusal, {}, here=request.path)
    cookies.keep_known_browser(browser)
    return desk.done("/login", "The new password holds. Log in with it.")


def _used() -> ResponseReturnValue:
    page = render_template("accounts/forgotten.html", errors=[], used=True, **_ways())
    return make_response(page, 404)


def _ways() -> dict[str, object]:
    return {
        "mails_leave": office().mailer.configured,
        "minutes": password_links.LASTS.seconds // 60,
    }
