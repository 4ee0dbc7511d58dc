"""Django's name tag, and the place in the menu."""

from django.apps import AppConfig

from kakehashi.kernel.words import _
from kakehashi.web.navigation import Entry, register


class Statistics(AppConfig):
    """The part `statistics`."""

    name = "kakehashi.statistics"

    def ready(self) -> None:
        """Put the yearbook into everybody's menu."""
        register(
            Entry(
                order=70,
                label=_("Yearbook"),
                url_name="statistics:yearbook",
                may=lambda _person: True,
                match="statistics",
            )
        )
