"""835 files of a synthetic payer: records to bytes. A real practice only reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from workbench.kernel.money import Cents
from workbench.x12.amounts import written
from workbench.x12.remittance import Adjustment, ProviderAdjustment
from workbench.x12.writing import Sending, composite, interchange, plain, segment, transaction

VERSION = "005010X221A1"


@dataclass(frozen=True)
class LineAdvice:
    """What the payer says about one service line; `number` is our line control number, echoed in REF*6R."""

    code: str
    charged: Cents
    paid: Cents
    service_on: date
    adjustments: tuple[Adjustment, ...] = ()
    modifiers: tuple[str, ...] = ()
    units: int = 1
    number: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClaimAdvice:
    """What the payer says about one claim; `number` is our claim number (CLP01), `status` CLP02."""

    number: str
    status: str
    charged: Cents
    paid: Cents
    patient_responsibility: Cents
    payer_claim_number: str
    patient: tuple[str, str, str]
    lines: tuple[LineAdvice, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    filing: str = "12"
    place_of_service: str = "11"
    frequency: str = "1"
    rendering_npi: str = ""
    received_on: date | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Advice:
    """One 835 transaction. The payment is not given: it is the paid claims less the provider adjustments."""

    payer_name: str
    payer_id: str
    payee_name: str
    payee_npi: str
    payee_tax_id: str
    trace: str
    effective_on: date
    claims: tuple[ClaimAdvice, ...]
    provider_adjustments: tuple[ProviderAdjustment, ...] = ()
    method: str = "ACH"

    @property
    def payment_cents(self) -> Cents:
        """BPR02."""
        taken = sum(one.cents for one in self.provider_adjustments)
        return Cents(sum(claim.paid for claim in self.claims) - taken)


def write_remittances(advices: Sequence[Advice], sending: Sending) -> bytes:
    """An 835 file with one transaction an advice, numbered from 1. `read_remittance` reads the same records back.

    Raises:
        UnsendableText: a name or number holds a delimiter.
        ControlOutOfRange: the control number does not fit.
    """
    sets = [transaction("835", at, "", _body(one)) for at, one in enumerate(advices, start=1)]
    return interchange(sending, "HP", VERSION, sets)


def _body(advice: Advice) -> list[str]:
    method = advice.method if advice.payment_cents else "NON"
    payer_trace = f"1{plain(advice.payer_id)[:9].rjust(9, '0')}"
    day = f"{advice.effective_on:%Y%m%d}"
    bank = ("01", "999999992", "DA", "0001") if method == "ACH" else ("", "", "", "")
    ours = ("01", "999999992", "DA", "0002") if method == "ACH" else ("", "", "", "")
    form = "CCP" if method == "ACH" else ""
    body = [
        segment("BPR", "I" if advice.payment_cents else "H", written(advice.payment_cents), "C", method, form,
                *bank, payer_trace, "", *ours, day),
        segment("TRN", "1", plain(advice.trace), payer_trace),
        segment("DTM", "405", day),
        segment("N1", "PR", plain(advice.payer_name), "XV", plain(advice.payer_id)),
        segment("N3", "1 SAMPLE STREET"),
        segment("N4", "SPRINGFIELD", "IL", "62701"),
        segment("PER", "BL", "", "TE", "2175550100"),
        segment("N1", "PE", plain(advice.payee_name), "XX", advice.payee_npi),
        segment("REF", "TJ", advice.payee_tax_id),
    ]  # fmt: skip
    if advice.claims:
        body.append("LX*1")
    for claim in advice.claims:
        body += _claim(claim)
    for one in advice.provider_adjustments:
        reason = composite(one.reason, plain(one.identifier))
        body.append(segment("PLB", one.provider, one.fiscal_year_ends, reason, written(one.cents)))
    return body


def _claim(claim: ClaimAdvice) -> list[str]:
    share = written(claim.patient_responsibility) if claim.patient_responsibility else ""
    last, first, member = claim.patient
    segments = [
        segment("CLP", plain(claim.number), claim.status, written(claim.charged), written(claim.paid), share,
                claim.filing, plain(claim.payer_claim_number), claim.place_of_service, claim.frequency),
        *_adjustments(claim.adjustments),
        segment("NM1", "QC", "1", plain(last), plain(first), "", "", "", "MI" if member else "", plain(member)),
    ]  # fmt: skip
    if claim.rendering_npi:
        segments.append(segment("NM1", "82", "1", "", "", "", "", "", "XX", claim.rendering_npi))
    if claim.remarks:
        segments.append(segment("MOA", "", "", *claim.remarks[:5]))
    if claim.received_on:
        segments.append(segment("DTM", "050", f"{claim.received_on:%Y%m%d}"))
    for line in claim.lines:
        segments += _line(line)
    return segments


def _line(line: LineAdvice) -> list[str]:
    units = str(line.units) if line.units != 1 else ""
    procedure = composite("HC", line.code, *line.modifiers)
    return [
        segment("SVC", procedure, written(line.charged), written(line.paid), "", units),
        segment("DTM", "472", f"{line.service_on:%Y%m%d}"),
        *_adjustments(line.adjustments),
        *([segment("REF", "6R", plain(line.number))] if line.number else []),
        *[segment("LQ", "HE", code) for code in line.remarks],
    ]


def _adjustments(adjustments: tuple[Adjustment, ...]) -> list[str]:
    """CAS segments: neighbours of one group share one, at most six triplets in each."""
    segments = []
    for group, members in groupby(adjustments, key=lambda one: one.group):
        same = list(members)
        for start in range(0, len(same), 6):
            triplets = [(one.reason, written(one.cents), one.quantity) for one in same[start : start + 6]]
            segments.append(segment("CAS", group, *[element for triplet in triplets for element in triplet]))
    return segments
