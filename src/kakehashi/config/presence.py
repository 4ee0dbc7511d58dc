"""How long a sign-in lasts, and what a seat that needs a second factor opens without one."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from kakehashi.accounts.views import session
from kakehashi.directory.models import Person
from kakehashi.kernel import clock
from kakehashi.kernel.web import leave_for

ALWAYS = ("/account/", "/accounts/devices/", "/accounts/presence/", "/language/", "/theme/")
ASKING = "/accounts/presence/"  # asks how long a sign-in lasts, and does not make it longer


class Presence:
    """End a sign-in that nobody has used for too long; note those that are used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, as nobody's where the sign-in has ended."""
        if "_auth_user_id" in request.session and request.user.is_authenticated:
            seconds = session.left(request)
            if seconds is not None and seconds <= 0:
                logout(request)
            elif session.is_stale(request) and request.path != ASKING:
                session.note(request, request.user)
        response = self.get_response(request)
        session.follow(request)
        return response

    def process_view(
        self,
        request: HttpRequest,
        _view: Callable[..., HttpResponse],
        _args: Any,  # noqa: ANN401 -- Django's signature
        _kwargs: Any,  # noqa: ANN401 -- Django's signature
    ) -> HttpResponse | None:
        """Lead to the second factor whoever should have had one by now."""
        due = session.factor_due(request)
        person = request.user
        if due is None or not isinstance(person, Person) or request.path.startswith(ALWAYS):
            return None
        if clock.now() < due:  # house: looks_at_the_clock -- around every page: a door
            return None
        session.look_at_factor(request, person)
        if session.factor_due(request) is None:
            return None
        return leave_for(request, reverse("mfa_index"))


def around(request: HttpRequest) -> dict[str, object]:
    """Tell the layout for how long one is signed in, and whether a second factor is due."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    return {"ends_in": session.left(request), "factor_due": session.factor_due(request)}
