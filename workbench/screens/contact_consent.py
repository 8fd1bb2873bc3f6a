"""What a patient said about being written to."""

from dataclasses import dataclass
from datetime import date

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.messaging.consents import address_of, may_write_to, newest_consent
from workbench.messaging.reminder_rules import Why
from workbench.messaging.tables import Channel
from workbench.people.tables import Patient


@dataclass(frozen=True)
class ConsentShown:
    """why_not: `Why.NOTHING` if reminders may go to the present address. given_on: None if nobody ever asked."""

    why_not: str
    is_given: bool
    given_on: date | None
    source: str


@view(Permission.RECORD_CONSENT, shows=AuditEvent.CONSENT_SEEN, on=Patient)
def contact_consent(look: Look, patient: Patient) -> dict[Channel, ConsentShown]:
    """The last word about each way, and whether it is for the address in the file."""
    look.shown(patient.id)
    return {channel: _shown(look, patient, channel) for channel in Channel}


def _shown(look: Look, patient: Patient, channel: Channel) -> ConsentShown:
    newest = newest_consent(look, patient.id, channel)
    why = may_write_to(look, patient.id, channel, address_of(patient.details, channel))
    if newest is None:
        return ConsentShown(why, is_given=False, given_on=None, source="")
    return ConsentShown(Why(why), newest.is_given, newest.given_on, newest.source)
