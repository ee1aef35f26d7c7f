"""Error handlers: JSON for programs, a page for people, without any internals."""

import errno
import logging
from collections.abc import Sequence
from typing import Final

from flask import (
    Flask,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
)
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from interviewrelay.core.db import faults
from interviewrelay.core.errors import (
    RETRY_SOON,
    Forbidden,
    InternalError,
    InvalidParameter,
    MethodNotAllowed,
    NotFound,
    PayloadTooLarge,
    RateLimited,
    Refusal,
    StorageUnavailable,
    UnsupportedMediaType,
)
from interviewrelay.core.file_lock import LockTimeout
from interviewrelay.operations import readiness
from interviewrelay.web.http import locale, resubmission
from interviewrelay.web.http.requests import build_public_url, wants_json
from interviewrelay.web.middleware import participant_errors

log = logging.getLogger(__name__)

AT_ONCE: Final = "1"
"""Retry-After in seconds while another write locks the database."""
LATER: Final = "30"
"""Retry-After in seconds when a disk is full, since a person must free space first."""

TITLES: Final = {
    400: "There is a problem with this request",
    401: "Please sign in",
    402: "Not available right now",
    403: "You don’t have access",
    404: "Page not found",
    405: "Method not allowed",
    408: "The request timed out",
    409: "This has changed in the meantime",
    410: "No longer available",
    413: "Too large",
    414: "The address is too long",
    415: "Unsupported format",
    429: "Too many requests",
    431: "Too large",
    500: "Something went wrong",
    503: "Temporarily unavailable",
}

_OF_STATUS: Final[dict[int, type[Refusal]]] = {
    400: InvalidParameter,
    403: Forbidden,
    404: NotFound,
    405: MethodNotAllowed,
    413: PayloadTooLarge,
    415: UnsupportedMediaType,
}


def register(app: Flask, storage_faults: Sequence[type[Exception]]) -> None:
    """Register the handlers for every exception of the application."""
    app.register_error_handler(Refusal, render_refusal)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)
    for kind in (*storage_faults, OSError):
        app.register_error_handler(kind, _storage)


FOR_PROGRAMS: Final = ("/api/", "/stripe/", "/livez", "/readyz", "/metrics")


def render_refusal(refusal: Refusal) -> Response:
    """Render a refusal in the form that the caller wants."""
    if isinstance(refusal, StorageUnavailable):
        readiness.trouble.note()
    if request.path.startswith(FOR_PROGRAMS) or request.path == "/api":
        response = _json(refusal)
    elif locale.is_participant_path(request.path):
        response = (
            _json(refusal) if wants_json() else participant_errors.render_error_page(refusal)
        )
    else:
        response = _page(refusal)
    response.headers.extend(refusal.headers)
    if refusal.status == 503:
        response.headers.setdefault("Retry-After", _wait(refusal))
    return response


def _wait(fault: BaseException | None) -> str:
    """Retry-After by the root cause: a full disk, ours or PostgreSQL's, or a lock."""
    while fault is not None:
        if faults.is_disk_full(fault):
            return LATER
        if isinstance(fault, LockTimeout) or faults.is_locked(fault):
            return AT_ONCE
        fault = fault.__cause__
    return RETRY_SOON


PROBLEM: Final = "application/problem+json"


def _json(refusal: Refusal) -> Response:
    if request.accept_mimetypes.best_match(["application/json", PROBLEM]) == PROBLEM:
        return _problem(refusal)
    return make_response({"error": refusal.shape(g.request_id)}, refusal.status)


def _problem(refusal: Refusal) -> Response:
    """Problem details (RFC 9457), for callers that accept only those."""
    told = {
        "type": build_public_url(f"/api/docs#{refusal.code}"),
        "title": TITLES.get(refusal.status, "Something went wrong"),
        "status": refusal.status,
        "detail": refusal.message,
        "instance": g.request_id,
        "code": refusal.code,
        "details": refusal.details,
    }
    response = make_response(told, refusal.status)
    response.mimetype = PROBLEM
    return response


def _page(refusal: Refusal) -> Response:
    return make_response(
        render_template(
            "errors/error.html",
            status=refusal.status,
            title=TITLES.get(refusal.status, "Something went wrong"),
            message=refusal.message,
            request_id=g.request_id,
        ),
        refusal.status,
    )


def _http(fault: HTTPException) -> Response:
    if fault.code is not None and fault.code < 400:  # a redirect of the router
        return fault.get_response()  # type: ignore[return-value]
    if isinstance(fault, RateLimitExceeded):
        return render_refusal(_limited(fault))
    if isinstance(fault, CSRFError):
        return _without_token()
    refusal = _OF_STATUS.get(fault.code or 500, InternalError)()
    if isinstance(refusal, MethodNotAllowed):
        page = _page_of_the_form()
        if page:
            return redirect(page, 303)  # type: ignore[return-value]
        refusal.headers["Allow"] = ", ".join(
            sorted(getattr(fault, "valid_methods", None) or ())
        )
    return render_refusal(refusal)


def _page_of_the_form() -> str | None:
    """Page of a form whose target URL was opened directly, as by a reload."""
    if request.method != "GET" or wants_json() or request.path.startswith(FOR_PROGRAMS):
        return None
    routes, path = current_app.create_url_adapter(request), request.path
    while routes and path.count("/") > 1:
        path = path.rpartition("/")[0]
        if path != "/interview" and routes.test(path, "GET"):
            return path
    return None


def _without_token() -> Response:
    try:
        return resubmission.answer_missing_token()
    except Forbidden as refusal:
        return render_refusal(refusal)


def _limited(fault: RateLimitExceeded) -> Refusal:
    refusal = RateLimited(
        f"Too many requests: the limit is {fault.description}. Please try again later."
    )
    refusal.details = {"limit": str(fault.description)}
    return refusal


NO_ROOM: Final = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EFBIG))


def _storage(fault: Exception) -> Response:
    if isinstance(fault, OSError) and fault.errno not in NO_ROOM:
        return _unforeseen(fault)
    log.error("storage_unavailable", extra={"kind": type(fault).__name__})
    refusal = StorageUnavailable()
    refusal.__cause__ = fault
    return render_refusal(refusal)


def _unforeseen(fault: Exception) -> Response:
    # The traceback shows our code; values, which may be answers, are left out.
    log.error("unexpected_error", exc_info=fault, extra={"kind": type(fault).__name__})
    return render_refusal(InternalError())
