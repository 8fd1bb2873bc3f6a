"""What the search box finds: people by what is typed, and whose files one opened last while nothing is."""

from dashboards.parts.html import day
from dashboards.parts.navigation import Found
from dashboards.person import Person
from workbench.screens.opened_last import opened_last
from workbench.screens.patient_search import search_patients

_LEAST = 2


def found_people(person: Person, word: str, query: str) -> tuple[Found, ...]:
    """word: what the practice calls the people it cares for. One letter finds nobody: too many begin with it."""
    if not query:
        kind, hits = "Opened last", person.call(opened_last)
    else:
        kind, hits = f"{word.capitalize()}s", person.call(search_patients, query=query) if len(query) >= _LEAST else ()
    return tuple(
        Found(
            kind=kind, label=hit.name, path=f"/patients/{hit.patient_id}",
            detail=f"born {day(hit.born_on)} · file {hit.number}",
        )
        for hit in hits
    )  # fmt: skip
