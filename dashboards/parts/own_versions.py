"""Which version of a draft a page means, while it saves faster than it is drawn."""


class OwnVersions:
    """Between an answer and its drawing the browser still names the version before.

    If that one was accepted from this very page, what the page wrote after it is meant; another window's version is in
    neither.
    """

    def __init__(self) -> None:
        self._accepted: set[int] = set()
        self._latest = 0

    def meant(self, named: int) -> int:
        """The version to save over, where the browser names this one."""
        return self._latest if named in self._accepted else named

    def accept(self, named: int, saved: int) -> int:
        """A save that went well; the version it made."""
        self._accepted |= {named, saved}
        self._latest = saved
        return saved
