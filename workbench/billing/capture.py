"""How a signed note becomes a charge: the row, written in the transaction of the verb that signs."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from workbench.billing.rules import Fee, Held, charge_for
from workbench.billing.tables import Charge, ChargeDetails, Service
from workbench.gate.work import Work
from workbench.kernel.money import Cents


@dataclass(frozen=True)
class SessionHeld:
    """A session as its signed note tells it. `diagnoses` may carry dots; payer and coverage are None for self-pay."""

    attendance_id: str
    note_id: str
    patient_id: str
    clinician_id: str
    service_on: date
    minutes: int
    service_code: str
    place_code: str
    diagnoses: tuple[str, ...]
    payer_id: str | None
    coverage_id: str | None
    is_individual: bool = True


def capture_charge(work: Work, session: SessionHeld) -> Charge | Held:
    """Add the charge of this session, or say why there is none. Writes no ledger entry: the verb joins the two."""
    draft = charge_for(
        minutes=session.minutes,
        service_code=session.service_code,
        fees=[
            Fee(one.code, Cents(one.amount_cents), one.least_minutes, one.most_minutes)
            for one in work.scalars(select(Service).where(Service.is_active))
        ],
        place_code=session.place_code,
        is_individual=session.is_individual,
    )
    if isinstance(draft, Held):
        return draft
    charge = Charge(
        attendance_id=session.attendance_id,
        note_id=session.note_id,
        patient_id=session.patient_id,
        clinician_id=session.clinician_id,
        payer_id=session.payer_id,
        coverage_id=session.coverage_id,
        service_on=session.service_on,
        service_code=draft.code,
        modifiers=",".join(draft.modifiers),
        units=draft.units,
        minutes=draft.minutes,
        place_code=session.place_code,
        amount_cents=draft.amount,
        captured_at=work.now,
        details=ChargeDetails(tuple(code.replace(".", "") for code in session.diagnoses)),
    )
    work.add(charge)
    work.flush()
    return charge
