"""Draws what was billed: charges of signed notes, claims in batches three times a week, and what payers answered."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import NamedTuple

from workbench.demo.insurers import (
    Answer,
    Insurer,
    draw_answer,
    draw_correction,
    draw_correction_day,
    draw_payment_day,
    taken_back,
)
from workbench.demo.kept_back import draw_kept_back
from workbench.demo.notes import DrawnNote
from workbench.demo.plan import Draw, Making, Setting, Visit
from workbench.kernel.money import Cents
from workbench.kernel.time import instant_of
from workbench.x12.remittance import REVERSAL, ProviderAdjustment

_BILLING_DAYS = (0, 2, 4)
_BATCH_AT = time(16, 0)
FIRST_CLAIM = 1001


class DrawnCharge(NamedTuple):
    """One session billed. captured_at: when its note was signed."""

    id: str
    visit: Visit
    note_id: str
    captured_at: datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """What a payer says instead of its first answer, and when."""

    answer: Answer
    on: date


@dataclass(frozen=True, slots=True)
class DrawnClaim:
    """One claim of one charge. answer, paid_on: None where the payer never answers. corrected: None where it stands."""

    id: str
    number: int
    charge: DrawnCharge
    payer: Insurer
    answer: Answer | None
    paid_on: date | None
    corrected: Correction | None = None

    def told(self) -> Iterator[tuple[date, "Told"]]:
        """Everything the payer says about it, day by day: a correction takes the first answer back before it."""
        if self.answer is None or self.paid_on is None:
            return
        yield self.paid_on, Told(self, self.answer)
        if self.corrected is not None:
            yield self.corrected.on, Told(self, taken_back(self.answer))
            yield self.corrected.on, Told(self, self.corrected.answer)


class Told(NamedTuple):
    """What one payment says about one claim."""

    claim: DrawnClaim
    answer: Answer

    @property
    def charged(self) -> Cents:
        """The claim's charge, negative where an answer is taken back (CLP03)."""
        fee = self.claim.charge.visit.kind.fee
        return Cents(-fee) if self.answer.status == REVERSAL else fee


@dataclass(frozen=True)
class DrawnBatch:
    """One 837P file: what the biller approved at once."""

    id: str
    control: int
    document_id: str
    approved_at: datetime
    claims: tuple[DrawnClaim, ...]


@dataclass(frozen=True)
class DrawnRemittance:
    """One payment of one payer. posted_at: None while the file waits to be dropped in."""

    id: str
    document_id: str
    payer: Insurer
    trace: str
    effective_on: date
    uploaded_at: datetime
    posted_at: datetime | None
    told: tuple[Told, ...]
    kept_back: tuple[ProviderAdjustment, ...]

    @property
    def paid_cents(self) -> int:
        """What arrives at the bank: the claims less what the payer keeps back."""
        return sum(one.answer.paid for one in self.told) - sum(one.cents for one in self.kept_back)


def draw_charges(notes: Sequence[DrawnNote], draw: Draw) -> list[DrawnCharge]:
    """A charge for each signed note."""
    return [
        DrawnCharge(draw.id("chg"), note.visit, note.id, note.signed_at) for note in notes if note.signed_at is not None
    ]


def draw_batches(charges: Sequence[DrawnCharge], making: Making) -> list[DrawnBatch]:
    """Insured charges in the batches of the days on which the biller worked; the newest charges still wait."""
    draw, setting = making.draw, making.plan.setting
    insured = sorted((one for one in charges if one.visit.client.insurer), key=lambda one: (one.captured_at, one.id))
    batches: list[DrawnBatch] = []
    waiting, number = iter(insured), FIRST_CLAIM
    ahead = next(waiting, None)
    for approved_at in _billing_times(setting):
        claims = []
        while ahead is not None and ahead.captured_at < approved_at:
            claims.append(_claim(draw, number, ahead, approved_at.date()))
            number += 1
            ahead = next(waiting, None)
        if claims:
            batches.append(DrawnBatch(draw.id("bat"), len(batches) + 1, draw.id("doc"), approved_at, tuple(claims)))
    return batches


def _billing_times(setting: Setting) -> Iterator[datetime]:
    day = setting.today - timedelta(weeks=setting.size.weeks_back)
    # What was signed since yesterday is left for the biller of the demo.
    while (at := instant_of(datetime.combine(day, _BATCH_AT), setting.zone)) < setting.now - timedelta(hours=20):
        if day.weekday() in _BILLING_DAYS:
            yield at
        day += timedelta(days=1)


def _claim(draw: Draw, number: int, charge: DrawnCharge, sent_on: date) -> DrawnClaim:
    client, kind = charge.visit.client, charge.visit.kind
    assert client.insurer is not None
    paid_on = draw_payment_day(draw, client.insurer, sent_on)
    answer = draw_answer(draw, client.insurer, kind.fee, client.copay, charge.visit.service_on)
    corrected = _correction(draw, charge, answer, paid_on) if paid_on else None
    return DrawnClaim(draw.id("clm"), number, charge, client.insurer, answer if paid_on else None, paid_on, corrected)


def _correction(draw: Draw, charge: DrawnCharge, first: Answer, first_on: date) -> Correction | None:
    client = charge.visit.client
    assert client.insurer is not None
    instead = draw_correction(draw, client.insurer, charge.visit.kind.fee, client.copay, first)
    return Correction(instead, draw_correction_day(draw, client.insurer, first_on)) if instead else None


def draw_remittances(batches: Sequence[DrawnBatch], making: Making) -> list[DrawnRemittance]:
    """Payments by payer and day, in order. Posted a day or two later by the biller; the newest are not yet.

    Money that is still some days away is pulled forward into the newest file of its payer, so that there is one to
    drop in whenever the practice is looked at.
    """
    setting = making.plan.setting
    together: dict[tuple[date, str], list[Told]] = defaultdict(list)
    for batch in batches:
        for claim in batch.claims:
            for on, told in claim.told():
                if on <= setting.today + timedelta(days=4):
                    together[min(on, setting.today), claim.payer.id].append(told)
    days = sorted(together.items(), key=lambda item: item[0])
    owed: dict[str, Cents] = defaultdict(lambda: Cents(0))
    return [_remittance(number, day, told, owed, making) for number, ((day, _), told) in enumerate(days, start=1)]


def _remittance(number: int, day: date, told: list[Told], owed: dict[str, Cents], making: Making) -> DrawnRemittance:
    draw, setting = making.draw, making.plan.setting
    payer = told[0].claim.payer
    kept_back, owed[payer.id] = draw_kept_back(draw, [one.answer.paid for one in told], owed[payer.id], day)
    late = draw.randint(6, 15) if draw.random() < 0.03 else draw.choice((0, 1, 1, 2))
    uploaded_at = instant_of(datetime.combine(day + timedelta(days=late), time(10, draw.randrange(60))), setting.zone)
    posted_at = uploaded_at + timedelta(minutes=draw.randint(5, 90))
    done = posted_at < setting.now - timedelta(hours=12) and day < setting.today
    return DrawnRemittance(
        draw.id("rem"), draw.id("doc"), payer, f"SYN{number:09d}", day, uploaded_at,
        posted_at if done else None, tuple(told), kept_back,
    )  # fmt: skip


def open_remittances(remittances: Sequence[DrawnRemittance]) -> list[list[DrawnRemittance]]:
    """What nobody has posted yet, payer by payer: one file to drop in for each."""
    left = sorted((one for one in remittances if one.posted_at is None), key=lambda one: one.payer.number)
    return [list(group) for _, group in groupby(left, key=lambda one: one.payer.number)]
