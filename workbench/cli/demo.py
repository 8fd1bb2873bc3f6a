"""`workbench demo`: the synthetic practice, made if it is missing, and served with a sign-in for each role."""

import argparse
import errno
import logging
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from workbench.kernel.settings import Settings


def register(groups: Any) -> None:
    """Add the command."""
    demo = groups.add_parser("demo", help="make the synthetic practice if it is missing, and serve it")
    demo.add_argument("--home", type=Path, help="the practice's folder, if not the usual one")
    demo.add_argument("--port", type=int, help="where to listen (default: WORKBENCH_PORT, else 8600)")
    demo.add_argument("--size", choices=("small", "group", "large"), default="small", help="how large to make it")
    demo.add_argument("--reset", action="store_true", help="delete the synthetic practice and make it anew")
    demo.add_argument("--seed", type=int, default=1, help="another number draws other people")
    demo.add_argument("--make-only", action="store_true", help="make it and stop")
    demo.set_defaults(run=_demo)


def _demo(given: argparse.Namespace) -> int:
    from workbench.cli.opening import opened
    from workbench.cli.serve import with_port
    from workbench.demo.home import is_made, remove

    # The demo is a folder and nothing else: it must never write into a database that somebody set up.
    settings = replace(with_port(_settings(given.home), given.port), database_url="")
    if not given.make_only:
        _check_port(settings)
    if given.reset:
        remove(settings)
    if not is_made(settings):
        _make(settings, given)
    if given.make_only:
        print(f"The synthetic practice is in {settings.home}.")
        return 0
    with opened(settings) as practice:
        _serve(practice, given.clock)
    return 0


def _settings(home: Path | None) -> Settings:
    from workbench.kernel.settings import read_settings

    return read_settings(home=home)


def _check_port(settings: Settings) -> None:
    """Say that the port is taken before minutes go into a large practice; the server's own try has the last word.

    Raises:
        PortTaken: something listens there.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            from workbench.web.server import PortTaken

            text = f"Something else already listens on port {settings.port}. Stop it, or choose another with --port."
            raise PortTaken(text) from None


def _make(settings: Settings, given: argparse.Namespace) -> None:
    from tqdm import tqdm

    from workbench.demo.home import make
    from workbench.demo.load import load_practice
    from workbench.demo.sizes import SIZES
    from workbench.gate.action import Gate
    from workbench.gate.errors import StoreFull

    size = SIZES[given.size]
    bar = tqdm(desc="Making the practice", unit="", bar_format="{desc} {percentage:3.0f}%|{bar}| {elapsed}",
               disable=not sys.stderr.isatty(), file=sys.stderr)  # fmt: skip

    def progress(done: int, of: int) -> None:
        bar.total, bar.n = of, done
        bar.refresh()

    def fill(gate: Gate) -> None:
        load_practice(gate, size, now=given.clock(), seed=given.seed, progress=progress)

    try:
        make(settings, fill)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StoreFull from None
        raise
    finally:
        bar.close()


def _serve(practice: Any, clock: Callable[[], datetime]) -> None:
    from workbench.cli.background import working
    from workbench.cli.serve import listening, run

    with listening(practice, clock, log_level=logging.WARNING) as server, working(practice, clock, "demo"):
        run(server, when_ready=lambda: _welcome(practice, server.address, clock))


def _welcome(practice: Any, address: str, clock: Callable[[], datetime]) -> None:
    from dashboards.app import BASE
    from workbench.demo.accounts import PASSWORD, code_at, sign_ins
    from workbench.demo.drop import FOLDER
    from workbench.demo.payer import made_on
    from workbench.demo.portal import portal_sign_ins
    from workbench.kernel.time import day_of
    from workbench.portal.speaking import HOME

    print(f"\n{practice.name}: every person and every number in it is invented.\n\n  {address}{BASE}\n")
    print(f"  password for everybody:  {PASSWORD}")
    print(f"  code for everybody:      {code_at(clock())}   (Enter prints the next one)\n")
    for one in sign_ins():
        print(f"  {one.title:<20} {one.email}")
    print(f"\nThe patient's site is at {address}{HOME}; the same password and code for\n")
    for person in portal_sign_ins():
        print(f"  {person.title:<20} {person.email}")
    made, today = made_on(practice.gate), day_of(clock(), practice.gate.zone)
    if made < today:
        print(f"\nIt was made on {made:%d %B %Y}, so its schedule has moved on without you: --reset makes it anew.")
    print(f"\nRemittances and bank files to drop in are in {practice.settings.home / FOLDER}.")
    print("Stop with Ctrl-C.\n", flush=True)
    if sys.stdin.isatty():
        threading.Thread(target=_codes, args=(clock,), name="codes", daemon=True).start()


def _codes(clock: Callable[[], datetime]) -> None:
    """A fresh code each time Enter is pressed: a code is good for half a minute, and once."""
    from workbench.demo.accounts import code_at

    for _ in sys.stdin:
        print(f"  code for everybody:      {code_at(clock())}", flush=True)
