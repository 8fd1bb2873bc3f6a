"""The person, the practice, who wrote, and what is stated of the person now, as FHIR R4 resources."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select

from workbench.charting.chart_lines import allergy_lines, diagnosis_lines, medication_lines
from workbench.charting.chart_tables import Certainty
from workbench.gate.view import Look
from workbench.people.names import staff_named
from workbench.people.tables import Patient, Practice, Staff
from workbench.screens.fhir_parts import (
    ICD_10,
    NPI,
    OURS,
    Resource,
    concept,
    contacts,
    day,
    entry,
    gender,
    instant,
    postal,
    reference,
    resource,
    term,
)
from workbench.screens.fhir_records import Whom

_VERIFIED = {
    Certainty.CONFIRMED: "confirmed", Certainty.PROVISIONAL: "provisional", Certainty.RULED_OUT: "refuted",
}  # fmt: skip


def people_entries(look: Look, patient: Patient, resources: Iterable[Resource]) -> Iterator[Resource]:
    """The person, the practice, and every member of staff whom `resources` name."""
    told = patient.details
    yield entry(patient.id, resource(
        "Patient", patient.id, profile="patient",
        identifier=[{"system": f"{OURS}file", "value": str(patient.number)}],
        name=[{"use": "official", "family": told.family_name, "given": [told.given_name]},
              *([{"use": "usual", "text": told.preferred_name}] if told.preferred_name else [])],
        gender=gender(told.sex), birthDate=day(told.born_on), telecom=contacts(phone=told.phone, email=told.email),
        address=postal(told.street, told.city, told.state, told.zip_code),
    ))  # fmt: skip
    practice: Practice = look.scalars(select(Practice)).one()
    house = practice.details
    yield entry(practice.id, resource(
        "Organization", practice.id, profile="organization", active=True, name=house.name,
        identifier=[{"system": NPI, "value": house.npi}] if house.npi else [], telecom=contacts(phone=house.phone),
        address=postal(house.street, house.city, house.state, house.zip_code),
    ))  # fmt: skip
    for staff_id, who in sorted(staff_named(look, _staff_in(look, resources)).items()):
        yield entry(staff_id, resource(
            "Practitioner", staff_id, profile="practitioner",
            identifier=[{"system": NPI if who.npi else f"{OURS}staff", "value": who.npi or staff_id}],
            name=[{"family": who.family_name, "given": [who.given_name],
                   **({"suffix": [who.credentials]} if who.credentials else {})}],
        ))  # fmt: skip


def statement_entries(look: Look, patient: Patient, whom: Whom) -> Iterator[Resource]:
    """Diagnoses, medications and allergies as they stand, ended ones too."""
    for line in diagnosis_lines(look, patient.id):
        said = line.told
        yield entry(line.line_id, resource(
            "Condition", line.line_id, profile="condition-problems-health-concerns",
            clinicalStatus=None if said.certainty is Certainty.RULED_OUT
            else term("condition-clinical", "inactive" if said.until else "active"),
            verificationStatus=term("condition-ver-status", _VERIFIED[said.certainty]),
            category=[term("condition-category", "problem-list-item")], code=concept(said.code, (ICD_10, said.code)),
            subject=whom.patient, onsetDateTime=day(said.since), abatementDateTime=day(said.until),
            recordedDate=instant(line.said_at, look.zone), note=[{"text": said.why}] if said.why else [],
        ))  # fmt: skip
    for taken in medication_lines(look, patient.id):
        drug = taken.told
        period = {name: day(on) for name, on in (("start", drug.since), ("end", drug.until)) if on}
        yield entry(taken.line_id, resource(
            "MedicationStatement", taken.line_id, status="completed" if drug.until else "active",
            medicationCodeableConcept=concept(drug.name), subject=whom.patient, effectivePeriod=period,
            dateAsserted=day(drug.reviewed_on), dosage=[{"text": drug.dose}] if drug.dose else [],
            note=[{"text": f"Prescribed by {drug.prescriber}"}] if drug.prescriber else [],
        ))  # fmt: skip
    for known in allergy_lines(look, patient.id):
        it = known.told
        reaction = {"manifestation": [concept(it.reaction)], **({"severity": it.severity.value}
                    if it.severity.value in ("mild", "moderate", "severe") else {})}  # fmt: skip
        yield entry(known.line_id, resource(
            "AllergyIntolerance", known.line_id, profile="allergyintolerance",
            clinicalStatus=term("allergyintolerance-clinical", "inactive" if it.withdrawn else "active"),
            verificationStatus=term("allergyintolerance-verification", "unconfirmed"),
            code=concept("No known allergy" if it.is_none_known else it.substance), patient=whom.patient,
            recordedDate=day(it.said_on), reaction=[reaction] if it.reaction else [],
            note=[{"text": it.withdrawn}] if it.withdrawn else [],
        ))  # fmt: skip


def whom_of(look: Look, patient: Patient) -> Whom:
    """The person and the practice as the other resources refer to them."""
    practice: Practice = look.scalars(select(Practice)).one()
    return Whom(reference("Patient", patient.id), reference("Organization", practice.id))


def _staff_in(look: Look, resources: Iterable[Resource]) -> set[str]:
    """The ids of the staff that are referred to."""
    named = {one["reference"] for held in resources for one in _references(held) if one.get("type") == "Practitioner"}
    known = look.scalars(select(Staff.id))
    return {staff_id for staff_id in known if reference("Practitioner", staff_id)["reference"] in named}


def _references(held: object) -> Iterator[Resource]:
    if isinstance(held, dict):
        if "reference" in held and "type" in held:
            yield held
        for one in held.values():
            yield from _references(one)
    elif isinstance(held, list):
        for one in held:
            yield from _references(one)
