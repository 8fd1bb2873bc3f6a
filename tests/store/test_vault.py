"""Sealing: what is in the store opens only in its place, with its owner's key, and stays shut once the key is gone."""

import base64
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, text, update

from tests.stores import fill
from workbench.kernel.settings import Settings
from workbench.people.tables import Patient, PatientDetails
from workbench.store.engine import Store, create_home, open_store, open_vault
from workbench.store.key_store import KeyStore
from workbench.store.keyring import KeyMissing, Keyring, KeyWrong, read_kek, write_kek_file
from workbench.store.types import NotSealed
from workbench.store.vault import EnvelopeBroken, KeyDestroyed, Vault, is_envelope

NOW = datetime(2026, 3, 9, 15, tzinfo=UTC)


@pytest.fixture
def own_vault(tmp_path: Path) -> Vault:
    settings = Settings(home=tmp_path / "practice")
    create_home(settings)
    return open_vault(settings)


def patient(store: Store, name: str) -> str:
    with store.writing() as session:
        number = 1 + len(session.scalars(select(Patient.id)).all())
        row = Patient(number=number, registered_at=NOW, details=PatientDetails(name, "Synthetic", date(1990, 1, 1)))
        session.add(row)
        session.commit()
        return row.id


@given(document=st.binary(max_size=300))
def test_what_is_sealed_opens_unchanged_and_shows_nothing(document: bytes) -> None:
    vault = Vault(Keyring(bytes(32)), _InMemory())  # type: ignore[arg-type]
    envelope = vault.seal("pat_a", "place", document)
    assert is_envelope(envelope)
    assert vault.open("pat_a", "place", envelope) == document
    assert len(document) < 4 or document not in envelope


@pytest.mark.parametrize(("owner", "place"), [("pat_b", "place"), ("pat_a", "elsewhere")])
def test_an_envelope_does_not_open_for_another_owner_or_in_another_place(
    own_vault: Vault, owner: str, place: str
) -> None:
    envelope = own_vault.seal("pat_a", "place", b"text")
    own_vault.seal("pat_b", "place", b"text")
    with pytest.raises(EnvelopeBroken):
        own_vault.open(owner, place, envelope)


def test_a_flipped_bit_is_noticed(own_vault: Vault) -> None:
    envelope = bytearray(own_vault.seal("pat_a", "place", b"text"))
    envelope[-1] ^= 1
    with pytest.raises(EnvelopeBroken):
        own_vault.open("pat_a", "place", bytes(envelope))


def test_a_destroyed_key_erases_the_patient_for_every_later_process(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "practice")
    create_home(settings)
    vault = open_vault(settings)
    envelope = vault.seal("pat_a", "place", b"text")
    vault.destroy_key("pat_a")
    for opener in (vault, open_vault(settings)):
        with pytest.raises(KeyDestroyed):
            opener.open("pat_a", "place", envelope)


def test_tokens_are_equal_for_equal_values_of_one_field_only(own_vault: Vault) -> None:
    assert own_vault.token("name", "fern") == own_vault.token("name", "fern")
    assert own_vault.token("name", "fern") != own_vault.token("phone", "fern")


def test_a_wrong_key_is_said_and_opens_nothing(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "practice")
    create_home(settings)
    other = tmp_path / "other.key"
    write_kek_file(other)
    with pytest.raises(KeyWrong):
        open_vault(replace(settings, key_file=other))
    with pytest.raises(KeyMissing):
        open_vault(replace(settings, key_file=tmp_path / "absent.key"))
    with pytest.raises(KeyWrong):
        open_vault(replace(settings, key_base64="c2hvcnQ="))


def test_a_passphrase_opens_what_it_sealed(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "practice", passphrase="correct horse battery")
    create_home(settings)
    envelope = open_vault(settings).seal("pat_a", "place", b"text")
    assert open_vault(settings).open("pat_a", "place", envelope) == b"text"
    assert not (settings.home / "kek.key").exists()
    with pytest.raises(KeyWrong):
        open_vault(replace(settings, passphrase="another"))


def test_rotating_the_key_keeps_every_document(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "practice")
    create_home(settings)
    envelope = open_vault(settings).seal("pat_a", "place", b"text")
    path, fresh = settings.home / "keyring.json", bytes(range(32))
    old = Settings(home=settings.home)
    Keyring.unlock(path, read_kek(old)).rewrap(path, fresh)
    with pytest.raises(KeyWrong):
        open_vault(old)
    opened = open_vault(replace(old, key_base64=base64.b64encode(fresh).decode()))
    assert opened.open("pat_a", "place", envelope) == b"text"


def test_two_processes_that_make_a_key_at_once_agree_on_one(tmp_path: Path) -> None:
    first = KeyStore(tmp_path / "keys.db", bytes(32), bytes(32))
    second = KeyStore(tmp_path / "keys.db", bytes(32), bytes(32))
    assert first.make(("pat_a",)) == second.make(("pat_a",))


def test_a_document_moved_to_another_row_does_not_open(store: Store) -> None:
    fern, moss = patient(store, "Fern"), patient(store, "Moss")
    with store.engine.begin() as connection:
        connection.execute(
            text("UPDATE patients SET sealed = (SELECT sealed FROM patients WHERE id = :a) WHERE id = :b"),
            {"a": fern, "b": moss},
        )
    with store.reading() as session:
        assert session.get_one(Patient, fern).details.given_name == "Fern"
        with pytest.raises(EnvelopeBroken):
            _ = session.get_one(Patient, moss).details


def test_a_new_document_is_sealed_when_it_is_assigned(store: Store) -> None:
    fern = patient(store, "Fern")
    with store.writing() as session:
        row = session.get_one(Patient, fern)
        row.details = replace(row.details, given_name="Sage")
        session.commit()
    with store.reading() as session:
        assert session.get_one(Patient, fern).details.given_name == "Sage"


def test_bulk_sql_cannot_put_readable_bytes_into_a_sealed_column(store: Store) -> None:
    fern = patient(store, "Fern")
    with store.engine.begin() as connection:
        with pytest.raises(Exception, match="envelopes only") as by_update:
            connection.execute(update(Patient).where(Patient.id == fern).values(sealed=b"readable"))
        with pytest.raises(Exception, match="envelopes only"):
            row = {"id": "pat_x", "number": 9, "registered_at": NOW, "is_active": True, "version": 1, "sealed": b"x"}
            connection.execute(insert(Patient), [row])
        assert isinstance(by_update.value.__cause__ or by_update.value.orig, NotSealed)


def test_an_error_of_the_database_does_not_show_its_parameters(store: Store) -> None:
    with pytest.raises(Exception) as error, store.engine.begin() as connection:
        connection.execute(text("SELECT * FROM no_such_table WHERE name = :name"), {"name": "CANARY-NAME"})
    assert "CANARY-NAME" not in str(error.value)


def test_the_file_on_disk_holds_no_readable_name(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "practice")
    create_home(settings)
    store = open_store(settings, open_vault(settings))
    fill(store)
    patient(store, "CANARYNAME")
    raw = b"".join(path.read_bytes() for path in settings.home.rglob("*") if path.is_file())
    assert b"CANARYNAME" not in raw
    assert b"SQLite format" not in raw
    store.close()


class _InMemory:
    """A key store that forgets when the test ends."""

    def __init__(self) -> None:
        self.keys: dict[str, bytes] = {}

    def find(self, owner: str) -> bytes | None:
        return self.keys.get(owner)

    def make(self, owners: tuple[str, ...]) -> dict[str, bytes]:
        for owner in owners:
            self.keys.setdefault(owner, bytes(32))
        return {owner: self.keys[owner] for owner in owners}
