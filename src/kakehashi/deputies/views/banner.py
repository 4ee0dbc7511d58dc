"""Who acts in whose name: read from the session at the door, and said on every page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from kakehashi.deputies.models import Deputy
from kakehashi.deputies.queries import acting
from kakehashi.directory.models import Person
from kakehashi.kernel import clock
from kakehashi.web.dates import day_words
from kakehashi.web.navigation import Banner, banner_from

ACTING = "acting"


class InAnothersName:
    """Let a deputy act from the seat they chose, until the days are over or they stop."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, in the absent person's name where that was chosen."""
        if chosen := request.session.get(ACTING):
            person = request.user
            found = (
                acting(person, chosen, clock.today()) if isinstance(person, Person) else None
            )
            if found is None:
                request.session.pop(ACTING)
            elif isinstance(person, Person):
                person.acts_from = found.acting_seat_id
                person.in_name_of = found.seat.person_id
                request.deputy = found  # type: ignore[attr-defined]  # for the banner
        return self.get_response(request)


def stand() -> None:
    """Put the banner on every page; called once, when the models are ready."""
    banner_from(banner)


def banner(request: HttpRequest) -> Banner | None:
    """Say in whose name this person acts; nothing where it is their own."""
    found: Deputy | None = getattr(request, "deputy", None)
    if found is not None:
        return Banner(
            text=gettext(
                "You act in the name of %(name)s: %(role)s, %(office)s, until %(day)s."
            )
            % _facts(found),
            url=reverse("deputies:stop"),
            action=gettext("Act in my own name again"),
            is_deed=True,
        )
    return None


def _facts(found: Deputy) -> dict[str, object]:
    seat = found.seat
    return {
        "name": seat.person,
        "role": seat.role_name,
        "office": seat.office,
        "day": day_words(found.ends_on),
    }
