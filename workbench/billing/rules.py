"""Which code a session's time makes, and what it costs. Pure. Source for the times: Novitas, psychotherapy codes."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from workbench.kernel.money import Cents

# Kinds of place in which the service is by video; the claim says so with a modifier.
TELEHEALTH_PLACES = frozenset({"02", "10"})
VIDEO = "95"


@dataclass(frozen=True)
class Fee:
    """A line of the fee schedule; the minutes include both ends, None where time does not decide."""

    code: str
    amount: Cents
    least_minutes: int | None = None
    most_minutes: int | None = None


STANDARD_TIMES: dict[str, tuple[int, int | None]] = {
    "90832": (16, 37),
    "90834": (38, 52),
    "90837": (53, None),
}
"""Minutes that make the individual psychotherapy codes, both ends included. Under 16 minutes nothing is billed."""


class HeldBecause(StrEnum):
    """Why a signed note makes no charge. Stored and shown."""

    TOO_SHORT = "too_short"
    NO_FEE = "no_fee"
    CHARGED_ONCE = "charged_once"


@dataclass(frozen=True)
class Held:
    """No charge, and why."""

    because: HeldBecause


@dataclass(frozen=True)
class ChargeDraft:
    """What is charged: one unit of a code, with the amount of the fee schedule."""

    code: str
    modifiers: tuple[str, ...]
    units: int
    minutes: int
    amount: Cents


def charge_for(
    *, minutes: int, service_code: str, fees: Iterable[Fee], place_code: str, is_individual: bool = True
) -> ChargeDraft | Held:
    """The charge of one session.

    minutes: how long it lasted. service_code: the code of its kind (such as an intake), or "" where the time decides.
    is_individual: a session of several people has no code by time, so without a code of its kind it is held.
    """
    schedule = {fee.code: fee for fee in fees}
    code = service_code or (_code_by_time(minutes, schedule.values()) if is_individual else "")
    if not code:
        return Held(HeldBecause.TOO_SHORT if is_individual and minutes < _shortest(schedule) else HeldBecause.NO_FEE)
    if code not in schedule:
        return Held(HeldBecause.NO_FEE)
    modifiers = (VIDEO,) if place_code in TELEHEALTH_PLACES else ()
    return ChargeDraft(code, modifiers, 1, minutes, schedule[code].amount)


def _code_by_time(minutes: int, fees: Iterable[Fee]) -> str:
    """The code whose span holds these minutes, or "". The practice's own spans; the standard ones where it has none."""
    for fee in fees:
        least, most = _span(fee)
        if least is not None and least <= minutes and (most is None or minutes <= most):
            return fee.code
    return ""


def _span(fee: Fee) -> tuple[int | None, int | None]:
    if fee.least_minutes is not None:
        return fee.least_minutes, fee.most_minutes
    return STANDARD_TIMES.get(fee.code, (None, None))


def _shortest(schedule: dict[str, Fee]) -> int:
    return min((least for fee in schedule.values() if (least := _span(fee)[0]) is not None), default=0)
