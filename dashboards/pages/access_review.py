"""One review of access: what each role gave beside what was used of it, a decision line by line, the certificate."""

from collections.abc import Callable
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts.access_words import ROLE_TITLES
from dashboards.parts.dialogs import confirm
from dashboards.parts.html import render
from dashboards.parts.message import Message
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Ask, Done
from workbench.gate.actor import Role
from workbench.gate.permissions import Permission
from workbench.screens.access_reviews import Proposal, ReviewLine, ReviewShown, uses_by_act


class AccessReviewPage(Page):
    """Whoever waits for a decision stands first."""

    needs = Permission.SEE_ACCESS_REVIEWS
    title = "Access review"

    def __init__(
        self,
        review_id: str,
        *,
        shown: Callable[[str], ReviewShown],
        attest: Callable[..., Any] | None,
        close: Callable[..., Any] | None,
        zone: ZoneInfo,
        base: str = "",
    ) -> None:
        self._id, self._shown, self._attest, self._close = review_id, shown, attest, close
        self._zone, self._base = zone, base
        self.found: ReviewShown | None = None

    def load(self) -> None:
        """How it stands now."""
        self.found = self._shown(self._id)
        self.title = f"Access review {self.found.row.quarter}"

    def crumbs(self) -> tuple[Crumb, ...]:
        """Below the reviews."""
        return (Crumb("Access", "/access"), Crumb("Reviews", "/access/reviews"), Crumb(self.title))

    def render(self) -> Markup:
        """The lines, or the certificate."""
        assert self.found is not None
        row = self.found.row
        people = [list(some) for _, some in groupby(self.found.lines, attrgetter("person_id"))]
        people.sort(key=lambda lines: (all(line.decision for line in lines), lines[0].is_mine))
        return render(
            "pages/access_review.html", found=self.found, row=row, people=people, uses=uses_by_act, zone=self._zone,
            role_of=lambda stored: ROLE_TITLES[Role(stored)], left=row.lines - row.decided,
            may_decide=self._attest is not None and row.closed_at is None,
            may_close=self._close is not None and row.closed_at is None, at=datetime.fromisoformat,
        )  # fmt: skip

    def do_keep(self, message: Message) -> Ask | Done:
        """The role stays; against the proposal, a reason is asked for."""
        line = self._line(message)
        return self._decide(message, line, Proposal.KEEP, "Keep the role?")

    def do_take_away(self, message: Message) -> Ask | Done:
        """The end of the role is asked for; another person approves it."""
        line = self._line(message)
        title = f"Take {ROLE_TITLES[Role(line.role)].lower()} away from {line.name}?"
        return self._decide(message, line, Proposal.TAKE_AWAY, title)

    def do_close(self, message: Message) -> Done:
        """Write the certificate."""
        assert self._close is not None
        self._close(self._id, idempotency_key=message.key)
        return Done("Closed; the certificate is written")

    def _decide(self, message: Message, line: ReviewLine, decision: Proposal, title: str) -> Ask | Done:
        assert self._attest is not None
        reason = message.text("reason")
        if decision != line.proposal and not reason and not message.text("confirmed"):
            text = "The proposal is another. Please say why; it is kept with the decision."
            args = {"id": line.line_id, "confirmed": "yes"}
            label = "Keep it" if decision is Proposal.KEEP else "Ask for its end"
            return confirm(message.do, title, text, label=label, args=args, reason=True)
        done = self._attest(line.line_id, decision=decision.value, reason=reason, idempotency_key=message.key)
        return Done("Its end is asked for: another person approves it" if done.request_id else "Decided")

    def _line(self, message: Message) -> ReviewLine:
        assert self.found is not None
        wanted = message.required("id")
        return next(line for line in self.found.lines if line.line_id == wanted)
