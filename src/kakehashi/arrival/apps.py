"""Django's name tag, and the place in the menu."""

from django.apps import AppConfig

from kakehashi.kernel.words import _
from kakehashi.web.navigation import Entry, register


class Arrival(AppConfig):
    """The part `arrival`."""

    name = "kakehashi.arrival"

    def ready(self) -> None:
        """Put the list of arrivals into the menu of those who receive or send people."""
        from kakehashi.arrival.policy import policy  # noqa: PLC0415 -- models are not ready before

        register(
            Entry(
                order=50,
                label=_("Arrivals"),
                url_name="arrival:arrivals",
                may=lambda person: policy.allows(person, "see_list", None),
                match="arrival",
            )
        )
