"""What a request for access says, checked against who holds what, and kept as a new version of its terms."""

from sqlalchemy import select

from workbench.accounts.access_rules import (
    WITHOUT_ROLES,
    AccessUnclear,
    RequestKind,
    RequestState,
    Wanted,
    latest_end,
    problems,
)
from workbench.accounts.access_tables import AccessRequest, AccessTerms, AccessWords
from workbench.accounts.holding import holding, live_grants
from workbench.accounts.queries import NAME_FIELD
from workbench.accounts.rules import AccountState, sign_in_name
from workbench.accounts.tables import User
from workbench.gate.actor import Role
from workbench.gate.work import Work


def account_of(work: Work, person_id: str) -> User | None:
    """The person's account, if they have one."""
    user: User | None = work.scalar(select(User).where(User.person_id == person_id))
    return user


def checked(work: Work, kind: RequestKind, person_id: str, wanted: Wanted, request_id: str = "") -> Wanted:
    """What can be asked for now, with the roles that it concerns. request_id: the request that is changed, if any.

    Raises:
        AccessUnclear: it cannot; with a sentence for every field.
    """
    if kind in WITHOUT_ROLES:
        wanted = Wanted(_held(work, person_id), wanted.why, identity_checked=wanted.identity_checked)
    found = problems(kind, wanted, work.today)
    found |= {name: text for name, text in _refusals(work, kind, person_id, wanted).items() if name not in found}
    open_ones = select(AccessRequest.id, AccessTerms.roles).join(
        AccessTerms, (AccessTerms.request_id == AccessRequest.id) & (AccessTerms.number == AccessRequest.number)
    )
    open_ones = open_ones.where(
        AccessRequest.state == RequestState.OPEN,
        AccessRequest.kind == kind,
        AccessRequest.person_id == person_id,
        AccessRequest.id != request_id,
    )
    is_whole = kind is RequestKind.ACCOUNT or kind in WITHOUT_ROLES
    if any(is_whole or wanted.roles & set(roles.split()) for _, roles in work.execute(open_ones)):
        found["person_id"] = "This is asked for already, and waits to be approved."
    if found:
        raise AccessUnclear(found)
    return wanted


def _held(work: Work, person_id: str) -> frozenset[Role]:
    user = account_of(work, person_id)
    return frozenset(Role(grant.role) for grant in live_grants(work, user.id, work.now)) if user else frozenset()


def _refusals(work: Work, kind: RequestKind, person_id: str, wanted: Wanted) -> dict[str, str]:
    user, found = account_of(work, person_id), {}
    if kind is RequestKind.ACCOUNT:
        token = work.vault.token(NAME_FIELD, sign_in_name(wanted.email))
        if user is not None:
            found["person_id"] = "This person has an account already. Ask for a role instead."
        elif wanted.email and work.scalar(select(User.id).where(User.name_token == token)):
            found["email"] = "Somebody else signs in with this address."
    elif kind is RequestKind.ENABLE:
        if user is None or user.state != AccountState.DISABLED:
            found["person_id"] = "This person has no account that is disabled."
    elif kind is RequestKind.NEW_FACTOR and (user is None or user.state != AccountState.ACTIVE):
        found["person_id"] = "This person has no account in use. Make them a link to sign in instead."
    elif user is None or user.state == AccountState.DISABLED:
        found["person_id"] = "This person has no account that could hold a role."
    elif kind is RequestKind.END_ROLE:
        held = {grant.role for grant in live_grants(work, user.id, work.now)}
        if not wanted.roles <= held:
            found["roles"] = "This person does not hold this role."
    if wanted.supervisor_id:
        held_by = holding(work, work.now)
        if wanted.supervisor_id == person_id or Role.SUPERVISOR not in held_by.roles(wanted.supervisor_id):
            found["supervisor_id"] = "Please choose somebody else who holds the role of supervisor."
    return found


def keep_terms(work: Work, request: AccessRequest, wanted: Wanted) -> AccessTerms:
    """A new version of what is asked, under the request's present number."""
    has_end, is_end = request.kind not in WITHOUT_ROLES, request.kind == RequestKind.END_ROLE
    latest = latest_end(wanted.roles, is_covering=wanted.is_covering, today=work.today)
    terms = AccessTerms(
        request_id=request.id,
        number=request.number,
        requester_id=request.requester_id,
        person_id=request.person_id,
        roles=" ".join(sorted(wanted.roles)),
        ends_on=None if not has_end else wanted.ends_on if is_end else wanted.ends_on or latest,
        needs_cosign=bool(wanted.supervisor_id) and not is_end,
        supervisor_id=(wanted.supervisor_id or None) if not is_end else None,
        is_covering=wanted.is_covering,
        set_at=work.now,
    )
    email = wanted.email.strip() if request.kind == RequestKind.ACCOUNT else ""
    terms.words = AccessWords(wanted.why.strip(), email, wanted.identity_checked)
    work.add(terms)
    work.flush()
    return terms


def carry_out_key(request: AccessRequest) -> str:
    """Under what an approval given alone is promised to be carried out: once a version."""
    return f"carry_out_access:{request.id}:{request.number}"
