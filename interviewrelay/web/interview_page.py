"""What a participant sees: the page of the state that their interview is in, or its changing part."""

from dataclasses import asdict
from typing import Any, Final

from flask import Response, make_response, render_template, request

from interviewrelay import texts
from interviewrelay.domain import privacy, represent_conversation
from interviewrelay.domain.visits import Visit
from interviewrelay.web import htmx

QUESTION: Final = "interview/question.html"


def page(
    visit: Visit, *, draft: str = "", error: str | None = None, saved_number: int | None = None
) -> Response:
    """The page of the state that the interview is in; for htmx only its conversation.

    Where the interview has moved to another page, htmx is told to load that as a whole; a text that
    came too late is on the page of the answer itself, or it would be gone.
    """
    template, more = _template(visit)
    late = bool(draft) and template != QUESTION
    if htmx.asks() and not late:
        if template != QUESTION:
            return Response(status=204, headers={"HX-Redirect": f"/interview/{visit.token}"})
        template = "interview/_conversation.html"
    return make_response(
        render_template(
            template,
            token=visit.token,
            base=f"/interview/{visit.token}",
            query=request.query_string.decode("ascii", "ignore"),
            organization=visit.organization,
            campaign=represent_conversation.campaign(visit),
            rtl=texts.direction(visit.guide.language) == "rtl",
            contact=visit.guide.contact,
            recording=False,
            consent=_consent(visit),
            visit=visit,
            feedback=visit.feedback,
            state=represent_conversation.standing(visit.standing) if visit.standing else None,
            draft=draft,
            error=error,
            typed=len(draft.strip()),
            saved_number=saved_number,
            **more,
        )
    )


def _template(visit: Visit) -> tuple[str, dict[str, Any]]:
    if privacy.withdrawn(visit.invite):
        return "interview/withdrawn.html", {}
    if visit.status == "abandoned":
        return "interview/closed.html", {
            "title": "This interview has been closed",
            "message": "Nothing was heard for a day, so it was closed. What you said is saved.",
            "status": "abandoned",
        }
    known = {"pending": "consent", "in_progress": "question", "paused": "paused"}
    return f"interview/{known.get(visit.status, 'done')}.html", {}


def _consent(visit: Visit) -> dict[str, str]:
    """The author's own text may be in any language, whatever the script says: then it shows itself."""
    words = visit.consent
    direction = "auto" if visit.guide.consent_text else texts.direction(words.language)
    return {**asdict(words), "direction": direction}
