"""Security headers on every answer, whoever wrote it: pages, files, errors, redirects."""

import secrets
from enum import StrEnum

from tornado.httputil import HTTPHeaders, HTTPServerRequest
from tornado.web import GZipContentEncoding, OutputTransform

from workbench.web.site import Site


class PagePolicy(StrEnum):
    """What a page may load. `{nonce}` is filled in per answer.

    STRICT is for sign-in, portal, errors and files. DASHBOARD adds what Bokeh needs, by measurement: style elements
    made in shadow roots (so `'unsafe-inline'` for styles, never for scripts), blob modules, blob and data images.
    """

    STRICT = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        "object-src 'none'"
    )
    DASHBOARD = (
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' blob:; worker-src 'self' blob:; "
        "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    )


FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: under it browsers send "Origin: null" with our own forms, and the origin check needs the truth.
    # same-origin gives other sites just as little: nothing.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), "
        "gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-DNS-Prefetch-Control": "off",
}
TWO_YEARS = "max-age=63072000; includeSubDomains"
FOREVER = "public, max-age=31536000, immutable"
FILE_PATHS = ("/static/", "/site/", "/favicon.ico")


def nonce_of(request: HTTPServerRequest) -> str:
    """The nonce of the answer to this request: the same for the header and the page, never used twice."""
    nonce: str | None = getattr(request, "csp_nonce", None)
    if nonce is None:
        nonce = secrets.token_urlsafe(18)
        request.csp_nonce = nonce  # type: ignore[attr-defined]
    return nonce


def use_policy(request: HTTPServerRequest, policy: PagePolicy) -> None:
    """Choose the policy of the answer; without a choice it is STRICT."""
    request.page_policy = policy  # type: ignore[attr-defined]


def _cache_rule(request: HTTPServerRequest, status: int, said: str) -> str:
    """Files named with their hash are kept for good, other files are checked each time, all else is never stored.

    said: what the handler of another file asked for.
    """
    if status not in (200, 304):
        return "no-store"
    if request.path.startswith(FILE_PATHS):
        return FOREVER if request.arguments.get("v") else "no-cache"
    return said or "no-store"


class SecurityHeaders(OutputTransform):
    """Puts the headers on; what a handler set itself (a download's type, a page's camera) stays."""

    site: Site

    def __init__(self, request: HTTPServerRequest) -> None:
        self._request = request

    def transform_first_chunk(
        self,
        status_code: int,
        headers: HTTPHeaders,
        chunk: bytes,
        finishing: bool,  # noqa: ARG002
    ) -> tuple[int, HTTPHeaders, bytes]:
        """The answer with its headers."""
        headers.pop("Server", None)
        if status_code == 101:
            return status_code, headers, chunk
        policy: PagePolicy = getattr(self._request, "page_policy", PagePolicy.STRICT)
        headers["Content-Security-Policy"] = policy.value.replace("{nonce}", nonce_of(self._request))
        headers["Cache-Control"] = _cache_rule(self._request, status_code, headers.get("Cache-Control", ""))
        headers.pop("Expires", None)
        for name, value in FIXED.items():
            if name not in headers:
                headers[name] = value
        if self.site.secure:
            headers["Strict-Transport-Security"] = TWO_YEARS
        return status_code, headers, chunk


def headers_for(site: Site) -> type[OutputTransform]:
    """The transform for one site; Tornado makes an instance a request."""
    return type("SiteHeaders", (SecurityHeaders,), {"site": site})


class Gzip(GZipContentEncoding):
    """Compression, but not of parts: a range of bytes must stay the bytes that were asked for."""

    def transform_first_chunk(
        self, status_code: int, headers: HTTPHeaders, chunk: bytes, finishing: bool
    ) -> tuple[int, HTTPHeaders, bytes]:
        """The answer, smaller where that is right."""
        if status_code in (101, 206):
            self._gzipping = False
            return status_code, headers, chunk
        return super().transform_first_chunk(status_code, headers, chunk, finishing)
