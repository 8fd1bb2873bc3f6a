"""Mail by SMTP (RFC 5321), over TLS but to this machine. It never guesses whether something was taken."""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr
from typing import Final
from urllib.parse import unquote, urlsplit

from workbench.kernel.settings import BadSetting
from workbench.messaging.agreements import Carries, service_of
from workbench.messaging.post import CutOff, Letter, NobodyThere, Returned

SECONDS: Final = 20.0
_HERE: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_PERMANENT: Final = 500


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over and from whom it is: `smtps://user:password@host:465?from=office@example.com`."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    starts_encrypted: bool = True

    @classmethod
    def of(cls, url: str) -> "MailServer":
        """The server that a setting names.

        Raises:
            BadSetting: it names none.
        """
        parts = urlsplit(url)
        sender = parts.query.removeprefix("from=")
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname or "@" not in sender:
            raise BadSetting("WORKBENCH_SMTP must look like smtps://user:password@host:465?from=office@example.com.")
        is_tls = parts.scheme == "smtps"
        port = parts.port or (465 if is_tls else 587)
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.hostname, port, unquote(sender), user, password, is_tls)


class SmtpPost:
    """Hands letters to one server, a line for each."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self.service = service_of(Carries.MAIL, server.host)

    def send(self, letter: Letter) -> None:
        """See `Post`. Up to the last line of the letter nothing was taken; from there on it may have been."""
        try:
            text = _written(letter, self._server.sender)
        except ValueError:  # an address that would break the line it stands in
            raise Returned("This address cannot be written to.") from None
        try:
            line = self._line()
        except (OSError, smtplib.SMTPException):
            raise NobodyThere("The mail server could not be reached.") from None
        try:
            self._hand_over(line, letter.to, text)
        finally:
            line.close()

    def _line(self) -> smtplib.SMTP:
        server = self._server
        if server.starts_encrypted:
            line: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS)
        else:
            line = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
            if server.host not in _HERE:  # without TLS nothing leaves this machine
                line.starttls(context=ssl.create_default_context())
        line.ehlo()
        if server.user:
            line.login(server.user, server.password)
        return line

    def _hand_over(self, line: smtplib.SMTP, to: str, text: bytes) -> None:
        try:
            for code, _ in (line.mail(self._server.sender), line.rcpt(to)):
                _check(code)
            code, _ = line.docmd("DATA")
            if code != 354:
                _check(code)
        except (OSError, smtplib.SMTPException):
            raise NobodyThere("The mail server hung up.") from None
        try:
            line.send(text + b".\r\n")
            code, _ = line.getreply()
        except (OSError, smtplib.SMTPException):
            raise CutOff("The line broke when the message may have been taken.") from None
        _check(code)


def _check(code: int) -> None:
    if code >= _PERMANENT:
        raise Returned("The mail server refuses this address.")
    if code >= 400:
        raise NobodyThere("The mail server takes nothing just now.")


def _written(letter: Letter, sender: str) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = formataddr((letter.sender, sender))
    message["To"], message["Subject"] = letter.to, letter.subject
    message["Message-ID"] = f"<{letter.reference}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    return message.as_bytes().replace(b"\r\n.", b"\r\n..")  # RFC 5321, 4.5.2
