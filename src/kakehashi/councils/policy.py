"""Who may know of councils and resolutions, and who records what a council adopted."""

from django.db.models import Q

from kakehashi.councils.models import Council, Resolution
from kakehashi.councils.rules import PLAN, RESULTS, RUN, words_of
from kakehashi.directory.models import Person
from kakehashi.directory.policy import CENTRAL_ROLES, holds
from kakehashi.directory.rules import Role
from kakehashi.kernel.policy import Policy, rule
from kakehashi.kernel.scope import EVERYTHING, NOTHING, sight
from kakehashi.kernel.words import _

JOINT = (Role.MIC, Role.MOFA, Role.MEXT, Role.CLAIR_PLACEMENT)
COMMITTEES = (Role.PLACEMENT_COMMITTEE, Role.COUNSELLING_COMMITTEE)
TOLD_THE_NUMBERS = (Role.MISSION, Role.HOST)
READERS = (*CENTRAL_ROLES, *COMMITTEES, Role.AUDITOR, *TOLD_THE_NUMBERS)
PLACEMENT_WORDS = frozenset({RUN, "placement-rules"})
COUNSELLING_WORDS = frozenset({"case-advice", "counselling-system"})


@sight(Council)
def councils_visible_to(_person: Person) -> Q:
    """Say which councils one may know of: what bodies there are is no secret."""
    return EVERYTHING


@sight(Resolution)
def resolutions_visible_to(person: Person) -> Q:
    """Say which resolutions one may know of.

    The ministries, CLAIR, the committees and the auditor know of all; missions and host bodies of
    those about the numbers, which are passed on to them.
    """
    if holds(person, *CENTRAL_ROLES, *COMMITTEES, Role.AUDITOR):
        return EVERYTHING
    if holds(person, *TOLD_THE_NUMBERS):
        return Q(about__startswith="intake.plan/")
    return NOTHING


def recorders_of(council: Council) -> tuple[Role, ...]:
    """Say whose seats record what this council adopted."""
    words = words_of(council.decides)
    if words & {PLAN, RESULTS, "programme-plans"}:
        return JOINT
    if words & PLACEMENT_WORDS:
        return (Role.PLACEMENT_COMMITTEE,)
    return (Role.COUNSELLING_COMMITTEE,) if words & COUNSELLING_WORDS else ()


@rule(_("you sit on this council"))
def sits_on_it(person: Person, council: Council | None) -> bool:
    """Answer for those whose seats belong to the council."""
    return council is not None and holds(person, *recorders_of(council))


@rule(_("you are an operator"))
def is_operator(person: Person, _council: Council | None) -> bool:
    """Answer for whoever sets the system up."""
    return holds(person, Role.OPERATOR)


policy = Policy[Person, Council | None](load_councils=is_operator, adopt=sits_on_it)
