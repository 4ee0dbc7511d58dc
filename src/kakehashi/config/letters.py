"""The letters about an account itself: to confirm an address, to set a password, to warn."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from django.utils.translation import override

from kakehashi.kernel.letters import Letter
from kakehashi.web.dates import moment_words


@dataclass(frozen=True, kw_only=True)
class AddressToConfirm(Letter):
    """To whoever signed up or changed their address: the link that proves it is theirs."""

    address: str
    link: str


@dataclass(frozen=True, kw_only=True)
class AccountExists(Letter):
    """To the owner of an account, when somebody signs up with their address again."""

    address: str
    link: str


@dataclass(frozen=True, kw_only=True)
class AccountUnknown(Letter):
    """To an address without an account, when somebody asks for a new password there."""

    address: str
    link: str


@dataclass(frozen=True, kw_only=True)
class NewPasswordLink(Letter):
    """To the owner of an account: the link, good for an hour, that sets a new password."""

    link: str


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Letter):
    """To the owner of an account, when its password was changed: what to do if it was not you."""

    moment: str


@dataclass(frozen=True, kw_only=True)
class AddressChanged(Letter):
    """To the address an account had before, when it was changed."""

    moment: str
    new_address: str


@dataclass(frozen=True, kw_only=True)
class AddressRemoved(Letter):
    """To the owner of an account, when an address was taken out of it."""

    moment: str
    removed: str


@dataclass(frozen=True, kw_only=True)
class SecondFactorAdded(Letter):
    """To the owner of an account, when a passkey or an authenticator app was added."""

    moment: str


@dataclass(frozen=True, kw_only=True)
class SecondFactorRemoved(Letter):
    """To the owner of an account, when a passkey or an authenticator app was taken away."""

    moment: str


@dataclass(frozen=True, kw_only=True)
class RecoveryCodesMade(Letter):
    """To the owner of an account, when new recovery codes were made."""

    moment: str


LETTERS: dict[str, type[Letter]] = {
    "email_confirmation": AddressToConfirm,
    "email_confirmation_signup": AddressToConfirm,
    "account_already_exists": AccountExists,
    "unknown_account": AccountUnknown,
    "password_reset_key": NewPasswordLink,
    "password_changed": PasswordChanged,
    "password_reset": PasswordChanged,
    "password_set": PasswordChanged,
    "email_changed": AddressChanged,
    "email_deleted": AddressRemoved,
    "totp_activated": SecondFactorAdded,
    "webauthn_added": SecondFactorAdded,
    "totp_deactivated": SecondFactorRemoved,
    "webauthn_removed": SecondFactorRemoved,
    "recovery_codes_generated": RecoveryCodesMade,
}
"""allauth's names of its mails, and the letters of ours that leave instead."""

_NAMES = {
    "email": "address",
    "activate_url": "link",
    "password_reset_url": "link",
    "signup_url": "link",
    "to_email": "new_address",
    "deleted_email": "removed",
}


def letter_for(
    kind: type[Letter], facts: Mapping[str, object], *, language: str, at: datetime
) -> Letter:
    """Build a letter from what allauth knows; what the letter has no use for is left out."""
    with override(language):
        ours = {"moment": moment_words(at)}
    for theirs, name in _NAMES.items():
        if theirs in facts and name not in ours:
            ours[name] = str(facts[theirs])
    return kind(**{fact.name: ours[fact.name] for fact in fields(kind)})


_HOST = "https://kakehashi.example.org"
SAMPLES = [
    AddressToConfirm(
        address="maya@example.org",
        link=f"{_HOST}/account/confirm-email/Mw:a-link-that-works-for-three-days/",
    ),
    AccountExists(address="maya@example.org", link=f"{_HOST}/account/password/reset/"),
    AccountUnknown(address="maya@example.org", link=f"{_HOST}/account/signup/"),
    NewPasswordLink(link=f"{_HOST}/account/password/reset/key/3-a-link-for-an-hour/"),
    PasswordChanged(moment="Thursday 1 October 2026, 12:00 in Tokyo"),
    AddressChanged(
        moment="Thursday 1 October 2026, 12:00 in Tokyo", new_address="maya.f@example.org"
    ),
    AddressRemoved(
        moment="Thursday 1 October 2026, 12:00 in Tokyo", removed="maya.f@example.org"
    ),
    SecondFactorAdded(moment="Thursday 1 October 2026, 12:00 in Tokyo"),
    SecondFactorRemoved(moment="Thursday 1 October 2026, 12:00 in Tokyo"),
    RecoveryCodesMade(moment="Thursday 1 October 2026, 12:00 in Tokyo"),
]
