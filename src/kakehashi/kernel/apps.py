"""Django's name tag; at the start it gathers what the parts offer."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class Kernel(AppConfig):
    """The kernel."""

    name = "kakehashi.kernel"

    def ready(self) -> None:
        """Read every part's policy, letters, tables, jobs and reactions, so they are known."""
        autodiscover_modules(
            "policy", "letters", "actions", "imports", "exports", "jobs", "reactions"
        )
