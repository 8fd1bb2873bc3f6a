"""Hours of supervision of the reader, given and had: what was logged and agreed, by month beside what is needed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from workbench.accounts.holding import needs_cosign
from workbench.accounts.supervising import minutes_needed, steps_of
from workbench.accounts.supervision_rules import Kind, Step, by_month
from workbench.accounts.supervision_tables import SupervisionHours
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.relations import Supervision
from workbench.gate.view import Look, view
from workbench.people.names import staff_named

__all__ = ["HoursShown", "Kind", "LinkShown", "SupervisionLog", "supervision_log", "supervision_needed"]


@dataclass(frozen=True)
class HoursShown:
    """One meeting. state: `waits` until the other agrees, `agreed`, `reversed`. may_agree: the reader has to."""

    hours_id: str
    supervisor: str
    supervisee_id: str
    supervisee: str
    held_on: date
    minutes: int
    kind: str
    topic: str
    state: str
    may_agree: bool


@dataclass(frozen=True)
class LinkShown:
    """A supervision of the reader, with its days. is_trainee: the one supervised signs for co-signature."""

    supervisor_id: str
    supervisor: str
    supervisee_id: str
    supervisee: str
    from_on: date
    until_on: date | None
    is_trainee: bool


@dataclass(frozen=True)
class SupervisionLog:
    """links: who supervises whom. hours: the newest first. needed: minutes a month, 0 where none are set."""

    links: tuple[LinkShown, ...] = ()
    hours: tuple[HoursShown, ...] = ()
    needed: int = 0

    @property
    def months(self) -> tuple[tuple[str, str, int], ...]:
        """Supervisee, month, agreed minutes; what waits or was taken back does not count."""
        names = {one.supervisee_id: one.supervisee for one in self.hours}
        return tuple(
            (name, month, minutes)
            for key, name in sorted(names.items(), key=lambda one: (one[1].casefold(), one[0]))
            for month, minutes in by_month(
                (one.held_on, one.minutes) for one in self.hours if one.supervisee_id == key and one.state == "agreed"
            ).items()
        )


@view(Permission.LOG_SUPERVISION, shows=AuditEvent.SUPERVISION_SEEN)
def supervision_log(look: Look) -> SupervisionLog:
    """One's own on either side; nobody else's."""
    me = look.actor.person_id
    own = or_(SupervisionHours.staff_id == me, SupervisionHours.clinician_id == me)
    rows = look.scalars(
        select(SupervisionHours).where(own).order_by(SupervisionHours.held_on.desc(), SupervisionHours.id)
    ).all()
    pairs = look.scalars(
        select(Supervision).where(or_(Supervision.supervisor_id == me, Supervision.supervisee_id == me))
        .order_by(Supervision.from_on, Supervision.id)
    ).all()  # fmt: skip
    people = {key for one in pairs for key in (one.supervisor_id, one.supervisee_id)}
    names = {key: one.shown_name for key, one in staff_named(
        look, people | {key for one in rows for key in (one.staff_id, one.clinician_id)}
    ).items()}  # fmt: skip
    links = tuple(
        LinkShown(one.supervisor_id, names[one.supervisor_id], one.supervisee_id, names[one.supervisee_id],
                  one.from_on, one.until_on, needs_cosign(look, one.supervisee_id, look.now))
        for one in pairs
    )  # fmt: skip
    return SupervisionLog(links, tuple(_shown(look, one, names) for one in rows), minutes_needed(look))


def _shown(look: Look, hours: SupervisionHours, names: dict[str, str]) -> HoursShown:
    steps = steps_of(look, hours)
    state = Step.REVERSED if Step.REVERSED in steps else Step.AGREED if Step.AGREED in steps else "waits"
    return HoursShown(
        hours.id, names[hours.staff_id], hours.clinician_id, names[hours.clinician_id], hours.held_on, hours.minutes,
        hours.kind, hours.words.topic, state, state == "waits" and hours.logged_by != look.actor.user_id,
    )  # fmt: skip


@view(Permission.SET_SUPERVISION_TERMS, shows=AuditEvent.SUPERVISION_SEEN)
def supervision_needed(look: Look) -> int:
    """Minutes a month, for who sets them; 0 where none are set."""
    return minutes_needed(look)
