"""A practice under review: who used what, and the review's lines by person, for the tests of access reviews."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from tests.actions.accounts.granting import House
from workbench.accounts.access_rules import ClearanceItem
from workbench.accounts.review_tables import AccessReviewLine
from workbench.actions.accounts.open_access_review import open_access_review
from workbench.actions.accounts.tick_clearance import tick_clearance
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.screens.access_reviews import ReviewLine, ReviewShown, access_review


@dataclass
class Reviewed:
    """An owner, an officer who ticked a clearance, and a biller and manager who used nothing, ten weeks later."""

    gate: Gate
    owner: Actor
    officer: Actor
    review_id: str
    now: datetime

    def shown(self, by: Actor | None = None) -> ReviewShown:
        """The review as it is seen."""
        return access_review(self.gate, by or self.officer, self.review_id, now=self.now)

    def line(self, name: str, role: Role) -> ReviewLine:
        """One line."""
        found = [one for one in self.shown().lines if (one.person_id, one.role) == (f"stf_{name}", role)]
        (line,) = found
        return line

    def row(self, name: str) -> AccessReviewLine:
        """The first row of a person, as it is kept."""
        with self.gate.store.reading() as read:
            query = select(AccessReviewLine).where(AccessReviewLine.person_id == f"stf_{name}")
            return read.scalars(query).one()


def reviewed(gate: Gate, now: datetime) -> Reviewed:
    """The practice with its review just opened by the officer."""
    house = House(gate, now)
    owner, officer = house.person("owner", Role.OWNER), house.person("officer", Role.COMPLIANCE)
    house.person("biller", Role.BILLER)
    at = now + timedelta(days=70)
    for one in (owner, officer):
        tick_clearance(gate, one, house.staff("biller"), now=at - timedelta(days=1),
                       items=(ClearanceItem.TRAINING,), done_on=now.date())  # fmt: skip
    return Reviewed(gate, owner, officer, open_access_review(gate, officer, now=at).review_id, at)
