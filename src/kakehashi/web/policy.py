"""Who may know of a saved view: whoever keeps it."""

from typing import Any

from django.db.models import Q

from kakehashi.kernel.scope import sight
from kakehashi.web.models import SavedView


@sight(SavedView)
def views_visible_to(person: Any) -> Q:  # noqa: ANN401 -- whoever has signed in
    """Say which saved views one may know of: one's own, nobody else's."""
    return Q(owner=person)
