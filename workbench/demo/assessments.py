"""Draws the first assessment of those who are in care: the intake of the library, filled in with invented words."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select

from workbench.charting.tables import NoteState
from workbench.demo.notes import WATERMARK
from workbench.demo.plan import Draw, Making, Visit
from workbench.demo.treatment_plans import is_in_care
from workbench.forms.answering import missing_and_wrong
from workbench.forms.asking import asked
from workbench.forms.filling import Layout, Path
from workbench.forms.questionnaire import Answer, Item, ItemType
from workbench.forms.signing import content_hash, layout_of, written
from workbench.forms.tables import Answered, FormResponse, FormRevision, FormTemplate, FormVersion, VersionState
from workbench.gate.action import Gate
from workbench.store.base import Base

FORM: Final = "intake-adult"
ASSESSED: Final = 0.8
"""The share that has one; of the others the golden thread tells that it is missing."""
_TOLD: Final = (
    "As told in the first session; nothing that asks for more today.", "Told at length; it began about a year ago.",
    "Asked about and described; it is gone into as treatment goes on.",
)  # fmt: skip

Rows = dict[type[Base], list[dict[str, Any]]]


def assessment_rows(gate: Gate, making: Making, first: Iterable[Visit], chance: Draw) -> Rows:
    """Signed after the first session each. first: the first session of each client; chance: a stream of its own."""
    layout, form = used_form(gate, FORM)
    rows: Rows = {FormResponse: [], FormRevision: []}
    for visit in first:
        if is_in_care(visit.client, making) and chance.random() < ASSESSED:
            response, revision = filled_in(visit, making, form, _answers(layout, visit, making, chance), chance)
            rows[FormResponse].append(response)
            rows[FormRevision].append(revision)
    return rows


def _answers(layout: Layout, visit: Visit, making: Making, chance: Draw) -> str:
    """Who it is about and what is required: of choices the first one, of which each is the one without danger."""
    client, zone = visit.client, making.plan.setting.zone
    details = client.details
    known: dict[str, Answer] = {
        "patient.name": details.shown_name, "patient.legal_name": f"{details.given_name} {details.family_name}",
        "patient.birth_date": details.born_on.isoformat(),
        "last_note.diagnoses": ", ".join(client.diagnoses),
    }  # fmt: skip
    found = asked(layout, {}, today=visit.service_on)
    told: dict[Path, tuple[Answer, ...]] = {}
    for place in sorted({*missing_and_wrong(layout, found), *found.places}):
        item = layout.items[place[-1].link_id]
        if item.prefilled_by in known:
            told[place] = (known[item.prefilled_by],)
        elif item.is_required and item.is_question:
            told[place] = (_said(item, visit, zone, chance),)
    return written(layout, told, is_signed=True)


def _said(item: Item, visit: Visit, zone: ZoneInfo, chance: Draw) -> Answer:
    if item.type is ItemType.DATE:
        return visit.service_on.isoformat()
    if item.type is ItemType.DATE_TIME:
        at = visit.ends_at if item.link_id == "ended" else visit.starts_at
        return at.astimezone(zone).replace(tzinfo=None).isoformat()
    if item.options:
        return item.options[0].value
    if "diagnos" in item.link_id:
        return ", ".join(visit.client.diagnoses)
    return f"{WATERMARK} {chance.choice(_TOLD)}"


def used_form(gate: Gate, key: str) -> tuple[Layout, tuple[str, str]]:
    """The version in use of a form of the library: its layout, its id and its hash."""
    with gate.store.reading() as session:
        version = session.scalars(
            select(FormVersion)
            .join(FormTemplate, FormTemplate.id == FormVersion.template_id)
            .where(FormTemplate.library_key == key, FormVersion.state == VersionState.PUBLISHED)
        ).one()
        return layout_of(version), (version.id, version.hash)


def filled_in(
    visit: Visit, making: Making, form: tuple[str, str], told: str, chance: Draw
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The rows of a form signed after a session, and of its one revision. told: the answers."""
    client, clinician = visit.client, visit.client.clinician
    signed_at = visit.ends_at + timedelta(minutes=chance.randint(15, 90))
    version_id, form_hash = form
    row = FormResponse(
        id=chance.id("fre"), patient_id=client.id, author_id=clinician.id, hash=form_hash, signed_at=signed_at,
        signed_as=clinician.details.shown_name,
    )  # fmt: skip
    revision_id, answered = chance.id("frv"), Answered(told)
    response = {
        "id": row.id, "patient_id": client.id, "version_id": version_id, "author_id": clinician.id,
        "state": NoteState.LOCKED, "hash": form_hash, "started_at": visit.starts_at, "saved_at": signed_at,
        "signed_at": signed_at, "signed_as": row.signed_as, "content_hash": content_hash(row, told),
        "cosigned_at": None, "cosigner_id": "", "cosigned_as": "", "attested": "", "version": 2,
        "sealed": FormResponse.answered.envelope(
            making.vault, table="form_responses", row_id=row.id, owner=client.id, document=answered
        ),
    }  # fmt: skip
    revision = {
        "id": revision_id, "response_id": row.id, "patient_id": client.id, "number": 1, "saved_at": signed_at,
        "saved_by": making.accounts[clinician.id],
        "sealed": FormRevision.answered.envelope(
            making.vault, table="form_revisions", row_id=revision_id, owner=client.id, document=answered
        ),
    }  # fmt: skip
    return response, revision
