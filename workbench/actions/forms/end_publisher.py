"""Trust a publisher no more. What was taken from them stays: it is the practice's."""

from workbench.forms.pack_tables import FormPublisher
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError


class TrustedNoMore(WorkbenchError):
    """It was ended before."""

    def __init__(self) -> None:
        super().__init__("This publisher is trusted no more already.")


@action(Permission.SET_FORMS, on=FormPublisher)
def end_publisher(work: Work, publisher: FormPublisher) -> None:
    """No pack of theirs is taken from now on.

    Raises:
        TrustedNoMore.
    """
    if publisher.ended_at is not None:
        raise TrustedNoMore
    publisher.ended_at, publisher.ended_by = work.now, work.actor.user_id
    work.record(AuditEvent.FORM_PUBLISHER_ENDED, name=publisher.name)
