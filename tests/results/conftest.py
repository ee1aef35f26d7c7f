"""A small study with ended interviews, and its analysis."""

import pytest

from interviewrelay.core.db.session import db
from interviewrelay.results import analyses
from interviewrelay.runtime import job_queue
from tests.factories import a_campaign, a_finished_interview

LOST = "I could not find the right desk, and nobody told us why we had to wait."
WAIT = "We waited two hours. Nobody told us why we had to wait."
CALM = "I took the bus. The doctor explained everything and it was very clear."


@pytest.fixture
def campaign(ann):
    return a_campaign(ann)


@pytest.fixture
def three(services, campaign):
    """Three interviews that have ended."""
    return [
        a_finished_interview(services, campaign, said, email=f"p{n}@example.com")
        for n, said in enumerate((LOST, WAIT, CALM))
    ]


@pytest.fixture
def run(services):
    """Run the analysis jobs that are due."""

    def run_jobs():
        db.session.rollback()
        done = job_queue.run_due_jobs(services, {analyses.KIND: analyses.run_in_job})
        db.session.rollback()
        return done

    return run_jobs
