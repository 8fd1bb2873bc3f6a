"""How each form of a pack stands to what the practice has: what would happen if it were taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from workbench.forms.comparing import Different, compare
from workbench.forms.documents import digest
from workbench.forms.pack_tables import FormPublisher
from workbench.forms.packs import Pack, PackRefused, fingerprint
from workbench.forms.signing import document_of, laid_out
from workbench.forms.tables import FormTemplate, FormVersion
from workbench.gate.view import Look
from workbench.gate.work import Work


class Becomes(StrEnum):
    """What a form of a pack becomes."""

    NEW = "new"
    NEWER = "a newer version"
    SAME = "here already"
    OWN = "changed by the practice, stays as it is"


@dataclass(frozen=True)
class PackedForm:
    """One form of a pack. template_id: of the practice's form it is, "" where it is new. differences: from that one."""

    url: str
    title: str
    version: str
    becomes: Becomes
    template_id: str
    differences: tuple[Different, ...]
    document: Mapping[str, Any]


def trusted_publisher(rows: Work | Look, pack: Pack) -> FormPublisher:
    """Who signed the pack, as the practice knows them.

    Raises:
        PackRefused: nobody signed it, or nobody the practice trusts.
    """
    if not pack.key:
        raise PackRefused("Nobody signed this pack. Only packs of publishers this practice trusts are taken.")
    found: FormPublisher | None = rows.scalar(
        select(FormPublisher).where(FormPublisher.key == pack.key, FormPublisher.ended_at.is_(None))
    )
    if found is None:
        raise PackRefused(
            f"This practice does not trust who signed this pack. The key is {fingerprint(pack.key)}; "
            "compare it with the publisher before you add it."
        )
    return found


def standing(rows: Work | Look, pack: Pack) -> tuple[PackedForm, ...]:
    """Every form of the pack, in its order."""
    here = _newest_by_url(rows)
    return tuple(_stands(url, document, here.get(url)) for url, document in pack.forms.items())


def shown(pack: Pack, forms: tuple[PackedForm, ...]) -> str:
    """What was looked at, so that nothing else is taken than what was shown."""
    return digest([pack.hash, [[one.url, one.becomes.value, one.template_id] for one in forms]])


def _newest_by_url(rows: Work | Look) -> Mapping[str, FormVersion]:
    """The newest version of each form by its canonical address. Of two with one address it is the older form's."""
    versions = rows.scalars(
        select(FormVersion)
        .join(FormTemplate, FormTemplate.id == FormVersion.template_id)
        .order_by(FormTemplate.made_at.desc(), FormTemplate.id.desc(), FormVersion.nth)
    )
    newest = {version.template_id: version for version in versions}
    return {str(url): one for one in newest.values() if (url := document_of(one).get("url"))}


def _stands(url: str, document: Mapping[str, Any], last: FormVersion | None) -> PackedForm:
    form, hashed = laid_out(document).form, digest(document)
    if last is None:
        return PackedForm(url, form.title, form.version, Becomes.NEW, "", (), document)
    # What the practice made or took in by itself stands on nothing else: it is its own.
    is_own = last.hash != last.base_hash and last.hash != hashed
    becomes = Becomes.SAME if last.hash == hashed else Becomes.OWN if is_own else Becomes.NEWER
    differences = () if becomes is Becomes.SAME else compare(laid_out(document_of(last)).form, form)
    return PackedForm(url, form.title, form.version, becomes, last.template_id, differences, document)
