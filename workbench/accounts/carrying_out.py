"""Carries out an approved request within the verb's transaction: account, grants, supervision, notices."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from sqlalchemy import Select, or_, select

from workbench.accounts.access_rules import (
    GUARDED_ROLES,
    WITHOUT_CLEARANCE,
    AccountDisabled,
    AccountNotDisabled,
    Change,
    ClearanceItem,
    ClearanceMissing,
    LastHolder,
    RequestKind,
    RequestState,
    Voice,
    clearance_needed,
    is_enough,
)
from workbench.accounts.access_tables import (
    AccessDecision,
    AccessRequest,
    AccessTerms,
    ClearanceTick,
    RoleGrantTerms,
)
from workbench.accounts.holding import Holding, Rows, alone_now, holding, live_grants, stays_held
from workbench.accounts.notices import NoticeKind, tell
from workbench.accounts.proofs import PASSKEY_ROLES
from workbench.accounts.proving import end_sessions
from workbench.accounts.queries import NAME_FIELD
from workbench.accounts.rules import AccountState, AddressTaken, sign_in_name
from workbench.accounts.tables import RoleGrant, User, UserSecrets, key_owner_of
from workbench.accounts.ways_in import let_in_anew
from workbench.gate.actor import Role
from workbench.gate.audit_events import AuditEvent
from workbench.gate.relations import Supervision
from workbench.gate.work import Work
from workbench.kernel.time import day_of, whole_day


@dataclass(frozen=True)
class CarriedOut:
    """What became of a request. user_id: the account concerned. ended: hashes of sessions that must close."""

    request_id: str
    is_done: bool
    user_id: str = ""
    ended: tuple[str, ...] = field(default=(), repr=False)


def terms_of(rows: Rows, request: AccessRequest) -> AccessTerms:
    """The version of the request that counts."""
    query = select(AccessTerms).where(AccessTerms.request_id == request.id, AccessTerms.number == request.number)
    terms: AccessTerms = rows.scalars(query).one()
    return terms


def roles_of(terms: AccessTerms) -> frozenset[Role]:
    """The roles a version names."""
    return frozenset(Role(role) for role in terms.roles.split())


def change_of(request: AccessRequest, terms: AccessTerms, held: Holding) -> Change:
    """The request as the rules judge it."""
    asker, kind = request.requester_id, request.kind
    return Change(
        asker, held.roles(asker), request.person_id, roles_of(terms), is_end=kind == RequestKind.END_ROLE,
        is_new_factor=kind == RequestKind.NEW_FACTOR,
    )  # fmt: skip


def missing_clearance(rows: Rows, person_id: str, terms: AccessTerms, kind: str) -> frozenset[ClearanceItem]:
    """What is still to be ticked before these roles start; nothing where none does."""
    if kind in WITHOUT_CLEARANCE:
        return frozenset()
    return clearance_needed(roles_of(terms)) - clearance_of(rows, person_id)


def clearance_of(rows: Rows, person_id: str) -> frozenset[ClearanceItem]:
    """The items that stand ticked for a person: the newest tick of each counts."""
    query = select(ClearanceTick).where(ClearanceTick.staff_id == person_id)
    newest: dict[str, bool] = {}
    for tick in rows.scalars(query.order_by(ClearanceTick.ticked_at, ClearanceTick.id)):
        newest[tick.item] = tick.is_done
    return frozenset(ClearanceItem(item) for item, is_done in newest.items() if is_done)


def voices_of(rows: Rows, request: AccessRequest, held: Holding, now: datetime) -> list[Voice]:
    """The approvals of the version that counts, as they count now."""
    query = select(AccessDecision).where(
        AccessDecision.request_id == request.id, AccessDecision.number == request.number, AccessDecision.is_approval
    )
    mode = alone_now(rows, held, now)
    return [
        Voice(
            row.decider_id,
            held.roles(row.decider_id),
            is_alone=mode is not None and row.alone_under == mode.id and row.effective_at <= now,
        )
        for row in rows.scalars(query)
    ]


def carry_out_if_approved(work: Work, request: AccessRequest) -> CarriedOut:
    """Carry the request out if everybody needed has approved it, and they still may; else leave it open.

    Raises:
        ClearanceMissing, LastHolder, AddressTaken, AccountDisabled, AccountNotDisabled: it cannot be done as things
        stand.
    """
    held = holding(work, work.now)
    terms = terms_of(work, request)
    if not is_enough(change_of(request, terms, held), voices_of(work, request, held, work.now), held.by_role):
        return CarriedOut(request.id, is_done=False)
    if missing := missing_clearance(work, request.person_id, terms, request.kind):
        raise ClearanceMissing(missing)
    user = _user(work, request, terms)
    request.roles_before = _told(work, user.id)
    ended = _DONE_BY[RequestKind(request.kind)](work, user, request, terms)
    work.flush()
    request.roles_after, request.user_id = _told(work, user.id), user.id
    request.state, request.closed_at, request.closed_by = RequestState.DONE, work.now, work.actor.user_id
    tell(work, user.id, NoticeKind.ACCESS_CHANGED)
    if user.id != request.requested_by:
        tell(work, request.requested_by, NoticeKind.ACCESS_REQUEST_DONE)
    work.record(
        AuditEvent.ACCESS_CHANGED, subject=request, person_id=request.person_id, kind=request.kind,
        before=request.roles_before, after=request.roles_after,
    )  # fmt: skip
    return CarriedOut(request.id, is_done=True, user_id=user.id, ended=ended)


def _user(work: Work, request: AccessRequest, terms: AccessTerms) -> User:
    if request.kind != RequestKind.ACCOUNT:
        user = work.get(User, request.user_id)
        is_disabled = user.state == AccountState.DISABLED
        if is_disabled and request.kind in (RequestKind.ADD_ROLE, RequestKind.NEW_FACTOR):
            raise AccountDisabled
        if not is_disabled and request.kind == RequestKind.ENABLE:
            raise AccountNotDisabled
        return user
    token = work.vault.token(NAME_FIELD, sign_in_name(terms.words.email))
    if work.scalar(select(User.id).where(or_(User.name_token == token, User.person_id == request.person_id))):
        raise AddressTaken
    user = User(person_id=request.person_id, key_owner=key_owner_of(request.person_id), name_token=token,
                state=AccountState.INVITED, created_at=work.now)  # fmt: skip
    user.secrets = UserSecrets(terms.words.email, "")
    work.add(user)
    work.flush()
    work.record(AuditEvent.USER_INVITED, subject=user, roles=terms.roles)
    return user


def _grant(work: Work, user: User, request: AccessRequest, terms: AccessTerms) -> tuple[str, ...]:
    """New grants until the wished end; one of the same role that still runs gives way to it."""
    assert terms.ends_on is not None
    ends_at = whole_day(terms.ends_on, work.zone).starts_at
    running = live_grants(work, user.id, work.now)
    new_power = (roles_of(terms) & PASSKEY_ROLES) - {Role(grant.role) for grant in running}
    for role in sorted(roles_of(terms)):
        for grant in running:
            if grant.role == role:
                grant.ended_at = work.now
        new = RoleGrant(user_id=user.id, role=role, granted_at=work.now, granted_by=_approver(work, request),
                        ended_at=ends_at)  # fmt: skip
        work.add(new)
        work.flush()
        is_trainee = terms.needs_cosign and role is Role.CLINICIAN
        supervisor_id = terms.supervisor_id if is_trainee else None
        work.add(RoleGrantTerms(grant_id=new.id, request_id=request.id, role=role, person_id=request.person_id,
                                needs_cosign=is_trainee, supervisor_id=supervisor_id))  # fmt: skip
        if supervisor_id is not None:
            _supervise(work, supervisor_id, request.person_id, terms.ends_on)
    # Whose role now asks for a passkey signs in anew, so that no session by a weaker factor gains by it.
    return end_sessions(work, user.id) if new_power else ()


def _approver(work: Work, request: AccessRequest) -> str:
    """Who stands for the grant: the newest approval's account, also where a job carries it out."""
    query = select(AccessDecision.decided_by).where(
        AccessDecision.request_id == request.id, AccessDecision.number == request.number, AccessDecision.is_approval
    )
    return str(work.scalars(query.order_by(AccessDecision.decided_at.desc(), AccessDecision.id)).first())


def _supervise(work: Work, supervisor_id: str, supervisee_id: str, until_on: date) -> None:
    running = work.scalars(_supervisions(work, supervisee_id).where(Supervision.supervisor_id == supervisor_id)).first()
    if running is None:
        running = Supervision(supervisor_id=supervisor_id, supervisee_id=supervisee_id, from_on=work.today)
        work.add(running)
    if running.until_on is None or running.until_on < until_on:
        running.until_on = until_on


def _end_roles(work: Work, user: User, _request: AccessRequest, terms: AccessTerms) -> tuple[str, ...]:
    ends_at = work.now if terms.ends_on is None else max(whole_day(terms.ends_on, work.zone).starts_at, work.now)
    for role in sorted(roles_of(terms)):
        if role in GUARDED_ROLES and not stays_held(work, role, user.id, ends_at):
            raise LastHolder(role)
        for grant in live_grants(work, user.id, work.now):
            if grant.role == role and (grant.ended_at is None or grant.ended_at > ends_at):
                grant.ended_at = ends_at
    if Role.CLINICIAN in roles_of(terms):
        for supervision in work.scalars(_supervisions(work, user.person_id)):
            supervision.until_on = day_of(ends_at, work.zone)
    return ()


def _enable(work: Work, user: User, _request: AccessRequest, terms: AccessTerms) -> tuple[str, ...]:
    """It comes back with the roles that were approved, as far as they still run."""
    for grant in live_grants(work, user.id, work.now):
        if Role(grant.role) not in roles_of(terms):
            grant.ended_at = work.now
    work.record(AuditEvent.USER_ENABLED, subject=user, roles=terms.roles)
    return let_in_anew(work, user)


def _new_factor(work: Work, user: User, _request: AccessRequest, terms: AccessTerms) -> tuple[str, ...]:
    work.record(AuditEvent.FACTORS_ENDED, subject=user, identity_checked=terms.words.identity_checked)
    return let_in_anew(work, user)


_DONE_BY: Final[Mapping[RequestKind, Callable[[Work, User, AccessRequest, AccessTerms], tuple[str, ...]]]] = {
    RequestKind.ACCOUNT: _grant,
    RequestKind.ADD_ROLE: _grant,
    RequestKind.END_ROLE: _end_roles,
    RequestKind.ENABLE: _enable,
    RequestKind.NEW_FACTOR: _new_factor,
}


def _supervisions(work: Work, supervisee_id: str) -> Select[Supervision]:
    return select(Supervision).where(
        Supervision.supervisee_id == supervisee_id,
        or_(Supervision.until_on.is_(None), Supervision.until_on > work.today),
    )


def _told(work: Work, user_id: str) -> str:
    """The account's roles and when each ends, in one line of codes."""
    return " ".join(
        grant.role + (f"@{day_of(grant.ended_at, work.zone)}" if grant.ended_at else "")
        for grant in live_grants(work, user_id, work.now)
    )
