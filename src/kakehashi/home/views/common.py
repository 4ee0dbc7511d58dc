"""What home's pages share: who asks."""

from typing import cast

from django.http import HttpRequest

from kakehashi.directory.models import Person


def who(request: HttpRequest) -> Person:
    """Give the person who asks."""
    return cast("Person", request.user)
