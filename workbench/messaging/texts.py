"""Texts and calls through a gateway that speaks HTTP as Twilio does. It never guesses whether something was taken."""

import base64
import hashlib
import hmac
import http.client
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qs, unquote, urlencode, urlsplit
from xml.sax.saxutils import escape

from workbench.kernel.settings import BadSetting
from workbench.messaging.agreements import Carries, service_of
from workbench.messaging.post import CutOff, Letter, NobodyThere, Returned

SECONDS: Final = 20.0
_HERE: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_TOO_MANY, _REFUSED = 429, frozenset({400, 404, 410, 422})


@dataclass(frozen=True)
class TextGateway:
    """Where texts are handed over and which number they come from.

    As a setting: `https://account:token@api.example.com?from=+15550100100`; without TLS only on this machine.
    """

    host: str
    port: int
    account: str
    token: str = field(repr=False)
    sender: str
    is_tls: bool = True

    @classmethod
    def of(cls, url: str) -> "TextGateway":
        """The gateway that a setting names.

        Raises:
            BadSetting: it names none.
        """
        parts = urlsplit(url)
        sender = parse_qs(parts.query.replace("+", "%2B")).get("from", [""])[0]
        is_tls = parts.scheme == "https"
        if not (is_tls or (parts.scheme == "http" and parts.hostname in _HERE)) or not parts.hostname:
            raise BadSetting("WORKBENCH_TEXTS must be an https address.")
        if not parts.username or not parts.password or not sender.lstrip("+").isdigit():
            raise BadSetting("WORKBENCH_TEXTS must look like https://account:token@api.example.com?from=+15550100100.")
        port = parts.port or (443 if is_tls else 80)
        return cls(parts.hostname, port, unquote(parts.username), unquote(parts.password), sender, is_tls)

    def signed(self, url: str, form: Mapping[str, str]) -> str:
        """The signature of what the gateway posts to us: HMAC-SHA1 over the address and the sorted fields, base64."""
        said = url + "".join(f"{name}{form[name]}" for name in sorted(form))
        return base64.b64encode(hmac.new(self.token.encode(), said.encode(), hashlib.sha1).digest()).decode()


class TextPost:
    """Hands texts to one gateway, a line for each."""

    carries, resource = Carries.TEXT, "Messages"

    def __init__(self, gateway: TextGateway) -> None:
        self._gateway = gateway
        self.service = service_of(self.carries, gateway.host)

    def form(self, letter: Letter) -> dict[str, str]:
        """What is posted beside the two numbers."""
        return {"Body": letter.body}

    def send(self, letter: Letter) -> None:
        """See `Post`. Until the line is open nothing was taken; once the form is under way it may have been."""
        gateway = self._gateway
        kind = http.client.HTTPSConnection if gateway.is_tls else http.client.HTTPConnection
        line = kind(gateway.host, gateway.port, timeout=SECONDS)
        try:
            try:
                line.connect()
            except OSError:
                raise NobodyThere("The gateway could not be reached.") from None
            try:
                line.request("POST", self._path(), self._posted(letter), _headers(gateway))
                status = line.getresponse().status
            except (OSError, http.client.HTTPException):
                raise CutOff("The line broke when the text may have been taken.") from None
        finally:
            line.close()
        _check(status)

    def _path(self) -> str:
        return f"/2010-04-01/Accounts/{self._gateway.account}/{self.resource}.json"

    def _posted(self, letter: Letter) -> str:
        to = f"+1{letter.to}" if len(letter.to) == 10 else letter.to
        return urlencode({"To": to, "From": self._gateway.sender, **self.form(letter)})


class VoicePost(TextPost):
    """Lets one gateway call and read a letter out, twice, for who picks up late."""

    carries, resource = Carries.VOICE, "Calls"

    def form(self, letter: Letter) -> dict[str, str]:
        """What the gateway says, in the XML that it reads."""
        said = f"<Say>{escape(letter.body)}</Say>"
        return {"Twiml": f'<Response>{said}<Pause length="1"/>{said}</Response>'}


def _check(status: int) -> None:
    if 200 <= status < 300:
        return
    if status in _REFUSED:
        raise Returned("The gateway refuses this number.")
    if status == _TOO_MANY or 300 <= status < 500:
        raise NobodyThere("The gateway takes nothing just now.")
    raise CutOff("The gateway failed when the text may have been taken.")


def _headers(gateway: TextGateway) -> dict[str, str]:
    basic = base64.b64encode(f"{gateway.account}:{gateway.token}".encode()).decode()
    return {"Authorization": f"Basic {basic}", "Content-Type": "application/x-www-form-urlencoded"}
