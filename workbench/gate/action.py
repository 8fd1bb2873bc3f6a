"""`@action`: a verb of the product. Load, check, run, demand an audit line, commit, all in one transaction.

```python
@action(Permission.CANCEL_APPOINTMENT, on=Appointment)
def cancel_appointment(work: Work, appointment: Appointment, *, reason: str) -> Cancelled: ...

cancel_appointment(gate, actor, "apt_…", now=now, reason="…", idempotency_key="…", expected_version=3)
```
A verb without a subject is declared without `on` and called without an id.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar, get_type_hints
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from workbench.gate import audit, idempotency
from workbench.gate.actor import Anyone
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotAllowed, NotFound, StalePage, StepUpNeeded, StoreFull, Unaudited
from workbench.gate.grants import Asked
from workbench.gate.permissions import Permission
from workbench.gate.policy import held_as, must_step_up
from workbench.gate.relations import Moment
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.time import day_of, utc
from workbench.store.base import Base
from workbench.store.engine import Store
from workbench.store.problems import broken_constraint, disk_full

R = TypeVar("R")

Refusals = Mapping[str, Callable[[], WorkbenchError]]


@dataclass(frozen=True)
class Gate:
    """The door to one practice's store. `zone` is the practice's: its days decide care teams and due dates."""

    store: Store
    zone: ZoneInfo


class Action(Generic[R]):
    """A declared verb. `refuses` turns a constraint's name, when the database has the last word, into a refusal."""

    def __init__(
        self, body: Callable[..., R], permission: Permission, on: type[Base] | None, refuses: Refusals
    ) -> None:
        self.body, self.permission, self.on, self.refuses = body, permission, on, refuses
        self.__name__, self.__doc__, self.__module__ = body.__name__, body.__doc__, body.__module__
        ACTIONS[body.__name__] = self

    def __call__(
        self,
        gate: Gate,
        actor: Anyone,
        subject_id: str | None = None,
        *,
        now: datetime,
        idempotency_key: str | None = None,
        expected_version: int | None = None,
        **inputs: Any,
    ) -> R:
        """Do it, or raise a `WorkbenchError` with nothing changed and the refusal recorded."""
        call = _Call(gate, actor, utc(now), subject_id, idempotency_key, expected_version, inputs)
        try:
            return self._run(call)
        except StoreFull:
            raise  # where nothing can be written, the refusal cannot either
        except WorkbenchError as refusal:
            self._record_refusal(call, refusal)
            raise

    def _run(self, call: "_Call") -> R:
        with call.gate.store.writing() as session:
            try:
                return self._in_transaction(session, call)
            except StaleDataError:
                session.rollback()
                raise StalePage from None
            except DBAPIError as error:
                session.rollback()
                raise self._named(error) from None
            except WorkbenchError:
                session.rollback()
                raise

    def _in_transaction(self, session: Session, call: "_Call") -> R:
        vault = call.gate.store.vault
        key = f"{call.actor.user_id}|{self.__name__}|{call.key}" if call.key else None
        inputs = idempotency.fingerprint(vault, {"on": call.subject_id, **call.inputs}) if key else b""
        session.connection()  # takes the write lock before the first read, so that nothing read here can be stale
        subject = self._load(session, call)
        held = self._held(session, call, subject)
        if key and (answer := idempotency.kept_answer(session, vault, key, inputs)):
            session.rollback()
            return self._answers().validate_json(answer)
        if subject is not None and call.version is not None and getattr(subject, "version", None) != call.version:
            raise StalePage
        work = Work(session, vault, call.actor, call.now, call.gate.zone, self.permission, subject, held)
        wrote = _WriteWatch(session)
        result = self.body(work, subject, **call.inputs) if self.on else self.body(work, **call.inputs)
        session.flush()
        if not work.entries and (wrote.seen or key):
            raise Unaudited(self.__name__)
        if work.entries:
            audit.append(session, vault, work.entries)
        if key:
            idempotency.keep_answer(session, vault, key, inputs, self._answers().dump_json(result), call.now)
        session.commit()
        return result

    def _load(self, session: Session, call: "_Call") -> Base | None:
        if self.on is None:
            return None
        subject = session.get(self.on, call.subject_id) if call.subject_id else None
        if subject is None:
            raise NotFound
        return subject

    def _held(self, session: Session, call: "_Call", subject: Base | None) -> str:
        asked = Asked(call.actor, subject, Moment(call.now, day_of(call.now, call.gate.zone)), session)
        held = held_as(self.permission, asked)
        if not held:
            raise NotAllowed("Your role does not include this.") if subject is None else NotFound
        if must_step_up(self.permission, call.actor, call.now):
            raise StepUpNeeded
        return held

    def _answers(self) -> TypeAdapter[R]:
        return TypeAdapter(get_type_hints(self.body)["return"])

    def _named(self, error: DBAPIError) -> Exception:
        if disk_full(error):
            return StoreFull()
        told = broken_constraint(error)
        return next((refusal() for constraint, refusal in self.refuses.items() if constraint in told), error)

    def _record_refusal(self, call: "_Call", refusal: WorkbenchError) -> None:
        facts = {"verb": self.__name__, "why": type(refusal).__name__}
        entry = audit.Entry(
            call.actor, AuditEvent.ACTION_REFUSED, self.permission, call.now, "refused",
            subject_type=self.on.__tablename__ if self.on else "", subject_id=call.subject_id or "", facts=facts,
        )  # fmt: skip
        record(call.gate.store, [entry])


@dataclass(frozen=True)
class _Call:
    gate: Gate
    actor: Anyone
    now: datetime
    subject_id: str | None
    key: str | None
    version: int | None
    inputs: Mapping[str, Any]


class _WriteWatch:
    """Notices whether the session flushed any change."""

    def __init__(self, session: Session) -> None:
        self.seen = False
        event.listen(session, "after_flush", self._after_flush)

    def _after_flush(self, session: Session, _context: object) -> None:
        self.seen = self.seen or bool(session.new or session.dirty or session.deleted)


def record(store: Store, entries: list[audit.Entry]) -> None:
    """Write audit entries in a transaction of their own: refusals, and reads before their data leaves.

    Raises:
        StoreFull: they cannot be kept, so nothing may be shown.
    """
    try:
        with store.writing() as session:
            session.connection()
            audit.append(session, store.vault, entries)
            session.commit()
    except DBAPIError as error:
        if disk_full(error):
            raise StoreFull from None
        raise


ACTIONS: dict[str, Action[Any]] = {}


def action(
    permission: Permission, *, on: type[Base] | None = None, refuses: Refusals | None = None
) -> Callable[[Callable[..., R]], Action[R]]:
    """Declare a verb: the permission it needs, the row it acts on, and the words for constraints that stop it."""

    def declare(body: Callable[..., R]) -> Action[R]:
        return Action(body, permission, on, refuses or {})

    return declare
