"""A browser at the site's name, since passkeys want one, and the steps people take in it."""

import json
import re

from tests.web.edge import PASSWORD, Answer, Client, Edge
from tests.web.soft_passkey import SoftPasskey


class Named(Client):
    """A client that calls the site `localhost`."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self.origin = f"http://localhost:{port}"

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> Answer:
        """One request, by name."""
        return super().ask(method, path, body, **{"Host": f"localhost:{self.port}", **headers})

    def form_token(self) -> str:
        """The token of the form that a signed-out page shows."""
        kept = self.cookies.copy()
        for name in ("sid", "half"):
            self.cookies.pop(name, None)
        found = re.search(r'name="_xsrf" value="([^"]+)"', self.get("/sign-in").text)
        self.cookies |= {name: value for name, value in kept.items() if name in ("sid", "half")}
        assert found
        return found[1]

    def begin(self, path: str) -> str:
        """The challenge that a page's script is given."""
        answer = self.post(path, {})
        assert answer.status == 200, answer.status
        return str(json.loads(answer.text)["challenge"])


def browser(edge: Edge) -> Named:
    """A new browser."""
    return Named(edge.port)


def key_for(edge: Edge) -> SoftPasskey:
    """A passkey that belongs to this site."""
    return SoftPasskey(rp_id="localhost", origin=f"http://localhost:{edge.port}")


def give_password(client: Client, name: str, password: str = PASSWORD) -> Answer:
    """The first form."""
    return client.post("/sign-in", {"email": f"{name}@example.test", "password": password, "next": "/other"})


def give_code(edge: Edge, client: Client, name: str, code: str = "") -> Answer:
    """The second form."""
    return client.post("/sign-in/code", {"code": code or edge.people[name].code(edge.clock())})


def sign_in(edge: Edge, name: str) -> Named:
    """A browser in which that person has just signed in by password and code, in a time step of its own."""
    client = browser(edge)
    edge.clock.forward(seconds=60)
    assert give_password(client, name).status == 303
    assert give_code(edge, client, name).status == 303
    return client


def enrol(edge: Edge, client: Named, key: SoftPasskey, label: str = "Laptop") -> Answer:
    """Add a passkey on its page."""
    challenge = client.begin("/account/passkey/begin")
    return client.post("/account/passkey", {"answer": key.made(challenge), "label": label})


def show_passkey(client: Named, key: SoftPasskey) -> Answer:
    """Sign in by passkey."""
    challenge = client.begin("/sign-in/passkey/begin")
    return client.post("/sign-in/passkey", {"answer": key.signed(challenge), "next": "/other"})


def is_in(client: Client) -> bool:
    """Whether the browser's session opens a page."""
    return client.get("/other").status == 200
