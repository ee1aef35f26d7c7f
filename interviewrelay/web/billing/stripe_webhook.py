"""Stripe webhook, authenticated only by its signature."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from interviewrelay.billing import top_ups
from interviewrelay.core.errors import InvalidParameter, NotFound
from interviewrelay.core.ports.payments import InvalidSignature
from interviewrelay.web.http.blueprints import services

stripe = Blueprint("stripe", __name__, url_prefix="/stripe")


@stripe.post("/webhook")
def receive_event() -> ResponseReturnValue:
    """200 for every signed message, even an irrelevant one, because Stripe repeats anything else."""
    payments = services().payments
    if not payments.configured:
        raise NotFound
    body = request.get_data(cache=False)  # the signature covers exactly these bytes
    try:
        event = payments.parse_event(body, request.headers.get("Stripe-Signature", ""))
    except InvalidSignature as fault:
        raise InvalidParameter.field(
            "Stripe-Signature",
            "valid signature of the body",
            f"The request cannot be verified as coming from Stripe: {fault}",
        ) from None
    if event is not None:
        top_ups.process_payment_event(event)
    return {"received": True}
