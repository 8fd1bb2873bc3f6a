"""The addresses this server answers to: what a Host, an Origin and a Sec-Fetch-Site header may say."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from tornado.httputil import HTTPServerRequest

from workbench.kernel.errors import WorkbenchError

_READ_ONLY = frozenset({"GET", "HEAD", "OPTIONS"})


class InsecureAddress(WorkbenchError):
    """Plain http would carry passwords over a network."""


@dataclass(frozen=True)
class Site:
    """Where the server is reached: exact origins such as `https://practice.example.com`, and whether by https.

    signed: paths where no browser comes, and a signature that the handler checks says who it is.
    """

    origins: frozenset[str]
    secure: bool
    signed: frozenset[str] = frozenset()

    @property
    def hosts(self) -> frozenset[str]:
        """The Host headers that belong to the origins."""
        return frozenset(urlsplit(origin).netloc for origin in self.origins)

    @property
    def session_cookie(self) -> str:
        """The `__Host-` prefix makes a browser refuse the cookie without https, with a domain or with another path."""
        return "__Host-sid" if self.secure else "sid"

    @property
    def xsrf_cookie(self) -> str:
        """Name of the cookie the form token is compared with."""
        return "__Host-xsrf" if self.secure else "xsrf"

    def serves(self, request: HTTPServerRequest) -> bool:
        """Whether the Host is ours; anything else is a rebound name or a mistake."""
        return request.host in self.hosts

    def trusts(self, request: HTTPServerRequest) -> bool:
        """Whether a request that could change something, or opens a socket, comes from our own pages.

        Reading needs no origin. Everything else must name one of ours exactly: a missing Origin is refused too,
        because every browser sends it, and `Sec-Fetch-Site`, where sent, must agree. Where a signature is asked for, it
        stands for both.
        """
        upgrades = "upgrade" in request.headers.get("Connection", "").lower() or "Upgrade" in request.headers
        if (request.method in _READ_ONLY or request.path in self.signed) and not upgrades:
            return True
        if request.headers.get_list("Origin") not in [[origin] for origin in self.origins]:
            return False
        return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


def site_of(origin: str, host: str, port: int) -> Site:
    """The site for a configured origin, or for this machine alone if none is configured.

    Raises:
        InsecureAddress: plain http for anything but this machine.
    """
    if origin:
        parts = urlsplit(origin)
        address = f"{parts.scheme}://{parts.netloc}".lower()
        if parts.scheme == "https":
            return Site(frozenset({address}), secure=True)
        if parts.scheme != "http" or not _is_this_machine(parts.hostname or ""):
            raise InsecureAddress(f"“{origin}” is not an https address. Plain http is only for this machine.")
        return Site(frozenset({address}), secure=False)
    if not _is_this_machine(host):
        raise InsecureAddress("To serve other machines, set WORKBENCH_ORIGIN to the https address people will type.")
    names = {"localhost", "127.0.0.1", f"[{host}]" if ":" in host else host}
    return Site(frozenset(f"http://{name}:{port}" for name in names), secure=False)


def _is_this_machine(host: str) -> bool:
    if host in ("localhost", ""):
        return host != ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
