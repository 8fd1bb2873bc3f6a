"""Logs say where, never what."""

import io
import logging
from collections.abc import Iterator

import pytest

from workbench.web.logs import set_up_logs


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """What the process would print; the loggers are put back afterwards."""
    names = (
        None,
        "bokeh",
        "panel",
        "tornado",
        "asyncio",
        "param",
        "sqlalchemy",
        "workbench",
        "dashboards",
        "pipelines",
    )
    loggers = [logging.getLogger(name) for name in names]
    kept = [(logger, logger.handlers[:], logger.level, logger.propagate) for logger in loggers]
    told = io.StringIO()
    set_up_logs(stream=told)
    yield told
    for logger, handlers, level, propagate in kept:
        logger.handlers[:], logger.propagate = handlers, propagate
        logger.setLevel(level)


def test_of_a_librarys_message_only_the_template_is_kept(stream: io.StringIO) -> None:
    logging.getLogger("bokeh.server.views.ws").error("error handling message\n message: %r", "CNRY-typed")
    logging.getLogger("tornado.general").warning(f"Malformed message from {'CNRY-sent'}")
    assert "error handling message" in stream.getvalue()
    assert "CNRY" not in stream.getvalue()
    assert stream.getvalue().count("\n") == 2


def test_an_exception_is_told_by_kind_and_place(stream: io.StringIO) -> None:
    try:
        int("CNRY-value")
    except ValueError:
        logging.getLogger("panel.io").exception("callback failed for %s", "CNRY")
        logging.getLogger("workbench.web").exception("a page failed")
    assert "CNRY" not in stream.getvalue()
    assert stream.getvalue().count("ValueError at test_logs.py") == 2


def test_our_own_messages_are_kept_whole(stream: io.StringIO) -> None:
    logging.getLogger("workbench.access").info("%s %s %d", "GET", "/x", 200)
    assert "info workbench.access GET /x 200" in stream.getvalue()
