"""Results of measures as leaves of a packet."""

import hashlib
import json
from zoneinfo import ZoneInfo

from sqlalchemy import select

from workbench.kernel.time import day_of, spoken_day, spoken_instant
from workbench.measures.catalogue import measures
from workbench.measures.tables import MeasureResult
from workbench.paper.leaf import Leaf, RecordKind
from workbench.paper.sheet import Part, Sheet
from workbench.store.newest import Rows


def measure_leaves(rows: Rows, patient_id: str, zone: ZoneInfo) -> list[Leaf]:
    """Every administration."""
    return [
        Leaf(RecordKind.MEASURE, one.id, on := day_of(one.taken_at, zone),
             f"{measures()[one.rule].measure}, {spoken_day(on)}", True, _digest(one))
        for one in rows.scalars(select(MeasureResult).where(MeasureResult.patient_id == patient_id))
    ]  # fmt: skip


def measure_sheet(result: MeasureResult, zone: ZoneInfo, *, about: str, practice: str) -> Sheet:
    """One administration: the answers, the total and what it is called."""
    rule, told = measures()[result.rule], result.result
    items = rule.items if len(told.answers) == len(rule.items) else rule.scored
    answers = (
        Part("answer", item.key, "" if answer is None else str(answer))
        for item, answer in zip(items, told.answers, strict=False)
    )
    total = "Not scored" if told.total is None else f"{told.total}{f', {told.band}' if told.band else ''}"
    return Sheet(
        title=f"{rule.measure}, {spoken_day(day_of(result.taken_at, zone))}", about=about, practice=practice,
        foot=f"result {_digest(result)[:16]}",
        parts=(Part("answer", "Taken", spoken_instant(result.taken_at, zone)), Part("answer", "Total", total), *answers,
               Part("answer", "Scored by", f"{result.rule}. {rule.source}")),
    )  # fmt: skip


def _digest(result: MeasureResult) -> str:
    """SHA-256 (hex) of what was answered, when, by which rule."""
    told = result.result
    body = [result.id, result.rule, result.taken_at.isoformat(), [str(one) for one in told.answers], str(told.total)]
    return hashlib.sha256(json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()
