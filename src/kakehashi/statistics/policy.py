"""Who may know of a census, and who takes one."""

from django.db.models import Q

from kakehashi.directory.models import Person
from kakehashi.directory.policy import CLAIR_ROLES, MINISTRY_ROLES, holds
from kakehashi.directory.rules import Role
from kakehashi.kernel.policy import Policy, rule
from kakehashi.kernel.scope import EVERYTHING, sight
from kakehashi.kernel.words import _
from kakehashi.statistics.models import Census, CensusLine, YearFigure


@sight(Census)
def censuses_visible_to(person: Person) -> Q:
    """Say which counts one may know of: official ones all, interim ones CLAIR and the ministries."""
    return EVERYTHING if _works_with_figures(person) else Q(is_official=True)


@sight(CensusLine)
def lines_visible_to(person: Person) -> Q:
    """Say which lines one may know of: those of the counts one may know of."""
    return EVERYTHING if _works_with_figures(person) else Q(census__is_official=True)


@sight(YearFigure)
def series_visible_to(_person: Person) -> Q:
    """Say that published figures are open to everyone who has signed in."""
    return EVERYTHING


def _works_with_figures(person: Person) -> bool:
    return holds(person, *CLAIR_ROLES, *MINISTRY_ROLES)


@rule(_("you plan the numbers at the Ministry of Internal Affairs or placement at CLAIR"))
def keeps_the_figures(person: Person, _census: Census | None) -> bool:
    """Answer for those who count the register and keep the series."""
    return holds(person, Role.MIC, Role.CLAIR_PLACEMENT)


@rule(_("you have signed in"))
def has_signed_in(person: Person, _census: Census | None) -> bool:
    """Answer for everyone: the yearbook is published."""
    return person.is_authenticated


policy = Policy[Person, Census | None](
    read_yearbook=has_signed_in,
    take_census=keeps_the_figures,
    load_series=keeps_the_figures,
)
