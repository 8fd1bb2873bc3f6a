"""A harmful file leaves one line: who sent it, its hash, its name at the scanner, and nothing of its content."""

import hashlib
import json
from datetime import datetime

import pytest
from sqlalchemy import select

from tests.factories.small_practice import People, every_row
from workbench.actions.documents.refuse_file import refuse_file
from workbench.gate.action import Gate
from workbench.gate.actor import NOBODY
from workbench.gate.audit import AuditRow
from workbench.gate.errors import NotAllowed


def test_the_line_names_the_file_by_its_hash(gate: Gate, people: People, now: datetime) -> None:
    before = every_row(gate.store)
    refuse_file(gate, people.desk, now=now, content=b"harm", signature="Eicar-Signature")
    assert every_row(gate.store) == before
    with gate.store.reading() as session:
        body = json.loads(session.scalars(select(AuditRow.body).order_by(AuditRow.seq.desc()).limit(1)).one())
    assert (body["event"], body["outcome"], body["actor"]) == ("file.refused", "refused", people.desk.user_id)
    digest = hashlib.sha256(b"harm").hexdigest()
    assert body["facts"] == {"bytes": 4, "sha256": digest, "signature": "Eicar-Signature", "held": "U"}


def test_nobody_who_is_not_signed_in_writes_lines(gate: Gate, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        refuse_file(gate, NOBODY, now=now, content=b"harm", signature="Eicar-Signature")
