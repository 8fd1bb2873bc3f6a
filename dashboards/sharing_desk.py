"""The pages of what the portal shows of a record, and of the privacy notice, with the calls of one person."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.notices import NoticeCalls, NoticeOfPersonCalls, NoticeOfPersonPage, NoticesPage
from dashboards.pages.sharing import SharingCalls, SharingPage, SharingRulesPage
from dashboards.parts.navigation import NavItem
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.actions.releases.answer_notice import answer_notice
from workbench.actions.releases.decide_sharing import decide_sharing
from workbench.actions.releases.publish_notice import publish_notice
from workbench.actions.releases.set_sharing import set_sharing
from workbench.gate.permissions import Permission
from workbench.screens.privacy_notices import own_notice, privacy_notices
from workbench.screens.sharing import sharing_of, sharing_rules


def add_sharing(desk: Desk) -> None:
    """The rules for who sets them; what one person sees for who writes their chart."""
    if desk.person.may(Permission.SET_SHARING):
        desk.page("/sharing", partial(_rules, desk), NavItem("On the portal", "/sharing", "eye", group="Compliance"))
    if desk.person.may(Permission.DECIDE_SHARING):
        desk.page("/sharing/{patient_id}", partial(_of_patient, desk))
    if desk.person.may(Permission.PUBLISH_NOTICE):
        place = NavItem("Privacy notice", "/privacy-notice", "file-text", group="Compliance")
        desk.page("/privacy-notice", partial(_notices, desk), place)
    if desk.person.may(Permission.ANSWER_NOTICE):
        desk.page("/privacy-notice/{patient_id}", partial(_notice_of_person, desk))


def _rules(desk: Desk, visit: Visit) -> Page:
    del visit
    bound = desk.person.bound
    return SharingRulesPage(shown=bound(sharing_rules), change=bound(set_sharing), word=desk.words.client,
                            base=desk.base)  # fmt: skip


def _of_patient(desk: Desk, visit: Visit) -> Page:
    calls = SharingCalls(desk.person.bound(sharing_of), desk.person.bound(decide_sharing))
    return SharingPage(visit, calls=calls, word=desk.words.client, base=desk.base)


def _notices(desk: Desk, visit: Visit) -> Page:
    del visit
    calls = NoticeCalls(desk.person.bound(privacy_notices), desk.person.bound(publish_notice))
    return NoticesPage(calls=calls, today=desk.person.practice_day)


def _notice_of_person(desk: Desk, visit: Visit) -> Page:
    calls = NoticeOfPersonCalls(desk.person.bound(own_notice), desk.person.bound(answer_notice))
    return NoticeOfPersonPage(visit, calls=calls, zone=desk.person.zone, base=desk.base)
