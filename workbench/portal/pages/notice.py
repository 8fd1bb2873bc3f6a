"""The notice of privacy practices, and that one has it; asked for on the first page until it is answered."""

from typing import Final

from workbench.actions.releases.answer_notice import answer_notice
from workbench.kernel.errors import WorkbenchError
from workbench.portal.page import PortalPage
from workbench.screens.own_people import OwnPerson, ProxyScope
from workbench.screens.privacy_notices import NoticeAnswerKind, own_notice

PATH: Final = "/portal/notice"
_EFFORT: Final = "Shown on the portal and asked there to confirm it; they chose not to."


class Notice(PortalPage):
    """The version in force."""

    path = PATH
    title_key = "notice.title"
    menu_key = "notice.menu"
    told = frozenset({"notice.thanks", "notice.noted"})

    async def get(self) -> None:
        """Its words, and the buttons while it is not confirmed."""
        await self._show()

    async def post(self) -> None:
        """Received, or not confirmed."""
        is_received = self.typed("answer") == NoticeAnswerKind.RECEIVED
        answer = NoticeAnswerKind.RECEIVED if is_received else NoticeAnswerKind.DECLINED
        try:
            await self.do(answer_notice, self.whom.patient_id, notice_id=self.typed("notice_id"), answer=answer.value,
                          effort="" if is_received else _EFFORT)  # fmt: skip
        except WorkbenchError as refusal:
            await self._show(409, problems=self.problems(refusal))
            return
        self.go_on(PATH, "notice.thanks" if is_received else "notice.noted")

    async def _show(self, status: int = 200, **more: object) -> None:
        shown = await self.ask(own_notice, self.whom.patient_id)
        words = _paragraphs(shown.notice.words) if shown.notice else []
        self.page("notice.html", status, shown=shown, paragraphs=words, **more)

    @classmethod
    def stands_for(cls, whom: OwnPerson) -> bool:
        """Where the link opens the record."""
        return whom.opens(ProxyScope.RECORD)


def _paragraphs(words: str) -> list[str]:
    return [" ".join(one.split()) for one in words.replace("\r\n", "\n").split("\n\n") if one.strip()]
