"""A job that was given up goes back to work when a person who may asks for it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from workbench.actions.operations.retry_job import JobNotFailed, retry_job
from workbench.gate.errors import NotAllowed, NotFound
from workbench.gate.permissions import Permission
from workbench.gate.queue import MOST_ATTEMPTS, Job, JobState, Queue
from workbench.jobs.handlers import Handler
from workbench.jobs.runner import Runner
from workbench.screens.jobs_state import jobs_state


def breaks(_run):
    raise LookupError


@pytest.fixture
def failed(gate, now):
    """A job that was tried as often as jobs are, in vain."""
    queue = Queue(gate.store, "promiser")
    queue.promise(kind="count", key="one", payload={}, now=now, run_at=now)
    runner = Runner(gate, [Handler("count", frozenset({Permission.SEE_JOBS}), breaks)], clock=lambda: at[0], name="x")
    at = [now]
    for _ in range(MOST_ATTEMPTS):
        runner.run_one()
        at[0] = the_job(gate).run_at
    assert the_job(gate).state == JobState.FAILED
    return the_job(gate).id


def the_job(gate):
    with gate.store.reading() as session:
        return session.scalars(select(Job)).one()


def test_a_failed_job_waits_again_with_all_its_attempts(gate, manager, now, failed):
    assert retry_job(gate, manager, failed, now=now).kind == "count"
    assert (the_job(gate).state, the_job(gate).attempts, the_job(gate).run_at) == (JobState.WAITING, 0, now)


def test_a_job_is_sent_back_once(gate, manager, now, failed):
    retry_job(gate, manager, failed, now=now)
    with pytest.raises(JobNotFailed):
        retry_job(gate, manager, failed, now=now)


def test_who_may_not_is_refused(gate, front_desk, now, failed):
    with pytest.raises(NotFound):
        retry_job(gate, front_desk, failed, now=now)
    assert the_job(gate).state == JobState.FAILED


def test_the_page_shows_counts_the_problem_and_who_may_retry(gate, manager, now, failed):
    state = jobs_state(gate, manager, now=now)
    assert state.counts == {
        JobState.WAITING: 0, JobState.RUNNING: 0, JobState.DONE: 0, JobState.FAILED: 1
    }  # fmt: skip
    assert [(row.id, row.problem, row.attempts) for row in state.rows] == [(failed, "LookupError", MOST_ATTEMPTS)]
    assert state.may_retry
    assert state.overdue_since is None


def test_a_runner_that_ended_nothing_for_more_than_a_day_is_asleep(gate, manager, now, failed):
    assert not jobs_state(gate, manager, now=now).is_asleep
    assert jobs_state(gate, manager, now=now + timedelta(hours=27)).is_asleep
    done = Job(
        kind="count",
        key="two",
        payload="{}",
        state=JobState.DONE,
        promised_at=now,
        run_at=now,
        finished_at=now + timedelta(hours=1),
    )
    with gate.store.writing() as session:
        session.add(done)
        session.commit()
    assert not jobs_state(gate, manager, now=now + timedelta(hours=27)).is_asleep
    later = jobs_state(gate, manager, now=now + timedelta(hours=27, seconds=1))
    assert later.is_asleep
    assert later.last_done_at == now + timedelta(hours=1)


def test_the_front_desk_does_not_see_the_jobs(gate, front_desk, now):
    with pytest.raises(NotAllowed):
        jobs_state(gate, front_desk, now=now)
