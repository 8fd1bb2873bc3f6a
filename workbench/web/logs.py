"""What may reach a log: where something went wrong, never what was typed. One format for the whole process."""

import logging
import sys
import time
import traceback
from pathlib import PurePath
from types import TracebackType
from typing import TextIO

from tornado.web import RequestHandler

access_log = logging.getLogger("workbench.access")

OURS = ("workbench", "dashboards", "pipelines")


def where(error: BaseException | None, trace: TracebackType | None = None) -> str:
    """The kind of an error and the places it came through; never its text, which may quote what a person typed."""
    if error is None:
        return ""
    frames = traceback.extract_tb(trace or error.__traceback__)
    places = " < ".join(f"{PurePath(f.filename).name}:{f.lineno} {f.name}" for f in reversed(frames[-8:]))
    return f"{type(error).__name__} at {places}" if places else type(error).__name__


class NeutralFormatter(logging.Formatter):
    """Our own messages as they stand; of others' only the template, because their arguments quote what was sent."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        at = self.formatTime(record, "%Y-%m-%dT%H:%M:%SZ")
        parts = [at, record.levelname.lower(), record.name, self._message(record)]
        if record.exc_info:
            parts.append(where(record.exc_info[1], record.exc_info[2]))
        return " ".join(part.replace("\n", " ") for part in parts if part)

    @staticmethod
    def _message(record: logging.LogRecord) -> str:
        if record.name.split(".")[0] in OURS:
            return record.getMessage()
        if record.args:
            return str(record.msg)
        return f"({record.module}:{record.lineno})"  # may be an f-string with anything in it


def set_up_logs(level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """Send every log of the process through the neutral format, and let no library keep a door of its own."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(NeutralFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in ("bokeh", "panel", "tornado", "asyncio", "param", "sqlalchemy"):
        library = logging.getLogger(name)
        library.handlers.clear()
        library.propagate = True
        library.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(level)


def log_access(handler: RequestHandler) -> None:
    """One line a request: method, path, status, milliseconds. No query, no address, no form."""
    request = handler.request
    milliseconds = 1000 * request.request_time()
    access_log.info("%s %s %d %.0f ms", request.method, request.path[:200], handler.get_status(), milliseconds)
