"""Who may know of a programme year and its plan, and who decides on them."""

from django.db.models import Q

from kakehashi.directory.models import Office, Person
from kakehashi.directory.policy import (
    CENTRAL_ROLES,
    CLAIR_ROLES,
    MINISTRY_ROLES,
    holds,
    offices_of,
    seats_of,
)
from kakehashi.directory.rules import Role
from kakehashi.intake.lifecycle import PlanState, YearState
from kakehashi.intake.models import (
    DayOff,
    Deadline,
    DocumentRequirement,
    GlossaryTerm,
    PayRate,
    Plan,
    PlanLine,
    Position,
    ProgrammeYear,
    Wave,
)
from kakehashi.kernel.policy import Policy, rule
from kakehashi.kernel.scope import EVERYTHING, NOTHING, sight
from kakehashi.kernel.words import _

PREPARING = (
    *CENTRAL_ROLES,
    Role.MISSION,
    Role.HOST,
    Role.ORGANISATION,
    Role.PLACEMENT_COMMITTEE,
    Role.AUDITOR,
    Role.OPERATOR,
)
PLANNING = (*MINISTRY_ROLES, *CLAIR_ROLES, Role.AUDITOR)
INFORMED = (Role.MISSION, Role.HOST, Role.ORGANISATION)
JOINT = (*MINISTRY_ROLES, Role.CLAIR_PLACEMENT)


def _everything(_person: Person) -> Q:
    """Say that these are open to everyone who has signed in."""
    return EVERYTHING


for _open in (DocumentRequirement, GlossaryTerm, PayRate, Position):
    sight(_open)(_everything)


@sight(ProgrammeYear)
def years_visible_to(person: Person) -> Q:
    """Say which years one may know of: one in preparation only those who prepare it."""
    return EVERYTHING if holds(person, *PREPARING) else ~Q(state=YearState.PREPARING)


@sight(Wave)
def waves_visible_to(person: Person) -> Q:
    """Say which waves one may know of: those of the years one may know of."""
    return EVERYTHING if holds(person, *PREPARING) else ~Q(year__state=YearState.PREPARING)


@sight(Deadline)
def deadlines_visible_to(person: Person) -> Q:
    """Say which dates one may know of: those of the years one may know of."""
    return waves_visible_to(person)


@sight(Plan)
def plans_visible_to(person: Person) -> Q:
    """Say which versions of a plan one may know of.

    The ministries, CLAIR and the auditor know every version; missions, host bodies and contracting
    organisations those that were released.
    """
    if holds(person, *PLANNING):
        return EVERYTHING
    if holds(person, *INFORMED):
        return Q(state__in=[PlanState.RELEASED, PlanState.SUPERSEDED])
    return NOTHING


@sight(PlanLine)
def lines_visible_to(person: Person) -> Q:
    """Say which lines of plans one may know of: those of the versions one may know of."""
    if holds(person, *PLANNING):
        return EVERYTHING
    if holds(person, *INFORMED):
        return Q(plan__state__in=[PlanState.RELEASED, PlanState.SUPERSEDED])
    return NOTHING


@rule(_("you plan the numbers at MIC"))
def plans_numbers(person: Person, _thing: object) -> bool:
    """Answer for MIC, which makes the invitation plan."""
    return holds(person, Role.MIC)


@rule(_("you sit on the joint council (MIC, MOFA, MEXT, CLAIR placement)"))
def sits_on_the_joint_council(person: Person, _thing: object) -> bool:
    """Answer for those before whom a submitted plan lies."""
    return holds(person, *JOINT)


@rule(_("you plan the numbers at MIC or place candidates at CLAIR"))
def keeps_the_year(person: Person, _thing: object) -> bool:
    """Answer for those who set a year up, open it and close it."""
    return holds(person, Role.MIC, Role.CLAIR_PLACEMENT)


@rule(_("you are an operator"))
def is_operator(person: Person, _thing: object) -> bool:
    """Answer for whoever sets the system up."""
    return holds(person, Role.OPERATOR)


@rule(_("you work at MOFA"))
def keeps_calendars(person: Person, _thing: object) -> bool:
    """Answer for MOFA, which keeps the calendars of the missions."""
    return holds(person, Role.MOFA)


@rule(_("it is a date of your own mission"))
def is_of_own_mission(person: Person, deadline: object) -> bool:
    """Answer for the mission whose date it is."""
    return isinstance(deadline, Deadline) and deadline.mission_id in offices_of(
        person, Role.MISSION
    )


@sight(DayOff)
def days_off_visible_to(person: Person) -> Q:
    """Say which days off one may know of: the common ones, and to whom a seat is given all."""
    return EVERYTHING if seats_of(person) else Q(office=None)


def kept_calendars(person: Person) -> frozenset[int]:
    """Give the offices whose calendar somebody keeps."""
    return offices_of(person, Role.ORGANISATION, Role.HOST)


@rule(_("it is the calendar of your own office"))
def keeps_the_calendar(person: Person, office: object) -> bool:
    """Answer for the organisation and the host body, each for its own calendar."""
    return isinstance(office, Office) and office.pk in kept_calendars(person)


@rule(_("it is the calendar that holds everywhere and you keep the year"))
def keeps_the_common_calendar(person: Person, office: object) -> bool:
    """Answer for MIC, CLAIR's placement and the operator, who keep the national holidays."""
    return office is None and holds(person, Role.MIC, Role.CLAIR_PLACEMENT, Role.OPERATOR)


@rule(_("you plan the numbers at MIC or look after finance at CLAIR"))
def keeps_the_pay_table(person: Person, _thing: object) -> bool:
    """Answer for those who set what participants are paid."""
    return holds(person, Role.MIC, Role.CLAIR_FINANCE)


@rule(_("you plan the numbers or were told them"))
def was_told_the_numbers(person: Person, _thing: object) -> bool:
    """Answer for all who may know of a released plan."""
    return holds(person, *PLANNING, *INFORMED)


policy = Policy[Person, object](
    load_pack=keeps_the_year | is_operator,
    create_year=keeps_the_year,
    clone_year=keeps_the_year,
    open_year=keeps_the_year,
    close_year=keeps_the_year,
    draft_plan=plans_numbers,
    set_lines=plans_numbers,
    import_plan=plans_numbers,
    export_plan=was_told_the_numbers,
    submit_plan=plans_numbers,
    return_plan=sits_on_the_joint_council,
    release_plan=plans_numbers,
    supersede_plan=plans_numbers,
    set_pay=keeps_the_pay_table,
    set_day_off=keeps_the_common_calendar | keeps_the_calendar,
    set_deadline=keeps_calendars | is_of_own_mission,
)
