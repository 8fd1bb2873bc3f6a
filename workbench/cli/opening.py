"""Opens a practice for a command: keys, store, version check, zone. Every command that needs a store begins here."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import select

from workbench.gate.action import Gate
from workbench.gate.audit_seal import check_not_rolled_back
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.settings import Settings
from workbench.people.tables import Practice
from workbench.store.engine import open_store, open_vault
from workbench.store.schema import check_schema


class NoPractice(WorkbenchError):
    """The store has its tables and no practice in them."""


@dataclass(frozen=True)
class OpenPractice:
    """A practice ready to work: the door to it, and what the practice itself settled about words and truth."""

    settings: Settings
    gate: Gate
    name: str
    patient_word: str
    is_synthetic: bool
    phone: str


@contextmanager
def opened(settings: Settings) -> Iterator[OpenPractice]:
    """The practice in `settings.home`, closed afterwards.

    Raises:
        KeyMissing, KeyWrong: the key is not there, or not this practice's.
        StoreNewer, StoreOlder: the store does not fit this software.
        RolledBack, SignerMissing: the audit log is not the one that was signed for.
        NoPractice: nothing was set up yet.
    """
    store = open_store(settings, open_vault(settings))
    try:
        check_schema(store)
        check_not_rolled_back(store)
        with store.reading() as session:
            practice = session.scalar(select(Practice))
            if practice is None:
                raise NoPractice("This folder holds no practice yet. “workbench demo” makes a synthetic one.")
            gate = Gate(store, ZoneInfo(practice.zone))
            word, details = practice.patient_word, practice.details
            found = OpenPractice(settings, gate, details.name, word, practice.is_synthetic, details.phone)
        yield found
    finally:
        store.close()
