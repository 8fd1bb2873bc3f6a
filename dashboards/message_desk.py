"""The pages of messages with the calls of one person."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.disclosure_cases import CaseCalls, DisclosureCasesPage
from dashboards.pages.message_new import NewMessagePage
from dashboards.pages.message_terms import MessageTermsPage
from dashboards.pages.message_thread import MessageThreadPage, ThreadCalls
from dashboards.pages.messages import InboxCalls, MessagesPage
from dashboards.parts.navigation import NavItem
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.actions.documents.upload_document import upload_document
from workbench.actions.messaging.answer_message import answer_message
from workbench.actions.messaging.broadcast_message import broadcast_message
from workbench.actions.messaging.close_thread import close_thread
from workbench.actions.messaging.keep_reply_draft import keep_reply_draft
from workbench.actions.messaging.mark_thread_read import mark_thread_read
from workbench.actions.messaging.open_thread import open_thread
from workbench.actions.messaging.remark_on_thread import remark_on_thread
from workbench.actions.messaging.report_disclosure import report_disclosure
from workbench.actions.messaging.route_thread import route_thread
from workbench.actions.messaging.set_message_terms import set_message_terms
from workbench.actions.messaging.set_out_of_office import set_out_of_office
from workbench.actions.messaging.settle_disclosure import settle_disclosure
from workbench.gate.permissions import Permission
from workbench.screens.broadcast_preview import broadcast_preview
from workbench.screens.disclosure_cases import disclosure_cases, disclosure_shown
from workbench.screens.message_inbox import message_inbox
from workbench.screens.message_terms import message_terms, own_away
from workbench.screens.message_thread import message_thread, new_thread
from workbench.screens.messages_waiting import disclosures_waiting, messages_overdue, messages_unread
from workbench.screens.patient_documents import document_file
from workbench.screens.staff_directory import staff_directory


def add_messages(desk: Desk) -> None:
    """The inbox for who sees it, the threads for who answers; what was reported for the privacy officer."""
    person = desk.person
    if person.may(Permission.SEE_MESSAGES):
        place = NavItem("Messages", "/messages", "mail", first=True, count=partial(person.call, messages_unread),
                        late=partial(person.call, messages_overdue))  # fmt: skip
        desk.page("/messages", partial(_inbox, desk), place)
    if person.may(Permission.ANSWER_MESSAGES):
        desk.page("/messages/new/{patient_id}", partial(_new, desk))
        desk.page("/messages/{thread_id}", partial(_thread, desk))
    if person.may(Permission.SET_MESSAGE_TERMS):
        desk.page("/answering-times", partial(_terms, desk), NavItem("Answering times", "/answering-times", "clock"))
    if person.may(Permission.REVIEW_DISCLOSURE):
        place = NavItem("Disclosures in messages", "/message-disclosures", "shield-check", group="Compliance",
                        count=partial(person.call, disclosures_waiting))  # fmt: skip
        desk.page("/message-disclosures", partial(_cases, desk), place)


def _inbox(desk: Desk, visit: Visit) -> Page:
    del visit
    person, either = desk.person, desk.if_allowed
    calls = InboxCalls(
        person.bound(message_inbox), person.bound(staff_directory),
        either(Permission.ANSWER_MESSAGES, broadcast_preview), either(Permission.ANSWER_MESSAGES, broadcast_message),
        either(Permission.SET_OUT_OF_OFFICE, own_away), either(Permission.SET_OUT_OF_OFFICE, set_out_of_office),
    )  # fmt: skip
    return MessagesPage(calls=calls, person_id=person.actor().person_id, zone=person.zone, clock=person.clock,
                        clinical=person.may(Permission.CLINICAL_MESSAGES), base=desk.base)  # fmt: skip


def _thread(desk: Desk, visit: Visit) -> Page:
    person, bound = desk.person, desk.person.bound
    calls = ThreadCalls(
        bound(message_thread), bound(mark_thread_read), bound(keep_reply_draft), bound(answer_message),
        bound(remark_on_thread), bound(route_thread), bound(close_thread),
        desk.if_allowed(Permission.REPORT_DISCLOSURE, report_disclosure),
        desk.if_allowed(Permission.FILE_DOCUMENT, upload_document),
        desk.if_allowed(Permission.FILE_DOCUMENT, document_file),
    )  # fmt: skip
    return MessageThreadPage(visit, calls=calls, zone=person.zone, clock=person.clock, base=desk.base)


def _new(desk: Desk, visit: Visit) -> Page:
    bound = desk.person.bound
    return NewMessagePage(visit, new_thread=bound(new_thread), open_thread=bound(open_thread), base=desk.base)


def _terms(desk: Desk, visit: Visit) -> Page:
    del visit
    return MessageTermsPage(terms=desk.person.bound(message_terms), set_terms=desk.person.bound(set_message_terms))


def _cases(desk: Desk, visit: Visit) -> Page:
    del visit
    bound = desk.person.bound
    calls = CaseCalls(bound(disclosure_cases), bound(disclosure_shown), bound(settle_disclosure))
    return DisclosureCasesPage(calls=calls, zone=desk.person.zone, base=desk.base)
