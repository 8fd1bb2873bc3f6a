"""Work promised for later, written in the transaction that promises it: mail, files, sums. Payloads hold ids only."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Index, Select, and_, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.engine import Store
from workbench.store.types import UtcDateTime

Payload = Mapping[str, str | int]


class JobState(StrEnum):
    """Where a piece of work stands. `failed` is final and waits for a person."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Base):
    """One piece of promised work.

    key: unique; the same promise made twice is kept once. attempts: how often it was begun.
    lease_until: while in the future, the worker named in `leased_by` has it; after that anybody may take it.
    """

    __tablename__ = "jobs"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("job"))
    kind: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    payload: Mapped[str]
    state: Mapped[str] = mapped_column(default=JobState.WAITING)
    run_at: Mapped[datetime] = mapped_column(UtcDateTime)
    promised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    leased_by: Mapped[str] = mapped_column(default="")
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_problem: Mapped[str] = mapped_column(default="")

    __table_args__ = (Index(None, "state", "run_at"),)


MOST_ATTEMPTS = 8


def promise(
    session: Session,
    *,
    kind: str,
    key: str,
    payload: Payload,
    now: datetime,
    run_at: datetime | None = None,
) -> None:
    """Promise work; a promise under a key already kept changes nothing."""
    if session.scalar(select(Job.id).where(Job.key == key)) is None:
        session.add(Job(kind=kind, key=key, payload=json.dumps(dict(payload)), promised_at=now, run_at=run_at or now))


def _due(now: datetime) -> Select[Job]:
    due = or_(
        and_(Job.state == JobState.WAITING, Job.run_at <= now),
        and_(Job.state == JobState.RUNNING, Job.lease_until <= now),
    )
    return select(Job).where(due).order_by(Job.run_at, Job.id).limit(1)


def claim(session: Session, *, worker: str, now: datetime, lease: timedelta) -> Job | None:
    """The most overdue piece of work that nobody holds, now leased to `worker`; None when nothing is due."""
    query = _due(now)
    job = session.scalar(query.with_for_update(skip_locked=True))
    if job is None:
        return None
    job.state, job.leased_by, job.lease_until = JobState.RUNNING, worker, now + lease
    job.attempts += 1
    return job


def finish(session: Session, *, job_id: str, worker: str, now: datetime) -> bool:
    """Mark as done if `worker` still holds it; False when the lease went to somebody else."""
    done = update(Job).where(Job.id == job_id, Job.leased_by == worker, Job.state == JobState.RUNNING)
    result = session.execute(done.values(state=JobState.DONE, finished_at=now, lease_until=None, last_problem=""))
    return bool(getattr(result, "rowcount", 0))


def give_back(session: Session, *, job_id: str, worker: str, now: datetime, problem: str) -> JobState:
    """Try again later (15 s doubling to 1 h), or give up after `MOST_ATTEMPTS`; `problem` is a class name."""
    job = session.get(Job, job_id)
    if job is None or job.leased_by != worker:
        return JobState.RUNNING
    job.last_problem, job.lease_until, job.leased_by = problem, None, ""
    if job.attempts >= MOST_ATTEMPTS:
        job.state, job.finished_at = JobState.FAILED, now
    else:
        job.state = JobState.WAITING
        job.run_at = now + min(timedelta(seconds=15) * 2 ** (job.attempts - 1), timedelta(hours=1))
    return JobState(job.state)


def send_back(job: Job, *, now: datetime) -> None:
    """Let a job that was given up be tried again at once, with all its attempts before it."""
    job.state, job.run_at, job.attempts, job.finished_at = JobState.WAITING, now, 0, None


@dataclass(frozen=True)
class Claimed:
    """A piece of work that a worker holds. `attempts` counts this one."""

    id: str
    kind: str
    payload: Payload
    attempts: int


class Queue:
    """What a worker does with the queue, each call a short transaction of its own. Rows of the queue hold ids only."""

    def __init__(self, store: Store, worker: str) -> None:
        self._store = store
        self._worker = worker

    def promise(
        self, *, kind: str, key: str, payload: Mapping[str, str | int], now: datetime, run_at: datetime
    ) -> None:
        """Work that comes round by the calendar; the same key is kept once."""
        with self._store.reading() as session:
            if session.scalar(select(Job.id).where(Job.key == key)) is not None:
                return  # spares the write lock: a recurring promise is nearly always kept already
        with self._store.writing() as session:
            session.connection()
            promise(session, kind=kind, key=key, payload=payload, now=now, run_at=run_at)
            session.commit()

    def claim(self, *, now: datetime, lease: timedelta) -> Claimed | None:
        """The most overdue piece of work, now held until `now + lease`; None when nothing is due."""
        with self._store.reading() as session:
            if session.scalar(_due(now)) is None:
                return None  # an idle worker must not take the write lock twice a second
        with self._store.writing() as session:
            session.connection()
            job = claim(session, worker=self._worker, now=now, lease=lease)
            if job is None:
                return None
            session.commit()
            return Claimed(job.id, job.kind, json.loads(job.payload), job.attempts)

    def hold(self, job_id: str, *, until: datetime) -> bool:
        """Stretch the lease; False when the work is not this worker's any more."""
        mine = (Job.id == job_id, Job.leased_by == self._worker, Job.state == JobState.RUNNING)
        with self._store.writing() as session:
            session.connection()
            result = session.execute(update(Job).where(*mine).values(lease_until=until))
            session.commit()
            return bool(getattr(result, "rowcount", 0))

    def finish(self, job_id: str, *, now: datetime) -> bool:
        """Mark as done; False when the lease went to somebody else meanwhile."""
        with self._store.writing() as session:
            session.connection()
            done = finish(session, job_id=job_id, worker=self._worker, now=now)
            session.commit()
            return done

    def give_back(self, job_id: str, *, now: datetime, problem: str) -> JobState:
        """Try again later, or give up; `problem` is a class name."""
        with self._store.writing() as session:
            session.connection()
            state = give_back(session, job_id=job_id, worker=self._worker, now=now, problem=problem)
            session.commit()
            return state

    def kinds_open(self) -> frozenset[str]:
        """The kinds of all work not yet done or given up."""
        open_states = (JobState.WAITING, JobState.RUNNING)
        with self._store.reading() as session:
            return frozenset(session.scalars(select(Job.kind).where(Job.state.in_(open_states)).distinct()))
