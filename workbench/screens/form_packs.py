"""Packs of forms: whose are taken, what one would change here, the practice's own forms as one. Names no patient."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from workbench.forms.documents import write_document
from workbench.forms.pack_standing import Becomes, shown, standing, trusted_publisher
from workbench.forms.pack_tables import FormPublisher
from workbench.forms.packs import fingerprint, made_pack, read_pack
from workbench.forms.signing import document_of
from workbench.forms.tables import FormVersion, VersionState
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.measures.wording import is_measure
from workbench.people.tables import Practice

__all__ = ["Becomes", "PackLine", "PackShown", "PublisherShown", "form_publishers", "own_pack", "rehearse_pack"]


@dataclass(frozen=True)
class PublisherShown:
    """A publisher. ended_at: since when they are trusted no more."""

    publisher_id: str
    name: str
    fingerprint: str
    trusted_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class PackLine:
    """One form of a pack. differences: how many, from what the practice has."""

    title: str
    version: str
    becomes: Becomes
    differences: int


@dataclass(frozen=True)
class PackShown:
    """A pack before it is taken. publisher: as the practice knows them. looked_at: is named to take just this."""

    name: str
    publisher: str
    licence: str
    lines: tuple[PackLine, ...]
    looked_at: str


@view(Permission.SET_FORMS, shows=AuditEvent.FORMS_SEEN)
def form_publishers(look: Look) -> tuple[PublisherShown, ...]:
    """Those who are trusted, then those who were."""
    rows = look.scalars(select(FormPublisher).order_by(FormPublisher.name, FormPublisher.id))
    told = [PublisherShown(one.id, one.name, fingerprint(one.key), one.trusted_at, one.ended_at) for one in rows]
    return tuple(sorted(told, key=lambda one: one.ended_at is not None))


@view(Permission.SET_FORMS, shows=AuditEvent.FORMS_SEEN)
def rehearse_pack(look: Look, *, content: bytes) -> PackShown:
    """What would be new, newer, or stay. Nothing is kept.

    Raises:
        PackRefused.
    """
    pack = read_pack(content)
    publisher = trusted_publisher(look, pack)
    forms = standing(look, pack)
    lines = tuple(PackLine(one.title, one.version, one.becomes, len(one.differences)) for one in forms)
    return PackShown(pack.name, publisher.name, pack.licence, lines, shown(pack, forms))


@view(Permission.SET_FORMS, shows=AuditEvent.FORMS_SEEN)
def own_pack(look: Look) -> bytes:
    """The forms in use that have an address, as a pack for the practice to sign with its own key, apart from here.

    Measures are left out: who may pass their words on is for their rights holders to say.

    Raises:
        PackRefused: none has one.
    """
    practice: Practice = look.scalar(select(Practice))
    versions = look.scalars(select(FormVersion).where(FormVersion.state == VersionState.PUBLISHED))
    every = [document_of(one) for one in versions]
    documents = [one for one in every if one.get("url") and is_measure(one) is None]
    name = practice.details.name
    pack = made_pack(f"Forms of {name}", name, documents, made_on=look.today.isoformat())
    return write_document(pack).encode()
