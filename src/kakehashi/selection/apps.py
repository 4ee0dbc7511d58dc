"""Django's name tag, and selection's places in the menu."""

from collections.abc import Callable
from typing import Any

from django.apps import AppConfig

from kakehashi.kernel.words import _, pgettext_lazy


class Selection(AppConfig):
    """The part `selection`."""

    name = "kakehashi.selection"

    def ready(self) -> None:
        """Take our places in the menu, by seat."""
        from kakehashi.selection.actions import leaving  # noqa: PLC0415 -- models are ready only now
        from kakehashi.selection.policy import desks  # noqa: PLC0415 -- models are ready only now
        from kakehashi.web.navigation import Entry, register  # noqa: PLC0415 -- likewise

        leaving.offer()

        def allowed(line: str) -> Callable[[Any], bool]:
            return lambda person: desks.allows(person, line, None)

        places = (
            ("reading", pgettext_lazy("screening", "Reading"), "list_reading"),
            ("interviews", _("Interviews"), "list_interviews"),
            ("rounds", _("Results"), "list_rounds"),
        )
        for order, (name, label, line) in enumerate(places, start=30):
            register(
                Entry(
                    order=order,
                    label=label,
                    url_name=f"selection:{name}",
                    may=allowed(line),
                    match="selection" if name == "rounds" else f"selection:{name}",
                )
            )
