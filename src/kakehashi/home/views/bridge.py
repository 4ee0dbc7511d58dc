"""The year as a bridge of eight arches, built from what each part counts."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from kakehashi.appointment.figures import appointed
from kakehashi.arrival.figures import arrived, expected
from kakehashi.home.rules import ARCHES, Counts, fractions, stages
from kakehashi.intake.models import ProgrammeYear
from kakehashi.intake.queries import plan_in_force, quota
from kakehashi.kernel.words import Words, _
from kakehashi.placement.figures import placed
from kakehashi.recruitment.figures import applied
from kakehashi.selection.figures import selected, undecided
from kakehashi.web.components import Arch, Figure

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
PAGES = {
    "plan": ("intake:years",),
    "recruitment": ("recruitment:applications", "recruitment:mine"),
    "selection": ("selection:rounds",),
    "placement": ("placement:placements", "placement:runs", "placement:mine"),
    "arrival": ("arrival:arrivals",),
    "appointment": ("appointment:appointments", "appointment:mine"),
}


def counts_of(year: ProgrammeYear) -> Counts:
    """Count how far this year has come."""
    return Counts(
        plan_released=plan_in_force(year) is not None,
        invited=quota(year),
        applied=applied(year),
        undecided=undecided(year),
        selected=selected(year),
        placed=placed(year),
        expected=expected(year),
        arrived=arrived(year),
        serving=appointed(year),
    )


def arches(counts: Counts, *, open_to: Collection[str]) -> list[Arch]:
    """Draw the eight arches; a count leads to its list where that list is open to the reader."""
    stage, built = stages(counts), fractions(counts)
    return [
        Arch(
            state=stage[name],
            label=LABELS[name],
            fraction=built.get(name, 0.0),
            link=_said(name, counts) if stage[name] in {"done", "now"} else "",
            url=_url(name, open_to),
        )
        for name in ARCHES
    ]


def figures(counts: Counts, *, open_to: Collection[str]) -> list[Figure]:
    """Give the four counts that say how the year stands."""
    rows = (
        ("plan", gettext("Invited by the plan"), counts.invited, ""),
        ("recruitment", gettext("Applied"), counts.applied, ""),
        (
            "selection",
            gettext("Shortlisted"),
            counts.selected,
            gettext("%(n)s without a result") % {"n": counts.undecided},
        ),
        ("placement", gettext("Placed"), counts.placed, ""),
        (
            "arrival",
            gettext("Arrived"),
            counts.arrived,
            gettext("%(n)s expected") % {"n": counts.expected},
        ),
    )
    return [
        Figure(label=label, value=value, note=note, url=_url(name, open_to))
        for name, label, value, note in rows
    ]


def _url(name: str, open_to: Collection[str]) -> str:
    """Give the list behind an arch that is in this reader's menu, if one is."""
    urls = (reverse(page) for page in PAGES.get(name, ()))
    return next((url for url in urls if url in open_to), "")


def _said(name: str, counts: Counts) -> str:
    n = {
        "plan": counts.invited,
        "recruitment": counts.applied,
        "selection": counts.selected,
        "placement": counts.placed,
        "arrival": counts.arrived,
        "appointment": counts.serving,
    }[name]
    said = {
        "plan": ngettext("%(n)s person invited", "%(n)s people invited", n),
        "recruitment": ngettext("%(n)s applied", "%(n)s applied", n),
        "selection": ngettext("%(n)s shortlisted", "%(n)s shortlisted", n),
        "placement": ngettext("%(n)s placed", "%(n)s placed", n),
        "arrival": ngettext("%(n)s arrived", "%(n)s arrived", n),
        "appointment": ngettext("%(n)s appointed", "%(n)s appointed", n),
    }[name]
    return said % {"n": f"{n:,}"}
