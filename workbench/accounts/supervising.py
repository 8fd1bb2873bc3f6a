"""What became of logged hours, and the steps that follow."""

from sqlalchemy import select

from workbench.accounts.supervision_rules import AlreadyDone, Step
from workbench.accounts.supervision_tables import SupervisionHours, SupervisionStep, SupervisionTerms
from workbench.gate.view import Look
from workbench.gate.work import Work

REFUSES = {"uq_supervision_steps": AlreadyDone, "supervision_steps.hours_id": AlreadyDone}
"""For `refuses=`: PostgreSQL names the index, SQLite its column."""


def steps_of(rows: Work | Look, hours: SupervisionHours) -> frozenset[str]:
    """What was done with it."""
    return frozenset(rows.scalars(select(SupervisionStep.step).where(SupervisionStep.hours_id == hours.id)))


def take_step(work: Work, hours: SupervisionHours, step: Step, said: str = "") -> None:
    """Once; of what was taken back nothing follows any more.

    Raises:
        AlreadyDone.
    """
    if steps_of(work, hours) & {step, Step.REVERSED}:
        raise AlreadyDone
    work.add(SupervisionStep(hours_id=hours.id, step=step, done_at=work.now, done_by=work.actor.user_id, said=said))
    work.flush()


def minutes_needed(rows: Work | Look) -> int:
    """A month; 0 where the practice has set none."""
    newest = select(SupervisionTerms.minutes_a_month).order_by(SupervisionTerms.nth.desc()).limit(1)
    return int(rows.scalar(newest) or 0)
