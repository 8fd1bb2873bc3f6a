"""Register the agreement with whoever is to carry something for the practice. It counts once somebody else approves."""

from dataclasses import dataclass
from datetime import date

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.messaging.agreements import AgreementUnclear, Carries, service_of
from workbench.messaging.tables import Agreement

LONGEST = 120


@dataclass(frozen=True)
class AgreementRegistered:
    """It waits for its approval."""

    agreement_id: str


@action(Permission.REGISTER_AGREEMENT)
def register_agreement(
    work: Work, *, vendor: str, carries: str, host: str, signed_on: date, ends_on: date
) -> AgreementRegistered:
    """Keep who signed, for mail or texts through which server, and for how long (45 CFR 164.308(b), 164.504(e)).

    Raises:
        AgreementUnclear: with a sentence for every field that cannot be kept.
    """
    vendor, host = " ".join(vendor.split()), host.strip().casefold()
    found = {} if carries in set(Carries) else {"carries": "Please say what they carry."}
    if not 0 < len(vendor) <= LONGEST:
        found["vendor"] = "Please say with whom, in at most 120 letters."
    if not host or len(host) > LONGEST or not host.replace(".", "").replace("-", "").isalnum():
        found["host"] = "Please give the server's name, such as smtp.example.com."
    if signed_on > work.today:
        found["signed_on"] = "This day is still to come. Register it once it is signed."
    if ends_on <= max(signed_on, work.today):
        found["ends_on"] = "It has ended by then. Please check the year."
    if found:
        raise AgreementUnclear(found)
    row = Agreement(
        vendor=vendor, service=service_of(Carries(carries), host), signed_on=signed_on, ends_on=ends_on,
        requested_at=work.now, requested_by=work.actor.user_id, requester_id=work.actor.person_id,
    )  # fmt: skip
    work.add(row)
    work.flush()
    work.record(AuditEvent.AGREEMENT_REGISTERED, subject=row, service=row.service)
    return AgreementRegistered(row.id)
