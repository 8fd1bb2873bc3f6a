"""Looks at every file that somebody sends before a page gets it."""

from collections.abc import Callable

from dashboards.person import Person
from workbench.actions.documents.refuse_file import refuse_file
from workbench.web.scanning import HarmfulFile, Scanner


def inspecting(person: Person, scanner: Scanner | None) -> Callable[[bytes], None]:
    """What refuses a harmful file and writes down that this person sent it; without a scanner nothing is refused."""

    def inspect(content: bytes) -> None:
        if scanner is None:
            return
        try:
            scanner.look_at(content)
        except HarmfulFile as found:
            person.call(refuse_file, content=content, signature=found.signature)
            raise

    return inspect
