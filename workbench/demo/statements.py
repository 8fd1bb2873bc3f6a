"""Draws what stands at the top of the charts: diagnoses, medications, allergies, risk, safety plans, all invented."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from workbench.charting.chart_tables import (
    Allergy,
    AllergyVersion,
    Certainty,
    Diagnosis,
    DiagnosisVersion,
    Medication,
    MedicationVersion,
    Risk,
    RiskLevel,
    RiskVersion,
    Severity,
    Source,
)
from workbench.demo.assessments import Rows, filled_in, used_form
from workbench.demo.notes import WATERMARK
from workbench.demo.plan import Draw, Making, Visit
from workbench.demo.treatment_plans import is_in_care
from workbench.forms.filling import Layout, Path
from workbench.forms.questionnaire import Answer
from workbench.forms.signing import written
from workbench.forms.tables import FormResponse, FormRevision
from workbench.gate.action import Gate
from workbench.kernel.time import day_of

_MEDICATIONS: Final = (
    ("Sertraline", "50 mg in the morning", "Dr. Ash (primary care)"), ("Escitalopram", "10 mg", "Dr. Rowan"),
    ("Bupropion XL", "150 mg, mornings", "Dr. Ash (primary care)"), ("Trazodone", "50, at night when needed", ""),
    ("Lamotrigine", "100 mg twice a day", "Dr. Larch (psychiatry)"), ("Levothyroxine", "75 micrograms", "Dr. Hale"),
    ("Melatonin", "one tablet at bedtime", ""),
)  # fmt: skip
_ALLERGIES: Final = (
    ("Penicillin", "Hives as a child", Severity.MODERATE), ("Peanuts", "Throat swells", Severity.SEVERE),
    ("Latex", "Skin reddens", Severity.MILD), ("Sulfa drugs", "Rash", Severity.MODERATE),
)  # fmt: skip
_RISK: Final = (
    (RiskLevel.LOW, "Denies thoughts of self-harm. Future plans, supports named, no means at hand."),
    (RiskLevel.LOW, "No thoughts since intake. Keeps appointments, sleeps, close to a sibling."),
    (RiskLevel.MODERATE, "Passive thoughts on bad evenings, no plan, no intent. Agreed to use the safety plan."),
)  # fmt: skip
_SAFETY: Final[Mapping[str, Answer]] = {
    "sp_signs": "I stop answering messages, I stay in bed past noon.",
    "sp_alone": "Walk to the river, breathe out slowly for two minutes, play the one record.",
    "sp_distract": "The library on Fifth, the dog park, tea at the corner shop.",
    "sp_helper": "My sister", "sp_helper_phone": "(555) 010-0144", "sp_pro": "The practice, in the daytime",
    "sp_pro_phone": "(555) 010-0100", "sp_988": True,
    "sp_surroundings": "My sister keeps the tablets and gives me a week at a time.",
    "sp_live": "Seeing my nephew start school.",
}  # fmt: skip
_ASKED: Final = 0.8
_TAKES: Final = 0.55


def statement_rows(gate: Gate, making: Making, first: Iterable[Visit], chance: Draw) -> Rows:
    """Of those in care, as put down after the first session. first: the first session of each client."""
    rows: Rows = {one: [] for one in (DiagnosisVersion, MedicationVersion, AllergyVersion, RiskVersion, FormResponse,
                                      FormRevision)}  # fmt: skip
    layout, form = used_form(gate, "safety-plan")
    for visit in first:
        if not is_in_care(visit.client, making):
            continue
        _Chart(rows, making, visit, chance).put_down()
        if rows[RiskVersion] and chance.random() < 0.2:
            response, revision = filled_in(visit, making, form, _plan(layout, visit), chance)
            rows[FormResponse].append(response)
            rows[FormRevision].append(revision)
    return rows


class _Chart:
    """One client's lines, each with one version."""

    def __init__(self, rows: Rows, making: Making, visit: Visit, chance: Draw) -> None:
        self._rows, self._making, self._visit, self._chance = rows, making, visit, chance
        self._day: date = day_of(visit.ends_at, making.plan.setting.zone)

    def put_down(self) -> None:
        """Diagnoses for all; the others as it happens."""
        chance, day = self._chance, self._day
        for rank, code in enumerate(self._visit.client.diagnoses, start=1):
            sure = Certainty.CONFIRMED if rank == 1 or chance.random() < 0.6 else Certainty.PROVISIONAL
            self._add(DiagnosisVersion, "dgv", Diagnosis(code, rank, sure, day))
        for name, dose, prescriber in chance.sample(_MEDICATIONS, chance.randint(1, 2) if self._has(_TAKES) else 0):
            source = chance.choice((Source.TOLD, Source.TOLD, Source.LABEL))
            taken = Medication(name, dose, prescriber, source, day, day - timedelta(days=90))
            self._add(MedicationVersion, "mdv", taken)
        if self._has(_ASKED):
            substance, reaction, severity = chance.choice(_ALLERGIES)
            known = Allergy(substance, reaction, severity, day)
            none = Allergy("", "", Severity.UNKNOWN, day, is_none_known=True)
            self._add(AllergyVersion, "agv", known if self._has(0.3) else none)
        if self._has(_ASKED):
            level, why = chance.choice(_RISK)
            self._add(RiskVersion, "rkv", Risk(level, f"{WATERMARK} {why}"), line_id=self._visit.client.id)

    def _has(self, share: float) -> bool:
        return self._chance.random() < share

    def _add(self, row_class: Any, prefix: str, told: Any, line_id: str = "") -> None:
        client, row_id = self._visit.client, self._chance.id(prefix)
        self._rows[row_class].append({
            "id": row_id, "line_id": line_id or self._chance.id("lin"), "patient_id": client.id, "edition": 1,
            "said_at": self._visit.ends_at + timedelta(minutes=20), "said_by": client.clinician.id,
            "sealed": row_class.told.envelope(
                self._making.vault, table=row_class.__tablename__, row_id=row_id, owner=client.id, document=told
            ),
        })  # fmt: skip


def _plan(layout: Layout, visit: Visit) -> str:
    """The answers, with whom it is about; what the form asks beside them is left to be asked again."""
    client = visit.client.details
    known: dict[str, Answer] = {
        "patient.name": client.shown_name, "patient.legal_name": f"{client.given_name} {client.family_name}",
        "patient.birth_date": client.born_on.isoformat(),
    }  # fmt: skip
    told: dict[Path, tuple[Answer, ...]] = {}
    for item in layout.order:
        answer = _SAFETY.get(item.link_id, known.get(item.prefilled_by or ""))
        if answer is not None:
            told[layout.places(item.link_id, told)[0]] = (answer,)
    return written(layout, told, is_signed=True)
