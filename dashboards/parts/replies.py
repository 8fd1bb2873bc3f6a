"""What a page answers to a message. The shell turns it into what the person sees."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from markupsafe import Markup

from dashboards.parts.message import FieldProblem
from workbench.gate.errors import StepUpNeeded
from workbench.kernel.errors import WorkbenchError, sentence

Tone = Literal["good", "info", "warn", "bad"]


@dataclass(frozen=True)
class Done:
    """It happened. The page is drawn again, an open dialog closes, `toast` is shown, and `go` opens another path.

    stays: what the dialog shows once the page was loaded anew, where a list in it is worked through.
    """

    toast: str = ""
    tone: Tone = "good"
    go: str | None = None
    stays: "Callable[[], Ask] | None" = None


@dataclass(frozen=True)
class Redraw:
    """Only the view changed (a tab, a filter, a page of rows). `path` becomes the address without a new page."""

    path: str | None = None


@dataclass(frozen=True)
class Refused:
    """It did not happen: `sentence` says why; `fields` puts a text next to each field. What was typed stays.

    step_up: the person may, once they have shown a factor; the browser asks them and sends the same message again.
    """

    sentence: str
    fields: Mapping[str, str] = field(default_factory=dict)
    step_up: bool = False


LEFT = Refused("You left the page before this was done, and nothing was changed.")
"""To whoever pressed something while another page was on its way."""


@dataclass(frozen=True)
class Ask:
    """Open a dialog (`modal`) or a flyout at the side (`drawer`) with this content, made by a template."""

    html: Markup
    label: str
    kind: Literal["modal", "drawer"] = "modal"


@dataclass(frozen=True)
class Go:
    """Open another path of the shell."""

    path: str


@dataclass(frozen=True)
class Deliver:
    """Hand the person a file made just now."""

    filename: str
    media_type: str
    content: bytes
    toast: str = ""


def refused(refusal: WorkbenchError) -> Refused:
    """What an expected refusal is told as."""
    if isinstance(refusal, FieldProblem):
        return Refused("Please look at the marked field.", {refusal.name: str(refusal)})
    return Refused(sentence(refusal), getattr(refusal, "fields", {}), isinstance(refusal, StepUpNeeded))


Reply = Done | Redraw | Refused | Ask | Go | Deliver
