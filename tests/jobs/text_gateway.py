"""A gateway of texts and calls on this machine that can be told how to misbehave, and what it was given."""

import base64
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

ACCOUNT, TOKEN = "AC0000", "a token/of ours"


class Gateway(ThreadingHTTPServer):
    """Takes texts and calls. answers: the status of all to come. hangs_up: it reads the form and answers nothing."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.taken: list[dict[str, str]] = []
        self.answers, self.hangs_up = 201, False
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        """As the setting names it."""
        return f"http://{ACCOUNT}:a%20token%2Fof%20ours@127.0.0.1:{self.server_address[1]}?from=+15550100100"


class _Answer(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        wanted = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        resource = self.path.removeprefix(f"/2010-04-01/Accounts/{ACCOUNT}/")
        assert resource in ("Messages.json", "Calls.json")
        assert ("Twiml" in parse_qs(form)) == (resource == "Calls.json")
        assert self.headers["Authorization"] == f"Basic {wanted}"
        if self.server.hangs_up:
            self.connection.close()
            return
        if self.server.answers == 201:
            self.server.taken.append({name: values[0] for name, values in parse_qs(form).items()})
        self.send_response(self.server.answers)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the screen."""
