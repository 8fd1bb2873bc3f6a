"""Sealing a log that lives: heads that grow, anchors, and a store put back that does not pass unnoticed."""

import shutil
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from tests.gate.test_action import DESK, NOW
from tests.gate.test_audit import tampered
from tests.gate.verbs import enter
from workbench.gate.action import Gate
from workbench.gate.actor import SystemActor
from workbench.gate.audit import AuditRow, ChainBroken
from workbench.gate.audit_checkpoints import AuditCheckpoint, BadHead, Head
from workbench.gate.audit_nodes import AuditNode, LogTree
from workbench.gate.audit_seal import (
    RolledBack,
    anchors_of,
    check_not_rolled_back,
    seal_log,
    signer_of,
    unsealed_events,
    verify_sealed,
)
from workbench.gate.audit_signer import HeadRefused, SignerMissing
from workbench.gate.audit_tree import leaf_hash, root_of
from workbench.gate.errors import NotAllowed
from workbench.gate.permissions import Permission

SEALER = SystemActor("seal_audit_log", frozenset({Permission.SEAL_AUDIT}))


def entered(gate: Gate, count: int) -> None:
    for number in range(count):
        enter(gate, DESK, now=NOW + timedelta(minutes=number), name=f"Fern {number}")


def seal(gate: Gate, minutes: int = 60) -> Head | None:
    return seal_log(gate, SEALER, now=NOW + timedelta(minutes=minutes))


def broken_at(gate: Gate) -> int | None:
    with gate.store.reading() as session:
        return verify_sealed(session, gate.store).broken_at


def leaves(gate: Gate) -> list[bytes]:
    with gate.store.reading() as session:
        return list(session.scalars(select(AuditRow.leaf).order_by(AuditRow.seq)))


def test_a_head_is_signed_kept_and_anchored_and_the_next_one_grows_from_it(gate: Gate) -> None:
    entered(gate, 5)
    assert unsealed_events(gate) == (0, 5)
    first = seal(gate)
    entered(gate, 4)
    second = seal(gate, 65)
    assert (first.size, second.size) == (5, 10)  # the second round began an hour earlier: the log says so in a line
    assert second.root == root_of(leaves(gate))
    assert unsealed_events(gate) == (10, 0)
    with gate.store.reading() as session:
        assert session.scalars(select(AuditCheckpoint.size).order_by(AuditCheckpoint.size)).all() == [5, 10]
    assert anchors_of(gate.store).newest(signer_of(gate.store).verifier) == second
    assert broken_at(gate) is None
    check_not_rolled_back(gate.store)


def test_nothing_new_is_not_signed_again(gate: Gate) -> None:
    assert seal(gate) is None
    entered(gate, 1)
    assert seal(gate) is not None
    assert seal(gate) is None


def test_who_was_not_given_the_permission_seals_nothing(gate: Gate) -> None:
    entered(gate, 1)
    with pytest.raises(NotAllowed):
        seal_log(gate, SystemActor("other", frozenset({Permission.VERIFY_AUDIT})), now=NOW)


def test_a_chain_broken_since_the_last_head_is_not_signed(gate: Gate) -> None:
    entered(gate, 3)
    seal(gate)
    entered(gate, 3)
    tampered(gate, "DELETE FROM audit_events WHERE seq = 6")
    with pytest.raises(ChainBroken, match="Event 6 is missing"):
        seal(gate)


def test_a_shorter_log_is_refused_by_the_signer_and_at_the_start(gate: Gate) -> None:
    entered(gate, 6)
    seal(gate)
    tampered(gate, "DELETE FROM audit_events WHERE seq > 4")
    with pytest.raises(RolledBack, match="holds 4 events, but the signer knows of 6: events 5 to 6 are missing"):
        check_not_rolled_back(gate.store)
    with pytest.raises(HeadRefused):
        seal(gate)
    assert broken_at(gate) == 5


def test_a_log_with_its_chain_recomputed_is_told_from_the_one_that_was_signed(gate: Gate) -> None:
    entered(gate, 4)
    seal(gate)
    entered(gate, 2)
    seal(gate, 65)
    forge(gate, since=3)
    with pytest.raises(RolledBack, match="not the ones the signer knows"):
        check_not_rolled_back(gate.store)
    assert broken_at(gate) == 1


def forge(gate: Gate, since: int) -> None:
    """Replace an actor and work the chain out again from there, as whoever holds every key of the store could."""
    tampered(gate, "UPDATE audit_events SET actor_id = 'usr_else' WHERE seq = 3")
    with gate.store.engine.begin() as connection:
        rows = connection.execute(select(AuditRow.seq, AuditRow.body, AuditRow.leaf).order_by(AuditRow.seq)).all()
        prev = rows[since - 2].leaf
        for row in rows[since - 1 :]:
            body = row.body.replace(rows[row.seq - 2].leaf.hex().encode(), bytes(prev).hex().encode())
            body = body.replace(b"usr_desk", b"usr_else") if row.seq == since else body
            prev = leaf_hash(body)
            statement = text("UPDATE audit_events SET body = :body, leaf = :leaf WHERE seq = :seq")
            connection.execute(statement, {"body": body, "leaf": prev, "seq": row.seq})


def test_a_signer_put_back_with_its_store_is_found_out_by_the_anchors(gate: Gate) -> None:
    home = gate.store.home
    entered(gate, 3)
    seal(gate)
    shutil.copytree(home / "signer", home / "older")
    entered(gate, 3)
    seal(gate, 65)
    shutil.rmtree(home / "signer")
    (home / "older").rename(home / "signer")
    tampered(gate, "DELETE FROM audit_events WHERE seq > 3")
    with pytest.raises(RolledBack, match="newest anchor knows of 7"):
        check_not_rolled_back(gate.store)


def test_a_signer_that_is_gone_or_an_anchor_that_was_edited_stops_the_start(gate: Gate) -> None:
    entered(gate, 3)
    seal(gate)
    anchor = next((gate.store.home / "anchors").iterdir())
    kept = anchor.read_text()
    anchor.write_text(kept.replace("\n3\n", "\n9\n"))
    with pytest.raises(BadHead):
        check_not_rolled_back(gate.store)
    anchor.write_text(kept)
    shutil.rmtree(gate.store.home / "signer")
    with pytest.raises(SignerMissing):
        check_not_rolled_back(gate.store)
    with pytest.raises(SignerMissing):
        seal(gate)


def test_a_head_signed_before_a_kill_is_signed_again_and_kept(gate: Gate) -> None:
    entered(gate, 3)
    seal(gate)
    entered(gate, 1)
    signer = signer_of(gate.store)
    with gate.store.reading() as session:
        tree = LogTree(session)
        signer.sign(5, tree.root(5), tree.consistency(3, 5))  # and then the process was killed
    check_not_rolled_back(gate.store)
    assert seal(gate, 65).size == 5
    assert broken_at(gate) is None


@pytest.mark.engines("sqlcipher")
def test_hashes_of_whole_stretches_change_no_root_and_no_proof(gate: Gate) -> None:
    grown(gate, 600)
    every = leaves(gate)
    with gate.store.writing() as session:
        tree = LogTree(session)
        before = [tree.root(600), *tree.consistency(300, 600), *tree.inclusion(257, 600)]
        tree.keep_nodes(400)
        tree.keep_nodes(600)
        assert session.scalar(select(func.count()).select_from(AuditNode)) == 2
        assert [tree.root(600), *tree.consistency(300, 600), *tree.inclusion(257, 600)] == before
        assert tree.root(600) == root_of(every)
        session.rollback()


def grown(gate: Gate, count: int) -> None:
    rows = [
        {"seq": seq, "at": NOW, "actor_id": "", "event": "", "outcome": "", "subject_type": "", "subject_id": "",
         "patient_p": "", "body": b"", "leaf": leaf_hash(b"%d" % seq)}
        for seq in range(1, count + 1)
    ]  # fmt: skip
    with gate.store.engine.begin() as connection:
        connection.execute(AuditRow.__table__.insert(), rows)
