"""Forms as they are set on paper, and as leaves of a packet."""

from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select

from workbench.forms.asking import Asked
from workbench.forms.filling import Layout
from workbench.forms.library import Signer, templates
from workbench.forms.printing import Printing, parts_of
from workbench.forms.signing import filled
from workbench.forms.tables import FormResponse, FormTemplate, FormVersion, ResponseState
from workbench.kernel.time import day_of, spoken_instant
from workbench.paper.leaf import Leaf, RecordKind
from workbench.paper.sheet import Part, Sheet, Signature
from workbench.store.newest import Rows

_WATERMARKS: Final = {ResponseState.DRAFT: "DRAFT", ResponseState.REVIEW: "PENDING", ResponseState.LOCKED: ""}


def form_leaves(rows: Rows, patient_id: str, zone: ZoneInfo) -> list[Leaf]:
    """Every form about one person."""
    found = rows.scalars(select(FormResponse).where(FormResponse.patient_id == patient_id)).all()
    return [
        Leaf(RecordKind.FORM, one.id, form_day(one, zone), _template(rows, _version(rows, one)).title,
             one.state == ResponseState.LOCKED, one.content_hash)
        for one in found
    ]  # fmt: skip


def form_day(response: FormResponse, zone: ZoneInfo) -> date:
    """The day a form is of: the one it was begun on."""
    return day_of(response.started_at, zone)


def response_sheet(
    rows: Rows, response: FormResponse, zone: ZoneInfo, today: date, *, about: str, practice: str,
    after: tuple[Part, ...] = (), answers_only: bool = False, is_large: bool = False,
) -> Sheet:  # fmt: skip
    """The exact version with its answers. after: what was added once it was signed."""
    version, is_signed = _version(rows, response), response.state != ResponseState.DRAFT
    told = filled(version, response.answered.response, today, has_spare=False)
    signed = f"{response.signed_as}, {spoken_instant(response.signed_at, zone)}" if response.signed_at else ""
    cosigned = f"{response.cosigned_as}, {spoken_instant(response.cosigned_at, zone)}" if response.cosigned_at else ""
    proof = response.content_hash if is_signed else response.hash
    return form_sheet(
        rows, version, told.layout, told.found, about, practice=practice, signed=signed, is_large=is_large,
        answers_only=answers_only, after=after if is_signed else (), cosigned=cosigned,
        proof=f"{'signed text' if is_signed else 'form'} {proof[:16]}",
        watermark=_WATERMARKS[ResponseState(response.state)],
    )  # fmt: skip


def form_sheet(
    rows: Rows, version: FormVersion, layout: Layout, found: Asked, whom: str, *, proof: str, practice: str,
    signed: str = "", watermark: str = "", is_blank: bool = False, answers_only: bool = False, is_large: bool = False,
    after: tuple[Part, ...] = (), cosigned: str = "",
) -> Sheet:  # fmt: skip
    """A version as it is asked, empty or answered."""
    template = _template(rows, version)
    known = templates().get(template.library_key)
    return Sheet(
        title=layout.form.title or template.title,
        about=whom,
        practice=practice,
        foot=f"Version {version.label} · {proof}",
        parts=parts_of(Printing(layout, found, is_blank, answers_only)),
        signatures=_signatures(known.signers if known else (Signer.CLINICIAN,), signed, cosigned),
        after=after,
        watermark=watermark,
        is_large=is_large,
    )


def _version(rows: Rows, response: FormResponse) -> FormVersion:
    found: FormVersion = rows.scalars(select(FormVersion).where(FormVersion.id == response.version_id)).one()
    return found


def _template(rows: Rows, version: FormVersion) -> FormTemplate:
    found: FormTemplate = rows.scalars(select(FormTemplate).where(FormTemplate.id == version.template_id)).one()
    return found


def _signatures(signers: tuple[Signer, ...], signed: str, cosigned: str) -> tuple[Signature, ...]:
    """Who signed, then a line for each who has yet to."""
    if not signed:
        return tuple(Signature(one.value.capitalize()) for one in signers)
    left = (one for one in signers[1:] if not (cosigned and one is Signer.SUPERVISOR))
    both = (Signature("Signed", signed), *((Signature("Co-signed", cosigned),) if cosigned else ()))
    return (*both, *(Signature(one.value.capitalize()) for one in left))
