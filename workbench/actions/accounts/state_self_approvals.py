"""Write the week's statement of everything one person approved alone, for the reviewer outside the practice."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, or_, select

from workbench.accounts.access_tables import AccessDecision, SoloMode, SoloStatement
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.time import whole_day


@dataclass(frozen=True)
class SelfApprovalsStated:
    """The statements that were written now."""

    statement_ids: tuple[str, ...]


@action(Permission.STATE_SELF_APPROVALS)
def state_self_approvals(work: Work) -> SelfApprovalsStated:
    """One statement for the last whole week (Monday to Sunday) of every record that stood in it, once.

    A week in which nothing was approved alone gets one too: it says so, and shows that somebody looked.
    """
    monday = work.today - timedelta(days=work.today.weekday())
    from_on, until_on = monday - timedelta(days=7), monday
    starts_at, ends_at = (whole_day(day, work.zone).starts_at for day in (from_on, until_on))
    modes = select(SoloMode).where(
        SoloMode.begun_at < ends_at, or_(SoloMode.ended_at.is_(None), SoloMode.ended_at >= starts_at)
    )
    made = [_state(work, mode, from_on, until_on) for mode in work.scalars(modes)]
    ids = tuple(one for one in made if one)
    work.record(AuditEvent.SELF_APPROVALS_STATED, statements=len(ids))
    return SelfApprovalsStated(ids)


def _state(work: Work, mode: SoloMode, from_on: date, until_on: date) -> str:
    kept = select(SoloStatement.id).where(SoloStatement.solo_id == mode.id, SoloStatement.from_on == from_on)
    if work.scalar(kept) is not None:
        return ""
    starts_at, ends_at = (whole_day(day, work.zone).starts_at for day in (from_on, until_on))
    alone = (
        select(func.count())
        .select_from(AccessDecision)
        .where(
            AccessDecision.alone_under == mode.id,
            AccessDecision.decided_at >= starts_at,
            AccessDecision.decided_at < ends_at,
        )
    )
    # Turning it on was an act of one person alone too.
    acts = int(work.scalar(alone)) + (1 if starts_at <= mode.begun_at < ends_at else 0)
    statement = SoloStatement(solo_id=mode.id, from_on=from_on, until_on=until_on, acts=acts, made_at=work.now)
    work.add(statement)
    work.flush()
    return statement.id
