"""Django's name tag, and the places in the menu."""

from django.apps import AppConfig

from kakehashi.kernel.words import _
from kakehashi.web.navigation import Entry, register


class Appointment(AppConfig):
    """The part `appointment`."""

    name = "kakehashi.appointment"

    def ready(self) -> None:
        """Put the list into the offices' menu, and their own page into the participants'."""
        from kakehashi.appointment.policy import is_participant, policy  # noqa: PLC0415 -- models

        register(
            Entry(
                order=60,
                label=_("Appointments"),
                url_name="appointment:appointments",
                may=lambda person: policy.allows(person, "see_list", None),
                match="appointment",
            )
        )
        register(
            Entry(
                order=61,
                label=_("My appointment"),
                url_name="appointment:mine",
                may=is_participant,
                match="appointment:mine",
            )
        )
