"""Every address of the portal. A later page is one line in `PAGES`."""

from typing import Any, Final

from tornado.web import RequestHandler

from workbench.portal.page import PortalPage
from workbench.portal.pages.appointments import Appointments, CancelAppointment
from workbench.portal.pages.bills import BillPaper, Bills
from workbench.portal.pages.book import Book, ConfirmBooking
from workbench.portal.pages.choosing import LANGUAGE, ChooseLanguage, ChooseWhom
from workbench.portal.pages.consents import Consents, WithdrawConsent
from workbench.portal.pages.fill_form import Fill
from workbench.portal.pages.forms import Forms, Paper, Signed
from workbench.portal.pages.home import Home
from workbench.portal.pages.join import PATH as JOIN
from workbench.portal.pages.join import Join
from workbench.portal.pages.looked import Looked
from workbench.portal.pages.message_writing import NewMessage, Thread
from workbench.portal.pages.messages import KeepDraft, MarkRead, MessageFile, Messages
from workbench.portal.pages.move_appointment import ConfirmMove, MoveAppointment
from workbench.portal.pages.notice import Notice
from workbench.portal.pages.own_files import OwnFiles
from workbench.portal.pages.own_sign_in import OwnSignInPage
from workbench.portal.pages.record import AskAmendment, OwnRecordFile, OwnRecordPage, OwnRecordWhole
from workbench.portal.pages.sign_form import Help, Refuse, Send, Sign
from workbench.portal.pages.waitlist import Waitlist
from workbench.portal.speaking import Portal
from workbench.web.doorway import Doorway

Route = tuple[str, type[RequestHandler], dict[str, Any]]

PAGES: Final[tuple[type[PortalPage], ...]] = (
    Home,
    Appointments,
    CancelAppointment,
    MoveAppointment,
    ConfirmMove,
    Book,
    ConfirmBooking,
    Waitlist,
    Messages,
    Thread,
    NewMessage,
    KeepDraft,
    MarkRead,
    MessageFile,
    Forms,
    Fill,
    Sign,
    Refuse,
    Send,
    Help,
    Signed,
    Paper,
    Consents,
    WithdrawConsent,
    OwnFiles,
    OwnRecordPage,
    OwnRecordFile,
    OwnRecordWhole,
    AskAmendment,
    Bills,
    BillPaper,
    Looked,
    Notice,
    OwnSignInPage,
    ChooseWhom,
)
"""In the order of the menu, for those that stand in it."""

PortalPage.menu = tuple(page for page in PAGES if page.menu_key)


def portal_routes(portal: Portal, doorway: Doorway) -> list[Route]:
    """The pages for who is signed in; the switch of language and the use of an invitation for everybody."""
    shared = {"portal": portal}
    joining = (JOIN, Join, {"doorway": doorway, **shared})
    return [*((page.path, page, shared) for page in PAGES), (LANGUAGE, ChooseLanguage, shared), joining]
