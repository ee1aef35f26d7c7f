"""Schedule of all periodic tasks."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask import Flask, current_app

from interviewrelay.accounts import login_sessions, member_invitations, password_resets
from interviewrelay.backups import scheduled_backup
from interviewrelay.billing import ledger
from interviewrelay.campaigns import voice_availability
from interviewrelay.campaigns.invites import counters, reminders
from interviewrelay.campaigns.setup import drafts
from interviewrelay.core import clock
from interviewrelay.core.db import session
from interviewrelay.core.errors import Refusal
from interviewrelay.demo import voices
from interviewrelay.egress import egress_ledger
from interviewrelay.integrity import sealing
from interviewrelay.interviews import completion, interviews
from interviewrelay.interviews.participation import resume_codes
from interviewrelay.notifications import mail_delivery
from interviewrelay.operations import background_checks, clock_recovery
from interviewrelay.organizations import audit_log
from interviewrelay.privacy import retention
from interviewrelay.recordings import (
    audio_retention,
    late_transcription,
    session_recording,
    spoken_answers,
    spoken_questions,
)
from interviewrelay.results import analyses
from interviewrelay.runtime import idempotency, job_queue, stored_files
from interviewrelay.runtime.services import Services
from interviewrelay.transcripts import completed_job
from interviewrelay.webhooks import delivery as webhook_delivery, events

log = logging.getLogger("interviewrelay.worker")


LOOKS_AGAIN: Final = 0.5


@dataclass(frozen=True, slots=True)
class Task:
    name: str
    seconds: float
    """Interval in seconds."""
    act: Callable[[Services], int]
    """Task function; returns how many things were done."""
    lane: str = "upkeep"
    """Lane: tasks of one lane run one after another, independent of other lanes."""
    sends: bool = False
    """True if the task sends something from this server, which settings can hold back."""


def _ask_what_is_owed(services: Services) -> int:
    """Recover pending turns, waiting for models that are still working on an answer."""
    return interviews.recover_pending_turns(under_way=services.model_selector.grace_seconds())


JOBS: Final[Mapping[str, job_queue.JobHandler]] = {
    completion.AFTERWARDS: completed_job.publish_completed
}
SOUND_JOBS: Final[Mapping[str, job_queue.JobHandler]] = {
    completion.FIRST_RECORDING: session_recording.build_first_in_job,
    completion.RECORDING: session_recording.build_in_job,
    spoken_answers.LATE_TRANSCRIPTION: late_transcription.transcribe_in_job,
}
"""Jobs that take seconds or minutes; those of JOBS don't wait for them."""
IDLE_JOBS: Final[Mapping[str, job_queue.JobHandler]] = {
    voice_availability.SPEAK_AHEAD: spoken_questions.speak_ahead,
    voices.SPEAK: voices.speak_in_job,
}
"""Jobs that nobody waits for: they run while none of SOUND_JOBS is due."""


ANALYSIS_JOBS: Final[Mapping[str, job_queue.JobHandler]] = {analyses.KIND: analyses.run_in_job}
"""Jobs that take a minute, in a lane of their own."""


def _do_jobs(services: Services) -> int:
    return job_queue.run_due_jobs(services, JOBS)


def _do_sound_jobs(services: Services) -> int:
    done = job_queue.run_due_jobs(services, SOUND_JOBS, most=1)
    return done or job_queue.run_due_jobs(services, IDLE_JOBS, most=1)


def _do_analysis_jobs(services: Services) -> int:
    return job_queue.run_due_jobs(services, ANALYSIS_JOBS, most=1)


def _back_up(services: Services) -> int:
    return scheduled_backup.back_up_if_due(services, current_app.extensions["settings"])


TASKS: Final = (
    Task("send emails", 1, mail_delivery.deliver_due_mails, lane="mail", sends=True),
    Task("build recordings", 0.5, _do_sound_jobs, lane="sound"),
    Task("run jobs", 0.5, _do_jobs, lane="jobs"),
    Task("analyse studies", 0.5, _do_analysis_jobs, lane="analysis"),
    Task("back up", 30, _back_up, lane="backup", sends=True),
    Task("recover pending turns", 10, _ask_what_is_owed),
    Task("abandon stale interviews", 60, lambda _office: completion.abandon_stale_interviews()),
    Task("mark expired invites", 60, lambda _office: counters.mark_expired()),
    Task("queue reminders", 60, lambda services: reminders.queue_due_reminders(services.ring)),
    Task("reset monthly credits", 60, lambda _office: ledger.renew_due_accounts()),
    Task(
        "check counters and balances", 60, lambda _office: background_checks.check_next_batch()
    ),
    Task("reschedule after a clock change", 600, lambda _office: clock_recovery.reschedule()),
    Task("seal interviews of older versions", 10, lambda _office: sealing.seal_next_batch()),
    Task("checkpoint the database log", 300, lambda _office: session.checkpoint_wal()),
    Task(
        "delete expired sign-ins", 3600, lambda _office: login_sessions.delete_expired_logins()
    ),
    Task("delete stray files", 3600, stored_files.delete_stray_files),
    Task("erase data past retention", 3600, retention.erase_due),
    Task("delete recordings past retention", 3600, audio_retention.delete_due_audio),
    Task(
        "delete expired password links",
        3600,
        lambda _office: password_resets.delete_expired_links(),
    ),
    Task("delete old audit entries", 3600, lambda _office: audit_log.delete_old_entries()),
    Task(
        "delete expired member invitations",
        3600,
        lambda _office: member_invitations.delete_expired_invitations(),
    ),
    Task("delete old lists of drafts", 3600, lambda _office: drafts.delete_stale_lists()),
    Task(
        "delete expired resume codes", 3600, lambda _office: resume_codes.delete_expired_codes()
    ),
    Task("delete expired stored responses", 3600, lambda _office: idempotency.delete_expired()),
    Task("delete unused phrases", 3600, spoken_questions.delete_unused_phrases),
    Task("delete old egress records", 3600, lambda _office: egress_ledger.delete_old_records()),
    Task("delete old events", 3600, lambda _office: events.delete_old_events()),
)


def run_all_once(app: Flask, at: datetime | None = None) -> None:
    """Run every task once, now or as of another moment."""
    with clock.freeze_at(at):
        for task in TASKS:
            run_task(app, task)
        run_task(
            app, Task("deliver webhooks", 0, webhook_delivery.deliver_due_webhooks, sends=True)
        )


def catch_up(app: Flask) -> threading.Event:
    """Start to recover the pending turns of the last server; the event is set when that is done."""
    done = threading.Event()

    def act() -> None:
        run_task(
            app,
            Task(
                "recover pending turns", 0, lambda _office: interviews.recover_pending_turns()
            ),
        )
        done.set()

    threading.Thread(target=act, name="catch-up", daemon=True).start()
    return done


class TaskLane(threading.Thread):
    """Runs the due tasks of a lane, one after the other, until told to stop."""

    def __init__(self, app: Flask, name: str) -> None:
        super().__init__(name=f"lane {name}", daemon=True)
        self._app, self._stopping = app, threading.Event()
        self._tasks = [task for task in TASKS if task.lane == name]

    def run(self) -> None:
        due = {task.name: 0.0 for task in self._tasks}
        while not self._stopping.wait(LOOKS_AGAIN):
            for task in self._tasks:
                if time.monotonic() >= due[task.name]:
                    run_task(self._app, task)
                    due[task.name] = time.monotonic() + task.seconds

    def stop(self) -> None:
        self._stopping.set()
        self.join(timeout=5)


def run_task(app: Flask, task: Task) -> None:
    """Run a task now; failures are logged and never raised."""
    services: Services = app.extensions["services"]
    if task.sends and app.extensions["settings"].hold_outgoing:
        return
    try:
        with app.app_context():
            count = task.act(services)
    except Refusal as fault:
        log.error("task_failed", extra={"job": task.name, "code": fault.code})  # noqa: TRY400
    except Exception:  # a failing task must stop neither the others nor the thread
        log.exception("task_failed", extra={"job": task.name})
    else:
        if count:
            log.info("task_done", extra={"job": task.name, "count": count})
