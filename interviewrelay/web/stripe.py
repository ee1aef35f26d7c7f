"""Stripe's own door: what it tells of payments, believed by its signature alone."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from interviewrelay.domain import topups
from interviewrelay.errors import InvalidParameter, NotFound
from interviewrelay.ports import SignatureWrong
from interviewrelay.web.http import answer
from interviewrelay.web.zones import office

stripe = Blueprint("stripe", __name__, url_prefix="/stripe")


@stripe.post("/webhook")
def receive_event() -> ResponseReturnValue:
    """200 for all that is signed, also for what concerns nothing here: Stripe repeats anything else."""
    payments = office().payments
    if not payments.configured:
        raise NotFound
    body = request.get_data(cache=False)  # the signature is over these very bytes
    try:
        event = payments.read(body, request.headers.get("Stripe-Signature", ""))
    except SignatureWrong as fault:
        raise InvalidParameter.field(
            "Stripe-Signature", "signature of these bytes", f"This is not from Stripe: {fault}"
        ) from None
    if event is not None:
        topups.receive(event)
    return answer({"received": True})
