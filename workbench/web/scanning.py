"""Has a scanner on this machine look at every file before anything keeps it (45 CFR 164.308(a)(5)(ii)(B)).

ClamAV's daemon is asked by its INSTREAM command (clamd(8)): the bytes go over a local socket and nowhere else. Where a
scanner is set and does not answer, no file is taken: what was not looked at is not kept.
"""

import socket
from dataclasses import dataclass
from typing import Final, Protocol

from workbench.kernel.errors import WorkbenchError
from workbench.kernel.settings import BadSetting

SECONDS: Final = 60.0
"""How long a scan may take, and how long the daemon may say nothing."""
_PIECE: Final = 64 * 1024
_LONGEST_ANSWER: Final = 4096
_HERE: Final = frozenset({"127.0.0.1", "localhost", "::1"})


class HarmfulFile(WorkbenchError):
    """The scanner knows it as harmful. signature: what it is called there."""

    def __init__(self, signature: str) -> None:
        super().__init__("This file is known as harmful, so nothing of it was kept. Please tell whoever looks after "
                         "your computers.")  # fmt: skip
        self.signature = signature
        self.fields = {"file": str(self)}


class ScannerAway(WorkbenchError):
    """Nothing looked at the file."""

    def __init__(self) -> None:
        super().__init__("The scanner for harmful files does not answer, so the file was not kept. Please try again in "
                         "a minute; if it stays so, tell whoever looks after the server.")  # fmt: skip
        self.fields = {"file": str(self)}


class Scanner(Protocol):
    """Looks at files."""

    def look_at(self, content: bytes) -> None:
        """Return if nothing is known against it.

        Raises:
            HarmfulFile, ScannerAway.
        """


@dataclass(frozen=True)
class Clamd:
    """The daemon behind a socket of this machine: a path, or a loopback host with a port."""

    path: str = ""
    host: str = ""
    port: int = 0
    seconds: float = SECONDS

    @classmethod
    def of(cls, setting: str) -> "Clamd":
        """The daemon that a setting names: `/run/clamav/clamd.ctl` or `127.0.0.1:3310`.

        Raises:
            BadSetting: it names none, or one on another machine.
        """
        if setting.startswith("/"):
            return cls(path=setting)
        host, _, port = setting.rpartition(":")
        host = host.strip("[]")
        if host not in _HERE or not (port.isascii() and port.isdigit() and 0 < int(port) <= 65_535):
            raise BadSetting("WORKBENCH_CLAMD must be the path of a socket, or 127.0.0.1 and a port: files are "
                             "looked at on this machine.")  # fmt: skip
        return cls(host=host, port=int(port))

    def look_at(self, content: bytes) -> None:
        """See `Scanner`."""
        try:
            with self._line() as line:
                line.sendall(b"zINSTREAM\0")
                for at in range(0, len(content), _PIECE):
                    piece = content[at : at + _PIECE]
                    line.sendall(len(piece).to_bytes(4, "big") + piece)
                line.sendall(bytes(4))
                answer = _answer(line)
        except OSError:
            raise ScannerAway from None
        if answer.endswith(" FOUND"):
            raise HarmfulFile(answer.removeprefix("stream: ").removesuffix(" FOUND")[:100])
        if answer != "stream: OK":
            raise ScannerAway

    def _line(self) -> socket.socket:
        if not self.path:
            return socket.create_connection((self.host, self.port), timeout=self.seconds)
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(self.seconds)
        try:
            line.connect(self.path)
        except OSError:
            line.close()
            raise
        return line


def _answer(line: socket.socket) -> str:
    told = b""
    while not told.endswith(b"\0") and len(told) < _LONGEST_ANSWER:
        more = line.recv(_LONGEST_ANSWER)
        if not more:
            break
        told += more
    return told.rstrip(b"\0\n").decode("utf-8", "replace")
