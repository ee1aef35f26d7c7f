"""Whether the server is alive and ready; outside the zones, without limits."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from interviewrelay.domain import readiness
from interviewrelay.web.http import answer

health = Blueprint("health", __name__)


@health.get("/livez")
def alive() -> ResponseReturnValue:
    return answer({"status": "ok"})


@health.get("/readyz")
def ready() -> ResponseReturnValue:
    """503 while the database does not answer."""
    readiness.ask()
    return answer({"status": "ok"})
