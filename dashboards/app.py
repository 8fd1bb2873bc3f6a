"""The staff site of one practice: one application under `/app`, one shell a person, pages by role."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, cast

import panel as pn
from bokeh.document import Document

from dashboards import preview
from dashboards.access_desk import access_notices, add_access, alone_strip
from dashboards.answering import PATH, AnswerPage
from dashboards.desks import desk_of
from dashboards.emergency_desk import emergency_sign
from dashboards.feeds import feed_route
from dashboards.hearing import Sign, hearing_route
from dashboards.inspecting import inspecting
from dashboards.own_account import account_menu, add_own_account, notices_of
from dashboards.parts.assets import asset_routes
from dashboards.parts.navigation import Words
from dashboards.parts.routes import path_asked
from dashboards.parts.uploads import Uploads
from dashboards.person import Person
from dashboards.places import add_places
from dashboards.shell import Shell
from workbench.actions.accounts.add_passkey import add_passkey
from workbench.actions.accounts.change_password import change_password
from workbench.actions.accounts.end_session import end_session
from workbench.actions.accounts.issue_recovery_codes import issue_recovery_codes
from workbench.actions.accounts.open_session import open_session
from workbench.actions.accounts.prove_again import prove_again
from workbench.actions.accounts.redeem_sign_in_link import redeem_sign_in_link
from workbench.actions.accounts.refuse_sign_in import refuse_sign_in
from workbench.actions.accounts.replace_authenticator import replace_authenticator
from workbench.actions.messaging.answer_reminder import answer_reminder
from workbench.gate.action import Gate
from workbench.gate.actor import NOBODY, STAFF_ROLES, Role
from workbench.gate.permissions import Permission
from workbench.gate.policy import may_hold
from workbench.kernel.settings import Settings
from workbench.marts.reader import LogReader, Reader
from workbench.portal.routes import portal_routes
from workbench.portal.speaking import ACCOUNT, STATIC, Portal
from workbench.portal.speaking import HOME as PORTAL
from workbench.screens.own_name import own_name
from workbench.screens.password_words import words_of_account, words_of_link
from workbench.screens.role_preview import role_preview
from workbench.web.actor import visitor_on
from workbench.web.desk import AccountVerbs, SignInDesk
from workbench.web.edge import is_in_care
from workbench.web.scanning import Clamd, Scanner
from workbench.web.server import InCare, Server, build_server
from workbench.web.throttle import Throttle

BASE = "/app"
ACCOUNT_VERBS = AccountVerbs(
    open_session=open_session,
    refuse_sign_in=refuse_sign_in,
    end_session=end_session,
    prove_again=prove_again,
    add_passkey=add_passkey,
    replace_authenticator=replace_authenticator,
    issue_recovery_codes=issue_recovery_codes,
    change_password=change_password,
    redeem_sign_in_link=redeem_sign_in_link,
    words_of_account=words_of_account,
    words_of_link=words_of_link,
)


@dataclass(frozen=True)
class StaffSite:
    """What every person's shell shares: door, numbers, clock, how the practice speaks, the scanner of files."""

    gate: Gate
    numbers: Reader
    log: LogReader
    clock: Callable[[], datetime]
    practice: str
    patient_word: str
    is_synthetic: bool
    origin: str
    scanner: Scanner | None = None

    def page(self) -> Any:
        """The shell of the person whose browser asks; Panel calls it for every page load."""
        document = cast(Document, pn.state.curdoc)
        visitor = visitor_on(document)
        person = Person(self.gate, visitor.actor, self.clock)
        words = Words(
            practice=self.practice,
            role=person.title(),
            ribbon="Synthetic practice" if self.is_synthetic else "",
            client=self.patient_word,
            clients=f"{self.patient_word}s",
            account=account_menu(person),
            strip=alone_strip(person, BASE),
        )
        desk = desk_of(person, self.numbers, self.log, words, BASE)
        add_access(desk, visitor.watch.close_session, self.origin)
        add_places(desk)
        add_own_account(desk, visitor.watch.close_session, self.origin)
        shell = Shell(
            desk.routes,
            desk.nav,
            own_name(self.gate, visitor.actor()) or "Signed in",
            words,
            base=BASE,
            who=visitor.actor().user_id,
            create=desk.create,
            search=desk.search,
            notices=lambda: (*access_notices(person), *notices_of(person)),
            enter=person.enter,
            sign=emergency_sign(person, BASE),
            uploads=Uploads(inspecting(person, self.scanner)),
        )
        return shell.prepare(document, path_asked(document, BASE))

    def preview(self, role: Role) -> Any:
        """The shell of a role over an empty practice, for who may look through it; that they do is written down."""
        document = cast(Document, pn.state.curdoc)
        visitor = visitor_on(document)
        role_preview(self.gate, visitor.actor(), now=self.clock(), role=role)
        person = preview.preview_person(role, visitor.actor, self.gate.zone, self.clock)
        shell = preview.preview_shell(person, role, self.practice, self.patient_word)
        return shell.prepare(document, path_asked(document, f"{preview.BASE}/{role.value}"))


def _may_open(signed_in: Any, path: str) -> bool:
    if is_in_care(signed_in):
        return False
    return not path.startswith(preview.BASE) or may_hold(Permission.PREVIEW_ROLE, signed_in.actor)


def answer_route(gate: Gate) -> tuple[str, type[AnswerPage], dict[str, Any]]:
    """The page behind the links of reminders, for who has not signed in."""
    return (PATH, AnswerPage, {"answer": partial(answer_reminder, gate, NOBODY), "throttle": Throttle()})


def staff_server(
    gate: Gate,
    numbers: Reader,
    log: LogReader,
    settings: Settings,
    clock: Callable[[], datetime],
    *,
    practice: str,
    patient_word: str,
    is_synthetic: bool,
    texts_signed: Sign | None = None,
    phone: str = "",
) -> Server:
    """The server of one practice, listening and not yet started.

    texts_signed: how the gateway of texts signs what it posts here; None where there is none. phone: the practice's.

    Raises:
        PortTaken, InsecureAddress: see `web.server`. BadSetting: the scanner of files is on another machine.
    """
    scanner = Clamd.of(settings.clamd) if settings.clamd else None
    origin = settings.origin or f"http://localhost:{settings.port}"
    site = StaffSite(gate, numbers, log, clock, practice, patient_word, is_synthetic, origin, scanner)
    desk = SignInDesk(gate, ACCOUNT_VERBS)
    hearing = [hearing_route(gate, texts_signed, origin)] if texts_signed else []
    return build_server(
        {BASE: site.page, **{f"{preview.BASE}/{role.value}": partial(site.preview, role) for role in STAFF_ROLES}},
        handlers=[*asset_routes(), answer_route(gate), feed_route(gate), *hearing],
        in_care=InCare(PORTAL, ACCOUNT, partial(portal_routes, Portal(gate, practice, phone, is_synthetic, scanner))),
        signed=frozenset(path for path, *_ in hearing),
        desk=desk,
        settings=settings,
        secret=gate.store.vault.service_key("page tokens"),
        clock=clock,
        may_open=_may_open,
        home=BASE,
        account=f"{BASE}/account/security",
        assets={"portal": STATIC},
        title=practice,
    )
