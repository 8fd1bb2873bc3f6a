"""The bytes of passkeys (WebAuthn level 3): what is asked of the browser, and whether its answer holds."""

import json
import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from workbench.accounts.proofs import Ceremony, PasskeyRefused, PasskeyShown

CHALLENGE_BYTES: Final = 32
LONGEST_ANSWER: Final = 16_000
_MILLISECONDS: Final = 5 * 60 * 1000


@dataclass(frozen=True)
class NewPasskey:
    """A passkey that was just made. Ids and keys are base64url."""

    credential_id: str
    public_key: str = field(repr=False)
    sign_count: int = 0


def new_challenge() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(CHALLENGE_BYTES)


def creation_options(ceremony: Ceremony, user_id: str, name: str, product: str, known: Collection[str]) -> str:
    """What `navigator.credentials.create` is asked, as JSON. known: ids of passkeys that this person has already."""
    options = generate_registration_options(
        rp_id=ceremony.rp_id,
        rp_name=product,
        user_id=user_id.encode(),
        user_name=name,
        user_display_name=name,
        challenge=ceremony.challenge,
        timeout=_MILLISECONDS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in sorted(known)],
    )
    return options_to_json(options)


def request_options(ceremony: Ceremony) -> str:
    """What `navigator.credentials.get` is asked, as JSON. It names no account: the passkey itself says whose it is."""
    options = generate_authentication_options(
        rp_id=ceremony.rp_id,
        challenge=ceremony.challenge,
        timeout=_MILLISECONDS,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def registered(shown: PasskeyShown) -> NewPasskey:
    """The passkey that the browser made.

    Raises:
        PasskeyRefused: another challenge, site or origin, an unverified person, or no such answer at all.
    """
    ceremony = shown.ceremony
    try:
        made = verify_registration_response(
            credential=_read(shown.answer),
            expected_challenge=ceremony.challenge,
            expected_rp_id=ceremony.rp_id,
            expected_origin=ceremony.origin,
            require_user_verification=True,
        )
    except Exception as error:
        # A stranger's bytes go through three parsers, which fail in many ways. All of them mean no.
        raise PasskeyRefused from error
    return NewPasskey(
        bytes_to_base64url(made.credential_id), bytes_to_base64url(made.credential_public_key), made.sign_count
    )


def credential_id_of(answer: str) -> bytes:
    """Which passkey an answer claims to come from; b"" if it cannot be read."""
    try:
        return base64url_to_bytes(str(_read(answer).get("id", "")))
    except Exception:  # noqa: BLE001 - a stranger's text; nothing is known by an empty id
        return b""


def asserted(shown: PasskeyShown, public_key: str, sign_count: int) -> int:
    """The passkey's new count, once its signature over this very challenge holds.

    Raises:
        PasskeyRefused: it does not, or the count went back, as that of a copied key does.
    """
    ceremony = shown.ceremony
    try:
        found = verify_authentication_response(
            credential=_read(shown.answer),
            expected_challenge=ceremony.challenge,
            expected_rp_id=ceremony.rp_id,
            expected_origin=ceremony.origin,
            credential_public_key=base64url_to_bytes(public_key),
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except Exception as error:
        raise PasskeyRefused from error
    return found.new_sign_count


def _read(answer: str) -> dict[str, Any]:
    if len(answer) > LONGEST_ANSWER:
        raise PasskeyRefused
    read = json.loads(answer)
    if not isinstance(read, dict):
        raise PasskeyRefused
    return read
