"""The demo's one right: to sign in as one of its own accounts, on a demo only."""

from django.conf import settings

from kakehashi.demo.models import Scene
from kakehashi.kernel.scope import unscoped


@unscoped("whether this database is a demo decides before anybody is signed in")
def scene() -> Scene | None:
    """Give the finished demo in this database, where this system is a demo at all."""
    if not settings.KAKEHASHI_DEMO:
        return None
    return Scene.objects.filter(is_finished=True).first()
