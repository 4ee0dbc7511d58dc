"""Who may know of people, offices and seats, and who may change them."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from kakehashi.directory.models import (
    ContactPoint,
    CooperativeMember,
    Country,
    FieldChange,
    FollowedThing,
    FormerName,
    InterviewPlace,
    MissionArea,
    Municipality,
    Office,
    Person,
    Prefecture,
    Reorganisation,
    Seat,
    SisterTie,
    Supervision,
    role_name,
)
from kakehashi.directory.rules import (
    OFFICER_AT,
    ChangeState,
    Hand,
    OfficeKind,
    Role,
    Seen,
)
from kakehashi.kernel import clock
from kakehashi.kernel.policy import Policy, rule
from kakehashi.kernel.scope import EVERYTHING, NOTHING, sight, unscoped
from kakehashi.kernel.words import Words, _


@dataclass(frozen=True, slots=True)
class Held:
    """A seat as the policies need it: the role and where it is."""

    role: str
    office: int
    parent: int | None
    rank: str = ""
    since: date = date.min
    stands_in: int | None = None

    @property
    def name(self) -> Words:
        """Name the role, and say where it is a deputy's."""
        return role_name(self.role, deputy=self.stands_in is not None)


@unscoped("which seats one holds is what every sight is made of")
def seats_of(person: Person | AnonymousUser) -> tuple[Held, ...]:
    """List the seats a person holds today; read once per person object.

    Whoever acts in another's name has the rights of that one seat and no others, for as long as
    both the deputy's seat and the seat itself are held.
    """
    if not isinstance(person, Person):
        return ()
    day: date = person.as_of or _today()
    asked = day, person.acts_from
    kept: tuple[object, tuple[Held, ...]] | None = getattr(person, "_held", None)
    if kept and kept[0] == asked:
        return kept[1]
    mine = Q(acts_for=None) if person.acts_from is None else _deputised(person.acts_from, day)
    rows = Seat.objects.filter(seats_held(day), mine, person=person).values_list(
        "role", "office_id", "office__parent_id", "rank", "starts_on", "acts_for_id"
    )
    held = tuple(Held(*row) for row in rows)
    person._held = asked, held  # type: ignore[attr-defined]  # noqa: SLF001 -- kept with its owner
    return held


def seats_held(on: date | None = None) -> Q:
    """Say which seats somebody sits in on a day; without one, today."""
    day = on or _today()
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))


def _deputised(seat: int, day: date) -> Q:
    """Say that a deputy's seat counts while the seat it stands for is held."""
    begun = Q(acts_for__starts_on__lte=day)
    not_over = Q(acts_for__ends_on=None) | Q(acts_for__ends_on__gte=day)
    return Q(pk=seat, acts_for__isnull=False) & begun & not_over


def _today() -> date:
    """Give the day of which rights are asked: they are always those of this moment."""
    return clock.today()  # house: looks_at_the_clock -- rights hold now


def first_held(person: Person) -> Held | None:
    """Give the seat a person has held longest of those they hold today."""
    return min(seats_of(person), key=lambda seat: seat.since, default=None)


def holds(person: Person, *roles: Role) -> bool:
    """Say whether the person holds a seat of one of these roles, anywhere."""
    return any(seat.role in roles for seat in seats_of(person))


def offices_of(person: Person, *roles: Role) -> frozenset[int]:
    """Give the offices in which the person holds one of these roles."""
    return frozenset(seat.office for seat in seats_of(person) if seat.role in roles)


def host_bodies_of(person: Person, *roles: Role) -> frozenset[int]:
    """Give the host bodies above the organisations in which the person holds these roles."""
    held = (seat for seat in seats_of(person) if seat.role in roles)
    return frozenset(seat.parent for seat in held if seat.parent is not None)


def stands_as(person: Person) -> int:
    """Give whose work this person does: for a deputy the absent colleague's, else their own."""
    return person.in_name_of or person.pk


CLAIR_ROLES = (
    Role.CLAIR_PLACEMENT,
    Role.CLAIR_COORDINATOR,
    Role.CLAIR_DESK,
    Role.CLAIR_EVENTS,
    Role.CLAIR_FINANCE,
)
MINISTRY_ROLES = (Role.MIC, Role.MOFA, Role.MEXT)
CENTRAL_ROLES = (*MINISTRY_ROLES, *CLAIR_ROLES)
PRIVATE_ROLES = (Role.PARTICIPANT, Role.ALUMNA)


def _everything(_person: Person) -> Q:
    """Say that these are open to everyone who has signed in."""
    return EVERYTHING


for _open in (
    CooperativeMember,
    Country,
    FormerName,
    InterviewPlace,
    MissionArea,
    Municipality,
    Office,
    Prefecture,
    SisterTie,
):
    sight(_open)(_everything)


@sight(Person)
def people_visible_to(person: Person) -> Q:
    """Say which people one may know of in the directory.

    Oneself; for whoever holds a seat, those who hold an officer's today (one that is not a
    participant's or an alumna's); and, for those who look after them, the participants of their own
    offices until they leave.  Anybody can open an account: without a seat one knows of nobody else.
    """
    if holds(person, *CLAIR_ROLES, Role.OPERATOR):
        return EVERYTHING
    if not seats_of(person):
        return Q(pk=person.pk)
    day = person.as_of or _today()
    officers = seats_held(day) & ~Q(role__in=PRIVATE_ROLES)
    mine = offices_of(person, Role.ORGANISATION, Role.SUPERVISOR, Role.HOST, Role.ADVISOR)
    at_mine = Q(office__in=mine) | Q(office__parent__in=mine)
    not_over = Q(ends_on=None) | Q(ends_on__gte=day)
    return Q(pk=person.pk) | Q(pk__in=_people_with(officers | (at_mine & not_over)))


@sight(Seat)
def seats_visible_to(person: Person) -> Q:
    """Say which seats one may know of: those of the people one may know of."""
    return Q(person__in=_people(people_visible_to(person)))


@unscoped("part of what people_visible_to says")
def _people_with(seats: Q) -> object:
    return Seat.objects.filter(seats).values("person")


@unscoped("part of what seats_visible_to says")
def _people(found: Q) -> object:
    return Person.objects.filter(found).values("pk")


@sight(ContactPoint)
def contacts_visible_to(person: Person) -> Q:
    """Say which contact points one may know of: as far as the point itself says.

    One for the chain is known to the office, the office above it, CLAIR and the operator.
    """
    if holds(person, *CLAIR_ROLES, Role.OPERATOR):
        return EVERYTHING
    if not holds_a_seat.holds(person, None):
        return Q(seen=Seen.PUBLIC)
    return Q(seen__in=[Seen.PUBLIC, Seen.OFFICES]) | _kept_by(person)


@sight(FieldChange)
def field_changes_visible_to(person: Person) -> Q:
    """Say which changes of fields one may know of: those of the entries one keeps."""
    return EVERYTHING if holds(person, *CLAIR_ROLES, Role.OPERATOR) else _kept_by(person)


def _kept_by(person: Person) -> Q:
    """Say which records hang on an office whose entry this person keeps."""
    own = offices_of(person, *{role for roles in OFFICER_AT.values() for role in roles})
    staff = offices_of(person, Role.ORGANISATION)
    host = offices_of(person, Role.HOST, Role.MOFA)
    under = Q(office__parent__in=host | staff) | Q(office__parent__parent__in=host)
    return Q(office__in=own) | under


@sight(Reorganisation)
def reorganisations_visible_to(person: Person) -> Q:
    """Say which mergers and new names one may know of: officers also those ahead."""
    officer = holds_a_seat.holds(person, None)
    return EVERYTHING if officer else Q(state=ChangeState.DONE)


@sight(FollowedThing)
def followed_visible_to(person: Person) -> Q:
    """Say who may know what went over with a merger: CLAIR and the operator."""
    return EVERYTHING if holds(person, *CLAIR_ROLES, Role.OPERATOR) else NOTHING


@sight(Supervision)
def supervisions_visible_to(person: Person) -> Q:
    """Say which supervisions one may know of: one's own, and those of one's offices."""
    if holds(person, *CLAIR_ROLES, Role.OPERATOR):
        return EVERYTHING
    here = offices_of(person, Role.ORGANISATION, Role.SUPERVISOR)
    under = offices_of(person, Role.HOST, Role.ADVISOR)
    mine = Q(participant=person.pk) | Q(supervisor=person.pk)
    return mine | Q(office__in=here) | Q(office__parent__in=under)


def hands_on(person: Person, office: Office) -> frozenset[Hand]:
    """Say in which ways somebody keeps an office's entry; none where it is not theirs."""
    at, above = office.pk, office.parent
    if office.kind == OfficeKind.WORKPLACE and above is not None:
        at, above = above.pk, above.parent
    hands = set()
    if at in offices_of(person, *OFFICER_AT.get(office.kind, ())):
        hands.add(Hand.OWN)
    if above is not None and above.pk in offices_of(person, Role.HOST, Role.MOFA):
        hands.add(Hand.ABOVE)
    if holds(person, *CLAIR_ROLES):
        hands.add(Hand.CLAIR)
    if holds(person, Role.OPERATOR):
        hands.add(Hand.OPERATOR)
    return frozenset(hands)


@rule(_("you are an officer of this office, of the one above it, of CLAIR, or the operator"))
def keeps_the_entry(person: Person, office: Office | None) -> bool:
    """Answer for those who own an office's entry."""
    return office is not None and bool(hands_on(person, office))


@rule(_("you are an officer of the host body above it, of CLAIR, or the operator"))
def frames_the_entry(person: Person, office: Office | None) -> bool:
    """Answer for those who say from which day an office has a new name or another goes on."""
    return office is not None and bool(hands_on(person, office) - {Hand.OWN})


@rule(_("you are an operator or work at CLAIR's Japanese-speaking desk"))
def keeps_the_directory(person: Person, _office: Office | None) -> bool:
    """Answer for those who keep the register of offices and people."""
    return holds(person, Role.OPERATOR, Role.CLAIR_DESK)


@rule(_("you are an operator"))
def is_operator(person: Person, _office: Office | None) -> bool:
    """Answer for those who give and close seats."""
    return holds(person, Role.OPERATOR)


@rule(_("you are an officer of this contracting organisation"))
def works_for_it(person: Person, office: Office | None) -> bool:
    """Answer for the organisation's own officer."""
    return office is not None and office.pk in offices_of(person, Role.ORGANISATION)


@rule(_("you work at CLAIR on placement or arrivals"))
def receives_participants(person: Person, _office: Office | None) -> bool:
    """Answer for those at CLAIR who seat participants where they were placed."""
    return holds(person, Role.CLAIR_PLACEMENT, Role.CLAIR_EVENTS)


@rule(_("you are an officer of an organisation, a host body, a mission, CLAIR or the operator"))
def keeps_a_table(person: Person, _office: Office | None) -> bool:
    """Answer for those who may bring a table; each row is then judged by whose entry it is."""
    return holds(
        person, Role.ORGANISATION, Role.HOST, Role.MISSION, *CLAIR_ROLES, Role.OPERATOR
    )


@rule(_("you are an officer of a mission, the ministries, CLAIR or the operator"))
def registers_people(person: Person, _office: Office | None) -> bool:
    """Answer for those whose tables may name people who have no account yet."""
    return holds(person, Role.MISSION, *CENTRAL_ROLES, Role.OPERATOR)


@rule(_("you hold a seat in the programme"))
def holds_a_seat(person: Person, _office: Office | None) -> bool:
    """Answer for every officer: which organisations there are is open to them."""
    return any(seat.role not in PRIVATE_ROLES for seat in seats_of(person))


policy = Policy[Person, Office | None](
    load_pack=is_operator,
    add_office=keeps_the_directory,
    import_organisations=keeps_a_table,
    export_organisations=holds_a_seat,
    edit_office=keeps_the_entry,
    keep_contacts=keeps_the_entry,
    keep_ties=keeps_the_entry,
    keep_workplaces=keeps_the_entry,
    see_history=keeps_the_entry,
    plan_reorganisation=frames_the_entry,
    undo_reorganisation=frames_the_entry,
    import_records=keeps_a_table,
    export_records=holds_a_seat,
    supervise=is_operator | works_for_it,
    import_people=keeps_the_directory,
    register_people=registers_people,
    open_seat=is_operator,
    close_seat=is_operator,
    open_supervisor_seat=is_operator | works_for_it,
    close_supervisor_seat=is_operator | works_for_it,
    open_participant_seat=is_operator | works_for_it | receives_participants,
    close_participant_seat=is_operator | works_for_it | receives_participants,
)
