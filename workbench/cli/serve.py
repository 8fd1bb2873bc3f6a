"""`workbench serve`: the server of one practice with its mirror, until it is told to stop."""

import argparse
import logging
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.cli.opening import OpenPractice, opened
from workbench.kernel.settings import Settings, read_settings

if TYPE_CHECKING:
    from workbench.cli import Clock
    from workbench.web.server import Server


def register(groups: Any) -> None:
    """Add the command."""
    command = groups.add_parser("serve", help="serve the practice's pages until stopped")
    command.add_argument("--home", type=Path, help="the practice's folder, if not the usual one")
    command.add_argument("--port", type=int, help="where to listen (default: WORKBENCH_PORT, else 8600)")
    command.set_defaults(run=_serve)


def with_port(settings: Settings, port: int | None) -> Settings:
    """The settings with the port of the command line, if one was given."""
    return settings if port is None else replace(settings, port=port)


@contextmanager
def listening(practice: OpenPractice, clock: "Clock", *, log_level: int = logging.INFO) -> "Iterator[Server]":
    """The practice's server and mirror, listening; both are stopped afterwards. Call `run` with it to serve."""
    from dashboards.app import staff_server
    from pipelines.audit_index import AuditIndex
    from pipelines.mirror import Mirror
    from workbench.cli.background import gateway_of
    from workbench.store.reserve import keep_reserve
    from workbench.web.logs import set_up_logs

    set_up_logs(log_level)  # after the libraries have set up theirs, which quote what people sent
    keep_reserve(practice.settings.home)
    mirror = Mirror(practice.gate.store, practice.gate.zone, clock=clock)
    log = AuditIndex(practice.gate.store, practice.gate.zone, clock=clock)
    gateway = gateway_of(practice)
    server = staff_server(
        practice.gate,
        mirror,
        log,
        practice.settings,
        clock,
        practice=practice.name,
        patient_word=practice.patient_word,
        is_synthetic=practice.is_synthetic,
        texts_signed=gateway.signed if gateway else None,
        phone=practice.phone,
    )
    mirror.start()
    try:
        log.start()
        try:
            yield server
        finally:
            log.stop()
    finally:
        mirror.stop()


def run(server: "Server", *, when_ready: Callable[[], None] = lambda: None) -> None:
    """Serve until SIGINT or SIGTERM; what is being answered is ended first."""

    def end(*_: object) -> None:
        server.io_loop.add_callback_from_signal(server.io_loop.stop)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    server.start()
    server.io_loop.add_callback(when_ready)
    server.io_loop.start()
    server.stop()


def _serve(given: argparse.Namespace) -> int:
    settings = with_port(read_settings(home=given.home), given.port)
    with opened(settings) as practice, listening(practice, given.clock) as server:
        run(server, when_ready=lambda: _say_where(practice.name, server.address))
    return 0


def _say_where(practice: str, address: str) -> None:
    print(f"{practice} at {address}. Stop with Ctrl-C.", file=sys.stderr)
