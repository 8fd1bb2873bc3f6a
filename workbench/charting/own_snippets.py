"""The short texts that somebody has now."""

from dataclasses import dataclass

from sqlalchemy import and_, select

from workbench.charting.snippet_tables import Snippet, SnippetVersion
from workbench.gate.view import Look
from workbench.gate.work import Work


@dataclass(frozen=True)
class SnippetShown:
    """One of them. version: of the row, for a change made on a page that may be old. edition: which wording it is."""

    snippet_id: str
    name: str
    text: str
    edition: int
    version: int


def snippets_of(rows: Work | Look, staff_id: str) -> tuple[SnippetShown, ...]:
    """By name. What was retired is not among them."""
    query = (
        select(Snippet, SnippetVersion)
        .join(
            SnippetVersion,
            and_(SnippetVersion.snippet_id == Snippet.id, SnippetVersion.edition == Snippet.edition),
        )
        .where(Snippet.staff_id == staff_id, Snippet.retired_at.is_(None))
    )
    found = [
        SnippetShown(one.id, said.told.name, said.told.text, one.edition, one.version)
        for one, said in rows.execute(query)
    ]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.snippet_id)))
