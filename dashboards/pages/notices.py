"""The notice of privacy practices: its versions, and what one person said to the one in force."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts.dialogs import flyout
from dashboards.parts.html import day, render
from dashboards.parts.message import Message
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Ask, Done, Reply
from dashboards.parts.routes import Visit as Opening
from workbench.gate.permissions import Permission
from workbench.screens.privacy_notices import NoticeAnswerKind, NoticeOfPerson, NoticeVersion

ANSWERS: Final = ((NoticeAnswerKind.RECEIVED.value, "Received it"),
                  (NoticeAnswerKind.DECLINED.value, "Did not want to confirm it"))  # fmt: skip


@dataclass(frozen=True)
class NoticeCalls:
    """The calls of the page of versions, with actor and time already given."""

    shown: Callable[[], tuple[NoticeVersion, ...]]
    publish: Callable[..., Any]


class NoticesPage(Page):
    """Every version, the newest first."""

    needs = Permission.PUBLISH_NOTICE
    title = "Privacy notice"

    def __init__(self, *, calls: NoticeCalls, today: Callable[[], date]) -> None:
        self._calls, self._today = calls, today
        self.versions: tuple[NoticeVersion, ...] = ()

    def load(self) -> None:
        """With how many said what."""
        self.versions = self._calls.shown()

    def render(self) -> Markup:
        """The versions, the one in force opened."""
        return render("pages/notices.html", versions=self.versions, today=self._today())

    def do_ask_publish(self, message: Message) -> Ask:
        """From the words of the newest."""
        del message
        html = render("pages/notice_new.html", newest=self.versions[0] if self.versions else None, today=self._today())
        return flyout("A new version", html)

    def do_publish(self, message: Message) -> Done:
        """Everybody is asked to confirm it."""
        effective_on = message.day("effective_on")
        made = self._calls.publish(words=message.text("words"), changed=message.text("changed"),
                                   effective_on=effective_on, idempotency_key=message.key)  # fmt: skip
        return Done(f"Version {made.number} is published. The portal asks for it from {day(effective_on)} on.")


@dataclass(frozen=True)
class NoticeOfPersonCalls:
    """The calls of the page of one person."""

    shown: Callable[..., NoticeOfPerson]
    answer: Callable[..., Any]


class NoticeOfPersonPage(Page):
    """What they said to the version in force, and what is noted for them from paper."""

    needs = Permission.ANSWER_NOTICE
    title = "Privacy notice"

    def __init__(self, opening: Opening, *, calls: NoticeOfPersonCalls, zone: ZoneInfo, base: str) -> None:
        self._calls, self._zone, self._base = calls, zone, base
        self._patient_id = opening.ids["patient_id"]
        self.found = NoticeOfPerson(None)

    def load(self) -> None:
        """As it stands."""
        self.found = self._calls.shown(self._patient_id)

    def crumbs(self) -> tuple[Crumb, ...]:
        """Back to the file; no name."""
        return (Crumb(f"File {self.found.number}", f"/patients/{self._patient_id}"), Crumb(self.title))

    def render(self) -> Markup:
        """The page."""
        return render("pages/notice_of_person.html", found=self.found, words=dict(ANSWERS), zone=self._zone,
                      patient_id=self._patient_id, base=self._base)  # fmt: skip

    def do_ask_note(self, message: Message) -> Reply:
        """What did they say?"""
        del message
        if self.found.notice is None:
            return Done("No notice is in force yet.", tone="warn")
        html = render("pages/notice_note.html", notice_id=self.found.notice.notice_id, answers=ANSWERS)
        return flyout("What was said to the notice", html)

    def do_note(self, message: Message) -> Done:
        """It is kept."""
        self._calls.answer(
            self._patient_id, notice_id=message.text("notice_id"), answer=message.text("answer"),
            effort=message.text("effort"), idempotency_key=message.key,
        )  # fmt: skip
        return Done("Noted.")
