"""A record of Fern's with one of each kind in it, all signed or filed, by words that stand nowhere else."""

from dataclasses import dataclass
from datetime import datetime

from tests.actions.charting.plans import in_force
from tests.actions.documents.test_upload_document import put_in
from tests.actions.forms.having import begun
from tests.actions.forms.test_save_form import save
from tests.factories.releases import signed_note
from tests.factories.small_practice import FERN, People
from workbench.actions.charting.record_allergy import record_allergy
from workbench.actions.charting.record_medication import record_medication
from workbench.actions.charting.set_diagnosis import set_diagnosis
from workbench.actions.forms.sign_form import sign_form
from workbench.actions.measures.record_measure import record_measure
from workbench.charting.chart_tables import Certainty
from workbench.gate.action import Gate
from workbench.screens.treatment_plan import treatment_plan

NOTE, FILE = "Zqxwvnote", b"Zqxwvfile, as it came\n"


@dataclass(frozen=True)
class Records:
    """The ids."""

    note: str
    plan: str
    form: str
    document: str


def whole_record(gate: Gate, people: People, now: datetime) -> Records:
    """Note, plan, form, measure, document; a diagnosis, a medication, an allergy."""
    ada = people.ada
    note = signed_note(gate, people, now, 1, NOTE)
    in_force(gate, people, now)
    plan = treatment_plan(gate, ada, FERN, now=now).shown
    assert plan is not None
    form = begun(gate, people, now)
    save(gate, people, now, form, 1, {"q0": ("true",), "q3": ("6",), "q5_0": ("none",)})
    sign_form(gate, ada, form, now=now)
    answers = {f"q{number}": ("1",) for number in range(1, 10)}
    record_measure(gate, ada, FERN, now=now, rule="phq9@1", values=answers)
    document = put_in(gate, ada, now, content=FILE, title="Report of the clinic").document_id
    set_diagnosis(gate, ada, FERN, now=now, code="F41.1", rank=1, certainty=Certainty.CONFIRMED, since=now.date())
    record_medication(gate, ada, FERN, now=now, name="Sertraline", reviewed_on=now.date(), dose="50 mg in the morning")
    record_allergy(gate, ada, FERN, now=now, substance="Penicillin", reaction="Rash")
    return Records(note, plan.plan_id, form, document)
