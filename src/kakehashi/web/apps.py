"""Django's name tag."""

from django.apps import AppConfig


class Web(AppConfig):
    """The part `web`."""

    name = "kakehashi.web"

    def ready(self) -> None:
        """Say who may know of what readers keep."""
        from kakehashi.web import policy  # noqa: F401, PLC0415 -- models are ready only now
