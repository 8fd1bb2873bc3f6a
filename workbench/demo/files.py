"""The bytes of what went out and came in: 837P of a batch, 835 of a payment, statements of the bank."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Final

from workbench.claims.drafting import Chargeable, claim_of
from workbench.claims.drafting import Plan as Payer
from workbench.claims.rules import claim_number
from workbench.claims.tables import CoverageDetails
from workbench.demo.claiming import DrawnBatch, DrawnClaim, DrawnRemittance, Told
from workbench.demo.insurers import Insurer
from workbench.demo.people import practice_details
from workbench.demo.plan import Clinician
from workbench.kernel.money import Cents
from workbench.people.tables import PatientDetails
from workbench.x12 import claim as x12
from workbench.x12.claim_writer import ClaimFile, write_claims
from workbench.x12.remittance_writer import Advice, ClaimAdvice, LineAdvice, write_remittances
from workbench.x12.writing import Sending

CLEARINGHOUSE: Final = "CLEARINGHOUSE"
_TAXONOMY: Final = "251S00000X"


def claim_file(batch: DrawnBatch) -> bytes:
    """The 837P file of a batch."""
    us = practice_details()
    address = x12.Address(us.street, us.city, us.state, us.zip_code)
    file = ClaimFile(
        Sending(us.tax_id, CLEARINGHOUSE, batch.control, batch.approved_at),
        x12.Submitter(us.name, us.tax_id, "Billing", us.phone),
        x12.Receiver(CLEARINGHOUSE, CLEARINGHOUSE),
        x12.BillingProvider(us.name, us.npi, us.tax_id, _TAXONOMY, address),
    )
    return write_claims(file, [_written(claim) for claim in batch.claims])


def modifiers_of(claim: DrawnClaim) -> tuple[str, ...]:
    """By video it says so."""
    return ("95",) if claim.charge.visit.client.is_remote else ()


def _written(claim: DrawnClaim) -> x12.Claim:
    visit, client = claim.charge.visit, claim.charge.visit.client
    charge = Chargeable(
        claim.charge.id, client.id, client.clinician.id, claim.payer.id, client.coverage_id, visit.service_on,
        visit.kind.code, modifiers_of(claim), 1, visit.kind.fee, visit.place_code,
        tuple(code.replace(".", "") for code in client.diagnoses),
    )  # fmt: skip
    payer = Payer(claim.payer.name, claim.payer.number, "CI", "P", CoverageDetails(client.member_number))
    return claim_of(claim.number, (charge,), _person(client.details), payer, _rendering(client.clinician))


def _person(details: PatientDetails) -> x12.Person:
    address = x12.Address(details.street, details.city, details.state, details.zip_code)
    return x12.Person(details.family_name, details.given_name, details.born_on, details.sex, address)


def _rendering(clinician: Clinician) -> x12.RenderingProvider:
    return x12.RenderingProvider(clinician.details.family_name, clinician.details.given_name, clinician.details.npi)


def remittance_file(remittances: Sequence[DrawnRemittance], *, control: int) -> bytes:
    """An 835 file with one payment for each."""
    written_at = datetime.combine(remittances[0].effective_on, time(6), tzinfo=UTC)
    return write_remittances([_advice(one) for one in remittances], sending(written_at, control))


def sending(written_at: datetime, control: int) -> Sending:
    """The envelope of what a payer sends."""
    return Sending(CLEARINGHOUSE, practice_details().tax_id, control, written_at)


def _advice(one: DrawnRemittance) -> Advice:
    us = practice_details()
    return Advice(
        one.payer.name, one.payer.number, us.name, us.npi, us.tax_id, one.trace, one.effective_on,
        tuple(_claim_advice(told) for told in one.told), one.kept_back,
    )  # fmt: skip


def payer_claim_number(payer: Insurer, number: int) -> str:
    """How the payer calls the claim."""
    return f"{payer.number}{number:010d}"


def _claim_advice(told: Told) -> ClaimAdvice:
    claim, answer = told
    visit, client = claim.charge.visit, claim.charge.visit.client
    line = LineAdvice(
        visit.kind.code, told.charged, answer.paid, visit.service_on, answer.adjustments,
        modifiers_of(claim), number=f"{claim_number(claim.number)}-1",
    )  # fmt: skip
    return claim_advice(
        claim.number, claim.payer, answer.status, (line,),
        patient=(client.details.family_name, client.details.given_name, client.member_number),
        place_code=visit.place_code, npi=client.clinician.details.npi,
    )  # fmt: skip


def claim_advice(
    number: int, payer: Insurer, status: str, lines: tuple[LineAdvice, ...],
    *, patient: tuple[str, str, str], place_code: str, npi: str,
) -> ClaimAdvice:  # fmt: skip
    """What the payer says about one claim; `status` is CLP02."""
    return ClaimAdvice(
        number=claim_number(number),
        status=status,
        charged=Cents(sum(line.charged for line in lines)),
        paid=Cents(sum(line.paid for line in lines)),
        patient_responsibility=Cents(sum(one.cents for line in lines for one in line.adjustments if one.group == "PR")),
        payer_claim_number=payer_claim_number(payer, number),
        patient=patient,
        lines=lines,
        place_of_service=place_code,
        rendering_npi=npi,
    )
