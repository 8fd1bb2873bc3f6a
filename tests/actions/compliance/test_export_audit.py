"""A copy of the log: by whom, under which head, and written down before the first line leaves."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from workbench.actions.compliance.export_audit import export_audit
from workbench.gate.actor import Role, SystemActor
from workbench.gate.audit import AuditRow
from workbench.gate.audit_export import NothingSealed
from workbench.gate.audit_seal import seal_log
from workbench.gate.errors import NotAllowed
from workbench.gate.permissions import Permission

SEALER = SystemActor("seal_audit_log", frozenset({Permission.SEAL_AUDIT}))


def lines(gate):
    with gate.store.reading() as session:
        return [tuple(row) for row in session.execute(select(AuditRow.event, AuditRow.outcome).order_by(AuditRow.seq))]


def test_a_log_never_sealed_is_not_exported(gate, compliance, now):
    with pytest.raises(NothingSealed):
        export_audit(gate, compliance, now=now)
    assert lines(gate) == [("action.refused", "refused")]


def test_an_export_takes_what_is_under_the_newest_head_and_is_itself_in_the_next(gate, compliance, now):
    with pytest.raises(NothingSealed):
        export_audit(gate, compliance, now=now)
    first = seal_log(gate, SEALER, now=now)
    assert export_audit(gate, compliance, now=now).size == 1
    assert export_audit(gate, compliance, now=now).root == first.root.hex()
    seal_log(gate, SEALER, now=now + timedelta(minutes=5))
    assert export_audit(gate, compliance, now=now).size == 3
    assert lines(gate)[1:] == [("audit.exported", "done")] * 3


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COMPLIANCE, Role.AUDITOR}))
@pytest.mark.engines("sqlcipher")
def test_nobody_but_compliance_and_auditor_may(gate, actor, now, role):
    with pytest.raises(NotAllowed):
        export_audit(gate, actor(role), now=now)
    assert lines(gate) == [("action.refused", "refused")]


@pytest.mark.engines("sqlcipher")
def test_an_auditor_may(gate, auditor, now):
    with pytest.raises(NothingSealed):
        export_audit(gate, auditor, now=now)
