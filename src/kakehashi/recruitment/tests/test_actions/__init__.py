"""How these tests read the trail."""

from kakehashi.kernel.models import Trace
from kakehashi.kernel.moving import Keyed


def deeds(thing: Keyed) -> list[str]:
    found = Trace.objects.filter(thing=thing.key).order_by("number")
    return list(found.values_list("deed", flat=True))
