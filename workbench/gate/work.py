"""What a verb's body works with: its transaction's rows, the time, the actor, the audit line. It cannot commit."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Result, ScalarResult, Select
from sqlalchemy.orm import Session

from workbench.gate import idempotency, queue
from workbench.gate.actor import Anyone
from workbench.gate.audit import Entry
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.grants import Asked
from workbench.gate.permissions import Permission
from workbench.gate.policy import allowed
from workbench.gate.relations import Moment
from workbench.kernel.time import day_of
from workbench.store.base import Base
from workbench.store.vault import Vault

M = TypeVar("M", bound=Base)


class Work:
    """One verb in progress."""

    def __init__(
        self,
        session: Session,
        vault: Vault,
        actor: Anyone,
        now: datetime,
        zone: ZoneInfo,
        permission: Permission,
        subject: Base | None,
        held: str,
    ) -> None:
        self._session = session
        self._subject = subject
        self._permission = permission
        self._held = held
        self.vault, self.actor, self.now, self.zone = vault, actor, now, zone
        self.entries: list[Entry] = []

    @property
    def today(self) -> date:
        """The practice's calendar day of `now`."""
        return day_of(self.now, self.zone)

    def add(self, *rows: Base) -> None:
        """New rows, written when the verb ends or `flush` is called."""
        self._session.add_all(rows)

    def flush(self) -> None:
        """Write what is pending, so that a constraint speaks now or a later row may refer to an earlier one."""
        self._session.flush()

    def get(self, row_class: type[M], row_id: str) -> M:
        """The row with this id.

        Raises:
            NotFound: there is none.
        """
        row = self._session.get(row_class, row_id)
        if row is None:
            raise NotFound
        return row

    def scalar(self, query: Select[Any]) -> Any:
        """The first column of the first row, or None."""
        return self._session.scalar(query)

    def scalars(self, query: Select[Any]) -> ScalarResult[Any]:
        """The first column of every row."""
        return self._session.scalars(query)

    def execute(self, query: Select[*tuple[Any, ...]]) -> Result[*tuple[Any, ...]]:
        """Every column of every row."""
        return self._session.execute(query)

    def allowed(self, permission: Permission, row: Base | None) -> bool:
        """Whether the actor also holds another permission on another row the verb touches."""
        return allowed(permission, Asked(self.actor, row, Moment(self.now, self.today), self._session))

    def record(
        self,
        event: AuditEvent,
        *,
        subject: Base | None = None,
        outcome: str = "done",
        patient_id: str = "",
        by: Anyone | None = None,
        **facts: str | int | bool,
    ) -> None:
        """The audit line; of what concerns several patients one for each, so that the log of each is whole.

        The gate names the subject: the row given, else the one the verb was called on.

        by: who did it, where the verb itself has just made sure who that is (sign-in); else the actor.
        facts: ids, codes and counts only; never a name or a text a person wrote.
        """
        row = subject if subject is not None else self._subject
        concerned = [patient_id]
        if row is not None and not patient_id:
            concerned = sorted(row.patients_concerned(self._session)) or [""]
        self.entries += [
            Entry(
                by or self.actor,
                event,
                self._permission,
                self.now,
                outcome,
                subject_type=row.__tablename__ if row is not None else "",
                subject_id=str(getattr(row, "id", "")) if row is not None else "",
                patient_id=one,
                facts={**facts, "held": self._held} if self._held else facts,
            )
            for one in concerned
        ]

    def later(self, *, kind: str, key: str, payload: Mapping[str, str | int], run_at: datetime | None = None) -> None:
        """Promise work for after the commit, once per key."""
        queue.promise(self._session, kind=kind, key=key, payload=payload, now=self.now, run_at=run_at)

    def forget_answers(self, *, before: datetime) -> int:
        """Delete the answers kept for resent forms earlier than this instant; how many there were."""
        return idempotency.forget_answers(self._session, before=before)
