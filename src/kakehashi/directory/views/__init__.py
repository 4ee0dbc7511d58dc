"""The directory's pages."""

from kakehashi.directory.views.changing import (
    end_supervision,
    hand_over,
    plan_merger,
    plan_rename,
    reorganisation,
    reorganisations,
    supervise,
    undo_reorganisation,
)
from kakehashi.directory.views.entries import (
    add_contact,
    add_tie,
    add_workplace,
    change_contact,
    drop_contact,
    edit_office,
    end_tie,
    history,
    set_members,
)
from kakehashi.directory.views.offices import contacts, office, offices, ties
from kakehashi.directory.views.pages import (
    close_seat,
    municipalities,
    open_seat,
    people,
    person,
)

__all__ = [
    "add_contact",
    "add_tie",
    "add_workplace",
    "change_contact",
    "close_seat",
    "contacts",
    "drop_contact",
    "edit_office",
    "end_supervision",
    "end_tie",
    "hand_over",
    "history",
    "municipalities",
    "office",
    "offices",
    "open_seat",
    "people",
    "person",
    "plan_merger",
    "plan_rename",
    "reorganisation",
    "reorganisations",
    "set_members",
    "supervise",
    "ties",
    "undo_reorganisation",
]
