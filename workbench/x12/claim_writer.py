"""837P records to bytes. Claims of one subscriber and payer that stand side by side share their loops."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from workbench.x12.amounts import written
from workbench.x12.claim import (
    Address,
    BillingProvider,
    Claim,
    IncompleteClaim,
    Person,
    Receiver,
    ServiceLine,
    Submitter,
    check_billing_provider,
    check_claim,
)
from workbench.x12.writing import Sending, composite, interchange, plain, segment, transaction

VERSION = "005010X222A1"
MOST_CLAIMS = 5000  # a transaction set holds no more (005010X222A1, section 1.3.2)


@dataclass(frozen=True)
class ClaimFile:
    """What stands once in a file."""

    sending: Sending
    submitter: Submitter
    receiver: Receiver
    billing: BillingProvider


def write_claims(file: ClaimFile, claims: Sequence[Claim]) -> bytes:
    """An 837P file; more than 5,000 claims become several transaction sets.

    Raises:
        ClaimNotSendable: a claim or the practice fails `check_claim` or `check_billing_provider`.
        UnsendableText: a name or number holds a delimiter.
        ControlOutOfRange: the control number does not fit.
    """
    if not claims:
        raise IncompleteClaim("There is no claim to write.")
    check_billing_provider(file.billing)
    for claim in claims:
        check_claim(claim)
    chunks = [claims[start : start + MOST_CLAIMS] for start in range(0, len(claims), MOST_CLAIMS)]
    sets = [transaction("837", at, VERSION, _body(file, chunk, at)) for at, chunk in enumerate(chunks, start=1)]
    return interchange(file.sending, "HC", VERSION, sets)


def _body(file: ClaimFile, claims: Sequence[Claim], number: int) -> list[str]:
    at, us = file.sending.written_at, file.billing
    body = [
        segment("BHT", "0019", "00", f"{file.sending.control}-{number}", f"{at:%Y%m%d}", f"{at:%H%M}", "CH"),
        _organisation("41", file.submitter.name, "46", plain(file.submitter.etin)),
        segment("PER", "IC", plain(file.submitter.contact), "TE", file.submitter.phone),
        _organisation("40", file.receiver.name, "46", plain(file.receiver.etin)),
        "HL*1**20*1",
        segment("PRV", "BI", "PXC", us.taxonomy),
        _organisation("85", us.name, "XX", us.npi),
        *_address(us.address),
        segment("REF", "EI", us.tax_id),
    ]
    level = 1
    for _, group in groupby(claims, key=lambda one: (one.subscriber, one.coverage, one.patient, one.relationship)):
        together = list(group)
        first = together[0]
        level += 1
        body += _subscriber(first, level)
        if first.patient is not None:
            level += 1
            body += _patient(first.patient, first.relationship, level)
        for claim in together:
            body += _claim(claim)
    return body


def _organisation(role: str, name: str, qualifier: str, number: str) -> str:
    return segment("NM1", role, "2", plain(name)[:60], "", "", "", "", qualifier, number)


def _address(address: Address) -> list[str]:
    return [
        segment("N3", plain(address.street)[:55]),
        segment("N4", plain(address.city)[:30], address.state, address.zip_code),
    ]


def _person(role: str, person: Person, *identifier: str) -> str:
    return segment("NM1", role, "1", plain(person.last_name), plain(person.first_name), "", "", "", *identifier)


def _demographics(person: Person) -> list[str]:
    return [*_address(person.address), segment("DMG", "D8", f"{person.birth_on:%Y%m%d}", person.sex)]


def _subscriber(claim: Claim, level: int) -> list[str]:
    """Loops 2000B and 2010B: the insured person and the payer."""
    coverage, dependent = claim.coverage, claim.patient is not None
    relation = "" if dependent else "18"
    return [
        f"HL*{level}*1*22*{int(dependent)}",
        segment("SBR", coverage.order, relation, plain(coverage.group_number), "", "", "", "", "", coverage.filing),
        _person("IL", claim.subscriber, "MI", plain(coverage.member_id)),
        *_demographics(claim.subscriber),
        _organisation("PR", coverage.payer_name, "PI", plain(coverage.payer_id)),
    ]


def _patient(patient: Person, relationship: str, level: int) -> list[str]:
    """Loop 2000C: a patient who is not the subscriber."""
    return [
        f"HL*{level}*{level - 1}*23*0",
        segment("PAT", relationship),
        _person("QC", patient),
        *_demographics(patient),
    ]


def _claim(claim: Claim) -> Iterator[str]:
    """Loop 2300 and its lines."""
    place = composite(claim.place_of_service, "B", claim.frequency)
    yield segment("CLM", plain(claim.number), written(claim.charged), "", "", place, "Y", "A", "Y", "Y")
    if claim.authorization:
        yield segment("REF", "G1", plain(claim.authorization))
    if claim.original_reference:
        yield segment("REF", "F8", plain(claim.original_reference))
    first, *others = claim.diagnoses
    yield segment("HI", composite("ABK", first), *[composite("ABF", code) for code in others])
    clinician = claim.rendering
    yield segment("NM1", "82", "1", plain(clinician.last_name), plain(clinician.first_name), "", "", "", "XX",
                  clinician.npi)  # fmt: skip
    if clinician.taxonomy:
        yield segment("PRV", "PE", "PXC", clinician.taxonomy)
    for at, line in enumerate(claim.lines, start=1):
        yield from _line(line, at, claim.place_of_service)


def _line(line: ServiceLine, at: int, claim_place: str) -> Iterator[str]:
    """Loop 2400. The place of service is only said where it differs from the claim's."""
    place = line.place_of_service if line.place_of_service != claim_place else ""
    pointers = composite(*[str(one) for one in line.pointers])
    yield f"LX*{at}"
    yield segment("SV1", composite("HC", line.code, *line.modifiers), written(line.charged), "UN", str(line.units),
                  place, "", pointers)  # fmt: skip
    yield f"DTP*472*D8*{line.service_on:%Y%m%d}"
    yield segment("REF", "6R", plain(line.number))
