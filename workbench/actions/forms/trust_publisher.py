"""Trust a publisher of packs by their key, which was compared with them another way."""

from dataclasses import dataclass

from workbench.forms.pack_tables import FormPublisher
from workbench.forms.packs import PackRefused, fingerprint, public_key
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError


class NotAPublisher(WorkbenchError):
    """It has no name, or no key. `fields`: a sentence by field."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.fields = {field: words}


class TrustedAlready(WorkbenchError):
    """The key is on the list."""

    def __init__(self) -> None:
        super().__init__("This key is trusted already.")
        self.fields = {"key": str(self)}


@dataclass(frozen=True)
class PublisherTrusted:
    """The publisher. fingerprint: to be read to them once more."""

    publisher_id: str
    fingerprint: str


@action(
    Permission.SET_FORMS,
    refuses={"uq_form_publishers_key": TrustedAlready, "form_publishers.key": TrustedAlready},
)
def trust_publisher(work: Work, *, name: str, key: str) -> PublisherTrusted:
    """Their packs may be taken from now on; each is still shown before anything of it is.

    Raises:
        NotAPublisher, TrustedAlready.
    """
    said = " ".join(name.split())
    if not 0 < len(said) <= 120:
        raise NotAPublisher("name", "Say who they are, in at most 120 letters.")
    try:
        public_key(key)
    except PackRefused as refused:
        raise NotAPublisher("key", str(refused)) from None
    publisher = FormPublisher(name=said, key=key.strip(), trusted_at=work.now, trusted_by=work.actor.user_id)
    work.add(publisher)
    work.flush()
    told = fingerprint(publisher.key)
    work.record(AuditEvent.FORM_PUBLISHER_TRUSTED, subject=publisher, name=said, fingerprint=told)
    return PublisherTrusted(publisher.id, told)
