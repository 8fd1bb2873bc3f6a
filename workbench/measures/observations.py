"""Results of measures as FHIR Observations, and as rows. Codes of LOINC only where they were verified. Pure.

Source: HL7 FHIR R4, Observation; US Core 6.1, Observation Screening Assessment.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from workbench.kernel.csv_files import csv_file
from workbench.measures.definition import Measure

_OURS: Final = "urn:therapy-practice-workbench:measure"
_CATEGORY: Final = "http://terminology.hl7.org/CodeSystem/observation-category"
HEADS: Final = ("result", "measure", "rule", "taken_at", "item", "answer", "total", "band", "raised")


@dataclass(frozen=True)
class Result:
    """One administration. answers: by item in the measure's order; empty where only the total was entered."""

    result_id: str
    measure: Measure
    taken_at: datetime
    answers: tuple[int | Decimal | str | None, ...]
    total: int | Decimal | None
    band: str
    flags: tuple[str, ...]


def observation_of(result: Result, subject: str) -> dict[str, Any]:
    """The score as an Observation. subject: a reference such as `Patient/…`. Without a total it says why."""
    measure = result.measure
    codes = [{"system": "http://loinc.org", "code": measure.loinc}] if measure.loinc else []
    value: Mapping[str, Any] = (
        {"valueInteger": result.total} if isinstance(result.total, int)
        else {"valueQuantity": {"value": result.total}} if result.total is not None
        else {"dataAbsentReason": {"coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "unknown"}]}}
    )  # fmt: skip
    return {
        "resourceType": "Observation",
        "id": result.result_id.replace("_", "-"),
        "status": "final",
        "category": [{"coding": [{"system": _CATEGORY, "code": "survey"}]}],
        "code": {"coding": [*codes, {"system": _OURS, "code": measure.key}], "text": f"{measure.measure}, total"},
        "subject": {"reference": subject},
        "effectiveDateTime": result.taken_at.isoformat(),
        **value,
        **({"interpretation": [{"text": result.band}]} if result.band else {}),
        **({"note": [{"text": flag} for flag in result.flags]} if result.flags else {}),
        "method": {"text": measure.source},
    }


def bundle_of(results: Iterable[Result], subject: str) -> dict[str, Any]:
    """All of them in one Bundle, in their order."""
    entries = [{"resource": observation_of(one, subject)} for one in results]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def long_csv(results: Iterable[Result], notice: str = "") -> bytes:
    """One row an item that was answered, with the total beside it; one row where only the total is known.

    notice: what must go with every copy, in a column of its own; none where it is empty.
    """
    also = (notice,) if notice else ()
    rows = ((*row, *also) for one in results for row in _rows(one))
    return csv_file((*HEADS, "notice") if notice else HEADS, rows)


def _rows(one: Result) -> Iterable[tuple[object, ...]]:
    tail = ("" if one.total is None else one.total, one.band, " ".join(one.flags))
    head = (one.result_id, one.measure.measure, one.measure.key, one.taken_at.isoformat())
    # What is asked beside the score may be among the answers or not.
    items = one.measure.items if len(one.answers) == len(one.measure.items) else one.measure.scored
    for item, answer in zip(items, one.answers, strict=False):
        yield (*head, item.key, "" if answer is None else answer, *tail)
    if not one.answers:
        yield (*head, "", "", *tail)
