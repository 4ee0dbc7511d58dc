"""What can be done to the directory: load the pack, bring tables, give and close seats."""

from kakehashi.directory.actions.offices import import_organisations
from kakehashi.directory.actions.pack import (
    NoPack,
    dated,
    keep,
    load_pack,
    read_pack,
    sourced,
)
from kakehashi.directory.actions.people import import_people, register_people
from kakehashi.directory.actions.seats import (
    SeatEndsTooEarly,
    SeatHeldAlready,
    close_seat,
    close_seats,
    open_seat,
    open_seats,
    seat_in_bulk,
)

__all__ = [
    "NoPack",
    "SeatEndsTooEarly",
    "SeatHeldAlready",
    "close_seat",
    "close_seats",
    "dated",
    "import_organisations",
    "import_people",
    "keep",
    "load_pack",
    "open_seat",
    "open_seats",
    "read_pack",
    "register_people",
    "seat_in_bulk",
    "sourced",
]
