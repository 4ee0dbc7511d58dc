"""What we remember of appointments."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kakehashi.appointment.lifecycle import APPOINTMENT, State
from kakehashi.arrival.models import Arrival
from kakehashi.directory.models import Country, Office, Person
from kakehashi.intake.models import Position
from kakehashi.kernel.moving import Moving


class Appointment(Moving):
    """One term (normally a year) at one organisation; first and last day included."""

    guarded: ClassVar = ("ground",)

    lifecycle: ClassVar = APPOINTMENT
    state = models.CharField(max_length=40, default=APPOINTMENT.start, editable=False)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    arrival = models.ForeignKey(Arrival, on_delete=models.PROTECT, related_name="appointments")
    organisation = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="appointments"
    )
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    cohort = models.PositiveSmallIntegerField()  # the programme year of the first arrival
    year_of_service = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField()
    ends_on = models.DateField()
    ended_on = models.DateField(null=True)
    ground = models.CharField(max_length=300, blank=True)
    noticed_at = models.DateTimeField(null=True)  # when the notice of appointment was given

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]),
                name="appointment_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="term_runs_forward"
            ),
            models.UniqueConstraint(fields=["person", "starts_on"], name="one_term_at_a_time"),
            models.UniqueConstraint(
                fields=["arrival", "year_of_service"], name="one_term_a_year_of_service"
            ),
        ]
        indexes = [models.Index(fields=["starts_on", "ends_on"])]

    def __str__(self) -> str:
        return f"appointment {self.pk}"

    @property
    def number(self) -> str:
        """Give the number that stands on the notice: the cohort and a running number."""
        return f"{self.cohort}-{self.pk:05d}"

    @property
    def last_day(self) -> date:
        """Give the last day on which they serve, or served."""
        return self.ended_on or self.ends_on
