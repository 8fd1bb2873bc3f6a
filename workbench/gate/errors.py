"""The refusals every verb shares. Each says what is refused and what to do, and names nobody."""

from workbench.kernel.errors import WorkbenchError


class NotAllowed(WorkbenchError):
    """The actor may not do this. On one record it is said in the words of `NotFound`, so that ids cannot be tried."""


class NotFound(WorkbenchError):
    """There is no such record, or it is out of the actor's reach: the same words for both."""

    def __init__(self) -> None:
        super().__init__("This record does not exist, or is not open to you.")


class StepUpNeeded(WorkbenchError):
    """They may, and must first show again who they are."""

    def __init__(self) -> None:
        super().__init__("This asks for a fresh code or your passkey. Show it, and it will be done.")


class StalePage(WorkbenchError):
    """Somebody changed the record after the page was loaded."""

    def __init__(self) -> None:
        super().__init__("Somebody changed this meanwhile. Look at the new version, then try again.")


class KeyReused(WorkbenchError):
    """The same idempotency key came with other inputs."""

    def __init__(self) -> None:
        super().__init__("This form was already sent with other values. Reload the page and try again.")


class StoreFull(WorkbenchError):
    """The disk is full, or takes no more: nothing was saved."""

    def __init__(self) -> None:
        super().__init__("The disk of the server is full, so nothing was saved. Have room made there, then try again.")


class Unaudited(RuntimeError):
    """A verb wrote and recorded nothing. A bug: the transaction is rolled back."""
