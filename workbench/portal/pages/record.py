"""One's own record: what is signed, each to read at once, all of it to download, and a wish to have it changed."""

from typing import Final

from tornado.web import HTTPError

from workbench.actions.releases.take_amendment import take_amendment
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.time import day_of
from workbench.portal.page import PortalPage
from workbench.screens.own_copy import own_bundle, own_packet
from workbench.screens.own_people import OwnPerson, ProxyScope
from workbench.screens.own_record import OwnFile, OwnRecord, own_paper, own_record

PATH: Final = "/portal/record"
FILE: Final = f"{PATH}/file"
WHOLE: Final = f"{PATH}/whole"
AMEND: Final = f"{PATH}/amend"
_COPIES: Final = {"fhir": own_bundle, "pdf": own_packet}
_AT_ONCE: Final = 256 * 1024
"""Bytes that are handed to the connection before it is waited for."""
_LONGEST: Final = 5_000


class OwnRecordPage(PortalPage):
    """What there is to read, and what is not shown."""

    path = PATH
    title_key = "record.title"
    menu_key = "record.menu"
    told = frozenset({"record.asked"})

    async def get(self) -> None:
        """The list."""
        shown = await self.ask(own_record, self.whom.patient_id)
        self.page("record.html", shown=shown, file=FILE, whole=WHOLE, amend=AMEND)

    @classmethod
    def stands_for(cls, whom: OwnPerson) -> bool:
        """Where the link opens the chart."""
        return whom.opens(ProxyScope.CHART)


class _Files(PortalPage):
    """Hands out a file that was made beside the event loop."""

    async def hand_out(self, file: OwnFile) -> None:
        """To save, in pieces, kept by no cache."""
        self.set_header("Content-Type", file.media_type)
        self.set_header("Content-Disposition", f'attachment; filename="{file.name}"')
        self.set_header("Content-Length", str(len(file.content)))
        for begin in range(0, len(file.content), _AT_ONCE):
            self.write(file.content[begin : begin + _AT_ONCE])
            await self.flush()
        await self.finish()


class OwnRecordFile(_Files):
    """One record on paper, or a document as it came."""

    path = FILE
    title_key = "record.title"

    async def get(self) -> None:
        """By its id, which says nothing."""
        wanted = self.get_query_argument("id", "")
        await self.hand_out(await self.ask(own_paper, self.whom.patient_id, record_id=wanted))


class OwnRecordWhole(_Files):
    """All of it at once."""

    path = WHOLE
    title_key = "record.title"

    async def get(self) -> None:
        """`?as=fhir` or `?as=pdf`."""
        make = _COPIES.get(self.get_query_argument("as", ""))
        if make is None:
            raise HTTPError(404)
        await self.hand_out(await self.ask(make, self.whom.patient_id))


class AskAmendment(PortalPage):
    """A wish to have something changed (45 CFR 164.526)."""

    path = AMEND
    title_key = "record.amend_title"

    async def get(self) -> None:
        """The form; `?id=` is the record it is about."""
        self._form(await self._record(), self.get_query_argument("id", ""))

    async def post(self) -> None:
        """The clock of sixty days runs from today."""
        shown, about = await self._record(), self.typed("id")
        wrong, why, tell = (self.typed(name, most=_LONGEST + 1) for name in ("wrong", "why", "tell"))
        kinds = {one.record_id: one.kind for one in shown.lines}
        told = {"wrong": wrong, "why": why, "tell": tell}
        record = {"kind": kinds[about], "record_id": about} if about in kinds else {}
        today = day_of(self.asking.now, self.portal.gate.zone)
        try:
            await self.do(take_amendment, self.whom.patient_id, received_on=today, **told, **record)
        except WorkbenchError as refusal:
            self._form(shown, about, 409, problems=self._problems(refusal), values=told)
            return
        self.go_on(PATH, "record.asked")

    def _form(self, shown: OwnRecord, about: str, status: int = 200, **more: object) -> None:
        self.page("record_amend.html", status, shown=shown, about=about, back=PATH, amend=AMEND, most=_LONGEST, **more)

    def _problems(self, refusal: WorkbenchError) -> dict[str, str]:
        """The fields that are marked, in words for who asks and not for who takes it down."""
        said = {"wrong": self.t("record.say_wrong"), "why": self.t("record.say_why")}
        return {name: said.get(name, words) for name, words in self.problems(refusal).items()}

    async def _record(self) -> OwnRecord:
        return await self.ask(own_record, self.whom.patient_id)
