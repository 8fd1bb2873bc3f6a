"""`workbench work`: the job runner in a process of its own, until it is told to stop."""

import argparse
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any


def register(groups: Any) -> None:
    """Add the command."""
    work = groups.add_parser("work", help="do promised work in the background until stopped")
    work.add_argument("--home", type=Path, help="the practice's folder, if not the usual one")
    work.add_argument("--once", action="store_true", help="do what is due now, then stop")
    work.set_defaults(run=_work)


def _work(given: argparse.Namespace) -> int:
    from workbench.cli.background import handlers_of, seal_at_end
    from workbench.cli.opening import opened
    from workbench.jobs.runner import Runner
    from workbench.kernel.settings import read_settings
    from workbench.web.logs import set_up_logs

    set_up_logs()
    with opened(read_settings(home=given.home)) as practice:
        name = f"{socket.gethostname()}:{os.getpid()}"
        runner = Runner(practice.gate, handlers_of(practice), clock=given.clock, name=name)
        runner.check()
        if given.once:
            runner.promise()
            while runner.run_one():
                pass
            seal_at_end(practice, given.clock)
            return 0
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: runner.stop())
        print("Working. Stop with Ctrl-C; what is begun is ended first.", file=sys.stderr)
        runner.run()
        seal_at_end(practice, given.clock)
    return 0
