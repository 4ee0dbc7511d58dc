"""Who stands in for whom, in which seat, on which days."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kakehashi.deputies.lifecycle import DEPUTY, State
from kakehashi.directory.models import Person, Seat
from kakehashi.kernel.moving import Moving


class Deputy(Moving):
    """A person who stands in for a seat's holder from one day to another, both included.

    Once it stands there is a seat for it (`acting_seat`); it is the only source of the rights.
    """

    guarded: ClassVar = ("reason",)

    lifecycle: ClassVar = DEPUTY
    state = models.CharField(max_length=40, default=DEPUTY.start, editable=False)

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="deputies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deputyships")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    named_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    acting_seat = models.OneToOneField(
        Seat, null=True, on_delete=models.SET_NULL, related_name="deputy"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]),
                name="deputy_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="deputy_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["seat", "state"])]

    def __str__(self) -> str:
        return f"deputy {self.pk}"
