"""Django's name tag."""

from django.apps import AppConfig


class Councils(AppConfig):
    """The part `councils`."""

    name = "kakehashi.councils"
