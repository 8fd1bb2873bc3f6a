"""A practice in which everything that says who somebody is, or how they are, is a word that stands nowhere else."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from tests.factories.billed_practice import ONA, PAYER, open_billing
from tests.factories.small_practice import INDIVIDUAL, OFFICE, PROVEN, START, people, put
from workbench.actions.billing.approve_claims import approve_claims
from workbench.actions.charting.add_snippet import add_snippet
from workbench.actions.charting.sign_note import sign_note
from workbench.actions.charting.sign_treatment_plan import sign_treatment_plan
from workbench.actions.charting.write_note import write_note
from workbench.actions.charting.write_treatment_plan import write_treatment_plan
from workbench.actions.people.register_patient import register_patient
from workbench.actions.psychotherapy.begin_psychotherapy_note import begin_psychotherapy_note
from workbench.actions.psychotherapy.save_psychotherapy_note import save_psychotherapy_note
from workbench.actions.scheduling.book_appointment import book_appointment
from workbench.billing.tables import Charge
from workbench.charting.plan_tables import Goal, Objective, PlanText, Problem
from workbench.claims.tables import Coverage, CoverageDetails, Insured
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role

PATIENTS = 56
WORD, PHONE = "ZQXWVQZKQ", "55500009"
"""What every canary begins with: looking for these finds any of them, in one pass over a file.

Eight letters and more: of anything shorter, base64 leaves four letters that keep their shape, and four letters stand in
some megabytes of ciphertext by chance once in fifty runs; six digits do in as many digests.
"""
_LETTERS = "BCDFGHJKLM"
CLINICIAN = Actor("usr_ona", ONA, frozenset({Role.CLINICIAN}), "0" * 64, PROVEN)


@dataclass
class Canaries:
    """Hands out words that are made up, each once, and keeps them."""

    words: list[str] = field(default_factory=list)

    def word(self) -> str:
        """A word of capitals, so that it is found also where a payer's file makes capitals of it."""
        number = "".join(_LETTERS[int(digit)] for digit in f"{len(self.words):04d}")
        self.words.append(f"{WORD}{number}")
        return self.words[-1]

    def phone(self) -> str:
        """Ten digits; a hundred of them at most."""
        self.words.append(f"{PHONE}{sum(word.startswith(PHONE) for word in self.words):02d}")
        assert len(self.words[-1]) == 10
        return self.words[-1]


def live_through(gate: Gate, now: datetime) -> Canaries:
    """Register, cover, book, write, sign and bill everybody, also apart. Returns what must be found nowhere."""
    canaries, desk = Canaries(), people().desk
    open_billing(gate.store, now)
    for number in range(PATIENTS):
        registered = register_patient(
            gate, desk, now=now, idempotency_key=f"register-{number}", clinician_id=ONA,
            given_name=canaries.word(), family_name=canaries.word(), preferred_name=canaries.word(),
            pronouns=canaries.word(), born_on=date(1980, 1, 1) + timedelta(days=number), sex="F",
            phone=canaries.phone(), email=f"{canaries.word()}@example.test", street=f"1 {canaries.word()} Way",
            city=canaries.word(), state="NY", zip_code="00010",
        )  # fmt: skip
        put(gate.store, [_coverage(registered.patient_id, canaries)])
        booked = book_appointment(
            gate, desk, registered.patient_id, now=now, clinician_id=ONA, type_id=INDIVIDUAL, location_id=OFFICE,
            starts_at=now + timedelta(hours=1 + number),
        )  # fmt: skip
        _plan(gate, registered.patient_id, booked.ends_at, canaries)
        _write_and_sign(gate, booked.attendance_id, booked.ends_at + timedelta(minutes=1), canaries)
        _write_apart(gate, booked.attendance_id, booked.ends_at + timedelta(minutes=2), canaries)
    after = now + timedelta(hours=PATIENTS + 3)
    with gate.store.reading() as session:
        charges = tuple(session.scalars(select(Charge.id)))
    assert len(charges) == PATIENTS
    approve_claims(gate, people().biller, now=after, charge_ids=charges, idempotency_key="approve-all")
    add_snippet(gate, CLINICIAN, now=now, name=canaries.word(), text=f"{canaries.word()} [[{canaries.word()}]]")
    return canaries


def _coverage(patient_id: str, canaries: Canaries) -> Coverage:
    insured = Insured("01", canaries.word(), canaries.word(), date(1979, 1, 1), "M", "2 Sample Way",
                      canaries.word(), "NY", "00010")  # fmt: skip
    details = CoverageDetails(canaries.word(), canaries.word(), insured)
    return Coverage(id=f"cov_{patient_id[4:]}", patient_id=patient_id, payer_id=PAYER, billing_order="P",
                    from_on=START, details=details)  # fmt: skip


def _plan(gate: Gate, patient_id: str, at: datetime, canaries: Canaries) -> None:
    word = canaries.word
    one = Objective(words=word(), baseline=word(), target=word(), interventions=(word(),))
    text = PlanText(
        (Problem(words=word(), goals=(Goal(words=word(), objectives=(one,)),)),), *(word() for _ in range(4))
    )
    begun = write_treatment_plan(gate, CLINICIAN, patient_id, now=at, version=0, idempotency_key=f"plan-{patient_id}")
    write_treatment_plan(gate, CLINICIAN, patient_id, now=at, version=begun.version, text=text)
    sign_treatment_plan(gate, CLINICIAN, begun.plan_id, now=at)


def _write_and_sign(gate: Gate, attendance_id: str, at: datetime, canaries: Canaries) -> None:
    draft = canaries.word()
    first = write_note(
        gate, CLINICIAN, attendance_id, now=at, version=0, subjective=draft, idempotency_key=attendance_id
    )
    written = write_note(
        gate, CLINICIAN, attendance_id, now=at, version=first.version, subjective=f"{canaries.word()} says so",
        objective=canaries.word(), assessment=canaries.word(), plan=canaries.word(), diagnoses=("F41.1",),
    )  # fmt: skip
    sign_note(gate, CLINICIAN, written.note_id, now=at)


def _write_apart(gate: Gate, attendance_id: str, at: datetime, canaries: Canaries) -> None:
    begun = begin_psychotherapy_note(gate, CLINICIAN, now=at, attendance_id=attendance_id, kind="psychotherapy")
    for version in range(2):
        save_psychotherapy_note(gate, CLINICIAN, begun.note_id, now=at, version=version, words=canaries.word())


def disguises(word: str) -> Iterator[bytes]:
    """The word as it may stand in a file: plain, in small letters, in two bytes a letter, in hex, in base64."""
    yield word.encode()
    yield word.lower().encode()
    yield word.encode("utf-16-le")
    yield word.encode().hex().encode()
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + word.encode())
        yield whole[4 if shift else 0 : (shift + len(word)) // 3 * 4]  # only what neighbours leave as it is


def found_in(files: list[Path]) -> list[str]:
    """The files that hold a canary, in whatever disguise."""
    forms = [form for beginning in (WORD, PHONE) for form in disguises(beginning)]
    found = []
    for file in files:
        held = file.read_bytes()
        found += [str(file)] if any(form in held for form in forms) else []
    return found
