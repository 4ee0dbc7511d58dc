"""Django's name tag, and recruitment's places in the menu."""

from typing import Any

from django.apps import AppConfig

from kakehashi.kernel.words import _


class Recruitment(AppConfig):
    """The part `recruitment`."""

    name = "kakehashi.recruitment"

    def ready(self) -> None:
        """Take our places in the menu: applicants see their own, officers the list."""
        from kakehashi.recruitment import queries  # noqa: PLC0415 -- models are ready only now
        from kakehashi.recruitment.policy import desks  # noqa: PLC0415 -- likewise
        from kakehashi.web.navigation import Entry, register  # noqa: PLC0415 -- likewise

        def has_applied(person: Any) -> bool:  # noqa: ANN401 -- the menu knows no person
            return queries.has_applied(person)

        def works_here(person: Any) -> bool:  # noqa: ANN401 -- the menu knows no person
            return desks.allows(person, "list_applications", None)

        register(
            Entry(
                order=21,
                label=_("My application"),
                url_name="recruitment:mine",
                may=has_applied,
                match="recruitment",
            )
        )
        register(
            Entry(
                order=20,
                label=_("Applications"),
                url_name="recruitment:applications",
                may=works_here,
                match="recruitment",
            )
        )
