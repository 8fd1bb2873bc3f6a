"""Approve a request for access. The last approval that is needed carries it out at once."""

from sqlalchemy import select

from workbench.accounts.access_rules import (
    ALONE_WAITS,
    APPROVING_ROLES,
    AskerGone,
    ClearanceMissing,
    DecidedAlready,
    RequestClosed,
    RequestKind,
    RequestState,
    SamePerson,
    may_decide,
)
from workbench.accounts.access_tables import AccessDecision, AccessRequest, DecisionWords, SoloMode
from workbench.accounts.asking import carry_out_key
from workbench.accounts.carrying_out import (
    CarriedOut,
    carry_out_if_approved,
    change_of,
    missing_clearance,
    terms_of,
)
from workbench.accounts.holding import alone_now, holding
from workbench.accounts.rules import AddressTaken
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound, StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.rules import check_here
from workbench.people.tables import Staff


@action(
    Permission.APPROVE_ACCESS,
    on=AccessRequest,
    refuses={
        "not_about_oneself": SamePerson,
        "not_by_who_asked": SamePerson,
        "access_decisions": DecidedAlready,
        "users.person_id": AddressTaken,
        "users.name_token": AddressTaken,
        "uq_users": AddressTaken,
    },
)
def approve_access(work: Work, request: AccessRequest, *, number: int) -> CarriedOut:
    """Say yes to version `number`. By one person alone it counts after 24 hours, and a job carries it out then.

    Raises:
        RequestClosed, SamePerson, AskerGone, NoLongerHere, ClearanceMissing, DecidedAlready, LastHolder, AddressTaken,
        AccountDisabled: see there.
        StalePage: another version counts by now.
    """
    if request.state != RequestState.OPEN:
        raise RequestClosed
    if number != request.number:
        raise StalePage
    if request.kind != RequestKind.END_ROLE:
        check_here(work.get(Staff, request.person_id), work.today)
    mode = _checked(work, request)
    given = select(AccessDecision).where(
        AccessDecision.request_id == request.id, AccessDecision.number == number,
        AccessDecision.decider_id == work.actor.person_id, AccessDecision.is_approval,
    )  # fmt: skip
    if work.scalar(given) is not None:
        # What could not be carried out when it was approved may be possible by now.
        done = carry_out_if_approved(work, request)
        if not done.is_done:
            raise DecidedAlready
        return done
    decision = AccessDecision(
        request_id=request.id, number=number, requester_id=request.requester_id, person_id=request.person_id,
        is_approval=True, decided_by=work.actor.user_id, decider_id=work.actor.person_id, decided_at=work.now,
        effective_at=work.now + ALONE_WAITS if mode else work.now, alone_under=mode.id if mode else None,
    )  # fmt: skip
    decision.words = DecisionWords()
    work.add(decision)
    request.decisions += 1
    work.flush()
    work.record(AuditEvent.ACCESS_APPROVED, number=number, person_id=request.person_id, alone=mode is not None)
    if mode is not None:
        work.later(kind="carry_out_access", key=carry_out_key(request), payload={"id": request.id},
                   run_at=decision.effective_at)  # fmt: skip
    return carry_out_if_approved(work, request)


def _checked(work: Work, request: AccessRequest) -> SoloMode | None:
    """The record under which this is approved by one person alone, or None for an approval among several."""
    held, terms, person_id = holding(work, work.now), terms_of(work, request), work.actor.person_id
    change = change_of(request, terms, held)
    if not held.roles(person_id) & APPROVING_ROLES:
        raise NotFound
    if change.is_asker_gone:
        raise AskerGone
    mode = alone_now(work, held, work.now)
    is_alone = mode is not None and mode.person_id == person_id
    needs_it = is_alone and (person_id == request.requester_id or change.is_guarded)
    if not may_decide(change, person_id, alone=needs_it):
        raise SamePerson
    if missing := missing_clearance(work, request.person_id, terms, request.kind):
        raise ClearanceMissing(missing)
    return mode if needs_it else None
