"""Who may read an office's register, and who keeps it."""

from django.db.models import Q

from kakehashi.approvals.policy import DESKS
from kakehashi.correspondence.models import Attachment, Entry, NumberStyle
from kakehashi.directory.models import Office, Person
from kakehashi.directory.policy import holds, offices_of
from kakehashi.directory.rules import Role
from kakehashi.kernel.policy import Policy, rule
from kakehashi.kernel.scope import EVERYTHING, sight
from kakehashi.kernel.words import _


@sight(NumberStyle)
def styles_visible_to(person: Person) -> Q:
    """Say whose ways of numbering one may know of: those of one's own offices."""
    if holds(person, Role.AUDITOR):
        return EVERYTHING
    return Q(office__in=offices_of(person, *DESKS))


@sight(Entry)
def entries_visible_to(person: Person) -> Q:
    """Say which letters one may know of: those in the register of one's own office.

    What another office sent here stands in one's own register; its register stays its own.
    """
    if holds(person, Role.AUDITOR):
        return EVERYTHING
    return Q(office__in=offices_of(person, *DESKS))


@sight(Attachment)
def attachments_visible_to(person: Person) -> Q:
    """Say which enclosures one may open: of one's register's letters, and of what was sent here."""
    if holds(person, Role.AUDITOR):
        return EVERYTHING
    mine = offices_of(person, *DESKS)
    return Q(entry__office__in=mine) | Q(entry__copies__office__in=mine)


@rule(_("you keep the register of this office"))
def keeps_it(person: Person, thing: Entry | Office) -> bool:
    """Answer for the officers of the office whose register it is."""
    office = thing.office_id if isinstance(thing, Entry) else thing.pk
    return office in offices_of(person, *DESKS)


policy = Policy[Person, Entry | Office](
    register=keeps_it,
    set_style=keeps_it,
    draft=keeps_it,
    change=keeps_it,
    attach=keeps_it,
    send=keeps_it,
    assign=keeps_it,
    answer=keeps_it,
    close=keeps_it,
    discard=keeps_it,
)
