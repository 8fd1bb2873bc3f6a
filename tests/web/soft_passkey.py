"""A security key made of software: signs what a browser would sign, and lies where a test asks it to."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url as b64

from workbench.accounts.passkeys import new_challenge
from workbench.accounts.proofs import Ceremony, PasskeyShown

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
HOST, ORIGIN = "practice.example.com", "https://practice.example.com"


def ceremony(rp_id: str = HOST, origin: str = ORIGIN) -> Ceremony:
    """An asking for a passkey, as the edge begins one."""
    return Ceremony(rp_id, origin, new_challenge())


@dataclass
class SoftPasskey:
    """One passkey. `count` grows with each use, unless a test turns it back."""

    rp_id: str = HOST
    origin: str = ORIGIN
    flags: int = PRESENT | VERIFIED
    count: int = 0
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, asked: Ceremony) -> PasskeyShown:
        """The answer to a registration."""
        return PasskeyShown(asked, self.made(b64(asked.challenge)))

    def show(self, asked: Ceremony) -> PasskeyShown:
        """The answer to a sign-in."""
        return PasskeyShown(asked, self.signed(b64(asked.challenge)))

    def made(self, challenge: str) -> str:
        """The JSON that `navigator.credentials.create` leads to."""
        public = self.key.public_key().public_numbers()
        cose = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: public.x.to_bytes(32, "big"), -3: public.y.to_bytes(32, "big")})
        attested = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + cose
        data = self._data(self.flags | ATTESTED) + attested
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", challenge)
        return self._answer({"clientDataJSON": b64(client), "attestationObject": b64(attestation)})

    def signed(self, challenge: str) -> str:
        """The JSON that `navigator.credentials.get` leads to."""
        self.count += 1
        client, data = self._client("webauthn.get", challenge), self._data(self.flags)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            {"clientDataJSON": b64(client), "authenticatorData": b64(data), "signature": b64(signature)}
        )

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.rp_id.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _answer(self, response: dict[str, Any]) -> str:
        name = b64(self.credential_id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
