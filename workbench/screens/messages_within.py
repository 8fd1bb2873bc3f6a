"""Which threads somebody reads, as a condition for lists and counts. What the gate decides of one, this does of all."""

from sqlalchemy import ColumnElement, Select, and_, or_, true

from workbench.gate.actor import Anyone
from workbench.gate.permissions import Permission
from workbench.gate.policy import patients_within_reach
from workbench.gate.relations import Moment, not_own_record
from workbench.messaging.thread_rules import Topic
from workbench.messaging.thread_tables import MessageThread, ThreadEvent


def threads_within(
    actor: Anyone, when: Moment, table: type[MessageThread] | type[ThreadEvent] = MessageThread
) -> ColumnElement[bool]:
    """Of times and bills whoever answers within reach; what is clinical only who reads it of this patient."""
    office = _within(patients_within_reach(Permission.SEE_MESSAGES, actor, when), table)
    clinical = _within(patients_within_reach(Permission.CLINICAL_MESSAGES, actor, when), table)
    return and_(
        or_(
            and_(table.topic != Topic.CLINICAL, office),
            and_(table.topic == Topic.CLINICAL, clinical),
        ),
        not_own_record(actor, table.patient_id),
    )


def _within(reach: Select[str] | None, table: type[MessageThread] | type[ThreadEvent]) -> ColumnElement[bool]:
    return true() if reach is None else table.patient_id.in_(reach)
