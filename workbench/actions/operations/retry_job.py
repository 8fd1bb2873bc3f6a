"""Send a job that was given up back to work."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.queue import Job, JobState, send_back
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError


class JobNotFailed(WorkbenchError):
    """The job waits, runs or is done: there is nothing to try again."""

    def __init__(self) -> None:
        super().__init__("This job has not failed, so there is nothing to try again.")


@dataclass(frozen=True)
class JobRetried:
    """Which job goes back to work, and of what kind."""

    job_id: str
    kind: str


@action(Permission.RETRY_JOB, on=Job)
def retry_job(work: Work, job: Job) -> JobRetried:
    """Let a failed job be tried again now.

    Raises:
        JobNotFailed: it did not fail, or somebody sent it back already.
    """
    if job.state != JobState.FAILED:
        raise JobNotFailed
    send_back(job, now=work.now)
    work.record(AuditEvent.JOB_RETRIED, kind=job.kind)
    return JobRetried(job.id, job.kind)
