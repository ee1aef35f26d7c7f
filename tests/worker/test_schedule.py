"""The periodic tasks."""

import threading
from dataclasses import replace

import pytest

from interviewrelay.core.errors import StorageUnavailable
from interviewrelay.worker import runner, schedule
from interviewrelay.worker.schedule import Task
from interviewrelay.worker.webhook_sender import WebhookSender
from tests.factories import a_campaign, an_invite
from tests.flows.waiting import PATIENCE, until
from tests.webhooks.test_events import a_webhook


def test_once_does_everything_that_is_due(app, services, ann, mailer):
    an_invite(services, a_campaign(ann), send_email=True)
    schedule.run_all_once(app)
    schedule.run_all_once(app)
    assert [letter.to for letter in mailer.letters] == ["pat@example.com"]


def test_what_is_held_stays_until_it_is_let_out(app, services, ann, mailer, calls, monkeypatch):
    let_out = app.extensions["settings"]
    monkeypatch.setitem(app.extensions, "settings", replace(let_out, hold_outgoing=True))
    a_webhook(services, ann)
    an_invite(services, a_campaign(ann), send_email=True)
    schedule.run_all_once(app)
    assert not any(
        isinstance(thread, WebhookSender) for thread in runner.WorkerThreads(app)._threads
    )
    assert (mailer.letters, calls.posted) == ([], [])
    monkeypatch.setitem(app.extensions, "settings", let_out)
    schedule.run_all_once(app)
    assert [letter.to for letter in mailer.letters] == ["pat@example.com"]
    assert len(calls.posted) == 1


@pytest.mark.parametrize("fault", [StorageUnavailable, ZeroDivisionError])
def test_a_task_that_fails_does_not_stop_the_others(app, monkeypatch, caplog, fault):
    done = []

    def fails(_office):
        raise fault

    tasks = (Task("fails", 1, fails), Task("works", 1, lambda _office: done.append(1) or 1))
    monkeypatch.setattr(schedule, "TASKS", tasks)
    schedule.run_all_once(app)
    assert done == [1]
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == [
        "task_failed"
    ]


def test_rounds_go_on_until_they_are_told_to_stop(app, monkeypatch):
    done = []
    tasks = (
        Task("often", 0, lambda _office: done.append("often") or 0),
        Task("rarely", 3600, lambda _office: done.append("rarely") or 0),
    )
    monkeypatch.setattr(schedule, "TASKS", tasks)
    rounds = runner.WorkerElection(app)
    rounds.start()
    until(lambda: done.count("often") >= 2)
    rounds.stop()
    assert not rounds.is_alive()
    assert done.count("rarely") == 1


def test_rounds_begin_when_pending_turns_are_recovered(app, monkeypatch):
    begun, caught_up = threading.Event(), threading.Event()
    tasks = (Task("any", 3600, lambda _office: begun.set() or 0),)
    monkeypatch.setattr(schedule, "TASKS", tasks)
    monkeypatch.setattr(schedule, "LOOKS_AGAIN", 0.01)
    monkeypatch.setattr(runner, "HEAD_START", PATIENCE)
    rounds = runner.WorkerElection(app, caught_up)
    rounds.start()
    assert not begun.wait(0.3)
    caught_up.set()
    assert begun.wait(PATIENCE)
    rounds.stop()


def test_rounds_do_not_wait_for_ever(app, monkeypatch):
    begun = threading.Event()
    tasks = (Task("any", 3600, lambda _office: begun.set() or 0),)
    monkeypatch.setattr(schedule, "TASKS", tasks)
    monkeypatch.setattr(runner, "HEAD_START", 0.1)
    rounds = runner.WorkerElection(app, threading.Event())
    rounds.start()
    assert begun.wait(PATIENCE)
    rounds.stop()


def test_rounds_stop_while_pending_turns_are_recovered(app):
    rounds = runner.WorkerElection(app, threading.Event())
    rounds.start()
    rounds.stop()
    assert not rounds.is_alive()
