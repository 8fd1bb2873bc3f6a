"""Filling in one form, page by page: each change is saved, on whatever device it is made."""

import json
import secrets
from typing import Any, Final

from workbench.actions.intake.save_own_form import save_own_form
from workbench.forms.pages import FormPage, pages_of
from workbench.gate.errors import StalePage
from workbench.kernel.errors import WorkbenchError
from workbench.portal.dates import clock
from workbench.portal.form_words import fields, in_language
from workbench.portal.pages.forms import FILL, PATH, ROW, ForForms
from workbench.screens.own_forms import OwnFormPage, OwnState, own_form

SIGN: Final = f"{PATH}/sign"
_MOST_PAGES: Final = 1_000


class Fill(ForForms):
    """`?page=` names the page, from 0."""

    path = f"{FILL}/{ROW}"
    told = frozenset({"forms.more_asked"})

    async def get(self, response_id: str) -> None:
        """The page; what is finished is read elsewhere."""
        shown = await self.ask(own_form, response_id)
        if shown.state != OwnState.DRAFT:
            self.go_on(PATH)
            return
        self._draw(shown, self._number(self.get_query_argument("page", "0")), {})

    async def post(self, response_id: str) -> None:
        """Save what stands on the page and go where the button says; a script's save goes nowhere."""
        number = self._number(self.get_body_argument("page", "0"))
        is_script = bool(self.get_body_argument("autosave", ""))
        before = None if is_script else await self.ask(own_form, response_id)
        try:
            problems = await self._save(response_id, number, is_script)
        except WorkbenchError as refusal:
            await self._refused(response_id, number, refusal, is_script)
            return
        shown = await self.ask(own_form, response_id)
        if before is None:
            self._answer(shown, number, problems)
        elif problems:
            self._draw(shown, number, problems, 409)
        else:
            self.go_on(*self._onward(before, shown, number))

    async def _save(self, response_id: str, number: int, is_script: bool) -> dict[str, str]:
        version = self.get_body_argument("version", "")
        values = {name: tuple(self.get_body_arguments(name)) for name in self.request.body_arguments if name[:1] == "q"}
        do = self.ask if is_script else self.do
        saved = await do(
            save_own_form, response_id, version=int(version) if version.isdecimal() else -1, page=number, values=values
        )
        return in_language(saved.problems, self.t, self.language)

    async def _refused(self, response_id: str, number: int, refusal: WorkbenchError, is_script: bool) -> None:
        """Changed elsewhere meanwhile: what is kept now is shown, and that it is so."""
        said = self.t("forms.changed_elsewhere") if isinstance(refusal, StalePage) else self.refusal(refusal)
        if is_script:
            self.set_status(409)
            self._json({"problem": said})
            return
        shown = await self.ask(own_form, response_id)
        self._draw(shown, number, {"": said}, 409)

    def _onward(self, before: OwnFormPage, shown: OwnFormPage, number: int) -> tuple[str, str]:
        """Where the pressed button leads, and what is said there."""
        here, go = f"{FILL}/{shown.response_id}", self.get_body_argument("go", "next")
        pages = pages_of(shown.filled.layout, shown.filled.found)
        if go == "later":
            return PATH, "forms.kept"
        if go == "back":
            return f"{here}?page={max(0, number - 1)}", ""
        if _asks_more(before, shown, pages, number):
            return f"{here}?page={number}&done=forms.more_asked", ""
        if go == "sign" or number + 1 >= len(pages):
            return f"{SIGN}/{shown.response_id}", ""
        return f"{here}?page={number + 1}", ""

    def _draw(self, shown: OwnFormPage, number: int, problems: dict[str, str], status: int = 200) -> None:
        pages, number = _at(shown, number)
        on_page = {name: said for name, said in problems.items() if name}
        self.page(
            "fill_form.html", status, shown=shown, pages=pages, number=number, problems=problems,
            fields=fields(shown, pages[number], self.language, on_page), heading=shown.title, sign=SIGN, fill=FILL,
            saved=self._saved(shown),
            # A page that was saved and still has problems is sent again as another form.
            key=secrets.token_urlsafe(18),
        )  # fmt: skip

    def _answer(self, shown: OwnFormPage, number: int, problems: dict[str, str]) -> None:
        """For the script: the version to name next, and the fields as they are asked now."""
        pages, number = _at(shown, number)
        self._json({
            "version": shown.version, "saved": self._saved(shown), "help": shown.needs_help, "problems": problems,
            "fields": str(fields(shown, pages[number], self.language, problems)),
        })  # fmt: skip

    def _json(self, told: dict[str, Any]) -> None:
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(told))

    def _saved(self, shown: OwnFormPage) -> str:
        return self.t("forms.saved_at", time=clock(self.language, shown.saved_at, self.portal.gate.zone))

    @staticmethod
    def _number(said: str) -> int:
        return min(int(said), _MOST_PAGES) if said.isdecimal() and len(said) < 5 else 0


def _at(shown: OwnFormPage, number: int) -> tuple[tuple[FormPage, ...], int]:
    pages = pages_of(shown.filled.layout, shown.filled.found)
    return pages, min(number, len(pages) - 1)


def _asks_more(before: OwnFormPage, shown: OwnFormPage, pages: tuple[FormPage, ...], number: int) -> bool:
    """Whether an answer on this page asks something else on it, which nobody has seen yet."""
    on_page = pages[min(number, len(pages) - 1)].link_ids
    new = shown.filled.found.places - before.filled.found.places
    layout = shown.filled.layout
    return any(
        place[-1].link_id in on_page and layout.items[place[-1].link_id].is_question
        and not shown.filled.found.answers.get(place) for place in new
    )  # fmt: skip
