"""What we remember of arrivals."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kakehashi.arrival.lifecycle import ARRIVAL, State
from kakehashi.directory.models import Country, Office, Person
from kakehashi.intake.models import Position
from kakehashi.kernel.moving import Moving
from kakehashi.placement.models import Placement


class Arrival(Moving):
    """A person who comes to an organisation; without a placement when they came in a past year."""

    lifecycle: ClassVar = ARRIVAL
    state = models.CharField(max_length=40, default=ARRIVAL.start, editable=False)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="arrivals")
    placement = models.OneToOneField(
        Placement, null=True, blank=True, on_delete=models.PROTECT, related_name="arrival"
    )
    organisation = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="arrivals")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    arrived_on = models.DateField(null=True)
    flight = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]),
                name="arrival_state_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ARRIVED.value) | Q(arrived_on__isnull=False),
                name="arrived_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["person", "due_on"],
                condition=~Q(state=State.MISSED.value),
                name="arrives_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"arrival {self.pk}"
