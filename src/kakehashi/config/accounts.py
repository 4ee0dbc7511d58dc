"""How allauth meets our people: accounts by address, redirects that stay here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from kakehashi.directory.models import Person


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Sign-up and sign-in as the programme wants them."""

    def is_safe_url(self, url: str | None) -> bool:
        """Refuse to send anybody to another site."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def save_user(
        self,
        request: HttpRequest,
        user: Person,
        form: object,
        commit: bool = True,  # noqa: FBT001, FBT002 -- allauth's signature
    ) -> Person:
        """Remember the language in which somebody signed up."""
        user.language = get_language() or "en"
        saved: Person = super().save_user(request, user, form, commit)
        return saved
