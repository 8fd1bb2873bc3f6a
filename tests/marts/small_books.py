"""A practice whose numbers can be counted by hand: Ada and Ben, two patients and a group, one payer, a few cents.

Time stands at Monday 2026-03-09, 10 a.m. Ada is there 20 hours a week, Ben 7. March so far, by the practice's day:

| day | who | what | charge | payer pays | written off | patient pays |
|---|---|---|---|---|---|---|
| Mar 2 | Ada, Fern | completed, 60 min | $150.00 | $90.00 on Mar 6 | $35.00 | $25.00 on Mar 7 |
| Mar 3 | Ada, Fern and Moss | one session of two, 90 min | | | | |
| Mar 4 | Ada, Fern | missed | | | | |
| Mar 5 | Ben, Moss | completed, 60 min, no note | $120.00 from Moss, unpaid | | | |
| Mar 6 | Ben, Moss | cancelled late | | | | |
| Feb 10 | Ada, Fern | completed, 50 min | $100.00 to the payer, unpaid | | | |
"""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import update

from tests.factories.once import written_once
from tests.factories.small_practice import ADA, BEN, FERN, INDIVIDUAL, MOSS, OFFICE, open_practice, put
from workbench.billing.tables import Charge, ChargeDetails
from workbench.charting.tables import Note, NoteText
from workbench.claims.tables import Payer
from workbench.ledger.tables import EntryKind, LedgerEntry, LedgerLine
from workbench.people.tables import Staff
from workbench.scheduling.tables import Appointment, Attendance
from workbench.store.engine import Store

PAYER = "pyr_harbor"


def at(month: int, day: int, hour: int = 15) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


@written_once
def open_books(store: Store, now: datetime) -> None:
    """The practice of the table above."""
    open_practice(store, now)
    with store.writing() as session:
        session.execute(update(Staff).values(weekly_hours=0))
        session.execute(update(Staff).where(Staff.id == ADA).values(weekly_hours=20))
        session.execute(update(Staff).where(Staff.id == BEN).values(weekly_hours=7))
        session.commit()
    put(store, [Payer(id=PAYER, name="Harbor Sample Plan", payer_number="00001")])
    _session(store, 1, ADA, at(3, 2), 60, {FERN: "completed"}, signed_after_hours=5)
    _session(store, 2, ADA, at(3, 3), 90, {FERN: "completed", MOSS: "completed"}, signed_after_hours=100)
    _session(store, 3, ADA, at(3, 4), 60, {FERN: "no_show"})
    _session(store, 4, BEN, at(3, 5), 60, {MOSS: "completed"})
    _session(store, 5, BEN, at(3, 6), 60, {MOSS: "late_cancelled"})
    _session(store, 6, ADA, at(2, 10), 50, {FERN: "completed"}, signed_after_hours=2)
    _charge(store, 1, FERN, ADA, PAYER, date(2026, 3, 2), 15_000)
    _charge(store, 4, MOSS, BEN, None, date(2026, 3, 5), 12_000)
    _charge(store, 6, FERN, ADA, PAYER, date(2026, 2, 10), 10_000)
    book(store, "era", EntryKind.REMITTANCE, date(2026, 3, 6), FERN, PAYER, "chg_1", [
        ("clearing:eft", 9_000), ("contractual", 3_500), ("receivable:patient", 2_500), ("receivable:payer", -15_000),
    ])  # fmt: skip
    book(store, "pay", EntryKind.PAYMENT, date(2026, 3, 7), FERN, None, "chg_1", [
        ("clearing:deposit", 2_500), ("receivable:patient", -2_500),
    ])  # fmt: skip


def book(
    store: Store, name: str, kind: EntryKind, on: date, patient: str, payer: str | None, charge: str | None,
    lines: list[tuple[str, int]],
) -> None:  # fmt: skip
    """One entry of the books."""
    entry = f"ent_{name}"
    with store.writing() as session:
        for account, cents in lines:
            whom = {"patient_id": patient, "payer_id": payer, "charge_id": charge}
            session.add(LedgerLine(entry_id=entry, account=account, cents=cents, **whom))
        session.flush()  # the database asks for the lines before it lets the entry stand
        source = {"source_type": "samples", "source_id": name, "recorded_by": "usr_biller"}
        session.add(LedgerEntry(id=entry, kind=kind, happened_on=on, recorded_at=at(on.month, on.day), **source))
        session.commit()


def _charge(
    store: Store, number: int, patient: str, clinician: str, payer: str | None, on: date, cents: int
) -> None:  # fmt: skip
    put(store, [Charge(
        id=f"chg_{number}", attendance_id=f"att_{number}_{patient}", patient_id=patient, clinician_id=clinician,
        payer_id=payer, service_on=on, service_code="90837", minutes=60, place_code="11", amount_cents=cents,
        captured_at=at(on.month, on.day, 20), details=ChargeDetails(("F411",)),
    )])  # fmt: skip
    owed = "receivable:payer" if payer else "receivable:patient"
    book(
        store,
        f"chg_{number}",
        EntryKind.CHARGE,
        on,
        patient,
        payer,
        f"chg_{number}",
        [(owed, cents), ("income", -cents)],
    )


def _session(
    store: Store, number: int, clinician: str, starts_at: datetime, minutes: int, who: dict[str, str],
    signed_after_hours: int | None = None,
) -> None:  # fmt: skip
    ends_at = starts_at + timedelta(minutes=minutes)
    put(store, [Appointment(
        id=f"apt_{number}", clinician_id=clinician, type_id=INDIVIDUAL, location_id=OFFICE, starts_at=starts_at,
        ends_at=ends_at, booked_at=starts_at - timedelta(days=9),
    )])  # fmt: skip
    for patient, status in who.items():
        attendance = f"att_{number}_{patient}"
        put(store, [Attendance(id=attendance, appointment_id=f"apt_{number}", patient_id=patient, status=status)])
        if signed_after_hours is not None:
            signed_at = ends_at + timedelta(hours=signed_after_hours)
            put(store, [Note(
                attendance_id=attendance, patient_id=patient, author_id=clinician, service_on=starts_at.date(),
                started_at=ends_at, signed_at=signed_at, state="locked", text=NoteText(),
            )])  # fmt: skip
