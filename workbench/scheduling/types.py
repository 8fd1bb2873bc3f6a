"""What is wrong with a kind of appointment somebody wants to offer. Pure."""

import re
from typing import Final

from workbench.kernel.errors import WorkbenchError
from workbench.scheduling.rules import LengthWrong, checked_length

LONGEST_NAME: Final = 60
# Five places, as CPT and HCPCS Level II have them: 90791, H0004, 0373T.
_CODE: Final = re.compile(r"[0-9A-Z][0-9]{3}[0-9A-Z]", re.ASCII)


class TypeWrong(WorkbenchError):
    """A name, a length or a code that is none; `fields` says which."""

    def __init__(self, problem: str, field: str) -> None:
        super().__init__(problem)
        self.fields = {field: problem}


def checked_type(name: str, minutes: int, service_code: str) -> tuple[str, int, str]:
    """Name, length and billed code as they are kept. An empty code means that the time decides it.

    Raises:
        TypeWrong: with the field.
    """
    told = " ".join(name.split())
    if not 0 < len(told) <= LONGEST_NAME:
        raise TypeWrong(f"Give it a name of {LONGEST_NAME} letters at most.", "name")
    code = service_code.strip().upper()
    if code and not _CODE.fullmatch(code):
        raise TypeWrong(
            "A code has five places, such as 90791 or H0004. Leave it empty if the time decides.", "service_code"
        )
    try:
        return told, checked_length(minutes), code
    except LengthWrong as refusal:
        raise TypeWrong(str(refusal), "minutes") from refusal
