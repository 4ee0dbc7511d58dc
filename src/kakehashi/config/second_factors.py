"""How allauth's second factors meet our people: our words, our drawing.

Secrets of authenticator apps and recovery codes are cloaked, so that a copy of the database does
not hold them.
"""

from typing import ClassVar
from urllib.parse import urlsplit

import qrcode
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext

from kakehashi.directory.models import Person
from kakehashi.kernel.cloak import cloak, uncloak
from kakehashi.kernel.words import _

OURS = "second factor"
NAME = "Kakehashi"
QUIET = 4  # modules left white around a QR code


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth carries no types
    """Second factors as the programme wants them."""

    error_messages: ClassVar = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or no longer. Enter the newest one."),
        "cannot_delete_authenticator": _("This second factor cannot be taken away."),
        "cannot_generate_recovery_codes": _(
            "Recovery codes stand in for another second factor. Set one up first."
        ),
        "unverified_email": _("Confirm your e-mail address first."),
    }

    def encrypt(self, text: str) -> str:
        """Keep a secret so that the database alone does not tell it."""
        return cloak(text, about=OURS)

    def decrypt(self, encrypted_text: str) -> str:
        """Read a secret back for checking a code."""
        return uncloak(encrypted_text, about=OURS)

    def get_totp_issuer(self) -> str:
        """Name us in the list of an authenticator app."""
        return NAME

    def build_totp_svg(self, url: str) -> str:
        """Draw the code to be scanned: one path, no style, as the content policy wants it."""
        drawn = qrcode.QRCode(border=QUIET)
        drawn.add_data(url)
        rows = drawn.get_matrix()
        dots = "".join(
            f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, on in enumerate(row) if on
        )
        return format_html(
            '<svg class="k-qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}">'
            '<rect width="{0}" height="{0}"/><path d="{2}"/></svg>',
            len(rows),
            gettext("Code to scan with the authenticator app"),
            dots,
        )

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:  # noqa: A002 -- allauth's signature
        """Suggest a name for a new passkey."""
        return gettext("Passkey %(n)s") % {"n": _count(user, type) + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Bind passkeys to our own address, whatever name the browser called us by."""
        return {"id": str(urlsplit(settings.KAKEHASHI_ADDRESS).hostname), "name": NAME}


def _count(person: Person, kind: Authenticator.Type) -> int:
    kept = Authenticator.objects  # house: asks_the_database -- allauth's own table
    return int(kept.filter(user=person, type=kind).count())
