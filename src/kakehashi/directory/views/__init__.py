"""The directory's pages."""

from kakehashi.directory.views.pages import (
    close_seat,
    municipalities,
    office,
    offices,
    open_seat,
    people,
    person,
)

__all__ = [
    "close_seat",
    "municipalities",
    "office",
    "offices",
    "open_seat",
    "people",
    "person",
]
