"""`workbench claim write FILE.json`: one claim, described in JSON, as 837P bytes. Its form is in docs/claim-json.md."""

import argparse
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from workbench.kernel.errors import WorkbenchError
from workbench.kernel.money import Cents
from workbench.x12 import claim as x12
from workbench.x12.claim_writer import ClaimFile, write_claims
from workbench.x12.writing import Sending

Digits10 = Annotated[str, StringConstraints(pattern=r"^\d{10}$")]


class UnreadableClaim(WorkbenchError):
    """The JSON does not describe a claim."""


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AddressForm(_Form):
    street: str
    city: str
    state: str
    zip_code: str

    def read(self) -> x12.Address:
        return x12.Address(self.street, self.city, self.state, self.zip_code.replace("-", ""))


class PersonForm(_Form):
    last_name: str
    first_name: str
    birth_on: date
    sex: str = "U"
    address: AddressForm

    def read(self) -> x12.Person:
        return x12.Person(self.last_name, self.first_name, self.birth_on, self.sex, self.address.read())


class BillingForm(_Form):
    name: str
    npi: str
    tax_id: str
    taxonomy: str
    address: AddressForm
    contact: str
    phone: Digits10


class RenderingForm(_Form):
    last_name: str
    first_name: str
    npi: str
    taxonomy: str = ""


class CoverageForm(_Form):
    payer_name: str
    payer_id: str
    member_id: str
    filing: str = "CI"
    group_number: str = ""
    order: str = "P"


class LineForm(_Form):
    code: str
    charged_cents: int
    service_on: date
    pointers: tuple[int, ...] = (1,)
    number: str = ""
    modifiers: tuple[str, ...] = ()
    units: int = 1
    place_of_service: str = ""


class SendingForm(_Form):
    sender_id: str = "WORKBENCH"
    receiver_id: str = "CLEARINGHOUSE"
    receiver_name: str = "CLEARINGHOUSE"
    control: int = 1
    is_test: bool = True
    written_at: datetime | None = None


class ClaimForm(_Form):
    """One claim and all that stands around it."""

    number: str
    charged_cents: int | None = None
    billing: BillingForm
    rendering: RenderingForm
    subscriber: PersonForm
    coverage: CoverageForm
    diagnoses: tuple[str, ...]
    lines: tuple[LineForm, ...]
    place_of_service: str = "11"
    frequency: x12.Frequency = x12.Frequency.ORIGINAL
    original_reference: str = ""
    authorization: str = ""
    patient: PersonForm | None = None
    relationship: str = ""
    sending: SendingForm = Field(default_factory=SendingForm)

    def read(self) -> x12.Claim:
        lines = tuple(
            x12.ServiceLine(
                one.code, Cents(one.charged_cents), one.service_on, one.pointers, one.number or f"{self.number}-{at}",
                one.modifiers, one.units, one.place_of_service,
            )
            for at, one in enumerate(self.lines, start=1)
        )  # fmt: skip
        said = self.charged_cents
        return x12.Claim(
            number=self.number,
            charged=Cents(sum(line.charged for line in lines) if said is None else said),
            subscriber=self.subscriber.read(),
            coverage=x12.Coverage(**self.coverage.model_dump()),
            rendering=x12.RenderingProvider(**self.rendering.model_dump()),
            diagnoses=self.diagnoses,
            lines=lines,
            place_of_service=self.place_of_service,
            frequency=self.frequency,
            original_reference=self.original_reference,
            authorization=self.authorization,
            patient=self.patient.read() if self.patient else None,
            relationship=self.relationship,
        )

    def file(self, written_at: datetime) -> ClaimFile:
        """The envelope; `written_at` is used where the JSON does not say when."""
        sending, billing = self.sending, self.billing
        return ClaimFile(
            Sending(sending.sender_id, sending.receiver_id, sending.control, sending.written_at or written_at,
                    sending.is_test),
            x12.Submitter(billing.name, sending.sender_id, billing.contact, billing.phone),
            x12.Receiver(sending.receiver_name, sending.receiver_id),
            x12.BillingProvider(billing.name, billing.npi, billing.tax_id, billing.taxonomy, billing.address.read()),
        )  # fmt: skip


def read_claim(text: bytes) -> ClaimForm:
    """The claim a JSON file describes.

    Raises:
        UnreadableClaim: it is not JSON, or a field is missing, unknown or of the wrong kind; the field is named.
    """
    try:
        return ClaimForm.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise UnreadableClaim(f"This does not describe a claim: {place}: {first['msg']}.") from None


def register(groups: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the group."""
    commands = groups.add_parser("claim", help="try one claim; needs no practice").add_subparsers(
        dest="command", required=True, metavar="COMMAND"
    )
    write = commands.add_parser("write", help="837P bytes of one claim in JSON (docs/claim-json.md)")
    write.add_argument("file", type=Path)
    write.set_defaults(run=_write)


def _write(given: argparse.Namespace) -> int:
    form = read_claim(given.file.read_bytes())
    sys.stdout.buffer.write(write_claims(form.file(given.clock()), [form.read()]) + b"\n")
    return 0
