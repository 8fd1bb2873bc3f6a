"""A practice that can bill: an address, an NPI, a payer, a plan, a fee schedule, and sessions already charged."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select

from tests.factories.once import written_once
from tests.factories.small_practice import START, open_practice, put, visit
from workbench.billing.tables import Charge, ChargeDetails, Service
from workbench.charting.tables import Note, NoteState, NoteText
from workbench.claims.tables import Claim, Coverage, CoverageDetails, Payer
from workbench.gate.relations import CareTeamMember
from workbench.kernel.money import Cents
from workbench.ledger import rules as ledger
from workbench.ledger.tables import EntryKind, LedgerEntry, LedgerLine
from workbench.people.tables import Patient, PatientDetails, Staff, StaffDetails
from workbench.scheduling.tables import AttendanceStatus
from workbench.store.engine import Store
from workbench.x12.remittance import Adjustment, ProviderAdjustment
from workbench.x12.remittance_writer import Advice, ClaimAdvice, LineAdvice, write_remittances
from workbench.x12.writing import Sending

ONA, REED, SAGE = "stf_ona", "pat_reed", "pat_sage"
PAYER, OTHER_PAYER = "pyr_sample", "pyr_other"
OUR_NPI, OUR_TAX_ID = "2000000002", "000000000"
SESSION_ON = date(2026, 3, 2)

REED_DETAILS = PatientDetails(
    "Robin", "Reed", date(1990, 4, 1), sex="F", phone="5550100111", street="2 Example Way", city="Springfield",
    state="NY", zip_code="12345",
)  # fmt: skip


@written_once
def open_billing(store: Store, now: datetime) -> None:
    """The small practice, and in it Ona with an NPI, Reed and Sage with addresses, Reed's plan, fees."""
    open_practice(store, now)
    ona = StaffDetails("Ona", "Orchard", "LCSW", npi="2000000010")
    put(store, [Staff(id=ONA, is_clinician=True, started_on=START, details=ona)])
    sage = replace(REED_DETAILS, given_name="Sam", family_name="Sage")
    put(store, [
        Patient(id=REED, number=2001, registered_at=now, details=REED_DETAILS),
        Patient(id=SAGE, number=2002, registered_at=now, details=sage),
        Payer(id=PAYER, name="Sample Health", payer_number="SAMP1"),
        Payer(id=OTHER_PAYER, name="Other Health", payer_number="OTHR1"),
        Service(code="90837", label="Long session", amount_cents=16000, least_minutes=53),
        Service(code="90834", label="Session", amount_cents=13000, least_minutes=38, most_minutes=52),
    ])  # fmt: skip
    put(store, [
        cover("cov_reed", REED, PAYER), cover("cov_sage", SAGE, PAYER),
        *[CareTeamMember(patient_id=one, staff_id=ONA, from_on=START, is_primary=True) for one in (REED, SAGE)],
    ])  # fmt: skip


def cover(coverage_id: str, patient_id: str, payer_id: str, order: str = "P") -> Coverage:
    """A plan in force since the practice opened."""
    return Coverage(id=coverage_id, patient_id=patient_id, payer_id=payer_id, billing_order=order, from_on=START,
                    details=CoverageDetails("W000000001"))  # fmt: skip


def charged(
    store: Store, number: int, *, patient_id: str = REED, payer_id: str | None = PAYER, cents: int = 16000,
    diagnoses: tuple[str, ...] = ("F411",), on: date = SESSION_ON,
) -> str:  # fmt: skip
    """A completed session of 55 minutes with its signed note and its charge in the books: `chg_<number>`."""
    starts_at = datetime(on.year, on.month, on.day, 15, tzinfo=UTC) + timedelta(hours=number % 8)
    attendance = visit(store, number, starts_at, patient_id=patient_id, clinician_id=ONA,
                       status=AttendanceStatus.COMPLETED, minutes=55)  # fmt: skip
    put(store, [
        Note(id=f"nte_{number}", attendance_id=attendance, patient_id=patient_id, author_id=ONA, service_on=on,
             state=NoteState.LOCKED, started_at=starts_at, signed_at=starts_at, signed_as="Ona Orchard, LCSW",
             content_hash=b"hash", text=NoteText(assessment="Synthetic."))
    ])  # fmt: skip
    charge_id = f"chg_{number}"
    coverage_id = f"cov_{patient_id.removeprefix('pat_')}" if payer_id else None
    put(store, [
        Charge(
            id=charge_id, attendance_id=attendance, note_id=f"nte_{number}", patient_id=patient_id,
            clinician_id=ONA, payer_id=payer_id, coverage_id=coverage_id, service_on=on, service_code="90837",
            minutes=55, place_code="11",
            amount_cents=cents, captured_at=starts_at, details=ChargeDetails(diagnoses),
        )
    ])  # fmt: skip
    enter(store, ledger.charge(charge_id, patient_id, payer_id, Cents(cents)), charge_id, starts_at)
    return charge_id


def enter(store: Store, lines: tuple[ledger.Line, ...], source_id: str, at: datetime) -> None:
    """Write one entry past the gate, lines first as the database wants them."""
    entry = LedgerEntry(kind=EntryKind.CHARGE, source_type="charges", source_id=source_id, happened_on=at.date(),
                        recorded_at=at, recorded_by="usr_test")  # fmt: skip
    with store.writing() as session:
        session.add_all([
            LedgerLine(entry_id=entry.id, account=one.account, cents=one.cents, patient_id=one.patient_id,
                       payer_id=one.payer_id, charge_id=one.charge_id, reason=one.reason)
            for one in lines
        ])  # fmt: skip
        session.flush()
        session.add(entry)
        session.commit()


def claim_numbers(store: Store) -> list[str]:
    """Our claims as payers know them, in order."""
    with store.reading() as session:
        return [f"C-{number}" for number in session.scalars(select(Claim.number).order_by(Claim.number))]


def paid(number: str, *, cents: int = 8500, contract: int = 5000, share: int = 2500, status: str = "1") -> ClaimAdvice:
    """A payer's answer to a claim of one line that cost 160 dollars: 85 paid, 50 contractual, 25 coinsurance."""
    sign = -1 if status == "22" else 1
    cas = tuple(
        Adjustment(group, reason, Cents(sign * amount))
        for group, reason, amount in (("CO", "45", contract), ("PR", "2", share))
        if amount
    )
    charge = Cents(sign * (cents + contract + share))
    line = LineAdvice("90837", charge, Cents(sign * cents), SESSION_ON, cas, number=f"{number}-1")
    return ClaimAdvice(number, status, charge, Cents(sign * cents), Cents(sign * share), f"P{number}",
                       ("REED", "ROBIN", "W000000001"), (line,))  # fmt: skip


def remittance_file(
    *claims: ClaimAdvice, trace: str = "EFT-1", payer: str = "SAMP1", npi: str = OUR_NPI, tax_id: str = OUR_TAX_ID,
    kept_back: tuple[ProviderAdjustment, ...] = (),
) -> bytes:  # fmt: skip
    """The 835 that pays these claims."""
    advice = Advice(
        "SAMPLE HEALTH", payer, "JUNIPER COUNSELING", npi, tax_id, trace, date(2026, 3, 6), claims, kept_back
    )
    return write_remittances([advice], Sending("PAYER", "PRACTICE", 7, datetime(2026, 3, 6, 12, tzinfo=UTC)))


def books(store: Store) -> dict[str, int]:
    """Cents of every account that is not at zero."""
    query = select(LedgerLine.account, func.sum(LedgerLine.cents)).group_by(LedgerLine.account)
    with store.reading() as session:
        return {account: int(cents) for account, cents in session.execute(query) if cents}
