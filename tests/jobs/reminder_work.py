"""A runner that does what waits, and the agreement without which nothing is handed over."""

from datetime import date, datetime

from workbench.gate.action import Gate
from workbench.jobs.runner import Runner
from workbench.messaging.tables import Agreement


def work(one: Runner) -> None:
    """Everything that is due."""
    one.promise()
    while one.run_one():
        pass


def agree(gate: Gate, now: datetime, service: str) -> None:
    """An approved agreement for this service, such as `mail:127.0.0.1`, past the gate."""
    with gate.store.writing() as session:
        session.add(Agreement(
            vendor="Here", service=service, signed_on=date(2026, 1, 1), ends_on=date(2027, 1, 1), requested_at=now,
            requested_by="usr_it", requester_id="stf_it", approved_at=now, approver_id="stf_co",
        ))  # fmt: skip
        session.commit()
