"""Rate limits: organizations by their plan, everybody else by address or invite.

Flask-Limiter holds the storage and the limits of single views (`OF_VIEWS`; `error_handlers` renders
their refusals). `OneCallLimiter` overrides the library's check of requests: each one to the API and to
participants' pages is counted here with one storage call, whose result also gives the headers
(docs/decisions/0009-rate-limits.md). The counters are in `adapters.rate_limits`.

Other limits that answer with 429: processor time (`cpu_limits`), emails (`mail.sending_limits`),
wrong passwords (`accounts.login_backoff`), and costly views (`rate_limited_as`, `count_call` in
`web.http.blueprints`, which ask `check_costly` here).
"""

import hashlib
import logging
import math
import re
import time
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from flask import Flask, Response, current_app, g, request
from flask_limiter import Limiter, RequestLimit
from limits.errors import StorageError
from werkzeug.datastructures import Headers

from interviewrelay.adapters.rate_limits.embedded import LocalCounters, Window, WindowCount
from interviewrelay.core import clock
from interviewrelay.core.actor import Actor
from interviewrelay.core.config.settings import Settings
from interviewrelay.core.errors import (
    RETRY_SOON,
    RateLimited,
    Refusal,
    StorageUnavailable,
    UnknownInvite,
)
from interviewrelay.core.security import tokens
from interviewrelay.operations import readiness
from interviewrelay.organizations import plans
from interviewrelay.web.http import client_address
from interviewrelay.web.http.authentication import get_key_actor
from interviewrelay.web.middleware import cpu_limits
from interviewrelay.web.middleware.error_handlers import render_refusal

log = logging.getLogger(__name__)

HOUR: Final = 3600
MINUTE: Final = 60
UNLIMITED: Final = 1_000_000_000
"""Enterprise without a limit: never reached, but a number for the headers."""
WITHOUT_KEY: Final = 60
"""Calls an hour and address without a valid key."""
INVITE: Final = 60
"""Calls a minute for one participant's link."""
VISITORS: Final = 300
"""Calls a minute for participants behind one address."""
SPOKEN: Final = 300
"""The same as INVITE for what is spoken: a page sends a piece each second, and after a lost
connection everything that it has kept.
"""
SPEAKERS: Final = 3_000
"""The same as VISITORS for what is spoken, so that a class can take part behind one address."""
SPEECH: Final = re.compile(r"/interview/[^/]+/(?:audio|speech)(?:/|\Z)")
"""Routes of spoken interviews, which have counters of their own."""
GUESSES: Final = 20
"""Calls a minute and address with unknown participant links."""
DOCUMENTATION: Final = ("api.read_docs", "api.read_document")
COSTLY: Final = {
    "pdf": "PDFs",
    "audio": "recordings",
    "export": "exports",
    "trial": "model tests",
    "ping": "test events and replays",
    "test mail": "test emails",
    "proof": "data checks",
    "preview": "previews",
    "simulation": "simulations",
}
"""Operations with their own rate limit, by name for messages."""
ON_EVERY_PLAN: Final = {"trial": 30, "ping": 60, "test mail": 10, "proof": 6}
"""Limits an hour on every plan: calls to an organization's own model and webhooks, test emails, and
full checks.
"""
BY_CALLER: Final = {"preview": 60, "simulation": 10}
"""Limits a minute for each key or signed-in person: previews and simulations. Their processor time
is limited too (`cpu_limits`).
"""
FORGOTTEN: Final = "10 per 15 minutes"
"""Password reset requests and attempts by address."""
CODES: Final = "10 per 15 minutes"
"""Resume code attempts by address."""
CODES_OF_ALL: Final = "300 per 15 minutes"
"""Resume code attempts of all addresses: with 28 ** 10 codes and a thousand valid ones, a hit takes
28,000 years.
"""
OF_VIEWS: Final = {
    "send_forgotten": FORGOTTEN,
    "send_new_password": FORGOTTEN,
}

NOBODY_COUNTS: Final = (
    "This isn’t possible right now, because the server can’t count attempts. "
    "Please try again in a moment."
)
TOLD_EVERY: Final = 10.0


class Verdict(NamedTuple):
    """Values for the headers of one call."""

    policy: str
    limit: int
    window: int
    counted: WindowCount


class OneCallLimiter(Limiter):
    """Flask-Limiter with our check before each request: one storage call."""

    def __init__(self, settings: Settings) -> None:
        uri, options = _storage(settings)
        super().__init__(
            key_func=client_address.get_sender_address,
            headers_enabled=False,  # with them each limit would cost a second call
            strategy="fixed-window",
            storage_uri=uri,
            storage_options=options,
            on_breach=_remember_the_wait,
        )
        self._local = LocalCounters()
        self._told_at = -TOLD_EVERY

    def init_app(self, app: Flask) -> None:
        """Without the library's after-request hook, since the headers are ours."""
        after, teardown = app.after_request_funcs, app.teardown_request_funcs
        before = list(after[None]), list(teardown[None])
        super().init_app(app)
        after[None], teardown[None] = before

    def _check_request_limit(
        self, callable_name: str | None = None, in_middleware: bool = True
    ) -> None:
        if not in_middleware:  # a view with its own limit
            super()._check_request_limit(callable_name, in_middleware)
        elif _of_the_api(path := request.path):
            self._check_api()
        elif path.startswith("/interview/"):
            self._check_participant(path.split("/", 3)[2], spoken=bool(SPEECH.match(path)))
        elif request.method == "POST" and _sends_mail() and not self.storage.check():
            raise StorageUnavailable(NOBODY_COUNTS)

    def count(self, *windows: Window, amount: int = 1) -> tuple[Sequence[WindowCount], bool]:
        """Count calls in these windows; the flag says whether all processes share the counts."""
        return self._asked(lambda storage: storage.count(windows, amount))

    def look(self, key: str) -> WindowCount:
        """State of a window without counting."""
        count: WindowCount = self._asked(lambda storage: storage.look(key))[0]
        return count

    def _asked(self, ask: Callable[[Any], Any]) -> tuple[Any, bool]:
        try:
            return ask(self.storage), True
        except StorageError as fault:
            readiness.trouble.note()
            self._complain(type(fault.__cause__ or fault).__name__)
            return ask(self._local), False

    def _complain(self, kind: str) -> None:
        if time.monotonic() - self._told_at >= TOLD_EVERY:
            self._told_at = time.monotonic()
            log.error("rate_limits_unavailable", extra={"kind": kind})

    def _check_api(self) -> None:
        if _is_free():
            return
        actor = get_key_actor()
        key, policy, limit = _budget(actor)
        count, shared = self.count_call(key, policy, limit)
        if count.number > limit:
            raise _limited(limit, "hour", count)
        if not shared and (actor is None or _sends_mail()):
            raise StorageUnavailable(NOBODY_COUNTS)

    def count_call(self, key: str, policy: str, limit: int) -> tuple[WindowCount, bool]:
        """Count this API call and keep the values for the headers; returns whether the count is
        shared.
        """
        (count,), shared = self.count(Window(key, HOUR))
        g.verdict = Verdict(policy, limit, HOUR, count)
        return count, shared

    def look_only(self) -> None:
        """Set the header values for a request that is not counted."""
        key, policy, limit = _budget(get_key_actor())
        count = self.look(key)
        if not count.number:  # the hour begins with the first call
            count = WindowCount(0, math.ceil(clock.now().timestamp()) + HOUR)
        g.verdict = Verdict(policy, limit, HOUR, count)

    def check_costly(self, actor: Actor, kind: str) -> None:
        """Count a COSTLY operation of an organization or caller. Raises RateLimited."""
        limit: int | None
        if kind == "trial" or kind in BY_CALLER:
            cpu_limits.require_cpu_budget(actor)
        if kind in BY_CALLER:
            who, limit, seconds = actor.key_id or actor.user_id, BY_CALLER[kind], MINUTE
        else:
            documents = plans.PLANS[actor.plan].documents_per_hour
            who, limit, seconds = actor.org_id, ON_EVERY_PLAN.get(kind, documents), HOUR
        if limit is None:
            return
        (count,), _ = self.count(Window(f"{kind}:{who}", seconds))
        if count.number > limit:
            if (
                "verdict" in g
            ):  # the call limit would have allowed it, so the headers show this one
                g.verdict = Verdict(kind, limit, seconds, count)
            unit = "hour" if seconds == HOUR else "minute"
            raise _limited(limit, unit, count, COSTLY[kind])

    def _check_participant(self, token: str, *, spoken: bool) -> None:
        address = client_address.get_sender_address()
        kinds, limits = ("visitors", "invite"), (VISITORS, INVITE)
        if spoken:
            kinds, limits = ("speakers", "speech"), (SPEAKERS, SPOKEN)
        windows = [Window(f"{kinds[0]}:{address}", MINUTE)]
        if tokens.is_invite_token(token):
            # A digest, so that readers of the counters cannot use the token.
            mark = hashlib.blake2b(token.encode(), digest_size=16).hexdigest()
            windows.append(Window(f"{kinds[1]}:{mark}", MINUTE))
        counts, _ = self.count(*windows)
        for count, limit in zip(counts, limits, strict=False):
            if count.number > limit:
                raise _limited(limit, "minute", count)

    def refuse_guess(self, unknown: UnknownInvite) -> Response:
        """Response to an unknown link: few for each address, none while counting is impossible."""
        (count,), shared = self.count(
            Window(f"guesses:{client_address.get_sender_address()}", MINUTE)
        )
        refusal: Refusal = unknown
        if count.number > GUESSES:
            refusal = _limited(GUESSES, "minute", count)
        elif not shared:
            refusal = StorageUnavailable(NOBODY_COUNTS)
        return render_refusal(refusal)


def _storage(settings: Settings) -> tuple[str, dict[str, Any]]:
    """Storage URL and options. The Redis client is loaded only if it is used."""
    if not settings.redis_url:
        return f"embedded://{settings.instance_dir / 'limits.db'}", {}
    from interviewrelay.adapters.rate_limits.redis import RedisCounters

    return f"{(RedisCounters.STORAGE_SCHEME or [''])[0]}://", {"url": settings.redis_url}


def register(app: Flask, settings: Settings) -> Limiter:
    """Register counting, refusals and headers."""
    limiter = OneCallLimiter(settings)
    limiter.init_app(app)
    app.extensions["attempt_counters"] = limiter.storage  # of `accounts.login_backoff`

    @app.after_request
    def tell(response: Response) -> Response:
        verdict: Verdict | None = g.get("verdict")
        if verdict is None and _of_the_api(request.path) and _is_free():
            limiter.look_only()
            verdict = g.verdict
        elif verdict is None and _of_the_api(request.path):
            # Refused before it was counted, for example because of its length.
            limiter.count_call(
                f"address:{client_address.get_sender_address()}", "address", WITHOUT_KEY
            )
            verdict = g.verdict
        if verdict is not None:
            _write(response.headers, verdict)
        if response.status_code in (429, 503):
            response.headers.setdefault("Retry-After", str(g.get("wait") or RETRY_SOON))
        return response

    app.register_error_handler(UnknownInvite, limiter.refuse_guess)
    app.register_error_handler(
        StorageError, lambda _fault: render_refusal(StorageUnavailable(NOBODY_COUNTS))
    )
    for name, limit in OF_VIEWS.items():
        view: Any = app.view_functions[f"pages.{name}"]
        app.view_functions[f"pages.{name}"] = limiter.limit(limit)(view)
    view = app.view_functions["participant.enter_code"]
    of_all = limiter.limit(CODES_OF_ALL, key_func=lambda: "everybody")(view)
    app.view_functions["participant.enter_code"] = limiter.limit(CODES)(of_all)
    return limiter


def _of_the_api(path: str) -> bool:
    return path.startswith("/api/") or path == "/api"


def _budget(actor: Actor | None) -> tuple[str, str, int]:
    """Counter, policy and limit of the calls of an organization, or of an address without a key."""
    if actor is None:
        return f"address:{client_address.get_sender_address()}", "address", WITHOUT_KEY
    own = actor.requests_per_hour
    return f"org:{actor.org_id}", "organization", UNLIMITED if own is None else own


def _is_free() -> bool:
    """True for requests that are not counted: the documentation and CORS preflights."""
    return request.endpoint in DOCUMENTATION or g.get("preflight", False)


def _sends_mail() -> bool:
    rule = request.url_rule
    return rule is not None and hasattr(current_app.view_functions[rule.endpoint], "sends_mail")


def _write(headers: Headers, verdict: Verdict) -> None:
    policy, limit, window, counted = verdict
    left = max(0, limit - counted.number)
    headers.add("X-RateLimit-Limit", str(limit))
    headers.add("X-RateLimit-Remaining", str(left))
    headers.add("X-RateLimit-Reset", str(counted.ends))
    # draft-ietf-httpapi-ratelimit-headers: quota and window, remaining calls and seconds
    headers.add("RateLimit-Policy", f'"{policy}";q={limit};w={window}')
    headers.add("RateLimit", f'"{policy}";r={left};t={counted.wait}')


def _limited(limit: int, unit: str, count: WindowCount, what: str = "requests") -> RateLimited:
    refusal = RateLimited(
        f"Too many {what}: the limit is {limit} per {unit}. Please try again later.",
        details={"limit": f"{limit} per 1 {unit}"},
    )
    refusal.headers["Retry-After"] = str(count.wait)
    return refusal


def _remember_the_wait(broken: RequestLimit) -> None:
    """Store the wait for views with their own limit, whose refusal Flask-Limiter raises."""
    g.wait = WindowCount(0, math.ceil(broken.window.reset_time)).wait
