"""Say what it costs to cancel one kind of appointment late, or not to come to it."""

from dataclasses import dataclass
from datetime import date

from workbench.billing.missed import keep_service_terms
from workbench.billing.missed_rules import checked_service_terms
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.scheduling.tables import AppointmentType


@dataclass(frozen=True)
class ServiceTermsSet:
    """They count for its sessions from the day that was named on."""

    terms_id: str


@action(Permission.SET_MISSED_TERMS, refuses={"uq_missed_service_terms_nth": StalePage})
def set_missed_service_terms(
    work: Work, *, type_id: str, from_on: date, late_cents: int | None, no_show_cents: int | None
) -> ServiceTermsSet:
    """A new version for one kind of appointment; the ones before stay for the sessions of the days before.

    late_cents, no_show_cents: 0 is nothing; None is what every other kind costs.

    Raises:
        TermsWrong: the day has passed, or an amount that nobody means. NotFound: there is no such kind.
    """
    checked_service_terms(from_on, work.today, late_cents, no_show_cents)
    offered = work.get(AppointmentType, type_id)
    terms = keep_service_terms(work, offered.id, from_on, late_cents, no_show_cents)
    work.record(
        AuditEvent.MISSED_SERVICE_TERMS_SET, subject=terms, type_id=offered.id, from_on=from_on.isoformat(),
        late="usual" if late_cents is None else late_cents, no_show="usual" if no_show_cents is None else no_show_cents,
    )  # fmt: skip
    return ServiceTermsSet(terms.id)
