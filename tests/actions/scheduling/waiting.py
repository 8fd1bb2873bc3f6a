"""A practice in which Fern waits for an individual session, and what tests do with it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.factories.small_practice import ADA, FERN, INDIVIDUAL, OFFICE, people
from workbench.actions.scheduling.join_waitlist import join_waitlist
from workbench.actions.scheduling.offer_time import Offered, offer_time
from workbench.gate.action import Gate
from workbench.scheduling.waitlist import Wish
from workbench.scheduling.waitlist_tables import WaitlistEntry, WaitlistOffer

HOUR = timedelta(hours=1)


@dataclass
class OnTheList:
    """An open practice with one who waits: `fern` is the id of the entry."""

    gate: Gate
    now: datetime
    fern: str = ""

    def __post_init__(self) -> None:
        self.fern = self.join()

    def join(self, patient_id: str = FERN, *, type_id: str = INDIVIDUAL, wish: Wish | None = None) -> str:
        """The desk puts somebody on the list."""
        done = join_waitlist(self.gate, people().desk, patient_id, now=self.now, type_id=type_id, wish=wish or Wish())
        return done.entry_id

    def offer(
        self, entry_id: str = "", *, starts_at: datetime | None = None, within: timedelta = 4 * HOUR,
        now: datetime | None = None, clinician_id: str = ADA, location_id: str = OFFICE,
    ) -> Offered:  # fmt: skip
        """The desk offers Ada's time tomorrow."""
        return offer_time(
            self.gate, people().desk, entry_id or self.fern, now=now or self.now, clinician_id=clinician_id,
            location_id=location_id, starts_at=starts_at or self.tomorrow, within=within,
        )  # fmt: skip

    @property
    def tomorrow(self) -> datetime:
        """A day from now, the same time."""
        return self.now + timedelta(days=1)

    def entry(self, entry_id: str = "") -> WaitlistEntry:
        """As it is."""
        with self.gate.store.reading() as read:
            return read.get_one(WaitlistEntry, entry_id or self.fern)

    def offered(self, offer_id: str) -> WaitlistOffer:
        """As it is."""
        with self.gate.store.reading() as read:
            return read.get_one(WaitlistOffer, offer_id)
