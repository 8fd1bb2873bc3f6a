"""The files in one client's record: the list, one opened beside it, filed otherwise or taken out."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts.dialogs import flyout
from dashboards.parts.html import ENVIRONMENT, day, render
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.page import Crumb, Page
from dashboards.parts.part_2 import part_2_title
from dashboards.parts.replies import Ask, Deliver, Done
from dashboards.parts.routes import Visit as Opening
from dashboards.parts.tables import Column, Row, Table
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.screens.part_2 import NOTICE_SHORT
from workbench.screens.patient_documents import (
    CATEGORIES,
    LARGEST,
    Audience,
    DocumentFile,
    DocumentLine,
    PatientDocuments,
)

UI: Any = ENVIRONMENT.globals["ui"]
COLUMNS: Final = (
    Column("title", "Document", leads=True), Column("category", "Kind"), Column("audience", "Opened by"),
    Column("at", "Filed"), Column("by", "By", only_wide=True), Column("size", "Size", number=True),
)  # fmt: skip
WHO: Final = {Audience.CLINICAL: "Those who read the chart", Audience.OFFICE: "The office too"}
_LONGEST_SHOWN: Final = 20_000
_LARGEST_SHOWN: Final = 4 * 1024 * 1024


@dataclass(frozen=True)
class DocumentCalls:
    """The calls, with actor and time already given."""

    documents: Callable[..., PatientDocuments]
    content: Callable[..., DocumentFile]
    upload: Callable[..., Any]
    refile: Callable[..., Any]


class DocumentsPage(Page):
    """One row a document."""

    needs = Permission.FILE_DOCUMENT
    title = "Documents"

    def __init__(self, opening: Opening, *, calls: DocumentCalls, zone: ZoneInfo, base: str) -> None:
        self._calls, self._zone, self._base = calls, zone, base
        self._patient_id = opening.ids["patient_id"]
        self.found = PatientDocuments()

    def load(self) -> None:
        """Those the person may open."""
        self.found = self._calls.documents(self._patient_id)

    def crumbs(self) -> tuple[Crumb, ...]:
        """Back to the file; no name."""
        return (Crumb(f"File {self.found.number}", f"/patients/{self._patient_id}"), Crumb(self.title))

    def render(self) -> Markup:
        """What is filed, and what was taken out."""
        return render(
            "pages/documents.html", found=self.found, filed=self._table("documents", self.found.in_record),
            out=self._table("taken-out", self.found.taken_out), base=self._base,
        )  # fmt: skip

    def do_ask_upload(self, message: Message) -> Ask:
        """Which file, and what is it?"""
        del message
        return flyout("Put a file in", render(
            "pages/document_upload.html", categories=_categories(), audiences=self._audiences(), largest=LARGEST >> 20,
            audience=Audience.CLINICAL if self.found.may_clinical else Audience.OFFICE,
        ))  # fmt: skip

    def do_upload(self, message: Message) -> Done:
        """Into the record."""
        files = message.files.get("file", ())
        if not files:
            raise FieldProblem("file", "Please choose a file.")
        self._calls.upload(
            self._patient_id, content=files[0].content, title=message.text("title"), category=message.text("category"),
            audience=message.text("audience"), idempotency_key=message.key,
        )  # fmt: skip
        return Done("The file is in the record")

    def do_open(self, message: Message) -> Ask:
        """What it is, a look at it where that is safe, and how it was filed."""
        line = self._line(message.text("row"))
        # What is not shown is not read either: the log says who opened a document, not who looked at its line.
        file = self._calls.content(line.document_id) if _is_shown(line) else None
        return flyout(line.held.title, render(
            "pages/document.html", line=line, notice=NOTICE_SHORT, who=WHO, zone=self._zone, **_shown(file),
        ))  # fmt: skip

    def do_save(self, message: Message) -> Deliver:
        """The file itself."""
        file = self._calls.content(message.text("row"))
        return Deliver(file.name, file.kind.media_type, file.content, "The document is saved.")

    def do_ask_refile(self, message: Message) -> Ask:
        """How, and why?"""
        line = self._line(message.text("row"))
        keys = {words: key for key, (words, _) in CATEGORIES.items()}
        return flyout("File it otherwise", render(
            "pages/document_refile.html", line=line, categories=_categories(), category=keys[line.held.category],
            audiences=self._audiences(),
        ))  # fmt: skip

    def do_refile(self, message: Message) -> Done:
        """With its reason; how it was filed before stays readable."""
        line = self._line(message.text("row"))
        is_out = message.text("how") == "out"
        into = message.whole("into", least=1) if message.text("into") and not is_out else 0
        done = self._calls.refile(
            line.document_id, title=message.text("title"), category=message.text("category"),
            audience=message.text("audience"), reason=message.text("reason"), into=into, is_out=is_out,
            idempotency_key=message.key,
        )  # fmt: skip
        moved = done.document_id != line.document_id
        return Done(
            "It is in the other file now" if moved else "Taken out of the record" if is_out else "Filed otherwise"
        )

    def _audiences(self) -> list[tuple[str, str, str]]:
        offered = [Audience.CLINICAL, Audience.OFFICE] if self.found.may_clinical else [Audience.OFFICE]
        return [(one.value, WHO[one], "") for one in offered]

    def _line(self, document_id: str) -> DocumentLine:
        lines = (*self.found.in_record, *self.found.taken_out)
        found = next((one for one in lines if one.document_id == document_id), None)
        if found is None:
            raise NotFound
        return found

    def _table(self, key: str, lines: tuple[DocumentLine, ...]) -> Table:
        rows = tuple(
            Row(one.document_id, (part_2_title(one.held.title, is_part_2=one.is_part_2), one.held.category,
                                  WHO[Audience(one.held.audience)],
                                  day(one.held.filed_at, self._zone), one.held.filed_by, _size(one.byte_count)),
                name=one.held.title, do="open")
            for one in lines
        )  # fmt: skip
        return Table(
            key, "Documents" if key == "documents" else "Taken out", COLUMNS, rows, base=self._base,
            empty_title="No documents yet",
            empty_text="Insurance cards, consents on paper, letters and records from elsewhere are put in here.",
            empty_icon="folder",
        )  # fmt: skip


def _categories() -> list[tuple[str, str]]:
    return [(key, words) for key, (words, _) in CATEGORIES.items()]


def _is_shown(line: DocumentLine) -> bool:
    is_safe = line.kind.is_picture or line.kind.is_text
    return is_safe and not line.held.is_out and line.byte_count <= _LARGEST_SHOWN


def _shown(file: DocumentFile | None) -> dict[str, Any]:
    """A picture as it is, a text as words: a browser runs nothing of either. All else is saved and opened outside."""
    if file is None:
        return {"picture": "", "words": "", "is_cut": False}
    if file.kind.is_picture:
        data = base64.b64encode(file.content).decode("ascii")
        return {"picture": f"data:{file.kind.media_type};base64,{data}", "words": "", "is_cut": False}
    words = file.content.decode("utf-8") if file.kind.is_text else ""
    return {"picture": "", "words": words[:_LONGEST_SHOWN], "is_cut": len(words) > _LONGEST_SHOWN}


def _size(count: int) -> str:
    return f"{count / 2**20:.1f} MB" if count >= 2**20 else f"{max(1, round(count / 1024))} KB"
