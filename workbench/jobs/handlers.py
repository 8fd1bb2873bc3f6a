"""What the background can do: one handler a kind, each with the permissions it is given by name."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from workbench.accounts.access_rules import AccountDisabled, ClearanceMissing, LastHolder
from workbench.accounts.rules import AddressTaken
from workbench.actions.accounts.carry_out_access import carry_out_access
from workbench.actions.accounts.open_quarterly_review import open_quarterly_review
from workbench.actions.accounts.state_self_approvals import state_self_approvals
from workbench.actions.accounts.watch_grants import watch_grants
from workbench.actions.compliance.remind_emergency_review import remind_emergency_review
from workbench.actions.operations.expire_kept_answers import expire_kept_answers
from workbench.actions.people.complete_departure import complete_departure
from workbench.actions.scheduling.lapse_request import lapse_request
from workbench.actions.scheduling.lapse_wait import lapse_wait
from workbench.gate.action import Gate
from workbench.gate.actor import SystemActor
from workbench.gate.audit import ChainBroken
from workbench.gate.audit_seal import seal_log, unsealed_events
from workbench.gate.permissions import Permission
from workbench.people.rules import NoLongerHere
from workbench.screens.audit_trail import audit_verdict
from workbench.screens.signed_records import RecordsBroken, signed_records
from workbench.screens.waits_to_ask import unheard_waits


@dataclass(frozen=True)
class JobRun:
    """One run of one job: whom it acts as, what was promised, when it is. `job_id` is the key of the verbs it calls."""

    gate: Gate
    actor: SystemActor
    job_id: str
    payload: Mapping[str, str | int]
    now: datetime


@dataclass(frozen=True)
class Handler:
    """How a kind of work is done.

    run: calls verbs with `idempotency_key=job.job_id`, for it may be run again after a kill in the middle.
    nightly_at: hours and minutes on the practice's clock if the work comes round every day, else None.
    wanted: asked every second for ids of rows that want this work, each done once; its payload is `{"id": …}`.
    after: how long after it was wanted.
    """

    kind: str
    permissions: frozenset[Permission]
    run: Callable[[JobRun], None]
    nightly_at: tuple[int, int] | None = None
    wanted: Callable[[Gate, datetime], Iterable[str]] | None = None
    after: timedelta = timedelta()

    @property
    def actor(self) -> SystemActor:
        """Whom the log names."""
        return SystemActor(self.kind, self.permissions)


def verify_audit_log(job: JobRun) -> None:
    """Follow the chain of the log from its first to its last event.

    Raises:
        ChainBroken: an event was changed or is missing. The job then stands as failed until a person has looked.
    """
    verdict = audit_verdict(job.gate, job.actor, now=job.now)
    if verdict.broken_at is not None:
        raise ChainBroken(verdict.says)


def verify_signed_records(job: JobRun) -> None:
    """Hash every signed record again.

    Raises:
        RecordsBroken: one is not what was signed. The job then stands as failed until a person has looked.
    """
    found = signed_records(job.gate, job.actor, now=job.now)
    if found.broken:
        raise RecordsBroken(found.says)


def expire_answers(job: JobRun) -> None:
    """Forget answers older than a week."""
    expire_kept_answers(job.gate, job.actor, now=job.now, idempotency_key=job.job_id)


def lapse_waits(job: JobRun) -> None:
    """End the waits of which nothing was heard for as long as the practice said; each looked at once more."""
    for entry_id in unheard_waits(job.gate, now=job.now):
        lapse_wait(job.gate, job.actor, entry_id, now=job.now, idempotency_key=f"{job.job_id}.{entry_id}")


def carry_out_approved(job: JobRun) -> None:
    """Carry out what one person approved alone a day ago."""
    try:
        carry_out_access(job.gate, job.actor, str(job.payload["id"]), now=job.now, idempotency_key=job.job_id)
    except (AccountDisabled, AddressTaken, ClearanceMissing, LastHolder, NoLongerHere):
        # The log holds the refusal, and the request stays open on the page of access, where a person sees why.
        return


def complete_departures(job: JobRun) -> None:
    """Tidy up after whoever has left, and write the certificate."""
    complete_departure(job.gate, job.actor, str(job.payload["id"]), now=job.now, idempotency_key=job.job_id)


def look_for_ending_grants(job: JobRun) -> None:
    """Tell whose role ends soon, and keep the last owner."""
    watch_grants(job.gate, job.actor, now=job.now, idempotency_key=job.job_id)


def state_what_was_approved_alone(job: JobRun) -> None:
    """Write last week's statements that are not written yet."""
    state_self_approvals(job.gate, job.actor, now=job.now, idempotency_key=job.job_id)


def open_this_quarters_review(job: JobRun) -> None:
    """Begin the quarter's review of access, once."""
    open_quarterly_review(job.gate, job.actor, now=job.now, idempotency_key=job.job_id)


def remind_of_review(job: JobRun) -> None:
    """Remind who may review an emergency opening that it is due."""
    remind_emergency_review(job.gate, job.actor, str(job.payload["id"]), now=job.now, idempotency_key=job.job_id)


def lapse_unanswered(job: JobRun) -> None:
    """Give the time of a request back that nobody answered."""
    lapse_request(job.gate, job.actor, str(job.payload["id"]), now=job.now, idempotency_key=job.job_id)


FULL_STRETCH = 1_000
SEAL_WITHIN = timedelta(minutes=5)


def seal_audit_log(job: JobRun) -> None:
    """Sign the head of the log, unless another job did it meanwhile."""
    seal_log(job.gate, job.actor, now=job.now)


def _anything_unsealed(gate: Gate, now: datetime) -> Iterable[str]:
    """The size of the newest head once an event follows it: it names the stretch that is to be sealed next."""
    del now
    sealed, since = unsealed_events(gate)
    return (str(sealed),) if since else ()


def _full_stretch(gate: Gate, now: datetime) -> Iterable[str]:
    del now
    sealed, since = unsealed_events(gate)
    return (str(sealed),) if since >= FULL_STRETCH else ()


_SEAL = frozenset({Permission.SEAL_AUDIT})

# At these times no zone of the United States skips or repeats an hour of the clock.
HANDLERS: tuple[Handler, ...] = (
    Handler("carry_out_access", frozenset({Permission.CARRY_OUT_ACCESS}), carry_out_approved),
    Handler("complete_departure", frozenset({Permission.COMPLETE_DEPARTURE}), complete_departures),
    Handler("expire_kept_answers", frozenset({Permission.EXPIRE_KEPT_ANSWERS}), expire_answers, nightly_at=(3, 40)),
    Handler("lapse_waits", frozenset({Permission.LAPSE_WAIT}), lapse_waits, nightly_at=(4, 20)),
    Handler("lapse_request", frozenset({Permission.LAPSE_REQUEST}), lapse_unanswered),
    Handler(
        "open_quarterly_review",
        frozenset({Permission.OPEN_QUARTERLY_REVIEW}),
        open_this_quarters_review,
        nightly_at=(4, 15),
    ),
    Handler("remind_emergency_review", frozenset({Permission.REMIND_EMERGENCY_REVIEW}), remind_of_review),
    Handler("seal_audit_log", _SEAL, seal_audit_log, wanted=_anything_unsealed, after=SEAL_WITHIN),
    Handler("seal_full_stretch", _SEAL, seal_audit_log, wanted=_full_stretch),
    Handler(
        "state_self_approvals",
        frozenset({Permission.STATE_SELF_APPROVALS}),
        state_what_was_approved_alone,
        nightly_at=(4, 5),
    ),
    Handler("verify_audit_log", frozenset({Permission.VERIFY_AUDIT}), verify_audit_log, nightly_at=(3, 15)),
    Handler(
        "verify_signed_records",
        frozenset({Permission.VERIFY_RECORDS}),
        verify_signed_records,
        nightly_at=(3, 20),
    ),
    Handler("watch_grants", frozenset({Permission.WATCH_GRANTS}), look_for_ending_grants, nightly_at=(3, 50)),
)
