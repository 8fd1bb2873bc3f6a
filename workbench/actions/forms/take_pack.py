"""Take a pack of forms that was looked at. Everything of it is a draft, to be read and published as any other."""

from dataclasses import dataclass

from workbench.forms.documents import digest
from workbench.forms.pack_standing import Becomes, PackedForm, shown, standing, trusted_publisher
from workbench.forms.packs import Pack, read_pack
from workbench.forms.tables import FormTemplate
from workbench.forms.versions import add_version
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError


class NothingInPack(WorkbenchError):
    """All of it is here already, or was changed by the practice."""

    def __init__(self) -> None:
        super().__init__("Nothing of this pack is new here. What the practice changed stays as the practice has it.")
        self.fields = {"file": str(self)}


@dataclass(frozen=True)
class PackTaken:
    """How many forms are new, how many have a newer version, how many stay as the practice changed them."""

    new: int
    newer: int
    own: int


@action(Permission.SET_FORMS, refuses={"uq_form_versions_nth": StalePage, "form_versions.template_id": StalePage})
def take_pack(work: Work, *, content: bytes, looked_at: str) -> PackTaken:
    """looked_at: what was shown of it before.

    Raises:
        PackRefused: it is no pack, is not what was signed, or nobody the practice trusts signed it. NothingInPack.
        StalePage: the practice's forms are others by now than when it was looked at.
    """
    pack = read_pack(content)
    publisher = trusted_publisher(work, pack)
    forms = standing(work, pack)
    if shown(pack, forms) != looked_at:
        raise StalePage
    taken = [one for one in forms if one.becomes in (Becomes.NEW, Becomes.NEWER)]
    if not taken:
        raise NothingInPack
    for one in taken:
        _take(work, pack, one)
    by_kind = [sum(one.becomes is what for one in forms) for what in (Becomes.NEW, Becomes.NEWER, Becomes.OWN)]
    counts = PackTaken(*by_kind)
    work.record(
        AuditEvent.FORM_PACK_TAKEN, subject=publisher, name=pack.name, hash=pack.hash, new=counts.new,
        newer=counts.newer,
    )  # fmt: skip
    return counts


def _take(work: Work, pack: Pack, one: PackedForm) -> None:
    if one.template_id:
        template = work.get(FormTemplate, one.template_id)
    else:
        template = FormTemplate(title=one.title[:120], made_at=work.now, made_by=work.actor.user_id)
        work.add(template)
        work.flush()
    why = f"Pack {pack.name[:120]} by {pack.publisher[:120]}"
    # A form of the library keeps standing on the library's text, so that its page goes on telling what is different.
    add_version(work, template, one.document, why=why, base_hash=None if template.library_key else digest(one.document))
