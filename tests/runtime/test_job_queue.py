"""What follows a change is done once, whoever dies or fails meanwhile."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from interviewrelay.core import clock
from interviewrelay.core.db.session import db, transaction
from interviewrelay.models import Job
from interviewrelay.runtime import job_queue


class Died(BaseException):
    """The end of a process: nothing in it is asked any more."""


@pytest.fixture
def subject(ann):
    with transaction():
        job_queue.enqueue_job(ann.actor.org_id, "tell", "of it")
    return "of it"


def finishing(done):
    def act(_office, job_id, subject):
        with transaction():
            if job_queue.finish_job(job_id):
                done.append(subject)

    return {"tell": act}


def failing(fault):
    def act(*_):
        raise fault

    return {"tell": act}


def at(later, services, handlers):
    with clock.freeze_at(clock.now() + later):
        return job_queue.run_due_jobs(services, handlers)


def waits():
    db.session.rollback()
    return db.session.execute(select(Job.next_at)).scalar_one() - clock.now()


def test_it_is_done_once(services, subject):
    done = []
    assert [job_queue.run_due_jobs(services, finishing(done)) for _ in range(2)] == [1, 0]
    assert done == [subject]


def test_a_job_that_is_asked_for_again_is_one(services, ann, subject):
    with transaction():
        job_queue.enqueue_job(ann.actor.org_id, "tell", subject)
    done = []
    assert job_queue.run_due_jobs(services, finishing(done)) == 1
    assert done == [subject]


def test_a_job_that_is_asked_for_while_it_runs_runs_once_more(services, ann, subject):
    done = []

    def act(office, job_id, what):
        if not done:
            with transaction():
                job_queue.enqueue_job(ann.actor.org_id, "tell", what)
        finishing(done)["tell"](office, job_id, what)
        done.append("ran")

    assert job_queue.run_due_jobs(services, {"tell": act}) == 1
    assert done == ["ran"]
    assert job_queue.run_due_jobs(services, {"tell": act}) == 1
    assert done == ["ran", subject, "ran"]


def test_what_somebody_died_over_is_taken_up_after_a_minute(services, subject):
    done = []
    with pytest.raises(Died):
        job_queue.run_due_jobs(services, failing(Died()))
    assert at(timedelta(seconds=50), services, finishing(done)) == 0
    assert at(timedelta(seconds=61), services, finishing(done)) == 1
    assert done == [subject]


def test_of_two_who_did_it_one_tells(services, subject):
    done, again = [], []

    def slow(services, job_id, subject):
        """While it is in these hands for too long, somebody else does it."""
        assert at(timedelta(seconds=61), services, finishing(done)) == 1
        finishing(again)["tell"](services, job_id, subject)

    job_queue.run_due_jobs(services, {"tell": slow})
    assert (done, again) == ([subject], [])


def test_one_that_fails_is_tried_later_each_time_and_never_given_up(services, subject):
    seen, later = [], timedelta()
    for _ in range(12):
        with clock.freeze_at(clock.now() + later):
            assert job_queue.run_due_jobs(services, failing(ValueError("not today"))) == 1
            seen.append(round(waits() / timedelta(minutes=1)))
        later += timedelta(minutes=seen[-1], seconds=1)
    assert seen == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]


def test_a_clock_that_was_set_back_keeps_nothing_waiting(services, subject):
    done = []
    at(timedelta(days=1), services, failing(ValueError("not today")))
    assert job_queue.run_due_jobs(services, finishing(done)) == 1
    assert done == [subject]
