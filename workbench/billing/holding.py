"""The rules in force for charges, and why one is held: payers' terms, times of codes, what was let through."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from workbench.billing.claim_rule_tables import OverrideAnswer, OverrideRequest, PayerTerms
from workbench.billing.claim_rules import ClaimFacts, Hold, Overridden, Span, holds
from workbench.billing.rules import STANDARD_TIMES
from workbench.billing.tables import Charge, Service
from workbench.gate.view import Look
from workbench.gate.work import Work
from workbench.store.newest import last_said


@dataclass(frozen=True)
class Beside:
    """What the record says beside a charge. note_on: the day of its locked note; the rest is of the appointment."""

    note_on: date | None
    starts_at: datetime
    ends_at: datetime
    place: str
    people: int


@dataclass(frozen=True)
class InForce:
    """without_note: payers claimed also from unsigned notes. overridden: by charge, what it was let through for."""

    without_note: frozenset[str]
    spans: Mapping[str, Span]
    overridden: Mapping[str, frozenset[Overridden]]

    def why_held(self, charge: Charge, beside: Beside) -> tuple[Hold, ...]:
        """Every reason; empty where it may be claimed."""
        facts = ClaimFacts(
            code=charge.service_code, modifiers=charge.modifier_codes, minutes=charge.minutes, place=charge.place_code,
            on=charge.service_on, note_on=beside.note_on, needs_note=charge.payer_id not in self.without_note,
            session_minutes=(beside.ends_at - beside.starts_at) // timedelta(minutes=1), session_place=beside.place,
            session_people=beside.people, spans=self.spans,
        )  # fmt: skip
        return holds(facts, self.overridden.get(charge.id, frozenset()))


def rules_in_force(rows: Work | Look, charge_ids: Collection[str]) -> InForce:
    """For these charges, now."""
    return InForce(payers_without_note(rows), spans(rows), _overridden(rows, charge_ids))


def payers_without_note(rows: Work | Look) -> frozenset[str]:
    """The payers for which a claim goes out without a signed note: those whose newest terms say so."""
    known = select(PayerTerms.payer_id)
    newest = rows.scalars(last_said(PayerTerms, PayerTerms.payer_id, PayerTerms.nth, known))
    return frozenset(one.payer_id for one in newest if not one.needs_note)


def spans(rows: Work | Look) -> dict[str, Span]:
    """The minutes of every code whose time decides: the practice's own, else the standard ones."""
    found: dict[str, Span] = dict(STANDARD_TIMES)
    for one in rows.scalars(select(Service).where(Service.least_minutes.is_not(None))):
        found[one.code] = (one.least_minutes or 0, one.most_minutes)
    return found


def _overridden(rows: Work | Look, charge_ids: Collection[str]) -> dict[str, frozenset[Overridden]]:
    query = (
        select(OverrideRequest.charge_id, OverrideRequest.rule, OverrideRequest.says)
        .join(OverrideAnswer, OverrideAnswer.request_id == OverrideRequest.id)
        .where(OverrideAnswer.is_overridden, OverrideRequest.charge_id.in_(charge_ids))
    )
    found: dict[str, set[Overridden]] = {}
    for charge_id, rule, says in rows.execute(query):
        found.setdefault(charge_id, set()).add((rule, says))
    return {charge_id: frozenset(what) for charge_id, what in found.items()}
