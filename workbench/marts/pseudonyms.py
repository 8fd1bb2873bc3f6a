"""Which domain of pseudonyms each kind of row has in the mirror: the same id gives the same stand-in in every table.

Short, because they stand before millions of rows. None is the audit log's, so the two cannot be laid side by side.
"""

from collections.abc import Iterable
from typing import Final

from workbench.store.vault import Vault

PATIENT: Final = "pt"
STAFF: Final = "st"
PAYER: Final = "py"


def names_by_pseudonym(vault: Vault, kind: str, names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Names by pseudonym, from pairs of store id and name: how a page says whose number it is."""
    pairs = list(names)
    stand_ins = vault.pseudonyms(kind, [row_id for row_id, _ in pairs])
    return dict(zip(stand_ins, (name for _, name in pairs), strict=True))
