"""Claims from charges: what belongs on one claim, and what it says. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from workbench.claims.rules import claim_number
from workbench.claims.tables import CoverageDetails
from workbench.kernel.money import Cents
from workbench.x12 import claim as x12


@dataclass(frozen=True)
class Chargeable:
    """A charge that waits for its claim."""

    charge_id: str
    patient_id: str
    clinician_id: str
    payer_id: str
    coverage_id: str
    service_on: date
    code: str
    modifiers: tuple[str, ...]
    units: int
    amount: Cents
    place_code: str
    diagnoses: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """The payer as a claim names it."""

    name: str
    payer_number: str
    filing: str
    order: str
    details: CoverageDetails


def together(charges: Iterable[Chargeable]) -> tuple[tuple[Chargeable, ...], ...]:
    """Charges that go on one claim: same patient, coverage, clinician, day and place; in order of day and patient."""

    def claim_of(one: Chargeable) -> tuple[str, ...]:
        day = one.service_on.isoformat()
        return (day, one.patient_id, one.coverage_id, one.payer_id, one.clinician_id, one.place_code)

    ordered = sorted(charges, key=lambda one: (claim_of(one), one.code, one.charge_id))
    return tuple(tuple(group) for _, group in groupby(ordered, key=claim_of))


def claim_of(
    number: int,
    charges: tuple[Chargeable, ...],
    patient: x12.Person,
    plan: Plan,
    rendering: x12.RenderingProvider,
) -> x12.Claim:
    """The claim these charges make. `check_claim` says whether it may be sent."""
    diagnoses = tuple(dict.fromkeys(code for one in charges for code in one.diagnoses))
    called = claim_number(number)
    lines = tuple(_line(f"{called}-{at}", one, diagnoses) for at, one in enumerate(charges, start=1))
    insured = plan.details.insured
    subscriber = patient
    if insured is not None:
        address = x12.Address(insured.street, insured.city, insured.state, insured.zip_code)
        subscriber = x12.Person(insured.family_name, insured.given_name, insured.born_on, insured.sex, address)
    return x12.Claim(
        number=called,
        charged=Cents(sum(one.amount for one in charges)),
        subscriber=subscriber,
        coverage=x12.Coverage(
            plan.name, plan.payer_number, plan.details.member_id, plan.filing, plan.details.group_number, plan.order
        ),
        rendering=rendering,
        diagnoses=diagnoses,
        lines=lines,
        place_of_service=charges[0].place_code,
        patient=patient if insured is not None else None,
        relationship=insured.relationship if insured is not None else "",
    )


def _line(number: str, charge: Chargeable, diagnoses: tuple[str, ...]) -> x12.ServiceLine:
    return x12.ServiceLine(
        code=charge.code,
        charged=charge.amount,
        service_on=charge.service_on,
        pointers=tuple(diagnoses.index(code) + 1 for code in charge.diagnoses[: x12.MOST_POINTERS]),
        number=number,
        modifiers=charge.modifiers,
        units=charge.units,
    )
