"""The year as a bridge of eight arches: how far it is built, and the reader's own numbers on it."""

from collections.abc import Mapping

from django.utils.translation import gettext, ngettext

from kakehashi.appointment.figures import appointed
from kakehashi.arrival.figures import expected_and_arrived
from kakehashi.home.rules import ARCHES, Counts, fractions, stages
from kakehashi.intake.models import ProgrammeYear
from kakehashi.intake.queries import in_force_for
from kakehashi.kernel.words import Words, _
from kakehashi.placement.figures import placed
from kakehashi.recruitment.figures import applied
from kakehashi.selection.figures import selected, undecided
from kakehashi.web.components import Arch, Figure
from kakehashi.web.dates import number_words
from kakehashi.web.offers import Level, Reader

LABELS: dict[str, Words] = {
    "plan": _("Plan"),
    "recruitment": _("Recruitment"),
    "selection": _("Selection"),
    "placement": _("Placement"),
    "arrival": _("Arrival"),
    "appointment": _("Appointment"),
    "support": _("Support"),
    "alumni": _("Alumni"),
}


def counts_of(reader: Reader, year: ProgrammeYear) -> Counts:
    """Count how far this year has come, all over the programme."""
    plan, invited = in_force_for(reader, year)
    expected, arrived = expected_and_arrived(year)
    return Counts(
        plan_released=plan is not None,
        invited=invited,
        applied=applied(year),
        undecided=undecided(year),
        selected=selected(year),
        placed=placed(year),
        expected=expected,
        arrived=arrived,
        serving=appointed(year),
    )


def arches(reader: Reader, levels: Mapping[str, Level]) -> list[Arch]:
    """Draw the eight arches; a number stands only where the reader has the list it counts."""
    if reader.year is None:
        return []
    counts = counts_of(reader, reader.year)
    stage, built = stages(counts), fractions(counts)
    return [
        Arch(
            state=stage[name],
            label=LABELS[name],
            fraction=built.get(name, 0.0),
            link=_said(name, levels[name].count) if name in levels else "",
            url=levels[name].url if name in levels else "",
        )
        for name in ARCHES
    ]


def figures(levels: Mapping[str, Level]) -> list[Figure]:
    """Give the reader's numbers as key figures, each leading to its list."""
    return [
        Figure(label=one.label, value=one.count, note=one.note, url=one.url)
        for one in levels.values()
    ]


def _said(name: str, n: int) -> str:
    said = {
        "plan": ngettext("%(n)s person invited", "%(n)s people invited", n),
        "recruitment": ngettext("%(n)s applied", "%(n)s applied", n),
        "selection": ngettext("%(n)s shortlisted", "%(n)s shortlisted", n),
        "placement": ngettext("%(n)s accepted", "%(n)s accepted", n),
        "arrival": ngettext("%(n)s arrived", "%(n)s arrived", n),
        "appointment": gettext("%(n)s serving"),
    }[name]
    return said % {"n": number_words(n)}
