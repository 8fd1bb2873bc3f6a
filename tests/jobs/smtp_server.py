"""A mail server on this machine that can be told how to misbehave, and what it was given."""

import socketserver
import threading
from email import message_from_bytes
from email.message import Message
from email.policy import default


class MailBox(socketserver.ThreadingTCPServer):
    """Takes mail. refuses: an address or a step, and the code that is answered there. hangs_up_at: where it is cut."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Line)
        self.taken: list[Message] = []
        self.refuses: dict[str, int] = {}
        self.hangs_up_at = ""
        self.begun = threading.Event()
        self.slow = 0.0
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        """As the setting names it."""
        return f"smtp://127.0.0.1:{self.server_address[1]}?from=office@example.test"


class _Line(socketserver.StreamRequestHandler):
    server: MailBox

    def handle(self) -> None:
        self._say(220, "ready")
        while line := self.rfile.readline():
            word = line.split()[0].upper().decode() if line.split() else ""
            if word == self.server.hangs_up_at:
                return
            code = next((code for what, code in self.server.refuses.items() if what in line.decode().upper()), 0)
            if word == "QUIT":
                self._say(221, "bye")
                return
            if code:
                self._say(code, "no")
            elif word == "DATA":
                self._say(354, "go on")
                if not self._data():
                    return
            else:
                self._say(250, "fine")

    def _data(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line[1:] if line.startswith(b".") else line)
        self.server.taken.append(message_from_bytes(b"".join(lines), policy=default))
        self.server.begun.set()
        if self.server.slow:
            threading.Event().wait(self.server.slow)
        if self.server.hangs_up_at == "END":
            return False
        self._say(250, "taken")
        return True

    def _say(self, code: int, text: str) -> None:
        try:
            self.wfile.write(f"{code} {text}\r\n".encode())
        except OSError:
            return
