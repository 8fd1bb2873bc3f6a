"""835 (005010X221A1): what a payer says it paid, as frozen records in whole cents.

Money is read at once, everything else when asked for: 20,000 claims are balanced before anybody looks at a name.
The records are named tuples because they are made by the ten thousand, and a frozen dataclass costs five times as much.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from workbench.kernel.money import Cents
from workbench.x12.envelope import Delimiters, Problem
from workbench.x12.segments import at, day, named, opening_element, part, reference

REVERSAL = "22"
DENIED = "4"
PREDETERMINATION = "25"


class Adjustment(NamedTuple):
    """One group and reason of a CAS, such as CO 45: the part of the charge that was not paid, in cents."""

    group: str
    reason: str
    cents: Cents
    quantity: str = ""


class ServicePayment(NamedTuple):
    """One SVC: what a payer paid for one service line."""

    procedure: str
    charged: Cents
    paid: Cents
    adjustments: tuple[Adjustment, ...]
    body: str
    marks: Delimiters

    @property
    def code(self) -> str:
        """The procedure paid for, without its qualifier and modifiers."""
        return part(self.procedure, 1, self.marks)

    @property
    def modifiers(self) -> tuple[str, ...]:
        """Modifiers as the payer echoed them; payers drop some."""
        return tuple(one for one in self.procedure.split(self.marks.component)[2:6] if one)

    @property
    def submitted_code(self) -> str:
        """The code we sent, where the payer changed it (SVC06); else the code paid for."""
        sent = opening_element(self.body, self.marks, 6)
        return part(sent, 1, self.marks) if sent else self.code

    @property
    def units(self) -> str:
        """Units paid (SVC05), `1` where not said."""
        return opening_element(self.body, self.marks, 5) or "1"

    @property
    def service_on(self) -> date | None:
        """The day of service (DTM 472, or 150 where a range is given)."""
        return day(self.body, self.marks, "472") or day(self.body, self.marks, "150")

    @property
    def line_number(self) -> str:
        """Our own line control number, echoed in REF*6R; empty where the payer left it out."""
        return reference(self.body, self.marks, "6R")

    @property
    def remarks(self) -> tuple[str, ...]:
        """Remark codes of this line (LQ*HE)."""
        return tuple(at(one, 2) for one in named(self.body, self.marks, "LQ"))


class ClaimPayment(NamedTuple):
    """One CLP: what a payer says about one claim. `number` is ours (CLP01) as echoed; `status` is CLP02."""

    number: str
    status: str
    charged: Cents
    paid: Cents
    patient_responsibility: Cents
    payer_claim_number: str
    adjustments: tuple[Adjustment, ...]
    lines: tuple[ServicePayment, ...]
    body: str
    marks: Delimiters

    @property
    def is_reversal(self) -> bool:
        """Whether this takes back an earlier payment: status 22, all amounts negated."""
        return self.status == REVERSAL

    @property
    def patient(self) -> tuple[str, str, str]:
        """Last name, first name and member number of the patient (NM1*QC)."""
        found = next((one for one in named(self.body, self.marks, "NM1") if at(one, 1) == "QC"), [])
        return at(found, 3), at(found, 4), at(found, 9)

    @property
    def rendering_npi(self) -> str:
        """NPI of who rendered the service (NM1*82), empty where not said."""
        found = next((one for one in named(self.body, self.marks, "NM1") if at(one, 1) == "82"), [])
        return at(found, 9)

    @property
    def filing(self) -> str:
        """Claim filing indicator (CLP06), such as `12` for a PPO."""
        return opening_element(self.body, self.marks, 6)

    @property
    def received_on(self) -> date | None:
        """The day the payer received the claim (DTM 050)."""
        return day(self.body, self.marks, "050")

    @property
    def service_on(self) -> date | None:
        """The first day of service said at claim level (DTM 232)."""
        return day(self.body, self.marks, "232")

    @property
    def remarks(self) -> tuple[str, ...]:
        """Remark codes at claim level (MOA03-07, MIA05 and MIA20-23)."""
        moa = [code for one in named(self.body, self.marks, "MOA") for code in one[3:8]]
        mia = [code for one in named(self.body, self.marks, "MIA") for code in (one[5:6] + one[20:24])]
        return tuple(code for code in (*moa, *mia) if code)

    def every_adjustment(self) -> Iterator[Adjustment]:
        """Those of the claim, then those of its lines."""
        yield from self.adjustments
        for line in self.lines:
            yield from line.adjustments


class ProviderAdjustment(NamedTuple):
    """One pair of a PLB: not about one claim. Positive `cents` lower the payment, as in the file."""

    provider: str
    fiscal_year_ends: str
    reason: str
    identifier: str
    cents: Cents


@dataclass(frozen=True)
class Remittance:
    """One 835 transaction.

    Attributes:
        method: BPR04 (ACH, CHK, NON …).
        payment_cents: BPR02, what arrives at the bank.
        trace: TRN02, the number that the bank shows too; `payer_trace_id` is TRN03.
        effective_on: BPR16, when the money is there.
        payee_npi, payee_tax_id: whichever the payer used to name us; the other is empty.
        malformed: amounts that are not whole cents, with their place.
    """

    control: str
    method: str
    payment_cents: Cents
    trace: str
    payer_trace_id: str
    effective_on: date | None
    payer_name: str
    payer_id: str
    payee_name: str
    payee_npi: str
    payee_tax_id: str
    claims: tuple[ClaimPayment, ...]
    provider_adjustments: tuple[ProviderAdjustment, ...]
    malformed: tuple[Problem, ...]

    @property
    def paid_cents(self) -> Cents:
        """Sum of what was paid claim by claim, before provider adjustments."""
        return Cents(sum(claim.paid for claim in self.claims))

    @property
    def provider_adjustments_cents(self) -> Cents:
        """Sum of the PLB amounts; positive lowers the payment."""
        return Cents(sum(one.cents for one in self.provider_adjustments))
