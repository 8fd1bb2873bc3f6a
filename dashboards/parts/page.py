"""What a page is: state, one view, and one method per verb. It is built from callables and knows no server."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Literal, cast

from markupsafe import Markup

from dashboards.parts.message import Message
from dashboards.parts.replies import Redraw, Refused, Reply
from workbench.gate.needs import Needs, Open, declared

Theme = Literal["light", "dark"]


@dataclass(frozen=True)
class Crumb:
    """One step of the way here. A crumb without a path is where one is."""

    label: str
    path: str | None = None


class Page:
    """A page of the staff site. Subclass it; give it callables; write `render` and `do_<verb>` methods.

    The shell calls `load`, `render`, `panes` and `do_…` one at a time per person and off the event loop, so all of
    them may block, and none of them may touch a live Bokeh model.

    needs: the permission without which it does not open and answers nothing, asked again at every message. A class that
    declares none cannot even be imported, so the server does not start.
    """

    needs: ClassVar[Needs | None] = None

    title: str = ""
    wide: bool = False
    """Whether the page uses the whole width (calendars, work queues) or a reading measure."""

    def __init_subclass__(cls, **given: Any) -> None:
        super().__init_subclass__(**given)
        declared(cls)

    def load(self) -> None:
        """Fetch what `render` shows. Called when the page is opened and after each verb that changed something."""

    def is_behind(self) -> bool:
        """Whether what is shown is older than what `load` would fetch now: then the shell loads and draws it again.

        Asked four times a second of the open page, so it must be cheap and read nothing that has to be recorded:
        compare a version kept by `load` with the one of now. A page that does not say follows nothing.
        """
        return False

    def render(self) -> Markup:
        """The content of `<main>`, made by a template."""
        return Markup("")

    def crumbs(self) -> tuple[Crumb, ...]:
        """The way here, outermost first. By default only the title."""
        return (Crumb(self.title),)

    def panes(self, theme: Theme) -> Mapping[str, Any]:
        """Bokeh figures or Panel objects by the name of their slot (`<div data-slot="name">`) in `render`."""
        del theme
        return {}

    def handle(self, message: Message) -> Reply | None:
        """Answer a message. By default the method `do_<verb>`; None means: draw again."""
        verb = cast("Callable[[Message], Reply | None] | None", getattr(self, f"do_{message.do}", None))
        if verb is None:
            return Refused("This page does not offer that. Please reload it.")
        return verb(message)


class Plain(Page):
    """A page that is only words: nothing found, not allowed, something broke."""

    needs = Open.SIGNED_IN

    def __init__(self, title: str, html: Markup) -> None:
        self.title = title
        self._html = html

    def render(self) -> Markup:
        """The words."""
        return self._html


@dataclass
class View:
    """The page now open, the path that opened it, and how often a page was opened before."""

    page: Page
    path: str
    turn: int = 0


@dataclass(frozen=True)
class Drawing:
    """A page as it is to be shown: its content, the way here, the navigation, the figures of its slots, a dialog."""

    html: Markup
    crumbs: Markup
    nav: Mapping[str, Markup]
    panes: Mapping[str, Any] = field(default_factory=dict)
    dialog: Markup = field(default_factory=Markup)

    def with_dialog(self, html: Markup) -> "Drawing":
        """The same with a dialog over it."""
        return replace(self, dialog=html)


__all__ = ["Crumb", "Drawing", "Page", "Plain", "Redraw", "Theme", "View"]
