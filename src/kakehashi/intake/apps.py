"""Django's name tag."""

from django.apps import AppConfig


class Intake(AppConfig):
    """The part `intake`."""

    name = "kakehashi.intake"
