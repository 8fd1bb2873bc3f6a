"""An open page is drawn again by itself when what it shows has changed elsewhere, and left in peace otherwise."""

import asyncio

import pytest
from markupsafe import Markup

from dashboards.parts.following import Following
from dashboards.parts.page import Page
from tests.dashboards.test_shell import Desk, at_the_desk
from workbench.gate.errors import NotFound
from workbench.gate.needs import Open
from workbench.kernel.errors import WorkbenchError


class Board(Page):
    """Shows a number that others change."""

    needs = Open.SIGNED_IN
    title = "Board"

    def __init__(self) -> None:
        self.now, self.shown = 1, 0

    def load(self) -> None:
        self.shown = self.now

    def is_behind(self) -> bool:
        return self.now != self.shown

    def render(self) -> Markup:
        return Markup("<p>{}</p>").format(self.shown)


class Broken(Board):
    """Cannot say how old it is."""

    def is_behind(self) -> bool:
        raise RuntimeError("Avery's secret")


async def board_at(desk: Desk) -> Board:
    """The board, open at this desk."""
    desk.page = board = Board()  # type: ignore[assignment]
    await desk.send("shell.go", path="/")
    return board


async def look(desk: Desk) -> None:
    desk.shell.look()
    await desk.settled()


def test_a_page_that_became_old_is_drawn_again_and_the_reader_is_told_quietly() -> None:
    async def story(desk: Desk) -> None:
        board = await board_at(desk)
        await look(desk)
        assert not desk.of("renewed")
        board.now = 7
        await look(desk)

    desk = at_the_desk(story)
    assert "<p>7</p>" in desk.html
    assert len(desk.of("renewed")) == 1
    assert not desk.of("toast")


def test_an_open_dialog_stays() -> None:
    async def story(desk: Desk) -> None:
        board = await board_at(desk)
        desk.shell.fragment.place(dialog=Markup("<p>Half a form</p>"))
        board.now = 7
        await look(desk)
        assert "<p>7</p>" in desk.html
        assert "Half a form" in desk.shell.fragment.regions["dialog"]

    at_the_desk(story)


def test_a_page_that_follows_nothing_is_never_loaded_again() -> None:
    async def story(desk: Desk) -> None:
        before = desk.page.loads
        await look(desk)
        assert desk.page.loads == before

    at_the_desk(story)


def test_a_page_that_could_not_be_drawn_is_tried_again_four_seconds_later() -> None:
    tried, second = [], 0

    async def draw(page: Page) -> None:
        tried.append(second)
        raise NotFound

    async def story() -> None:
        nonlocal second
        following = Following(Board, draw, lambda: float(second))
        while second < 9:
            await following.look()
            second += 1

    asyncio.run(story())
    assert tried == [0, 4, 8]


@pytest.mark.parametrize("fault", [RuntimeError("Avery's secret"), NotFound()])
def test_a_page_that_cannot_be_drawn_again_stays_as_it_is(fault: Exception, caplog: pytest.LogCaptureFixture) -> None:
    async def draw(page: Page) -> None:
        raise fault

    asyncio.run(Following(Board, draw, lambda: 0.0).look())
    assert "Avery" not in caplog.text
    assert bool(caplog.records) is not isinstance(fault, WorkbenchError)


def test_a_page_that_cannot_say_is_left_alone() -> None:
    drawn: list[Page] = []

    async def draw(page: Page) -> None:
        drawn.append(page)

    asyncio.run(Following(Broken, draw, lambda: 0.0).look())
    assert drawn == []
