"""Handing a letter to a real mail server: taken once, refused, nobody there, or nobody knows; never a guess."""

from collections.abc import Iterator
from email.message import Message

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.jobs.smtp_server import MailBox
from workbench.kernel.settings import BadSetting
from workbench.messaging.post import CutOff, Letter, NobodyThere, Returned
from workbench.messaging.smtp import MailServer, SmtpPost

LETTER = Letter(
    "rem_1.1", "fern@example.test", "Juniper", "Appointment reminder", "On Wed at 10.\n.\nA dot, and ümlaut.\n"
)


@pytest.fixture
def box() -> Iterator[MailBox]:
    made = MailBox()
    yield made
    made.shutdown()
    made.server_close()


def written(taken: Message) -> str:
    """The body as it was before its lines were ended as the wire ends them."""
    content: str = taken.get_content()  # type: ignore[attr-defined]
    return content.replace("\r\n", "\n")


def post(box: MailBox) -> SmtpPost:
    return SmtpPost(MailServer.of(box.url))


def test_a_letter_arrives_whole_and_says_whom_it_is_from(box: MailBox) -> None:
    post(box).send(LETTER)
    (taken,) = box.taken
    assert (taken["From"], taken["To"]) == ("Juniper <office@example.test>", "fern@example.test")
    assert (taken["Subject"], taken["Message-ID"]) == ("Appointment reminder", "<rem_1.1@example.test>")
    assert written(taken) == LETTER.body


@pytest.mark.parametrize(("refuses", "meets"), [
    ({"RCPT": 550}, Returned), ({"RCPT": 450}, NobodyThere), ({"MAIL": 421}, NobodyThere), ({"DATA": 554}, Returned),
])  # fmt: skip
def test_what_is_not_taken_is_said_to_be_so(box: MailBox, refuses: dict[str, int], meets: type[Exception]) -> None:
    box.refuses = refuses
    with pytest.raises(meets):
        post(box).send(LETTER)
    assert box.taken == []


@pytest.mark.parametrize(("where", "meets"), [("MAIL", NobodyThere), ("DATA", NobodyThere), ("END", CutOff)])
def test_a_line_that_breaks_is_a_guess_only_once_the_letter_was_written(box, where, meets) -> None:
    box.hangs_up_at = where
    with pytest.raises(meets):
        post(box).send(LETTER)


def test_nobody_listens(box: MailBox) -> None:
    there = post(box)
    box.shutdown()
    box.server_close()
    with pytest.raises(NobodyThere):
        there.send(LETTER)


@pytest.mark.parametrize("to", ["a@b.test\r\nBcc: evil@x.test", "a@b.test\nX: y"])
def test_an_address_that_would_break_out_of_its_line_is_never_sent(box: MailBox, to: str) -> None:
    with pytest.raises(Returned):
        post(box).send(Letter("rem_1.1", to, "Juniper", "x", "y"))
    assert box.taken == []


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(lines=st.lists(st.sampled_from([".", "..", ". x", "", "äöü", "plain", "=3D", "From x"]), max_size=6))
def test_every_body_arrives_as_it_was_written(box: MailBox, lines: list[str]) -> None:
    box.taken.clear()
    body = "\n".join(lines) + "\n"
    post(box).send(Letter("rem_1.1", "a@b.test", "J", "x", body))
    assert written(box.taken[0]) == body


@pytest.mark.parametrize(
    "url", ["", "smtp.example.com", "http://x?from=a@b.test", "smtps://x", "smtps://?from=a@b.test"]
)
def test_a_setting_that_names_no_server_is_refused_in_one_sentence(url: str) -> None:
    with pytest.raises(BadSetting, match="must look like"):
        MailServer.of(url)


def test_a_setting_is_read_whole_and_its_password_is_in_no_text() -> None:
    server = MailServer.of("smtps://desk:p%40ss@smtp.example.com?from=office@example.com")
    assert (server.host, server.port, server.user, server.password) == ("smtp.example.com", 465, "desk", "p@ss")
    assert server.starts_encrypted
    assert "p@ss" not in repr(server)
    assert SmtpPost(server).service == "mail:smtp.example.com"
