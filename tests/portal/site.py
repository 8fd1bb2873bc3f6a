"""The portal of the test's practice on a real port, and people in care who are signed in to it."""

import dataclasses
import re
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlencode

from tests.factories.small_practice import put
from tests.web.edge import Answer, Client, Edge
from workbench.accounts.tables import RoleGrant, SessionProof, User, UserSecrets, UserSession, key_owner_of
from workbench.gate.actor import Role
from workbench.kernel.digests import hash_of_token
from workbench.portal.routes import portal_routes
from workbench.portal.speaking import ACCOUNT, HOME, STATIC, Portal
from workbench.web.pages import ASSETS
from workbench.web.scanning import HarmfulFile
from workbench.web.server import InCare


@dataclass
class PortalEdge(Edge):
    """The edge of the tests with the portal in it."""

    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def in_care(self) -> InCare:
        """The portal."""
        ASSETS["portal"] = STATIC
        return InCare(HOME, ACCOUNT, partial(portal_routes, Portal(self.gate, "Juniper", "5550100100", True)))

    def browser_of(self, person_id: str) -> Client:
        """A browser in which this person is signed in, with an account made for them if they had none."""
        if person_id not in self.tokens:
            self.tokens[person_id] = self._signed_in(person_id)
        client = Client(self.port)
        client.cookies["sid"] = self.tokens[person_id]
        return client

    def _signed_in(self, person_id: str) -> str:
        now, token = self.clock(), f"a token of {person_id}, long enough"
        user = User(
            id=f"usr_{person_id}", person_id=person_id, key_owner=key_owner_of(person_id),
            name_token=person_id.encode(), created_at=now,
        )  # fmt: skip
        user.secrets = UserSecrets(f"{person_id}@example.test", "no password")
        role = Role.PROXY if person_id.startswith("prx_") else Role.PATIENT
        put(self.gate.store, [user])
        put(self.gate.store, [RoleGrant(user_id=user.id, role=role, granted_at=now, granted_by="usr_manager")])
        session = UserSession(id=f"ses_{person_id}", token_hash=hash_of_token(token), user_id=user.id,
                              person_id=person_id, opened_at=now, last_input_at=now)  # fmt: skip
        put(self.gate.store, [session])
        put(self.gate.store, [SessionProof(session_id=session.id, factor="totp", proven_at=now)])
        return token


class Suspicious:
    """Knows one harmful file."""

    def look_at(self, content: bytes) -> None:
        if b"EVIL" in content:
            raise HarmfulFile("Test.Evil")


class ScannedEdge(PortalEdge):
    """The portal with a scanner."""

    @property
    def in_care(self) -> InCare:
        _ = super().in_care
        portal = Portal(self.gate, "Juniper", "5550100100", True, Suspicious())
        return InCare(HOME, ACCOUNT, partial(portal_routes, portal))


def fields(page: Answer, action: str) -> dict[str, str]:
    """The hidden fields of the form of a page that is sent to this path."""
    form = re.search(rf'<form method="post" action="{re.escape(action)}".*?</form>', page.text, re.DOTALL)
    assert form, page.text
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]))


def sent(client: Client, path: str, form: dict[str, str]) -> Answer:
    """A form with the token it holds."""
    return client.ask("POST", path, urlencode(form))


def form_of(client: Client, path: str, action: str = "") -> dict[str, str]:
    page = client.get(path)
    return fields(
        dataclasses.replace(
            page, body=re.sub(rb'( enctype="multipart/form-data"|(?<=<form) class="card")', b"", page.body)
        ),
        action or path,
    )


def sent_with(client: Client, path: str, form: dict[str, str], content: bytes = b"", name: str = "card.png") -> Answer:
    """A form with a file, as browsers send it."""
    edge = "a-boundary-of-forms"
    parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
             for key, value in form.items()]  # fmt: skip
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    parts.append(f"{head}Content-Type: image/png\r\n\r\n".encode() + content + b"\r\n")
    body = b"".join(parts) + f"--{edge}--\r\n".encode()
    return client.ask("POST", path, body, Content_Type=f"multipart/form-data; boundary={edge}")  # type: ignore[arg-type]
