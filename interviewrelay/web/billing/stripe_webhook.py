"""Stripe webhook, authenticated only by its signature."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from interviewrelay.billing import top_ups
from interviewrelay.core.errors import InvalidParameter, NotFound
from interviewrelay.core.ports.payments import SignatureWrong
from interviewrelay.web.http.blueprints import office
from interviewrelay.web.http.requests import answer

stripe = Blueprint("stripe", __name__, url_prefix="/stripe")


@stripe.post("/webhook")
def receive_event() -> ResponseReturnValue:
    """200 for every signed message, even an irrelevant one, because Stripe repeats anything else."""
    payments = office().payments
    if not payments.configured:
        raise NotFound
    body = request.get_data(cache=False)  # the signature covers exactly these bytes
    try:
        event = payments.read(body, request.headers.get("Stripe-Signature", ""))
    except SignatureWrong as fault:
        raise InvalidParameter.field(
            "Stripe-Signature", "signature of these bytes", f"This is not from Stripe: {fault}"
        ) from None
    if event is not None:
        top_ups.receive(event)
    return answer({"received": True})
