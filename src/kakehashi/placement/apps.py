"""Django's name tag, and placement's places in the menu."""

from typing import Any

from django.apps import AppConfig

from kakehashi.kernel.words import _
from kakehashi.web.navigation import Entry, register


class Placement(AppConfig):
    """The part `placement`."""

    name = "kakehashi.placement"

    def ready(self) -> None:
        """Offer each reader the list they work with; say what lies with an organisation's officer."""
        _offer_open_work()
        register(
            Entry(
                order=40,
                label=_("Placement"),
                url_name="placement:runs",
                may=_sees_runs,
                match="placement",
            )
        )
        register(
            Entry(
                order=40,
                label=_("Our requests"),
                url_name="placement:requests",
                may=_asks_for_people,
                match="placement",
            )
        )
        register(
            Entry(
                order=41,
                label=_("Placements"),
                url_name="placement:placements",
                may=_is_told_of_placements,
                match="placement:placements",
            )
        )
        register(
            Entry(
                order=42,
                label=_("Your placement"),
                url_name="placement:mine",
                may=_may_be_placed,
                match="placement:mine",
            )
        )


def _sees_runs(person: Any) -> bool:  # noqa: ANN401 -- a person, or nobody yet
    from kakehashi.directory.policy import holds  # noqa: PLC0415 -- models are ready only now
    from kakehashi.placement.policy import DESK  # noqa: PLC0415 -- the same

    return holds(person, *DESK)


def _asks_for_people(person: Any) -> bool:  # noqa: ANN401 -- a person, or nobody yet
    from kakehashi.directory.policy import holds  # noqa: PLC0415 -- models are ready only now
    from kakehashi.directory.rules import Role  # noqa: PLC0415 -- the same

    return holds(person, Role.ORGANISATION, Role.HOST)


def _is_told_of_placements(person: Any) -> bool:  # noqa: ANN401 -- a person, or nobody yet
    from kakehashi.directory.policy import MINISTRY_ROLES, holds  # noqa: PLC0415 -- models are ready
    from kakehashi.directory.rules import Role  # noqa: PLC0415 -- the same

    roles = (Role.ORGANISATION, Role.SUPERVISOR, Role.HOST, Role.MISSION, *MINISTRY_ROLES)
    return holds(person, *roles)


def _may_be_placed(person: Any) -> bool:  # noqa: ANN401 -- a person, or nobody yet
    """Offer it to whoever holds no office: applicants, and those who have come."""
    from kakehashi.directory.policy import seats_of  # noqa: PLC0415 -- models are ready only now
    from kakehashi.directory.rules import Role  # noqa: PLC0415 -- the same

    return all(seat.role == Role.PARTICIPANT for seat in seats_of(person))


def _offer_open_work() -> None:
    from kakehashi.placement.actions import leaving  # noqa: PLC0415 -- models are ready only now

    leaving.offer()
