"""A review is closed once every line is decided; its certificate says who decided what, and nothing follows it."""

import json
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from tests.actions.accounts.granting import House
from tests.actions.accounts.reviewing import Reviewed, reviewed
from tests.factories.small_practice import put
from workbench.accounts.review_rules import ReviewClosed, ReviewUndecided
from workbench.accounts.review_tables import (
    AccessReviewClosing,
    AccessReviewDecision,
    ReviewCertificate,
    ReviewWords,
)
from workbench.actions.accounts.attest_access import attest_access
from workbench.actions.accounts.close_access_review import close_access_review
from workbench.actions.accounts.open_access_review import open_access_review
from workbench.gate.action import Gate
from workbench.gate.actor import Role
from workbench.gate.audit import AuditRow


def decided(house: Reviewed) -> None:
    gate, at = house.gate, house.now
    attest_access(gate, house.officer, house.line("biller", Role.BILLER).line_id, now=at, decision="take_away")
    attest_access(gate, house.officer, house.line("owner", Role.OWNER).line_id, now=at, decision="keep")
    attest_access(gate, house.owner, house.line("officer", Role.COMPLIANCE).line_id, now=at, decision="keep")


def test_the_certificate_holds_every_line_and_the_log_its_digest(gate: Gate, now: datetime) -> None:
    house = reviewed(gate, now)
    with pytest.raises(ReviewUndecided, match="3 lines wait"):
        close_access_review(gate, house.officer, house.review_id, now=house.now)
    decided(house)
    digest = close_access_review(gate, house.officer, house.review_id, now=house.now).digest
    shown = house.shown()
    certificate = shown.certificate
    assert certificate is not None
    assert shown.is_unchanged
    assert digest == shown.digest == sha256(json.dumps(asdict(certificate), sort_keys=True).encode()).hexdigest()
    assert (certificate.people, certificate.kept, certificate.taken_away, certificate.undecided) == (3, 2, 1, 0)
    first = certificate.lines[0]
    assert (first.person, first.role, first.decision, first.became) == ("biller Test", "biller", "take_away", "open")
    with gate.store.reading() as read:
        body = read.scalars(select(AuditRow.body).where(AuditRow.event == "access_review.closed")).one()
    assert digest.encode() in bytes(body)


def test_nothing_follows_the_closing(gate: Gate, now: datetime) -> None:
    house = reviewed(gate, now)
    decided(house)
    close_access_review(gate, house.owner, house.review_id, now=house.now)
    with pytest.raises(ReviewClosed):
        close_access_review(gate, house.officer, house.review_id, now=house.now)
    line = house.row("biller")
    with pytest.raises(ReviewClosed):
        attest_access(gate, house.owner, line.id, now=house.now, decision="take_away")
    late = AccessReviewDecision(
        line_id=line.id, review_id=line.review_id, person_id="stf_biller", number=2, decision="keep",
        decided_by="stf_owner", decided_at=now, words=ReviewWords(""),
    )  # fmt: skip
    with pytest.raises(DBAPIError, match="access_review_closed"):
        put(gate.store, [late])


def test_the_database_refuses_a_closing_while_lines_wait(gate: Gate, now: datetime) -> None:
    house = reviewed(gate, now)
    empty = ReviewCertificate("2026-Q2", "", "", "", "", "", 0, 0, 0, 0, 0, ())
    closing = AccessReviewClosing(
        review_id=house.review_id, closed_by="stf_owner", closed_at=now, digest="", certificate=empty
    )
    with pytest.raises(DBAPIError, match="access_review_undecided"):
        put(gate.store, [closing])


def test_who_reviews_alone_leaves_their_own_line_open_and_the_certificate_says_so(gate: Gate, now: datetime) -> None:
    people = House(gate, now)
    owner = people.person("owner", Role.OWNER)
    review_id = open_access_review(gate, owner, now=now).review_id
    close_access_review(gate, owner, review_id, now=now)
    house = Reviewed(gate, owner, owner, review_id, now)
    certificate = house.shown().certificate
    assert certificate is not None
    assert (certificate.undecided, certificate.lines[0].decision, certificate.lines[0].decided_by) == (1, "", "")
