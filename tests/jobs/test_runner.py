"""The runner: work is done once, comes back after a failure or a kill, and never by a job without a name."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from workbench.gate.audit import AuditRow
from workbench.gate.errors import NotAllowed
from workbench.gate.permissions import Permission
from workbench.gate.queue import MOST_ATTEMPTS, Job, JobState, Queue
from workbench.jobs.handlers import HANDLERS, Handler, expire_answers
from workbench.jobs.runner import NoHandler, NoPermission, Runner, TwoHandlers

VERIFY = frozenset({Permission.VERIFY_AUDIT})


class Hands:
    """A clock that a test turns."""

    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


@pytest.fixture
def clock(now):
    return Hands(now)


def promised(gate, now, kind="count", key="one"):
    Queue(gate.store, "promiser").promise(kind=kind, key=key, payload={"n": 7}, now=now, run_at=now)


def job(gate):
    with gate.store.reading() as session:
        return session.scalars(select(Job)).one()


def runner(gate, clock, run, name="one"):
    return Runner(gate, [Handler("count", VERIFY, run)], clock=clock, name=name)


def test_promised_work_is_done_once(gate, clock):
    seen = []
    promised(gate, clock())
    promised(gate, clock())
    worker = runner(gate, clock, seen.append)
    assert [worker.run_one(), worker.run_one()] == [True, False]
    assert [run.payload for run in seen] == [{"n": 7}]
    assert job(gate).state == JobState.DONE
    assert job(gate).finished_at == clock()


def test_work_is_not_begun_before_its_time(gate, clock):
    seen = []
    promised(gate, clock() + timedelta(seconds=1))
    assert not runner(gate, clock, seen.append).run_one()
    assert seen == []


def fails(_run):
    raise LookupError("a name that must not be kept")


def test_what_fails_is_tried_again_later_and_given_up_in_the_end(gate, clock):
    promised(gate, clock())
    worker = runner(gate, clock, fails)
    waits = []
    for _ in range(MOST_ATTEMPTS):
        assert worker.run_one()
        waits.append(job(gate).run_at - clock())
        clock.now = job(gate).run_at
    assert waits[:3] == [timedelta(seconds=15), timedelta(seconds=30), timedelta(seconds=60)]
    assert (job(gate).state, job(gate).last_problem) == (JobState.FAILED, "LookupError")
    assert not worker.run_one()


def test_work_of_a_killed_runner_is_taken_by_another_when_the_lease_is_over(gate, clock):
    promised(gate, clock())
    Queue(gate.store, "killed").claim(now=clock(), lease=timedelta(minutes=1))
    seen = []
    other = runner(gate, clock, seen.append, name="other")
    assert not other.run_one()
    clock.now += timedelta(minutes=1)
    assert other.run_one()
    assert job(gate).attempts == 2
    assert len(seen) == 1


def test_who_lost_the_lease_cannot_mark_the_work(gate, clock):
    promised(gate, clock())
    first, second = Queue(gate.store, "first"), Queue(gate.store, "second")
    held = first.claim(now=clock(), lease=timedelta(minutes=1))
    later = clock() + timedelta(minutes=2)
    second.claim(now=later, lease=timedelta(minutes=1))
    assert not first.hold(held.id, until=later + timedelta(hours=1))
    assert not first.finish(held.id, now=later)
    assert first.give_back(held.id, now=later, problem="Late") == JobState.RUNNING
    assert job(gate).leased_by == "second"


def test_a_long_job_keeps_its_lease(gate, clock):
    promised(gate, clock())
    begun, stretched = threading.Event(), threading.Event()

    def long(_run):
        first = job(gate).lease_until
        clock.now += timedelta(seconds=30)
        begun.set()
        while job(gate).lease_until == first:
            stretched.wait(0.01)

    worker = Runner(gate, [Handler("count", VERIFY, long)], clock=clock, name="one", lease=timedelta(milliseconds=150))
    assert worker.run_one()
    assert begun.is_set()
    assert job(gate).state == JobState.DONE


def test_a_job_may_do_only_what_it_was_given_by_name(gate, clock):
    promised(gate, clock())
    worker = Runner(gate, [Handler("count", frozenset({Permission.SEE_JOBS}), expire_answers)], clock=clock, name="x")
    worker.run_one()
    assert job(gate).last_problem == NotAllowed.__name__


def test_a_runner_with_a_kind_it_cannot_do_does_not_start(gate, clock):
    promised(gate, clock(), kind="unheard_of")
    with pytest.raises(NoHandler, match="unheard_of"):
        runner(gate, clock, fails).check()


def test_a_runner_with_a_job_without_permission_does_not_start(gate, clock):
    with pytest.raises(NoPermission):
        Runner(gate, [Handler("count", frozenset(), fails)], clock=clock, name="x").run()


def test_two_handlers_of_one_kind_do_not_start(gate, clock):
    with pytest.raises(TwoHandlers):
        Runner(gate, [HANDLERS[0], HANDLERS[0]], clock=clock, name="x").check()


def test_a_runner_ends_what_it_began_and_stops(gate, clock):
    promised(gate, clock())
    worker = runner(gate, clock, lambda _run: worker.stop())
    worker.run()
    assert job(gate).state == JobState.DONE


def test_every_night_is_promised_once(gate, clock):
    worker = Runner(gate, HANDLERS, clock=clock, name="x")
    worker.promise()
    clock.now += timedelta(minutes=11)
    worker.promise()
    with gate.store.reading() as session:
        kept = {row.key: row.run_at for row in session.scalars(select(Job))}
    assert sorted(kept) == sorted(f"{one.kind}:2026-03-10" for one in HANDLERS if one.nightly_at is not None)
    assert kept["verify_audit_log:2026-03-10"].astimezone(gate.zone).hour == 3


def test_what_a_row_wants_is_done_once(gate, clock):
    seen = []
    worker = Runner(
        gate, [Handler("count", VERIFY, seen.append, wanted=lambda *_: ["row_1", "row_2"])], clock=clock, name="x"
    )
    for _ in range(4):
        worker.promise()
        worker.run_one()
    assert sorted(run.payload["id"] for run in seen) == ["row_1", "row_2"]


def test_the_nightly_work_is_done_under_its_own_name(gate, clock):
    worker = Runner(gate, HANDLERS, clock=clock, name="x")
    worker.promise()
    clock.now += timedelta(days=1)
    nightly = sum(one.nightly_at is not None for one in HANDLERS)
    assert [worker.run_one() for _ in range(nightly + 1)] == [True] * nightly + [False]
    with gate.store.reading() as session:
        told = set(session.execute(select(AuditRow.actor_id, AuditRow.event)).all())
        assert set(session.scalars(select(Job.state))) == {JobState.DONE}
    assert {
        ("system:verify_audit_log", "audit.verified"),
        ("system:expire_kept_answers", "kept_answers.expired"),
        ("system:state_self_approvals", "self_approvals.stated"),
        ("system:watch_grants", "grants.watched"),
    } <= told
