"""What a late cancellation or a missed session may cost. Pure.

A fee is no service: it goes on no claim and carries the practice's own code. Medicaid allows none at all (42
CFR 447.15: what the plan pays is payment in full, and CMS counts a missed visit among the costs of the practice).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from workbench.kernel.errors import WorkbenchError
from workbench.kernel.money import Cents, dollars


class MissedKind(StrEnum):
    """How the session came to be missed: the status of the attendance. Stored values."""

    LATE = "late_cancelled"
    NO_SHOW = "no_show"


class Waiver(StrEnum):
    """Why a fee is not charged. Stored values."""

    ILL = "ill"
    EMERGENCY = "emergency"
    FIRST_TIME = "first_time"
    OUR_FAULT = "our_fault"
    HARDSHIP = "hardship"
    PLAN_FORBIDS = "plan_forbids"
    OTHER = "other"


CODES: Final = {MissedKind.LATE: "LATE", MissedKind.NO_SHOW: "MISSED"}
"""The practice's own codes on an account; no payer knows them."""
LARGEST: Final = Cents(50_000)
"""Above this a fee is a typing slip."""


@dataclass(frozen=True)
class Terms:
    """What was told to everybody who books: the notice in hours, and what each kind costs; nothing where it is zero."""

    notice_hours: int
    late: Cents
    no_show: Cents
    set_at: datetime

    def fee(self, kind: MissedKind) -> Cents:
        """What this kind costs."""
        return self.late if kind is MissedKind.LATE else self.no_show


@dataclass(frozen=True)
class ServiceTerms:
    """What one kind of appointment costs instead, from a day on. None: as for every other kind."""

    type_id: str
    nth: int
    from_on: date
    late: Cents | None
    no_show: Cents | None
    set_at: datetime

    def fee(self, kind: MissedKind) -> Cents | None:
        """What this kind of missing costs, None where nothing of its own was said."""
        return self.late if kind is MissedKind.LATE else self.no_show


@dataclass(frozen=True)
class Session:
    """What a fee is asked about: which kind of appointment, when it was to begin, and which day that was."""

    type_id: str
    starts_at: datetime
    on: date


class TermsWrong(WorkbenchError):
    """Hours or amounts that nobody means; `fields` says where."""

    def __init__(self, problem: str, field: str) -> None:
        super().__init__(problem)
        self.fields = {field: problem}


class NothingMissed(WorkbenchError):
    """The patient came, will come, or cancelled in time."""

    def __init__(self) -> None:
        super().__init__("This was neither missed nor cancelled late.")


class TooSoon(WorkbenchError):
    """Somebody may still come through the door or take the cancellation back."""

    def __init__(self) -> None:
        super().__init__("This is decided from the day after on, when nobody can come late or take it back any more.")


class NoFee(WorkbenchError):
    """Nothing was agreed for it."""

    def __init__(self) -> None:
        super().__init__("No fee was set when this session was to begin, so none is due.")


class ChargedOnce(WorkbenchError):
    """A couple or a family missed it, and another of them is charged."""

    def __init__(self) -> None:
        super().__init__("A couple or a family is charged once, and it is not this one of them.")


class FeeForbidden(WorkbenchError):
    """A plan of theirs allows no such fee."""

    def __init__(self) -> None:
        super().__init__("They have Medicaid, which allows no fee for a missed visit. Waive it instead.")


class AlreadyDecided(WorkbenchError):
    """It was charged or waived before."""

    def __init__(self) -> None:
        super().__init__("This was decided already; nothing was charged a second time.")


def checked_terms(notice_hours: int, late: int, no_show: int) -> None:
    """Whether these are terms.

    Raises:
        TermsWrong: the notice is longer than a week, or an amount below zero or above the largest fee.
    """
    if not 0 <= notice_hours <= 168:
        raise TermsWrong("The notice is from 0 to 168 hours.", "notice_hours")
    for field, cents in (("late", late), ("no_show", no_show)):
        if not 0 <= cents <= LARGEST:
            raise TermsWrong(f"A fee is from $0.00 to {dollars(LARGEST)}.", field)


def missed_kind(status: str) -> MissedKind:
    """How it was missed.

    Raises:
        NothingMissed: it was not.
    """
    if status not in tuple(MissedKind):
        raise NothingMissed
    return MissedKind(status)


def check_settled(session_on: date, today: date) -> None:
    """A fee is decided from the day after the session on.

    Raises:
        TooSoon: it is that day still, or the session is to come.
    """
    if today <= session_on:
        raise TooSoon


def checked_service_terms(from_on: date, today: date, late: int | None, no_show: int | None) -> None:
    """Whether these are terms of one kind of appointment.

    Raises:
        TermsWrong: they begin in the past, or an amount is below zero or above the largest fee.
    """
    if from_on < today:
        raise TermsWrong("They begin today or later. What has been stays as it was told.", "from_on")
    checked_terms(0, late or 0, no_show or 0)


def told_for(type_id: str, on: date, starts_at: datetime, services: Iterable[ServiceTerms]) -> ServiceTerms | None:
    """What was said of this kind for a session of that day, before it was to begin; None if nothing was."""
    stood = [one for one in services if one.type_id == type_id and one.from_on <= on and one.set_at <= starts_at]
    return max(stood, key=lambda one: (one.from_on, one.nth), default=None)


def fee_of(kind: MissedKind, session: Session, terms: Iterable[Terms], services: Iterable[ServiceTerms]) -> Cents:
    """What it costs to miss this session: what was said of its kind of appointment, else what the practice's terms say.

    Where the practice never set terms nothing is due, whatever was said of one kind: nobody was told a notice.
    """
    usual = tuple(terms)
    own = told_for(session.type_id, session.on, session.starts_at, services)
    own_fee = own.fee(kind) if own is not None else None
    if own_fee is None or not any(one.set_at <= session.starts_at for one in usual):
        return fee_due(kind, session.starts_at, usual)
    return own_fee


def fee_due(kind: MissedKind, starts_at: datetime, terms: Iterable[Terms]) -> Cents:
    """What the terms say that stood when the session was to begin; nothing if none did. terms: in any order."""
    stood = [one for one in terms if one.set_at <= starts_at]
    return max(stood, key=lambda one: one.set_at).fee(kind) if stood else Cents(0)
