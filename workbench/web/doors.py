"""Every address of signing in, signing out and changing how one signs in."""

from typing import Any

from tornado.web import RequestHandler

from workbench.web.doorway import Doorway
from workbench.web.edge import SIGN_IN
from workbench.web.own_account import (
    RECOVERY_CODES,
    NewAuthenticator,
    NewPasskey,
    NewPasskeyBegin,
    NewPassword,
    RecoveryCodes,
    Setup,
)
from workbench.web.passkeys import PasskeySignIn, PasskeySignInBegin
from workbench.web.sign_in import CODE, SETUP, Code, SessionInput, SignIn, SignOut
from workbench.web.step_up import STEP_UP, StepUp, StepUpBegin
from workbench.web.welcome import WELCOME, Welcome


def sign_in_routes(doorway: Doorway) -> list[tuple[str, type[RequestHandler], dict[str, Any]]]:
    """The routes, over one shared doorway."""
    shared = {"doorway": doorway}
    routes: dict[str, type[RequestHandler]] = {
        SIGN_IN: SignIn,
        CODE: Code,
        WELCOME: Welcome,
        SIGN_IN + "/passkey/begin": PasskeySignInBegin,
        SIGN_IN + "/passkey": PasskeySignIn,
        "/sign-out": SignOut,
        "/session/input": SessionInput,
        STEP_UP: StepUp,
        STEP_UP + "/begin": StepUpBegin,
        SETUP: Setup,
        "/account/passkey": NewPasskey,
        "/account/passkey/begin": NewPasskeyBegin,
        "/account/authenticator": NewAuthenticator,
        RECOVERY_CODES: RecoveryCodes,
        "/account/password": NewPassword,
    }
    return [(path, handler, shared) for path, handler in routes.items()]
