"""What people type about their second factors; allauth's forms with our controls and words."""

from typing import Any, ClassVar

from allauth.mfa.base import forms as base
from allauth.mfa.recovery_codes import forms as codes
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn

from kakehashi.config.account_forms import Worded
from kakehashi.kernel.words import _

CODE = _("Code")
NAME_OF_KEY = _("Name of this passkey")
NAME_HINT = _("So that you know it again, such as “work laptop”.")


class Coded(Worded):
    """A form with a code of six digits, or one of the recovery codes."""

    words: ClassVar = {
        "code": (
            CODE,
            _("Six digits from your authenticator app, or one of your recovery codes."),
        )
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {
            "inputmode": "text",
            "autocomplete": "one-time-code",
        }


class SecondStepForm(Coded, base.AuthenticateForm):  # type: ignore[misc]  # allauth carries no types
    """The second step of a sign-in."""


class AskCodeAgainForm(Coded, base.ReauthenticateForm):  # type: ignore[misc]  # allauth carries no types
    """A code once more, before something that matters."""


class StartAppForm(Worded, totp.ActivateTOTPForm):  # type: ignore[misc]  # allauth carries no types
    """The first code of a new authenticator app, which proves that it works."""

    words: ClassVar = {"code": (CODE, _("The six digits that the app shows now."))}


class StopAppForm(Worded, totp.DeactivateTOTPForm):  # type: ignore[misc]  # allauth carries no types
    """Nothing to type: the app is to be no second factor any more."""


class MakeCodesForm(Worded, codes.GenerateRecoveryCodesForm):  # type: ignore[misc]  # allauth carries no types
    """Nothing to type: new recovery codes take the place of the old ones."""


class AddPasskeyForm(Worded, webauthn.AddWebAuthnForm):  # type: ignore[misc]  # allauth carries no types
    """A name for a new passkey, and whether it opens the door alone."""

    words: ClassVar = {
        "name": (NAME_OF_KEY, NAME_HINT),
        "passwordless": (
            _("Sign in with this passkey alone, without the password"),
            _("The device then asks for your finger, face or PIN."),
        ),
    }


class NamePasskeyForm(Worded, webauthn.EditWebAuthnForm):  # type: ignore[misc]  # allauth carries no types
    """Another name for a passkey."""

    words: ClassVar = {"name": (NAME_OF_KEY, NAME_HINT)}
