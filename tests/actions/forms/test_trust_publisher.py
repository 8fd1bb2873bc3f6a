"""Trusting a publisher: by a key, once, and by who says which forms there are."""

import base64
from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.factories.small_practice import People, events
from tests.forms.test_packs import PUBLIC, packed
from workbench.actions.forms.trust_publisher import NotAPublisher, TrustedAlready, trust_publisher
from workbench.forms.packs import PackRefused, fingerprint
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed
from workbench.screens.form_packs import form_publishers, rehearse_pack
from workbench.store.engine import Store


def test_packs_of_a_publisher_are_taken_from_then_on(gate: Gate, store: Store, people: People, now: datetime) -> None:
    with pytest.raises(PackRefused, match=f"does not trust.*{fingerprint(PUBLIC)}"):
        rehearse_pack(gate, people.manager, now=now, content=packed())
    done = trust_publisher(gate, people.manager, now=now, name=" Elm  Clinic ", key=f" {PUBLIC} ")
    assert done.fingerprint == fingerprint(PUBLIC)
    assert rehearse_pack(gate, people.manager, now=now, content=packed()).publisher == "Elm Clinic"
    assert ("form.publisher_trusted", "done") in events(store)
    with pytest.raises(TrustedAlready):
        trust_publisher(gate, people.manager, now=now, name="Again", key=PUBLIC)


@pytest.mark.parametrize(
    ("name", "key", "field"),
    [("", PUBLIC, "name"), ("x" * 121, PUBLIC, "name"), ("Elm", "", "key"), ("Elm", "not a key", "key"),
     ("Elm", base64.b64encode(b"short").decode(), "key")],
)  # fmt: skip
def test_without_a_name_or_a_key_nobody_is_trusted(
    gate: Gate, people: People, now: datetime, name: str, key: str, field: str
) -> None:
    with pytest.raises(NotAPublisher) as refused:
        trust_publisher(gate, people.manager, now=now, name=name, key=key)
    assert set(refused.value.fields) == {field}
    assert form_publishers(gate, people.manager, now=now) == ()


def test_others_trust_nobody(gate: Gate, people: People, now: datetime) -> None:
    for who in (people.ada, people.desk, people.biller, people.it, people.compliance):
        with pytest.raises(NotAllowed):
            trust_publisher(gate, who, now=now, name="Elm", key=PUBLIC)


def test_the_database_keeps_whom_was_trusted_with_which_key(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    trust_publisher(gate, people.manager, now=now, name="Elm", key=PUBLIC)
    for change in ("UPDATE form_publishers SET key = 'x'", "DELETE FROM form_publishers"):
        with pytest.raises(DBAPIError, match="form_publishers_as_trusted"), store.engine.begin() as connection:
            connection.execute(text(change))
