"""Whether and where somebody may be written to: by the last word for their present address, and by no other."""

from typing import Protocol

from sqlalchemy import select

from workbench.messaging.reminder_rules import Why
from workbench.messaging.tables import Channel, ContactConsent
from workbench.store.newest import Rows


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
