"""The one family of expected refusals. Anything else that rises is a bug."""


class WorkbenchError(Exception):
    """A refusal a person can act on. Its text is one plain sentence, shown as it stands.

    It carries ids, never names, birth dates, diagnoses, amounts of a person or secrets: the text may reach a log.
    """


def sentence(refusal: WorkbenchError) -> str:
    """The refusal in its own words, for a page or a terminal."""
    return str(refusal) or "This is not possible now."
