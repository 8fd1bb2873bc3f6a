"""837P (005010X222A1): what a professional claim says, as frozen records, and what no claim may be sent without."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workbench.kernel.errors import WorkbenchError
from workbench.kernel.money import Cents
from workbench.x12.identifiers import is_npi

MOST_LINES, MOST_DIAGNOSES, MOST_POINTERS, MOST_MODIFIERS = 50, 12, 4, 4
_DIAGNOSIS = re.compile(r"[A-Z][0-9][0-9A-Z]{1,5}")
_PROCEDURE = re.compile(r"[0-9A-Z]{5}")
_MODIFIER = re.compile(r"[0-9A-Z]{2}")
_STATE = re.compile(r"[A-Z]{2}")
_ZIP = re.compile(r"\d{5}(\d{4})?")


class ClaimNotSendable(WorkbenchError):
    """A claim that a payer would turn away. Subclasses name the fact."""


class NotAnNpi(ClaimNotSendable):
    """An NPI has the wrong length or check digit."""


class BadDiagnosis(ClaimNotSendable):
    """A diagnosis is missing, dotted, doubled, not in the form of ICD-10-CM, or one too many."""


class BadPointer(ClaimNotSendable):
    """A line points at no diagnosis, at too many, or at one that is not there."""


class ChargeNotSumOfLines(ClaimNotSendable):
    """CLM02 differs from the sum of the lines."""


class NoOriginalReference(ClaimNotSendable):
    """A replacement or void does not say which claim of the payer it replaces, or an original does."""


class BadServiceLine(ClaimNotSendable):
    """A line has a code, modifier, amount or unit that cannot be billed."""


class IncompleteClaim(ClaimNotSendable):
    """Something a claim needs is left out."""


class Frequency(StrEnum):
    """CLM05-3."""

    ORIGINAL = "1"
    REPLACEMENT = "7"
    VOID = "8"


@dataclass(frozen=True)
class Address:
    """`zip_code` in five or nine digits without a dash; a billing provider needs nine."""

    street: str
    city: str
    state: str
    zip_code: str


@dataclass(frozen=True)
class BillingProvider:
    """Who is paid: the practice. `tax_id` in nine digits, `taxonomy` in ten characters."""

    name: str
    npi: str
    tax_id: str
    taxonomy: str
    address: Address


@dataclass(frozen=True)
class Submitter:
    """Who sends the file and whom to call about it; `phone` in ten digits."""

    name: str
    etin: str
    contact: str
    phone: str


@dataclass(frozen=True)
class Receiver:
    """The clearinghouse or payer that gets the file."""

    name: str
    etin: str


@dataclass(frozen=True)
class RenderingProvider:
    """The clinician."""

    last_name: str
    first_name: str
    npi: str
    taxonomy: str = ""


@dataclass(frozen=True)
class Person:
    """A subscriber or patient; `sex` is F, M or U as the plan has it on file."""

    last_name: str
    first_name: str
    birth_on: date
    sex: str
    address: Address


@dataclass(frozen=True)
class Coverage:
    """Who pays. `filing` is SBR09 (CI commercial, MB Medicare part B, MC Medicaid, BL Blue …)."""

    payer_name: str
    payer_id: str
    member_id: str
    filing: str = "CI"
    group_number: str = ""
    order: str = "P"


@dataclass(frozen=True)
class ServiceLine:
    """One service. `pointers` count from 1 into the claim's diagnoses; `number` comes back in the 835 (REF*6R)."""

    code: str
    charged: Cents
    service_on: date
    pointers: tuple[int, ...]
    number: str
    modifiers: tuple[str, ...] = ()
    units: int = 1
    place_of_service: str = ""


@dataclass(frozen=True)
class Claim:
    """One claim.

    Attributes:
        number: CLM01, ours; at most 20 characters come back from every payer.
        charged: CLM02, the sum of the lines.
        patient, relationship: only where the patient is not the subscriber (PAT01: 01 spouse, 19 child, G8 other).
        original_reference: REF*F8, the payer's number of the claim that is replaced or voided.
    """

    number: str
    charged: Cents
    subscriber: Person
    coverage: Coverage
    rendering: RenderingProvider
    diagnoses: tuple[str, ...]
    lines: tuple[ServiceLine, ...]
    place_of_service: str = "11"
    frequency: Frequency = Frequency.ORIGINAL
    original_reference: str = ""
    authorization: str = ""
    patient: Person | None = None
    relationship: str = ""


def check_claim(claim: Claim) -> None:
    """Whether the claim may be written at all; what a payer's own rules say is the scrubber's.

    Raises:
        ClaimNotSendable: the first fact that stands in the way, by the name of its subclass.
    """
    if not claim.number or len(claim.number) > 20:
        raise IncompleteClaim("A claim needs a number of at most 20 characters.")
    where = f"Claim {claim.number}"
    if not is_npi(claim.rendering.npi):
        raise NotAnNpi(f"{where}: the rendering provider's NPI fails its check digit.")
    if not claim.coverage.member_id or not claim.coverage.payer_id:
        raise IncompleteClaim(f"{where}: the member number or the payer's id is missing.")
    if (claim.patient is None) != (claim.relationship in ("", "18")):
        raise IncompleteClaim(f"{where}: a patient who is not the subscriber needs a relationship, and only then.")
    for person in filter(None, (claim.subscriber, claim.patient)):
        _check_address(person.address, where)
        if person.sex not in ("F", "M", "U") or not person.last_name or not person.first_name:
            raise IncompleteClaim(f"{where}: a name is missing, or the sex is not F, M or U.")
    if claim.frequency is Frequency.ORIGINAL and claim.original_reference:
        raise NoOriginalReference(f"{where}: an original claim does not refer to an earlier one.")
    if claim.frequency is not Frequency.ORIGINAL and not claim.original_reference:
        raise NoOriginalReference(f"{where}: a replacement or void needs the payer's number of the first claim.")
    _check_diagnoses(claim.diagnoses, where)
    _check_lines(claim, where)


def check_billing_provider(provider: BillingProvider) -> None:
    """The same for the practice.

    Raises:
        NotAnNpi, IncompleteClaim: as named.
    """
    if not is_npi(provider.npi):
        raise NotAnNpi("The practice's NPI fails its check digit.")
    if not re.fullmatch(r"\d{9}", provider.tax_id):
        raise IncompleteClaim("The practice's tax id needs nine digits.")
    if not re.fullmatch(r"[0-9A-Z]{10}", provider.taxonomy):
        raise IncompleteClaim("The practice's taxonomy code needs ten characters.")
    _check_address(provider.address, "The practice")
    if len(provider.address.zip_code) != 9:
        raise IncompleteClaim("The practice's address needs a ZIP code of nine digits.")


def _check_address(address: Address, where: str) -> None:
    if not address.street or len(address.city) < 2:
        raise IncompleteClaim(f"{where}: an address lacks its street or city.")
    if not _STATE.fullmatch(address.state) or not _ZIP.fullmatch(address.zip_code):
        raise IncompleteClaim(
            f"{where}: an address needs a state of two letters and a ZIP code of five or nine digits."
        )


def _check_diagnoses(diagnoses: tuple[str, ...], where: str) -> None:
    if not 1 <= len(diagnoses) <= MOST_DIAGNOSES:
        raise BadDiagnosis(f"{where}: a claim needs one to {MOST_DIAGNOSES} diagnoses.")
    if any("." in code for code in diagnoses):
        raise BadDiagnosis(f"{where}: a diagnosis is written with a dot; the file takes it without.")
    if len(set(diagnoses)) != len(diagnoses):
        raise BadDiagnosis(f"{where}: a diagnosis is given twice.")
    if not all(_DIAGNOSIS.fullmatch(code) for code in diagnoses):
        raise BadDiagnosis(f"{where}: a diagnosis does not have the form of an ICD-10-CM code.")


def _check_lines(claim: Claim, where: str) -> None:
    if not 1 <= len(claim.lines) <= MOST_LINES:
        raise BadServiceLine(f"{where}: a claim needs one to {MOST_LINES} lines.")
    for at, line in enumerate(claim.lines, start=1):
        modifiers_fit = (
            all(_MODIFIER.fullmatch(one) for one in line.modifiers) and len(line.modifiers) <= MOST_MODIFIERS
        )
        if not _PROCEDURE.fullmatch(line.code) or not modifiers_fit:
            raise BadServiceLine(f"{where}, line {at}: the code or a modifier cannot be billed.")
        if line.charged < 0 or line.units < 1 or not 1 <= len(line.number) <= 30:
            raise BadServiceLine(f"{where}, line {at}: the amount, the units or the line number cannot be billed.")
        reachable = all(1 <= one <= len(claim.diagnoses) for one in line.pointers)
        if not 1 <= len(line.pointers) <= MOST_POINTERS or not reachable:
            raise BadPointer(f"{where}, line {at}: it must point at one to four of the claim's diagnoses.")
    off = claim.charged - sum(line.charged for line in claim.lines)
    if off:
        raise ChargeNotSumOfLines(f"{where}: the charge differs from the sum of its lines by {abs(off)} cents.")
