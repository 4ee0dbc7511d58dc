"""Django's name tag."""

from django.apps import AppConfig


class Demo(AppConfig):
    """The part `demo`."""

    name = "kakehashi.demo"
