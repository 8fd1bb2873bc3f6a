"""Whether and where somebody may be written to: by the last word for their present address, and by no other."""

from datetime import date
from typing import Protocol

from sqlalchemy import select

from workbench.gate.work import Work
from workbench.messaging.reminder_rules import Why
from workbench.messaging.tables import Channel, ConsentAddress, ContactConsent
from workbench.store.newest import Rows, next_nth


class Reached(Protocol):
    """What of a patient's details says where they are reached."""

    @property
    def email(self) -> str: ...
    @property
    def phone(self) -> str: ...


def address_of(details: Reached, channel: Channel) -> str:
    """Where somebody is reached by this way; "" if the file does not say."""
    return (details.email if channel is Channel.EMAIL else details.phone).strip()


def newest_consent(rows: Rows, patient_id: str, channel: Channel) -> ContactConsent | None:
    """The last word about this way; None if nobody ever asked."""
    query = select(ContactConsent).where(ContactConsent.patient_id == patient_id, ContactConsent.channel == channel)
    found: ContactConsent | None = rows.scalars(query.order_by(ContactConsent.nth.desc()).limit(1)).first()
    return found


def may_write_to(rows: Rows, patient_id: str, channel: Channel, address: str) -> Why:
    """Why the present address of a patient may not be written to; `NOTHING` if it may."""
    if not address:
        return Why.NO_ADDRESS
    newest = newest_consent(rows, patient_id, channel)
    is_fine = newest is not None and newest.is_given and newest.to.address.casefold() == address.casefold()
    return Why.NOTHING if is_fine else Why.NO_CONSENT


def keep_consent(
    work: Work, patient_id: str, to: Channel, address: str, *, is_given: bool, source: str, given_on: date
) -> ContactConsent:
    """Another word of this patient about this way, for the address as it is; the verb writes it into the log."""
    of = (ContactConsent.patient_id == patient_id, ContactConsent.channel == to)
    consent = ContactConsent(
        patient_id=patient_id, channel=to, nth=next_nth(work, ContactConsent.nth, *of), is_given=is_given,
        source=source, given_on=given_on, recorded_at=work.now, recorded_by=work.actor.user_id,
    )  # fmt: skip
    consent.to = ConsentAddress(address)
    work.add(consent)
    work.flush()
    return consent
