"""CPU budget of each API key or signed-in person, for views that run the interviewer for authors."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from flask import current_app, g
from flask.typing import ResponseReturnValue

from interviewrelay.adapters.rate_limits.embedded import Window
from interviewrelay.core.actor import Actor
from interviewrelay.core.errors import RateLimited

CPU_SECONDS: Final = 20
"""Processor seconds in a minute."""
MINUTE: Final = 60

View = Callable[..., ResponseReturnValue]


def cpu_limited(view: View) -> View:
    """Decorator: charge the view's processor time to the caller."""

    @wraps(view)
    def measured(*args: Any, **given: Any) -> ResponseReturnValue:
        began = time.thread_time()
        try:
            return view(*args, **given)
        finally:
            charge_cpu(g.actor, time.thread_time() - began)

    return measured


def charge_cpu(actor: Actor, seconds: float) -> None:
    """Charge processor time to a caller."""
    millis = max(1, round(seconds * 1000))
    _limiter().count(Window(_key(actor), MINUTE), amount=millis)


def require_cpu_budget(actor: Actor) -> None:
    """Check the caller's budget for this minute. Raises RateLimited when it is used up."""
    used = _limiter().look(_key(actor))
    if used.number >= CPU_SECONDS * 1000:
        refusal = RateLimited(
            f"Previews and simulations can use {CPU_SECONDS} seconds of processor time per minute for "
            "each person or API key. Wait a minute, then try again.",
            details={"limit": f"{CPU_SECONDS} seconds of processor time per 1 minute"},
        )
        refusal.headers["Retry-After"] = str(used.wait)
        raise refusal


def _key(actor: Actor) -> str:
    return f"cpu:{actor.key_id or actor.user_id}"


def _limiter() -> Any:
    (limiter,) = current_app.extensions["limiter"]
    return limiter
