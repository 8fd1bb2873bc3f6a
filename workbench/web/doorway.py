"""What the pages of signing in, and of changing how one signs in, share: the desk, the counts, what waits, cookies."""

import asyncio
import math
import secrets
from datetime import timedelta
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

from workbench.accounts.passkeys import new_challenge
from workbench.accounts.proofs import Ceremony, Device
from workbench.accounts.rules import SignedIn
from workbench.kernel.digests import hash_of_token
from workbench.kernel.errors import sentence
from workbench.web.desk import SignInDesk
from workbench.web.devices import device_name
from workbench.web.edge import SIGN_IN, edge_of, visitor_of
from workbench.web.half_way import HalfWayHouse
from workbench.web.pages import PageHandler
from workbench.web.pool import HashingPool, TooBusy
from workbench.web.throttle import Throttle, network_of
from workbench.web.waiting import Waiting

TOO_SOON: Final = "That was tried several times. Wait {seconds} seconds, then try again."
DEVICE_DAYS: Final = 180
SEED_LASTS: Final = timedelta(minutes=15)


class Doorway:
    """What the sign-in pages of one server share.

    ceremonies: challenges that wait for a passkey's answer. seeds: seeds shown that wait for their first code.
    """

    def __init__(self, desk: SignInDesk) -> None:
        self.desk = desk
        self.pool = HashingPool()
        self.throttle = Throttle()
        self.half_way = HalfWayHouse()
        self.ceremonies: Waiting[Ceremony] = Waiting()
        self.seeds: Waiting[str] = Waiting(SEED_LASTS)


def safe_next(path: str, home: str) -> str:
    """Where to go after sign-in: a path of this site, never another one (`//evil`, `/\\evil`, control characters)."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path
    if not plain or path.startswith((SIGN_IN, "/sign-out", "/session/")):
        return home
    return path


async def beside(work: Any, *arguments: Any, **named: Any) -> Any:
    """Store work beside the event loop; writing may have to wait for another writer."""
    return await asyncio.get_running_loop().run_in_executor(None, lambda: work(*arguments, **named))


class DoorwayPage(PageHandler):
    """Common to them all."""

    def initialize(self, doorway: Doorway) -> None:
        """The shared doorway."""
        self.doorway = doorway
        self.edge = edge_of(self)

    @property
    def network(self) -> str:
        """Where the request comes from, coarsely."""
        return "net " + network_of(self.request.remote_ip or "")

    def session(self) -> SignedIn | None:
        """The live session of this browser, also one that still owes a factor."""
        visitor = visitor_of(self)
        return visitor.watch.current(visitor.session_hash) if visitor else None

    # Cookies: for this host, out of scripts' and other sites' reach, gone with the browser unless days are given.

    def named(self, name: str) -> str:
        """A cookie's name on this site."""
        return f"__Host-{name}" if self.edge.site.secure else name

    def give(self, name: str, value: str, days: int | None = None) -> None:
        """Set a cookie."""
        secure = self.edge.site.secure
        self.set_cookie(name, value, path="/", httponly=True, samesite="Strict", secure=secure, expires_days=days)

    def take(self, name: str) -> None:
        """The cookie is worth nothing now."""
        self.clear_cookie(name, path="/", httponly=True, samesite="Strict", secure=self.edge.site.secure)

    def device_hash(self) -> str:
        """The hash of this browser's device cookie, or ""."""
        token = self.get_cookie(self.named("device")) or ""
        return hash_of_token(token) if 20 <= len(token) <= 100 else ""

    def device(self) -> Device:
        """This browser; one that had no device cookie is given one."""
        known = self.device_hash()
        if not known:
            token = secrets.token_urlsafe(32)
            self.give(self.named("device"), token, days=DEVICE_DAYS)
            known = hash_of_token(token)
        return Device(
            device_name(self.request.headers.get("User-Agent", "")), network_of(self.request.remote_ip or ""), known
        )

    # Answers.

    def go(self, path: str) -> None:
        """On to another page with GET."""
        self.redirect(path, status=303)

    def ask_to_wait(self, template: str, wait: timedelta, **values: Any) -> None:
        """Too soon."""
        seconds = max(1, math.ceil(wait.total_seconds()))
        self.set_header("Retry-After", seconds)
        self.show(template, status=429, problem=self.spoken(TOO_SOON).format(seconds=seconds), **values)

    def ask_later(self, template: str, busy: TooBusy, **values: Any) -> None:
        """The queue for checking passwords is full."""
        self.set_header("Retry-After", 5)
        self.show(template, status=503, problem=sentence(busy), **values)

    async def beside(self, work: Any, *arguments: Any, **named: Any) -> Any:
        """Store work beside the event loop; writing may have to wait for another writer."""
        return await beside(work, *arguments, **named)

    # Passkeys.

    @property
    def can_use_passkeys(self) -> bool:
        """Whether browsers let passkeys be used at this address: a name, never a number."""
        host = urlsplit(f"//{self.request.host}").hostname or ""
        try:
            ip_address(host)
        except ValueError:
            return True
        return False

    def begin_ceremony(self, key: str) -> Ceremony:
        """A new challenge for this site and this request's origin, in place of one that waits under the same key."""
        origin = self.request.headers.get("Origin", "")
        ceremony = Ceremony(urlsplit(origin).hostname or "", origin, new_challenge())
        return self.doorway.ceremonies.put(key, ceremony, self.edge.clock())

    def say_json(self, text: str) -> None:
        """JSON made elsewhere."""
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(text)
