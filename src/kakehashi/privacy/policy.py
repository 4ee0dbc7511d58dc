"""Who may know of notices, wishes and copies, and who answers a wish."""

from django.db.models import Q

from kakehashi.directory.models import Person
from kakehashi.directory.policy import holds, seats_of
from kakehashi.directory.rules import Role
from kakehashi.kernel.policy import Policy, rule
from kakehashi.kernel.scope import EVERYTHING, in_anothers_name, sight
from kakehashi.kernel.words import _
from kakehashi.privacy.models import Correction, DataCopy, NoticeRead, PrivacyNotice


@sight(PrivacyNotice)
def notices_visible_to(_person: Person) -> Q:
    """Say that notices are open to everyone."""
    return EVERYTHING


@sight(NoticeRead)
def readings_visible_to(person: Person) -> Q:
    """Say who may know that a notice was read: whoever read it."""
    return Q(person=person)


@sight(DataCopy)
def copies_visible_to(person: Person) -> Q:
    """Say which copies one may take: one's own, and only in one's own name."""
    mine = Q(person=person)
    return mine if in_anothers_name(person) is None else mine & Q(pk__in=())


@sight(Correction)
def corrections_visible_to(person: Person) -> Q:
    """Say which wishes one may know of: one's own, and those about records one keeps."""
    found = Q(person=person)
    for seat in seats_of(person):
        anywhere = Q(keeper_office=None) | Q(keeper_office=seat.office)
        found |= Q(keeper_role=seat.role) & anywhere
    return found


@rule(_("it is your own data and you act in your own name"))
def is_oneself(person: Person, thing: Person | Correction) -> bool:
    """Answer for the person themselves."""
    owner = thing.pk if isinstance(thing, Person) else thing.person_id
    return owner == person.pk and in_anothers_name(person) is None


@rule(_("you keep this record, and it is not about you"))
def keeps_the_record(person: Person, thing: Person | Correction) -> bool:
    """Answer for whoever sits where the record is kept."""
    if isinstance(thing, Person) or thing.person_id == person.pk:
        return False
    return any(
        seat.role == thing.keeper_role and thing.keeper_office_id in {None, seat.office}
        for seat in seats_of(person)
    )


@rule(_("you are an operator"))
def is_operator(person: Person, _thing: None) -> bool:
    """Answer for whoever sets the system up."""
    return holds(person, Role.OPERATOR)


policy = Policy[Person, Person | Correction](
    copy=is_oneself,
    ask=is_oneself,
    read_notice=is_oneself,
    withdraw=is_oneself,
    accept=keeps_the_record,
    refuse=keeps_the_record,
)
pack = Policy[Person, None](load_notices=is_operator)
