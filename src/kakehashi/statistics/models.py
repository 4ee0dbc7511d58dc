"""What is published: a census, its lines, and the annual series."""

from django.db import models

from kakehashi.directory.models import Country, Office, Person
from kakehashi.intake.models import Position
from kakehashi.kernel.dated import Sourced
from kakehashi.kernel.moving import Keyed


class Census(Keyed):
    """One count of the register on one day; official on the programme's census day.

    Nobody stands in `taken_by` where the system counted by itself on the census day.
    """

    taken_on = models.DateField(unique=True)
    is_official = models.BooleanField()
    taken_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.taken_on)


class CensusLine(models.Model):
    """How many people of a country serve in a position with an organisation; no names."""

    census = models.ForeignKey(Census, on_delete=models.CASCADE, related_name="lines")
    organisation = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    host_body = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    employer_type = models.CharField(max_length=30)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["census", "organisation", "country", "position"],
                name="census_line_once",
            ),
        ]


class YearFigure(Sourced, Keyed):
    """The programme's published totals of one year; empty where none was published."""

    year = models.PositiveSmallIntegerField(unique=True)
    total = models.PositiveIntegerField(null=True)
    countries = models.PositiveSmallIntegerField(null=True)
    alt = models.PositiveIntegerField(null=True)
    cir = models.PositiveIntegerField(null=True)
    sea = models.PositiveIntegerField(null=True)
    note = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return str(self.year)
