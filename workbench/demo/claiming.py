"""Draws what was billed: charges of signed notes, claims in batches three times a week, and what payers answered."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import NamedTuple

from workbench.demo.insurers import Answer, Insurer, draw_answer, draw_payment_day
from workbench.demo.notes import DrawnNote
from workbench.demo.plan import Draw, Making, Setting, Visit
from workbench.kernel.time import instant_of

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
class DrawnClaim:
    """One claim of one charge. answer, paid_on: None where the payer never answers."""

    id: str
    number: int
    charge: DrawnCharge
    payer: Insurer
    answer: Answer | None
    paid_on: date | None


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
    claims: tuple[DrawnClaim, ...]

    @property
    def paid_cents(self) -> int:
        """What arrives at the bank."""
        return sum(claim.answer.paid for claim in self.claims if claim.answer is not None)


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
    return DrawnClaim(draw.id("clm"), number, charge, client.insurer, answer if paid_on else None, paid_on)


def draw_remittances(batches: Sequence[DrawnBatch], making: Making) -> list[DrawnRemittance]:
    """Payments by payer and day, in order. Posted a day or two later by the biller; the newest are not yet.

    Money that is still some days away is pulled forward into the newest file of its payer, so that there is one to
    drop in whenever the practice is looked at.
    """
    setting = making.plan.setting
    together: dict[tuple[date, str], list[DrawnClaim]] = defaultdict(list)
    for batch in batches:
        for claim in batch.claims:
            if claim.paid_on is not None and claim.paid_on <= setting.today + timedelta(days=4):
                together[min(claim.paid_on, setting.today), claim.payer.id].append(claim)
    days = sorted(together.items(), key=lambda item: item[0])
    return [_remittance(number, day, claims, making) for number, ((day, _), claims) in enumerate(days, start=1)]


def _remittance(number: int, day: date, claims: list[DrawnClaim], making: Making) -> DrawnRemittance:
    draw, setting = making.draw, making.plan.setting
    late = draw.randint(6, 15) if draw.random() < 0.03 else draw.choice((0, 1, 1, 2))
    uploaded_at = instant_of(datetime.combine(day + timedelta(days=late), time(10, draw.randrange(60))), setting.zone)
    posted_at = uploaded_at + timedelta(minutes=draw.randint(5, 90))
    done = posted_at < setting.now - timedelta(hours=12) and day < setting.today
    return DrawnRemittance(
        draw.id("rem"), draw.id("doc"), claims[0].payer, f"SYN{number:09d}", day, uploaded_at,
        posted_at if done else None, tuple(claims),
    )  # fmt: skip


def open_remittances(remittances: Sequence[DrawnRemittance]) -> list[list[DrawnRemittance]]:
    """What nobody has posted yet, payer by payer: one file to drop in for each."""
    left = sorted((one for one in remittances if one.posted_at is None), key=lambda one: one.payer.number)
    return [list(group) for _, group in groupby(left, key=lambda one: one.payer.number)]
