"""Django's name tag."""

from django.apps import AppConfig


class Web(AppConfig):
    """The part `web`."""

    name = "kakehashi.web"
