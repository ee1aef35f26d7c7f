"""Setup page of a new server, login and logout; the person behind a session cookie, for Flask-Login."""

from typing import Final

from flask import Flask, g, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from interviewrelay.accounts import accounts, login_attempts, login_sessions
from interviewrelay.accounts.login_attempts import NewLogin
from interviewrelay.billing import ledger
from interviewrelay.core.actor import Actor
from interviewrelay.core.errors import InvalidParameter, RateLimited
from interviewrelay.web.http import callers, resubmission, session_cookies
from interviewrelay.web.http.blueprints import pages, public, services

NO_MATCH: Final = "The email address or password is incorrect. Check both and try again."


class Person(UserMixin):  # type: ignore[misc]
    """Signed-in person; flask-login's user id is the secret token of the login session."""

    def __init__(
        self, token: str, actor: Actor, email: str, organization: str, zone: str | None
    ) -> None:
        self.token, self.actor, self.email = token, actor, email
        self.organization, self.zone = organization, zone

    def get_id(self) -> str:
        return self.token


def register(app: Flask) -> None:
    """Let flask-login load people by their login sessions, and give templates the current account."""
    manager = LoginManager()
    manager.session_protection = (
        None  # the database row is the protection: it ends with logout and a new password
    )
    after = list(app.after_request_funcs[None])
    manager.init_app(app)
    # There is no remember-me cookie, so responses need no work for one.
    app.after_request_funcs[None] = after
    manager.user_loader(_person)

    @app.context_processor
    def who_looks() -> dict[str, object]:
        actor = g.get("actor")
        if actor is None or request.blueprint != "pages":
            return {}
        account = g.get("account")  # set by a page that has loaded it
        if account is None and actor.may("billing:read"):
            account = ledger.get_account(actor)
        may_see = account is not None and actor.may("billing:read")
        credits = ledger.balance(account) if may_see else None
        nav = {
            "credits": credits,
            "organization": current_user.organization,
            "email": current_user.email,
        }
        return {"nav": nav, "may": actor.may}


def _person(token: str) -> Person | None:
    member = login_sessions.find_login_membership(services().ring, token)
    if member is None:
        return None
    ours = member.organization
    return Person(
        token, accounts.build_actor(member), member.user.email, ours.name, ours.time_zone
    )


@pages.get("/login")
@public
def log_in() -> ResponseReturnValue:
    if not accounts.is_set_up():
        return redirect(url_for("pages.set_up"), 303)
    wanted = resubmission.get_safe_path(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(wanted or "/", 303)
    return render_template("accounts/login.html", error=None, email="", next=wanted or "")


@pages.post("/login")
@public
def send_log_in() -> ResponseReturnValue:
    email, wanted = (
        request.form.get("email", ""),
        resubmission.get_safe_path(request.form.get("next")),
    )
    password = request.form.get("password", "")
    try:
        entered = login_attempts.log_in(services(), callers.get_caller(), email, password)
    except RateLimited as refusal:
        response = resubmission.render_log_in_page(
            email, wanted, error=refusal.message, status=429
        )
        response.headers.extend(refusal.headers)
        return response
    if entered is None:
        return resubmission.render_log_in_page(email, wanted, error=NO_MATCH, status=401)
    enter_known(entered)
    waiting = resubmission.read_carried()
    return resubmission.render_resubmit(*waiting) if waiting else redirect(wanted or "/", 303)


@pages.post("/logout")
@public
def log_out() -> ResponseReturnValue:
    if current_user.is_authenticated:
        login_sessions.delete_login(services().ring, current_user.token)
    logout_user()
    session.clear()
    return redirect(url_for("pages.log_in"), 303)


@pages.get("/setup")
@public
def set_up() -> ResponseReturnValue:
    if accounts.is_set_up():
        return redirect(url_for("pages.log_in"), 303)
    return render_template("accounts/setup.html", errors=[], values={})


@pages.post("/setup")
@public
def send_set_up() -> ResponseReturnValue:
    fields = {n: request.form.get(n, "") for n in ("organization", "name", "email", "password")}
    try:
        accounts.set_up_server(accounts.NewOwner(**fields))
    except InvalidParameter as refusal:
        details = refusal.details
        errors = details.get("errors") or [{**details, "message": refusal.message}]
        page = render_template("accounts/setup.html", errors=errors, values=fields)
        return make_response(page, 400)
    caller = callers.get_caller()
    entered = login_attempts.log_in(services(), caller, fields["email"], fields["password"])
    if entered is None:
        return redirect(url_for("pages.log_in"), 303)
    enter_known(entered)
    # The next step of the setup, unless the environment has configured the model.
    return redirect(
        "/" if services().model_selector.server_policy else url_for("pages.show_server_model"),
        303,
    )


def enter_known(entered: NewLogin) -> None:
    """Continue as a person who has just authenticated, in a browser that is known from now on."""
    enter(entered.token)
    session_cookies.set_known_browser(entered.browser)


def enter(token: str) -> None:
    session.clear()  # nothing from before the login is kept (session fixation)
    login_user(_person(token))
