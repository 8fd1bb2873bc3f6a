"""That nobody has two short texts of one name. Shared by adding and changing one."""

from workbench.charting.own_snippets import snippets_of
from workbench.charting.snippets import SnippetNamedAlike
from workbench.gate.work import Work


def check_name(work: Work, staff_id: str, name: str, *, but: str = "") -> int:
    """How many texts they have. but: the one that is changed, which may keep its name.

    Raises:
        SnippetNamedAlike: another one has this name; capitals are no difference.
    """
    theirs = snippets_of(work, staff_id)
    if any(one.name.casefold() == name.casefold() and one.snippet_id != but for one in theirs):
        raise SnippetNamedAlike
    return len(theirs)
