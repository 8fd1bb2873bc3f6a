"""How the work in the background stands: what waits, runs, is done, was given up, and what stopped it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.queue import Job, JobState
from workbench.gate.view import Look, view

LISTED = 100
_PATIENCE = timedelta(minutes=2)
# Some work is done every night, so a runner that lives has ended something within a day and a bit.
_A_NIGHT = timedelta(hours=26)


@dataclass(frozen=True)
class JobRow:
    """One piece of work. `problem` is the class name of what stopped it last, empty if nothing did."""

    id: str
    kind: str
    state: JobState
    promised_at: datetime
    run_at: datetime
    finished_at: datetime | None
    attempts: int
    problem: str


@dataclass(frozen=True)
class JobsState:
    """Counts of all jobs by state, and the newest of those a person may want to look at: given up first, then late.

    overdue_since: when the oldest waiting job should have run; None when none is two minutes late.
    last_done_at: when the runner last ended a job. is_asleep: that is longer ago than any night, or no runner ever came
    to promise or to end one.
    """

    counts: dict[JobState, int]
    overdue_since: datetime | None
    last_done_at: datetime | None
    is_asleep: bool
    rows: tuple[JobRow, ...]
    may_retry: bool


@view(Permission.SEE_JOBS, shows=AuditEvent.JOBS_SEEN)
def jobs_state(look: Look) -> JobsState:
    """Every count, and up to a hundred rows: failed, running and waiting before done, the newest first."""
    counted = dict(look.execute(select(Job.state, func.count()).group_by(Job.state)).all())
    late = select(func.min(Job.run_at)).where(Job.state == JobState.WAITING, Job.run_at < look.now - _PATIENCE)
    urgency = case({JobState.FAILED: 0, JobState.RUNNING: 1, JobState.WAITING: 2}, value=Job.state, else_=3)
    last = look.scalar(select(func.max(Job.finished_at)).where(Job.state == JobState.DONE))
    since = last or look.scalar(select(func.min(Job.promised_at)))
    jobs = look.scalars(select(Job).order_by(urgency, Job.run_at.desc(), Job.id).limit(LISTED))
    return JobsState(
        counts={state: counted.get(state, 0) for state in JobState},
        overdue_since=look.scalar(late),
        last_done_at=last,
        is_asleep=since is None or since < look.now - _A_NIGHT,
        rows=tuple(_row(job) for job in jobs),
        may_retry=look.allowed(Permission.RETRY_JOB),
    )


def _row(job: Job) -> JobRow:
    return JobRow(
        id=job.id,
        kind=job.kind,
        state=JobState(job.state),
        promised_at=job.promised_at,
        run_at=job.run_at,
        finished_at=job.finished_at,
        attempts=job.attempts,
        problem=job.last_problem,
    )
