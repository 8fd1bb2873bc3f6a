"""Every number the practice is shown: its one definition, in words and in SQL. Call one to ask it."""

from typing import Final

from workbench.marts.number import Number, Unit
from workbench.marts.periods import By

_PEOPLE = {"day_on": "Day", "clinician_id": "Clinician", "patient_id": "Patient"}
_SESSION = {**_PEOPLE, "status": "Status", "minutes": "Minutes", "appointment_id": "Appointment"}
_MONEY = frozenset({By.CLINICIAN, By.PAYER})

SESSIONS: Final = Number(
    "sessions", "Sessions",
    "Appointments at which at least one person was seen, by the day of the session. A group of eight is one session.",
    "count of appointments with a completed attendance",
    Unit.COUNT, "Practice manager", "one appointment", "rows_completed", _SESSION,
)  # fmt: skip
ATTENDANCES: Final = Number(
    "attendances", "Attendances",
    "People seen, by the day of the session: a group of eight is eight attendances. Shown beside sessions, so that "
    "groups are counted one way.",
    "count of completed attendances",
    Unit.COUNT, "Practice manager", "one attendance", "rows_completed", _SESSION,
)  # fmt: skip
UTILISATION: Final = Number(
    "utilisation", "Utilisation",
    "How much of the clinicians' weekly hours went into completed sessions. Hours are spread over all seven days of "
    "the week; holidays are not taken off.",
    "minutes of completed sessions ÷ (weekly hours × 60 × days ÷ 7)",
    Unit.RATE, "Practice manager", "one clinician and day", "rows_completed", _SESSION,
)  # fmt: skip
NO_SHOW_RATE: Final = Number(
    "no_show_rate", "No-show rate",
    "Of the attendances that were completed, missed or cancelled late, the part that was missed without a word. "
    "What was cancelled in time does not count.",
    "no-shows ÷ (completed + no-shows + late cancellations)",
    Unit.RATE, "Practice manager", "one attendance", "rows_missed", _SESSION, better="down",
)  # fmt: skip
LATE_CANCEL_RATE: Final = Number(
    "late_cancel_rate", "Late cancellations",
    "Of the attendances that were completed, missed or cancelled late, the part that was cancelled within the "
    "practice's notice.",
    "late cancellations ÷ (completed + no-shows + late cancellations)",
    Unit.RATE, "Practice manager", "one attendance", "rows_missed", _SESSION, better="down",
)  # fmt: skip
PATIENTS_SEEN: Final = Number(
    "patients_seen", "Patients seen",
    "Different people with at least one completed session. Split by clinician, fewer than eleven are not told.",
    "count of different patients with a completed attendance",
    Unit.COUNT, "Practice manager", "one patient", "rows_completed", _SESSION,
)  # fmt: skip
CHARGES: Final = Number(
    "charges", "Charges",
    "What the services of the period cost by the fee schedule, whoever pays and whatever contracts take off later.",
    "sum of charges, by day of the service",
    Unit.CENTS, "Biller", "one charge", "rows_charges",
    {**_PEOPLE, "payer_id": "Payer", "service_code": "Service", "minutes": "Minutes", "amount_cents": "Amount"},
    splits=_MONEY,
)  # fmt: skip
COLLECTIONS: Final = Number(
    "collections", "Collections",
    "Money that came in, from payers and from patients, by the day it came in. What payers kept back is taken off.",
    "remittances + patient payments",
    Unit.CENTS, "Biller", "one line of the books", "rows_money_in",
    {"day_on": "Day", "source": "From", "payer_id": "Payer", "clinician_id": "Clinician", "patient_id": "Patient",
     "cents": "Amount"}, splits=_MONEY,
)  # fmt: skip
PAYER_COLLECTIONS: Final = Number(
    "payer_collections", "From payers",
    "Money that came in by remittances, less what payers kept back, by the day of the payment.",
    "sum of what reached the bank clearing account from remittances",
    Unit.CENTS, "Biller", "one line of the books", "rows_payer_money",
    {"day_on": "Day", "payer_id": "Payer", "clinician_id": "Clinician", "patient_id": "Patient", "cents": "Amount"},
    splits=_MONEY,
)  # fmt: skip
PATIENT_COLLECTIONS: Final = Number(
    "patient_collections", "From patients",
    "Money that patients paid, by the day it was received, whether it paid a charge or waits unapplied.",
    "sum of patient payments",
    Unit.CENTS, "Biller", "one line of the books", "rows_patient_money", {**_PEOPLE, "cents": "Amount"},
)  # fmt: skip
NET_COLLECTION_RATE: Final = Number(
    "net_collection_rate", "Net collection rate",
    "What came in during the period over what could have: its charges less what contracts took off in it. Money "
    "comes weeks after the service, so look at it over months.",
    "collections ÷ (charges − contractual write-offs)",
    Unit.RATE, "Biller", "one day, clinician and payer", "rows_collectable",
    {"day_on": "Day", "clinician_id": "Clinician", "payer_id": "Payer", "charged_cents": "Charged",
     "contractual_cents": "Written off", "collected_cents": "Collected"}, splits=_MONEY,
)  # fmt: skip
RECEIVABLE: Final = Number(
    "receivable", "Owed to the practice",
    "What payers and patients still owe at the end of the period. The rows are what is open now.",
    "sum of the receivable accounts",
    Unit.CENTS, "Biller", "one charge with anything open", "rows_open",
    {**_PEOPLE, "payer_id": "Payer", "age_days": "Days", "amount_cents": "Charge", "payer_cents": "Payer owes",
     "patient_cents": "Patient owes"}, better="down", splits=_MONEY, stands=True,
)  # fmt: skip
DAYS_IN_RECEIVABLE: Final = Number(
    "days_in_receivable", "Days in A/R",
    "How many days of charges are waiting to be paid at the end of the period, at the pace of the 90 days before.",
    "owed at the end ÷ (charges of the last 90 days ÷ 90)",
    Unit.DAYS, "Biller", "one charge with anything open", "rows_open", RECEIVABLE.columns, better="down",
    splits=_MONEY, stands=True,
)  # fmt: skip
UNSIGNED_NOTES: Final = Number(
    "unsigned_notes", "Unsigned after 72 h",
    "Sessions that ended more than 72 hours ago and whose note is not signed, as of now. They cannot be billed yet.",
    "count of completed attendances without a signed note, 72 hours after the end",
    Unit.COUNT, "Clinical supervisor", "one completed attendance", "rows_unsigned",
    {**_PEOPLE, "is_begun": "Begun", "hours_since": "Hours since"}, better="down", stands=True, has_course=False,
)  # fmt: skip
SIGNED_IN_TIME_RATE: Final = Number(
    "signed_in_time_rate", "Signed within 72 h",
    "Of the notes due for the sessions of the period, the part that was signed within 72 hours of the end.",
    "notes signed within 72 hours ÷ notes due",
    Unit.RATE, "Clinical supervisor", "one completed attendance", "rows_notes",
    {**_PEOPLE, "is_signed": "Signed", "hours_to_sign": "Hours to sign"},
)  # fmt: skip

NUMBERS: Final[dict[str, Number]] = {
    number.key: number
    for number in (
        SESSIONS, ATTENDANCES, UTILISATION, NO_SHOW_RATE, LATE_CANCEL_RATE, PATIENTS_SEEN, CHARGES, COLLECTIONS,
        PAYER_COLLECTIONS, PATIENT_COLLECTIONS, NET_COLLECTION_RATE, RECEIVABLE, DAYS_IN_RECEIVABLE, UNSIGNED_NOTES,
        SIGNED_IN_TIME_RATE,
    )
}  # fmt: skip
"""By key."""
