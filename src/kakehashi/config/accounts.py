"""How allauth meets our people: accounts by address, letters of ours, redirects that stay here.

An account that somebody opens for themselves must prove its address before the first sign-in, so
that signing up looks the same whether or not the address has an account.  An account that an
office opened is vouched for by that office: its first sign-in takes the address as proven.
"""

from datetime import datetime
from typing import Any, cast
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.dispatch import receiver
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from kakehashi.config.letters import LETTERS, letter_for
from kakehashi.directory.models import Person
from kakehashi.directory.queries import people_by_email
from kakehashi.kernel import clock
from kakehashi.kernel.trail import record
from kakehashi.kernel.words import _


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Sign-up and sign-in as the programme wants them."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Ask the office that opened it."),
        "duplicate_email": _("This is your address already. Enter another one."),
        "email_password_mismatch": _(
            "The address and the password do not belong together. "
            "Check both, or set a new password."
        ),
        "email_taken": _("There is an account with this address already. Sign in with it."),
        "enter_current_password": _("This is not your present password. Enter it again."),
        "incorrect_password": _("This is not your password. Enter it again."),
        "rate_limited": _("Too many tries in a short time. Wait a few minutes."),
        "same_as_current": _("This is your address already. Enter another one."),
        "too_many_login_attempts": _(
            "Too many tries did not match. Wait ten minutes, after many more up to a day; "
            "or set a new password, which opens the account at once."
        ),
    }

    def is_safe_url(self, url: str | None) -> bool:
        """Refuse to send anybody to another site."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    @transaction.atomic
    def save_user(
        self,
        request: HttpRequest,
        user: Person,
        form: BaseForm,
        commit: bool = True,  # noqa: FBT001, FBT002 -- allauth's signature
    ) -> Person:
        """Remember the name somebody signed up with, their language, and that they did."""
        user.family_name = form.cleaned_data["family_name"]
        user.given_name = form.cleaned_data["given_name"]
        user.language = get_language() or "en"
        user.joined_at = _now()
        saved: Person = super().save_user(request, user, form, commit)
        record(saved.key, "register", by=saved, at=_now())
        return saved

    @transaction.atomic
    def set_password(self, user: Person, password: str) -> None:
        """Keep a new password, and that there is one."""
        super().set_password(user, password)
        record(user.key, "set_password", by=user, at=_now())

    def pre_login(
        self,
        request: HttpRequest,
        user: Person,
        **facts: Any,  # noqa: ANN401 -- what allauth knows of this sign-in
    ) -> HttpResponse | None:
        """Take the address of an account that an office opened as proven."""
        vouch_for(user)
        return cast("HttpResponse | None", super().pre_login(request, user, **facts))

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Refuse an address that has meanwhile become somebody else's."""
        owner = people_by_email([email_address.email]).get(email_address.email)
        if owner and owner.pk != email_address.user_id:
            return False
        return bool(super().confirm_email(request, email_address))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write to people in the language they read, in words of ours."""
        self.render_mail(template_prefix, email, context).send()

    def render_mail(
        self,
        template_prefix: str,
        email: str,
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Write one letter about an account; the language is the owner's, else the page's."""
        person = people_by_email([email]).get(email) or context.get("user")
        language = person.language if person else get_language() or "en"
        kind = LETTERS[template_prefix.rpartition("/")[2]]
        facts = {name: _at_home(fact) for name, fact in context.items()} | {"email": email}
        subject, body = letter_for(kind, facts, language=language, at=_now()).write(language)
        return EmailMessage(subject, body, self.get_from_email(), [email], headers=headers)

    def get_from_email(self) -> str:
        """Write from the address all our mail comes from."""
        return str(settings.KAKEHASHI_MAIL_FROM)


def vouch_for(person: Person) -> None:
    """Take the address an office wrote down as proven, unless the account has another one.

    Whoever signs up alone has a first address of their own, which must be confirmed by its link.
    """
    mine = _addresses_of(person)
    if not mine.filter(primary=True).exists():
        mine.update_or_create(
            email=person.email,
            defaults={"user": person, "primary": True, "verified": True},
        )


def prove(person: Person) -> None:
    """Take the only address of an account as proven: a link sent there has just been used."""
    mine = _addresses_of(person)
    if not mine.exclude(email=person.email).exists():
        mine.update(verified=True, primary=True)


def _addresses_of(person: Person) -> Any:  # noqa: ANN401 -- allauth carries no types
    kept = EmailAddress.objects  # house: asks_the_database -- allauth's own table
    return kept.filter(user=person)


def _at_home(fact: object) -> object:
    """Let a link begin with our own address, whatever name the browser called us by."""
    if not isinstance(fact, str) or not fact.startswith(("http://", "https://")):
        return fact
    return settings.KAKEHASHI_ADDRESS.rstrip("/") + urlsplit(fact).path


@receiver(email_changed)
def _remember_the_change(to_email_address: EmailAddress, **_facts: object) -> None:
    person = to_email_address.user
    record(person.key, "change_email", by=person, at=_now())


def _now() -> datetime:
    return clock.now()  # house: looks_at_the_clock -- this is a door: allauth's views end here
