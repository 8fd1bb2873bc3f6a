"""Whether a store is sound: its pages, its references, and every sealed document of it opens. Slow by nature."""

from dataclasses import dataclass

from sqlalchemy import select, text

from workbench.kernel.errors import WorkbenchError
from workbench.store.engine import Store
from workbench.store.sealed import sealed_kinds
from workbench.store.vault import KeyDestroyed

_PAGES = ("cipher_integrity_check", "integrity_check", "foreign_key_check")


class StoreUnsound(WorkbenchError):
    """A page, a reference or a sealed document is not as it was written."""


@dataclass(frozen=True)
class Sound:
    """How many sealed documents opened, and how many belong to people who were erased."""

    documents: int
    erased: int


def check_soundness(store: Store) -> Sound:
    """Read all of it.

    Raises:
        StoreUnsound, EnvelopeBroken: it is damaged.
    """
    with store.reading() as session:
        for pragma in _PAGES if store.dialect == "sqlite" else ():
            told = [tuple(row) for row in session.execute(text(f"PRAGMA {pragma}")) if tuple(row) != ("ok",)]
            if told:
                raise StoreUnsound(f"The store is damaged: {pragma} finds {len(told):,} faults. Use another backup.")
        documents = erased = 0
        for kind, document in sealed_kinds():
            for row in session.scalars(select(kind).execution_options(yield_per=1000)):
                try:
                    store.vault.open(document.owner_of(row), document.place(row), row.sealed)
                    documents += 1
                except KeyDestroyed:
                    erased += 1
                session.expunge(row)
    return Sound(documents, erased)
