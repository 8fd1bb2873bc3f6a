"""Every signed record of one person with how it stands towards them. Who asks has judged that it may be named."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select

from workbench.charting.plan_tables import TreatmentPlan
from workbench.charting.tables import Note
from workbench.documents.filing_tables import PatientDocument
from workbench.forms.tables import FormResponse
from workbench.gate.view import Look
from workbench.kernel.time import day_of
from workbench.measures.tables import MeasureResult
from workbench.paper.leaf import Leaf
from workbench.releases.sharing import Shared, decisions_of, rules_of, stands
from workbench.screens.leaves import leaves_of
from workbench.screens.part_2 import part_2_of


@dataclass(frozen=True)
class SharedLeaf:
    """A record, the day it became final, how it stands, and whether it is under 42 CFR Part 2."""

    leaf: Leaf
    final_on: date
    shared: Shared
    is_part_2: bool


def shared_records(look: Look, patient_id: str, *, is_self: bool) -> tuple[SharedLeaf, ...]:
    """The newest first; what the reader must not learn of under Part 2 is not there."""
    rules, decided = rules_of(look), decisions_of(look, patient_id)
    part_2, final = part_2_of(look, patient_id), dict(_final_days(look, patient_id))
    found = []
    for leaf in leaves_of(look, patient_id):
        place = (leaf.kind, leaf.record_id, leaf.on)
        if not leaf.is_final or part_2.hides(*place):
            continue
        final_on = final[leaf.record_id]
        shared = stands(rules[leaf.kind], decided.get(leaf.record_id), final_on, look.today, is_self=is_self)
        found.append(SharedLeaf(leaf, final_on, shared, part_2.is_marked(*place)))
    return tuple(sorted(found, key=lambda one: (one.leaf.on, one.leaf.record_id), reverse=True))


def _final_days(look: Look, patient_id: str) -> Iterator[tuple[str, date]]:
    """The day of the last signature, or of filing."""
    for query in _queries(patient_id):
        for record_id, *times in look.execute(query):
            at: datetime | None = next((one for one in times if one is not None), None)
            if at is not None:
                yield record_id, day_of(at, look.zone)


def _queries(patient_id: str) -> tuple[Select[*tuple[object, ...]], ...]:
    signed = tuple(
        select(table.id, table.cosigned_at, table.signed_at).where(table.patient_id == patient_id)
        for table in (Note, TreatmentPlan, FormResponse)
    )
    taken = select(MeasureResult.id, MeasureResult.recorded_at).where(MeasureResult.patient_id == patient_id)
    filed = select(PatientDocument.id, PatientDocument.stored_at).where(PatientDocument.patient_id == patient_id)
    return (*signed, taken, filed)
