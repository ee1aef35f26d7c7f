"""Resubmission: a form that failed for lack of a login or a valid token comes back on a page, to be
sent again.

Nothing is stored, and nothing happens until the person presses the button of that page, which
carries a token of their current login. Forms from another site are never carried.
"""

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import unquote, urlencode

from flask import Response, current_app, make_response, redirect, render_template, request
from flask_login import current_user

from interviewrelay.core.errors import Forbidden

FormFields = list[tuple[str, str]]

MOST_CARRIED: Final = 48 * 1024
"""Maximum bytes: the login form takes 64 KiB (`server.request_limits`)."""
SENT: Final = "sent."
"""Prefix of carried fields on the login form."""
_NOT_CARRIED: Final = ("csrf_token", "password", "old_password", "api_key")
_ELSEWHERE: Final = (
    "This request came from another site, so it was blocked. Open the page directly."
)
_LOCAL_PATH: Final = re.compile(r"/(?![/\\])[\x21-\x7e]*", re.ASCII)


def get_safe_path(text: str | None) -> str | None:
    """Path on this server, or None: a form must not lead anywhere else (open redirect)."""
    if text is None or not _LOCAL_PATH.fullmatch(unquote(text)):
        return None
    return text


def require_same_site() -> None:
    """Second protection beside the token: browsers say when another site sends a form. Raises
    Forbidden.
    """
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise Forbidden(_ELSEWHERE)


def read_typed() -> FormFields:
    """Fields of this request, without its token and secrets."""
    return _without_secrets(request.form.items(multi=True))


def answer_missing_token() -> Response:
    """Response to a form whose token belongs to another login or to none. Raises Forbidden."""
    if not _certainly_ours():
        raise Forbidden(_ELSEWHERE)
    if request.path == "/login":
        return _log_in_once_more()
    if request.path == "/logout" and not current_user.is_authenticated:
        return redirect("/login", 303)  # type: ignore[return-value]
    if current_user.is_authenticated or _is_public():
        return render_resubmit(request.full_path.rstrip("?"), read_typed(), status=403)
    return render_log_in(request.full_path.rstrip("?"), read_typed(), status=403)


def render_log_in(
    address: str, fields: FormFields, *, status: int = 401, email: str = "", error: str = ""
) -> Response:
    """Login page that keeps the typed fields, or explains what to do if they are too long."""
    page = render_template(
        "accounts/again.html",
        to=address,
        fields=fields,
        email=email,
        error=error,
        too_long=len(urlencode(fields)) > MOST_CARRIED,
    )
    return make_response(page, status)


def render_resubmit(address: str, fields: FormFields, *, status: int = 200) -> Response:
    """Page with one button that sends the typed fields."""
    page = render_template("accounts/send_again.html", to=address, fields=fields)
    return make_response(page, status)


def read_carried() -> tuple[str, FormFields] | None:
    """Target and fields that the login form carries; None for an ordinary one."""
    address = get_safe_path(request.form.get("to"))
    if address is None:
        return None
    sent = ((n, v) for n, v in request.form.items(multi=True) if n.startswith(SENT))
    return address, _without_secrets((n.removeprefix(SENT), v) for n, v in sent)


def render_log_in_page(email: str, wanted: str | None, *, error: str, status: int) -> Response:
    """Login form again, with everything that it carries."""
    waiting = read_carried()
    if waiting:
        return render_log_in(*waiting, status=status, email=email[:254], error=error)
    page = render_template(
        "accounts/login.html", error=error, email=email[:254], next=wanted or ""
    )
    return make_response(page, status)


def _log_in_once_more() -> Response:
    words = "Your session has expired. Please sign in again."
    wanted = get_safe_path(request.form.get("next"))
    return render_log_in_page(request.form.get("email", ""), wanted, error=words, status=403)


def _certainly_ours() -> bool:
    """True unless the browser says that the form was on another site."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        return site in ("same-origin", "none")
    return origin is None or origin == request.host_url.rstrip("/")


def _is_public() -> bool:
    view = current_app.view_functions[request.endpoint or ""]
    return getattr(view, "permission", None) is None


def _without_secrets(fields: Iterable[tuple[str, str]]) -> FormFields:
    return [
        (name, value) for name, value in fields if name.removeprefix(SENT) not in _NOT_CARRIED
    ]
