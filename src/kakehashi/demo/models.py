"""The mark a demo leaves in its database, so that it never touches another's."""

from django.db import models


class Scene(models.Model):
    """What this demo tells; unfinished while it is being made."""

    people = models.PositiveIntegerField()
    stage = models.CharField(max_length=20)
    password = models.CharField(max_length=40)
    reference_token = models.CharField(max_length=80, blank=True)
    moment = models.DateTimeField()
    is_finished = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.people} people, at {self.stage}"
