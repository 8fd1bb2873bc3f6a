"""Forget the answers kept for resent forms once nobody can resend them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work

KEPT_FOR: Final = timedelta(days=7)


@dataclass(frozen=True)
class AnswersExpired:
    """How many answers were forgotten."""

    answers: int


@action(Permission.EXPIRE_KEPT_ANSWERS)
def expire_kept_answers(work: Work) -> AnswersExpired:
    """Delete what was answered more than seven days ago; exactly seven days is kept."""
    answers = work.forget_answers(before=work.now - KEPT_FOR)
    work.record(AuditEvent.KEPT_ANSWERS_EXPIRED, answers=answers)
    return AnswersExpired(answers)
