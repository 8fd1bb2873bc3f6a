"""A stand-in for ClamAV's daemon: reads INSTREAM as clamd(8) describes it and knows one harmful file, EICAR's."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# In two parts, or scanners would take this file for what it tests.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Daemon:
    """answer: what it says instead of looking, if anything. seen: the files it was sent."""

    def __init__(self) -> None:
        self.answer: bytes | None = None
        self.seen: list[bytes] = []

    def told(self, content: bytes) -> bytes:
        self.seen.append(content)
        if self.answer is not None:
            return self.answer
        return b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0"


@contextmanager
def running(path: Path) -> Iterator[Daemon]:
    """The daemon behind this socket."""
    daemon = Daemon()

    class Line(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            assert self.rfile.read(len(b"zINSTREAM\0")) == b"zINSTREAM\0"
            content = b""
            while size := int.from_bytes(self.rfile.read(4), "big"):
                content += self.rfile.read(size)
            self.wfile.write(daemon.told(content))

    with socketserver.ThreadingUnixStreamServer(str(path), Line) as server:
        serving = threading.Thread(target=server.serve_forever, args=(0.01,))
        serving.start()
        try:
            yield daemon
        finally:
            server.shutdown()
            serving.join()
