"""Django's name tag; home also tells the masthead what it needs."""

from django.apps import AppConfig


class Home(AppConfig):
    """The part `home`."""

    name = "kakehashi.home"

    def ready(self) -> None:
        """Take our places in the menu and the masthead."""
        from kakehashi.home.actions import offer_open_work  # noqa: PLC0415 -- models are ready only now
        from kakehashi.home.views import masthead  # noqa: PLC0415 -- likewise

        masthead.stand()
        offer_open_work()
