"""The list of those who are chosen and have no place yet."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from kakehashi.directory.models import Person
from kakehashi.kernel.words import _
from kakehashi.placement import queries
from kakehashi.placement.views.common import who
from kakehashi.selection.rules import OUTCOME_NAMES
from kakehashi.web.components import Crumb
from kakehashi.web.listing import Column, Filter, Listing, show
from kakehashi.web.rows import page_of

COLUMNS = (
    Column(
        name="number",
        label=_("Application"),
        value=lambda row: row.application.number,
        sort=("application__number",),
        link=page_of("recruitment:application", "application_id"),
        head=True,
    ),
    Column(
        name="name",
        label=_("Name"),
        value=lambda row: row.application.name,
        sort=("application__family_name", "application__given_name"),
    ),
    Column(
        name="country",
        label=_("Country"),
        value=lambda row: row.application.country,
        sort=("application__country__code",),
    ),
    Column(
        name="position",
        label=_("Position"),
        value=lambda row: row.application.position.code,
        sort=("application__position__code",),
    ),
    Column(name="outcome", label=_("Outcome"), value=lambda row: OUTCOME_NAMES[row.outcome]),
    Column(
        name="state",
        label=_("Reply"),
        value=lambda row: row.state_name,
        sort=("state",),
        kind="tag",
        tone=lambda row: "ok" if row.state == "accepted" else "now",
    ),
)


def waiting_listing(person: Person) -> Listing:
    """List the shortlisted who wait for a place, as far as this person may know of them."""
    return Listing(
        columns=COLUMNS,
        rows=queries.people_waiting(person),
        order=("application__number",),
        caption=_("Waiting for a place"),
        empty=_("Everybody who is shortlisted has a place, or a proposal of one."),
        filters=(
            Filter(
                name="year",
                label=_("Programme year"),
                apply=lambda rows, year: rows.filter(round__year__year=int(year)),
                choices=lambda: [(str(one), str(one)) for one in queries.years_for(person)],
            ),
        ),
    )


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List the shortlisted who wait for a place."""
    person = who(request)
    queries.require(person, "see_waiting", None)
    crumbs = [Crumb(label=_("Placement"), url=reverse("placement:runs"))]
    return show(request, "placement/waiting.html", waiting_listing(person), crumbs=crumbs)
