"""What the page of the audit log is given, by what its reader may."""

from collections.abc import Callable
from functools import partial
from typing import Any

from dashboards.pages.audit import AuditCalls, AuditPage
from dashboards.pages.audit_filters import Filters
from dashboards.parts.navigation import Words
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from dashboards.person import Person
from workbench.gate.permissions import Permission
from workbench.marts.audit_explorer import audit_answer, audit_answer_taken
from workbench.marts.reader import LogReader
from workbench.screens.audit_search import find_for_audit
from workbench.screens.audit_trail import audit_verdict
from workbench.screens.signed_records import signed_records


def audit_page(person: Person, log: LogReader, words: Words, base: str, visit: Visit) -> Page:
    """The log of the last days, or of one record from the beginning."""

    def offered(permission: Permission, verb: Callable[..., Any], **given: Any) -> Callable[..., Any] | None:
        return partial(person.bound(verb), **given) if person.may(permission) else None

    patient_id = visit.ids.get("patient_id", "")
    calls = AuditCalls(
        answer=partial(person.bound(audit_answer), log=log),
        take=offered(Permission.EXPORT_AUDIT, audit_answer_taken, log=log),
        find=offered(Permission.FIND_FOR_AUDIT, find_for_audit),
        verify=offered(Permission.VERIFY_AUDIT, audit_verdict),
        records=offered(Permission.VERIFY_RECORDS, signed_records),
        state=log.state,
    )
    filters = Filters(person.practice_day(), patient_id=patient_id, period="all" if patient_id else "month")
    return AuditPage(calls=calls, filters=filters, zone=person.zone, patient_word=words.client, base=base)
