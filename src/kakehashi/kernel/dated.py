"""Values that change from year to year: rows with the days they hold and where they come from."""

from datetime import date

from django.db import models
from django.db.models import Q


class Sourced(models.Model):
    """A fact with its source; `assumed` when no source states it and an operator should check."""

    source = models.CharField(max_length=300)
    assumed = models.BooleanField(default=False)

    class Meta:
        abstract = True


class Dated(Sourced):
    """A sourced fact that holds from one day to another, both included; empty means open."""

    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


def in_force(on: date) -> Q:
    """Say which dated rows hold on this day."""
    begun = Q(valid_from=None) | Q(valid_from__lte=on)
    not_over = Q(valid_to=None) | Q(valid_to__gte=on)
    return begun & not_over
