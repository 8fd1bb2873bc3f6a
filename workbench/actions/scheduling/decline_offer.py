"""Write down that somebody on the waitlist does not take what they were offered."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.scheduling.waitlist import OfferAnswer
from workbench.scheduling.waitlist_tables import WaitlistEntry, WaitlistOffer
from workbench.scheduling.wishes import answer, check_open


@dataclass(frozen=True)
class Declined:
    """They wait on, in the same place of the list."""

    entry_id: str


@action(Permission.DECLINE_OFFER, on=WaitlistOffer)
def decline_offer(work: Work, offer: WaitlistOffer) -> Declined:
    """Keep the no. The others who were offered this time keep their offers.

    Raises:
        OfferOver: it was answered, or its time has run out. WaitOver: they left the list.
    """
    check_open(offer, work.get(WaitlistEntry, offer.entry_id), work.now)
    answer(work, offer, OfferAnswer.DECLINED)
    work.flush()
    work.record(AuditEvent.OFFER_DECLINED, entry_id=offer.entry_id)
    return Declined(offer.entry_id)
