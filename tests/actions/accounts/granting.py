"""A practice's people with real accounts and roles, for the tests of requests and approvals."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from tests.factories.small_practice import put
from tests.web.edge import INSTALLER
from workbench.accounts.access_rules import ClearanceItem, RequestKind, Wanted
from workbench.accounts.access_tables import AccessRequest
from workbench.accounts.tables import RoleGrant, User
from workbench.actions.accounts.approve_access import approve_access
from workbench.actions.accounts.provision_user import provision_user
from workbench.actions.accounts.request_access import request_access
from workbench.actions.accounts.tick_clearance import tick_clearance
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.people.tables import Staff, StaffDetails


@dataclass
class House:
    """The people of a practice, each made when first named."""

    gate: Gate
    now: datetime

    def staff(self, name: str) -> str:
        """Somebody who works here, without an account."""
        staff_id = f"stf_{name}"
        with self.gate.store.reading() as read:
            if read.get(Staff, staff_id) is not None:
                return staff_id
        put(self.gate.store, [Staff(id=staff_id, started_on=date(2025, 1, 1), details=StaffDetails(name, "Test"))])
        return staff_id

    def person(self, name: str, *roles: Role) -> Actor:
        """Somebody with an account and these roles, signed in."""
        made = provision_user(
            self.gate, INSTALLER, now=self.now, person_id=self.staff(name), email=f"{name}@example.test",
            password_hash="no password", roles=roles,
        )  # fmt: skip
        return self.signed_in(name, made.user_id, *roles)

    def signed_in(self, name: str, user_id: str, *roles: Role) -> Actor:
        """The person, with a factor shown far into the future."""
        return Actor(user_id, f"stf_{name}", frozenset(roles), "0" * 64, self.now + timedelta(days=999))

    def clear(self, name: str, by: Actor) -> None:
        """Tick everything that must be settled before health data is reached."""
        items = tuple(ClearanceItem)
        tick_clearance(self.gate, by, self.staff(name), now=self.now, items=items, done_on=date(2026, 3, 1))

    def ask(
        self, by: Actor, name: str, *roles: Role, kind: RequestKind = RequestKind.ADD_ROLE, now: datetime | None = None,
        **terms: object,
    ) -> str:  # fmt: skip
        """A request, with the words it needs."""
        email = f"{name}@example.test" if kind is RequestKind.ACCOUNT else ""
        wanted = Wanted(**{"roles": frozenset(roles), "why": "New here", "email": email, **terms})  # type: ignore[arg-type]
        asked = request_access(self.gate, by, self.staff(name), now=now or self.now, kind=kind, wanted=wanted)
        return asked.request_id

    def approve(self, by: Actor, request_id: str, *, number: int = 1, now: datetime | None = None) -> bool:
        """An approval; whether it carried the request out."""
        return approve_access(self.gate, by, request_id, now=now or self.now, number=number).is_done

    def request(self, request_id: str) -> AccessRequest:
        """The row as it is."""
        with self.gate.store.reading() as read:
            return read.get_one(AccessRequest, request_id)

    def user(self, name: str) -> User | None:
        """The account as it is."""
        with self.gate.store.reading() as read:
            return read.scalar(select(User).where(User.person_id == f"stf_{name}"))

    def grants(self, name: str, now: datetime | None = None) -> dict[str, datetime | None]:
        """The person's running roles and when each ends."""
        user, at = self.user(name), now or self.now
        with self.gate.store.reading() as read:
            rows = read.scalars(select(RoleGrant).where(RoleGrant.user_id == (user.id if user else "")))
            return {row.role: row.ended_at for row in rows if row.ended_at is None or row.ended_at > at}

    def end_grants(self, name: str, now: datetime) -> None:
        """Take every role away at this instant, past the gate."""
        user = self.user(name)
        assert user is not None
        self.change(lambda row: setattr(row, "ended_at", now), user.id)

    def change(self, how: Callable[[RoleGrant], None], user_id: str) -> None:
        """Change the grants of an account past the gate."""
        with self.gate.store.writing() as session:
            for row in session.scalars(select(RoleGrant).where(RoleGrant.user_id == user_id)):
                how(row)
            session.commit()
