"""Write down that somebody may be written to at their present address, or may not any more."""

from dataclasses import dataclass
from datetime import date

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.messaging.consents import address_of, keep_consent
from workbench.messaging.tables import Channel, ConsentSource
from workbench.people.tables import Patient

__all__ = ["ConsentRecorded", "ConsentSource", "ConsentUnclear", "record_consent"]


WORDS = {Channel.EMAIL: "mail address", Channel.TEXT: "telephone number", Channel.VOICE: "telephone number"}


class ConsentUnclear(WorkbenchError):
    """What was filled in cannot be kept. `fields`: a sentence by field."""

    def __init__(self, says: str, field: str) -> None:
        super().__init__(says)
        self.fields = {field: says}


@dataclass(frozen=True)
class ConsentRecorded:
    """It counts from now on, also for what is planned already."""

    consent_id: str


@action(Permission.RECORD_CONSENT, on=Patient, refuses={"uq_contact_consents_nth": StalePage})
def record_consent(
    work: Work, patient: Patient, *, channel: str, is_given: bool, source: str, given_on: date
) -> ConsentRecorded:
    """Keep the patient's word about reminders by mail or by text, with the day and where it comes from.

    A no needs no reason and counts at once (47 CFR 64.1200(a)(10)); a yes is for the address there is now.

    Raises:
        ConsentUnclear: there is no address, the day is still to come, or nobody says where it comes from.
    """
    if channel not in set(Channel):
        raise ConsentUnclear("Please say by what way.", "channel")
    way = Channel(channel)
    address = address_of(patient.details, way)
    if is_given and not address:
        raise ConsentUnclear(f"There is no {WORDS[way]} in the file yet.", "is_given")
    if source not in set(ConsentSource):
        raise ConsentUnclear("Please say where this comes from.", "source")
    if given_on > work.today:
        raise ConsentUnclear("This day is still to come.", "given_on")
    consent = keep_consent(work, patient.id, way, address, is_given=is_given, source=source, given_on=given_on)
    work.record(AuditEvent.CONSENT_RECORDED, consent_id=consent.id, channel=way, given=is_given, source=source)
    return ConsentRecorded(consent.id)
