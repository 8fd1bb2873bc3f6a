"""`@view`: a read. Permitted, from one read-only snapshot, and written down before the rows leave.

```python
@view(Permission.SEE_SCHEDULE, shows=AuditEvent.SCHEDULE_SEEN)
def day_schedule(look: Look, *, on: date) -> tuple[DayRow, ...]: ...

day_schedule(gate, actor, now=now, on=date(2026, 3, 9))
```
A view of one record is declared with `on=` and called with its id, like an action. What an emergency opens (letter `B`)
is read only by views declared `in_emergency=True`, which are those that stand under the sign of the emergency.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Result, ScalarResult, Select
from sqlalchemy.orm import Session

from workbench.gate.action import Gate, record
from workbench.gate.actor import Anyone
from workbench.gate.audit import Entry, Verdict
from workbench.gate.audit_events import AuditEvent
from workbench.gate.audit_receipts import receipts_for
from workbench.gate.audit_seal import verify_sealed
from workbench.gate.emergency import emergency_behind
from workbench.gate.errors import NotAllowed, NotFound, StepUpNeeded
from workbench.gate.grants import Asked
from workbench.gate.permissions import Permission
from workbench.gate.policy import held_as, must_step_up, patients_within_reach
from workbench.gate.relations import Moment
from workbench.gate.table import Cell
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.time import day_of, utc
from workbench.store.base import Base
from workbench.store.engine import Store
from workbench.store.vault import Vault

R = TypeVar("R")
M = TypeVar("M", bound=Base)


@dataclass
class Look:
    """One read in progress, scoped to its actor."""

    session_: Session = field(repr=False)
    store: Store = field(repr=False)
    actor: Anyone
    now: datetime
    zone: ZoneInfo
    permission: Permission
    in_emergency: bool = False
    patients: set[str] = field(default_factory=set)
    facts: dict[str, str | int | bool] = field(default_factory=dict)

    @property
    def vault(self) -> Vault:
        """What opens sealed documents and makes tokens and pseudonyms."""
        return self.store.vault

    @property
    def today(self) -> date:
        """The practice's calendar day of `now`."""
        return day_of(self.now, self.zone)

    def get(self, row_class: type[M], row_id: str) -> M:
        """The row with this id.

        Raises:
            NotFound: there is none.
        """
        row = self.session_.get(row_class, row_id)
        if row is None:
            raise NotFound
        return row

    def scalar(self, query: Select[Any]) -> Any:
        """The first column of the first row, or None."""
        return self.session_.scalar(query)

    def scalars(self, query: Select[Any]) -> ScalarResult[Any]:
        """The first column of every row."""
        return self.session_.scalars(query)

    def execute(self, query: Select[*tuple[Any, ...]]) -> Result[*tuple[Any, ...]]:
        """Every column of every row."""
        return self.session_.execute(query)

    def allowed(self, permission: Permission, row: Base | None = None) -> bool:
        """Whether the actor also holds another permission: to leave out what they may not see, or hide a button."""
        held = held_as(permission, self.asked(row))
        return bool(held) and (held != Cell.BREAK_GLASS or self.in_emergency)

    def asked(self, row: Base | None) -> Asked:
        """The question to the policy about this row, or about any."""
        return Asked(self.actor, row, Moment(self.now, self.today), self.session_)

    def reach(self, permission: Permission | None = None) -> "Select[str] | None":
        """The patients within the actor's reach, as a SELECT of ids to filter by; None means all."""
        return patients_within_reach(permission or self.permission, self.actor, Moment(self.now, self.today))

    def verified_log(self) -> Verdict:
        """The audit log followed from its first event to its last, with every signed head, within this snapshot."""
        return verify_sealed(self.session_, self.store)

    def receipts(self, numbers: Collection[int]) -> bytes:
        """A file that proves to anybody that these events are in the log; `NotSealedYet` where one is too new."""
        return receipts_for(self.session_, numbers)

    def shown(self, patients: str | Iterable[str]) -> None:
        """Whose health data the answer holds; written into the audit line."""
        self.patients.update((patients,) if isinstance(patients, str) else patients)


class View(Generic[R]):
    """A declared read."""

    def __init__(
        self, body: Callable[..., R], permission: Permission, shows: AuditEvent, on: type[Base] | None,
        *, in_emergency: bool = False,
    ) -> None:  # fmt: skip
        self.body, self.permission, self.shows, self.on = body, permission, shows, on
        self.in_emergency = in_emergency
        self.__name__, self.__doc__, self.__module__ = body.__name__, body.__doc__, body.__module__
        VIEWS[body.__name__] = self

    def __call__(self, gate: Gate, actor: Anyone, subject_id: str | None = None, *, now: datetime, **inputs: Any) -> R:
        """The rows, once the audit line that they were read is committed; or a refusal, recorded too."""
        now = utc(now)
        try:
            result, entries = self._read(gate, actor, subject_id, now, inputs)
        except WorkbenchError as refusal:
            facts = {"verb": self.__name__, "why": type(refusal).__name__}
            record(gate.store, [self._entry(actor, now, AuditEvent.ACTION_REFUSED, subject_id, "refused", facts)])
            raise
        record(gate.store, entries)
        return result

    def _read(
        self, gate: Gate, actor: Anyone, subject_id: str | None, now: datetime, inputs: dict[str, Any]
    ) -> tuple[R, list[Entry]]:
        with gate.store.reading() as session:
            look = Look(session, gate.store, actor, now, gate.zone, self.permission, self.in_emergency)
            subject: Base | None = None
            if self.on is not None:
                subject = session.get(self.on, subject_id) if subject_id else None
                if subject is None:
                    raise NotFound
            held = held_as(self.permission, look.asked(subject))
            if not held or (held == Cell.BREAK_GLASS and subject is not None and not self.in_emergency):
                raise NotAllowed("Your role does not include this.") if subject is None else NotFound
            if must_step_up(self.permission, actor, now):
                raise StepUpNeeded
            result = self.body(look, subject, **inputs) if self.on else self.body(look, **inputs)
            if held == Cell.BREAK_GLASS and subject is not None:
                # Whoever reviews the opening sees by this what was read through it.
                concerned, when = subject.patients_concerned(session), Moment(now, look.today)
                look.facts["emergency"] = emergency_behind(session, actor.person_id, concerned, when)
        facts = {"verb": self.__name__, "patients": len(look.patients), "held": held, **look.facts}
        named = sorted(look.patients) or [""] if len(look.patients) <= _NAMED_ONE_BY_ONE else [""]
        entries = [self._entry(actor, now, self.shows, subject_id, "shown", facts, patient) for patient in named]
        return result, entries

    def _entry(
        self, actor: Anyone, now: datetime, event: AuditEvent, subject_id: str | None,
        outcome: str, facts: dict[str, Any], patient_id: str = "",
    ) -> Entry:  # fmt: skip
        return Entry(
            actor, event, self.permission, now, outcome,
            subject_type=self.on.__tablename__ if self.on else "", subject_id=subject_id or "",
            patient_id=patient_id, facts=facts,
        )  # fmt: skip


# A chart names its patient; a list of hundreds is one line with a count, or the log would drown (pains, no. 31).
_NAMED_ONE_BY_ONE = 1

VIEWS: dict[str, View[Any]] = {}


def view(
    permission: Permission, *, shows: AuditEvent, on: type[Base] | None = None, in_emergency: bool = False
) -> Callable[[Callable[..., R]], View[R]]:
    """Declare a read: the permission it needs, the audit event it leaves, and the row it is about, if one.

    in_emergency: whether a chart that is open in an emergency may be read by it.
    """

    def declare(body: Callable[..., R]) -> View[R]:
        return View(body, permission, shows, on, in_emergency=in_emergency)

    return declare
