"""Things to start from, made by the verbs of the product."""

from array import array
from typing import Any

from flask import current_app
from sqlalchemy import func, select, update

from interviewrelay.accounts import login_attempts
from interviewrelay.accounts.login_attempts import Caller
from interviewrelay.adapters.audio.wave_codec import WaveCodec
from interviewrelay.campaigns import campaigns, projects
from interviewrelay.campaigns.invites import invites
from interviewrelay.core.db.session import db, transaction
from interviewrelay.core.ids import new_id
from interviewrelay.core.ports.audio import SAMPLE_RATE, Sound
from interviewrelay.interviews import interviews
from interviewrelay.models import AnswerRecording, Interview, Mail, SessionRecording
from interviewrelay.runtime import stored_files
from interviewrelay.scripts import scripts
from interviewrelay.scripts.document import ScriptDocument

DOCUMENT: dict[str, Any] = {
    "name": "Waiting at the clinic",
    "target_minutes": 15,
    "purpose": "We want to learn how visits go.",
    "contact": "study@alder.example",
    "questions": [
        {"id": "visit", "text": "Please tell me about your last visit.", "importance": "must"},
        {
            "id": "waiting",
            "text": "How did the waiting go?",
            "importance": "must",
            "needs": [
                {
                    "id": "how_long",
                    "label": "how long it took",
                    "ask": "How long did you wait?",
                    "cues": ["minutes", "hour"],
                }
            ],
        },
        {"id": "talk", "text": "What do you remember of the conversation with the doctor?"},
        {"id": "change", "text": "What would you change about such a visit?", "depth": "light"},
    ],
}


def a_caller(address: str = "192.0.2.1", browser: str = "", device: str = "") -> Caller:
    """A client at the log-in, by the counters of the application."""
    counters = current_app.extensions["attempt_counters"]
    return Caller(counters, address, address, browser, device)


def log_in(
    services: Any, email: str, password: str, caller: Caller | None = None
) -> str | None:
    """The token of a new log-in."""
    entered = login_attempts.log_in(services, caller or a_caller(), email, password)
    return entered and entered.token


def a_script(somebody: Any, **more: Any) -> Any:
    """A published script."""
    document = ScriptDocument.model_validate({**DOCUMENT, **more})
    script, _ = scripts.publish_script(scripts.create_script(somebody.actor, document))
    return script


def a_draft(somebody: Any, **more: Any) -> Any:
    document = ScriptDocument.model_validate({**DOCUMENT, **more})
    return scripts.create_script(somebody.actor, document)


def a_project(somebody: Any, name: str = "Patients") -> Any:
    return projects.create_project(somebody.actor, name, "What for")


def a_campaign(somebody: Any, *, script: Any = None, project: Any = None, **more: Any) -> Any:
    plan = campaigns.CampaignPlan(
        **{"name": "Autumn", **more},
        script_id=(script or a_script(somebody)).id,
        project_id=(project or a_project(somebody)).id,
    )
    return campaigns.create_campaign(somebody.actor, plan)


def mails_by_state() -> dict[str, int]:
    """How many mails to participants are in each state."""
    counted = select(Mail.state, func.count()).where(Mail.invite_id.is_not(None))
    return dict(db.session.execute(counted.group_by(Mail.state)).all())


def an_invite(
    services: Any, campaign: Any, email: str = "pat@example.com", **more: Any
) -> tuple[Any, str]:
    """An invite and its token."""
    people = [invites.Invitee(email)]
    made = invites.create_invites(
        services.ring, campaign, people, **{"send_email": False, **more}
    )
    invite = made.invites[0]
    return invite, services.ring.decrypt(invite.sealed_token)


def an_interview(services: Any, campaign: Any, *said: str, **more: Any) -> Any:
    """An interview with these answers, still open."""
    invite, _ = an_invite(services, campaign, **more)
    reached, _ = interviews.start_interview(invite, agreed=True)
    for text in said:
        reached = interviews.answer_question(invite, reached.next_number, text).standing
    return reached.interview


def a_whole_interview(services: Any, campaign: Any, said: str, **more: Any) -> Any:
    """An interview that the interviewer closes, after the same answer again and again."""
    interview = an_interview(services, campaign, **more)
    number = 2
    while True:
        reply = interviews.answer_question(interview.invite, number, said)
        if reply.turn is None:
            return reply.standing.interview
        number += 2


def feedback_while_it_goes_on(interview: Any, rating: int, comment: str) -> None:
    """Feedback in the row of an interview that has not ended, as earlier versions took it."""
    with transaction():
        db.session.execute(
            update(Interview)
            .where(Interview.id == interview.id)
            .values(feedback_rating=rating, feedback_comment=comment)
        )


def a_clip(services: Any, interview: Any, number: int, sound: Sound, **more: Any) -> Any:
    """A recorded answer as it is kept: its WAV file, and its row."""
    clip_id, content = new_id(), WaveCodec().encode([sound], "wav")
    services.storage.put(stored_files.get_clip_name(clip_id, "wav"), content)
    told = {
        "status": "transcribed", "container": "wav", "pieces": 1, "size": len(content),
        "seconds": sound.seconds, "used": True, "client_id": clip_id, **more,
    }  # fmt: skip
    row = AnswerRecording(
        id=clip_id,
        org_id=interview.org_id,
        interview_id=interview.id,
        consent_id=interview.consent_id,
        number=number,
        **told,
    )
    with transaction():
        db.session.add(row)
    return row


def a_recording(services: Any, interview: Any) -> Any:
    """A recording of a whole interview as it is kept, of a second."""
    by_voice(interview)
    row_id, content = new_id(), WaveCodec().encode([a_tone(1)], "wav")
    services.storage.put(stored_files.get_recording_name(row_id, "wav"), content)
    row = SessionRecording(
        id=row_id,
        org_id=interview.org_id,
        interview_id=interview.id,
        consent_id=interview.consent_id,
        source="a test",
        seconds=1.0,
        layout=[[1, 0.0, 0.25, None], [2, 0.75, 1.0, 0.9]],
        peaks=[50] * 480,
        sizes={"wav": len(content)},
    )
    with transaction():
        db.session.add(row)
    return row


def a_tone(seconds: float, rate: int = SAMPLE_RATE) -> Sound:
    """A loud sound."""
    return Sound(array("h", [8_000, -8_000] * round(seconds * rate / 2)).tobytes(), rate)


def by_voice(interview: Any) -> None:
    """As one that was begun by voice is kept."""
    with transaction():
        db.session.execute(
            update(Interview).where(Interview.id == interview.id).values(mode="voice")
        )


def a_finished_interview(services: Any, campaign: Any, *said: str, **more: Any) -> Any:
    interview = an_interview(services, campaign, *said, **more)
    return interviews.complete_interview(interview.invite).interview
