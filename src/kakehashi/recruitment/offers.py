"""What recruitment offers to home: papers to check, silent referees, one's own application."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from kakehashi.directory.policy import holds, seats_of
from kakehashi.directory.rules import Role
from kakehashi.intake.lifecycle import YearState
from kakehashi.intake.models import Deadline
from kakehashi.intake.queries import dates_for, deadline, due_for
from kakehashi.intake.rules import EVENT_NAMES
from kakehashi.kernel.words import Words, _
from kakehashi.kernel.zones import time_zone
from kakehashi.recruitment.lifecycle import State
from kakehashi.recruitment.models import Application
from kakehashi.recruitment.policy import DESK_ROLES, desks
from kakehashi.recruitment.queries import (
    application_of,
    applications_for,
    desk_applications,
    desk_references,
    references_asked,
)
from kakehashi.recruitment.views.listings import SILENT, application_listing, reference_listing
from kakehashi.web import offers
from kakehashi.web.listing import narrowed
from kakehashi.web.offers import (
    Due,
    Happening,
    Level,
    Moment,
    Reader,
    Span,
    Tally,
    Work,
    names_of,
    tally,
)

MOST = 4  # pieces of news
ABROAD = (  # the dates of their mission that concern an applicant
    "closes",
    "screening_results",
    "interviews_from",
    "interviews_to",
    "spring_papers_by",
    "results_spring",
    "results",
    "reply_by",
    "placement_notice",
    "papers_by",
    "terms_sent_by",
    "pre_departure_orientation",
)

offers.opens("recruitment.application", applications_for, "recruitment:application")


def own_application(reader: Reader) -> Application | None:
    """Give the reader's own application of the year, if there is one."""

    def look() -> Application | None:
        return application_of(reader.person, reader.year) if reader.year else None

    return reader.keep("recruitment.own", look)


def due_of(application: Application, event: str) -> Due | None:
    """Say until when something is due at an application's mission."""
    row = deadline(application.year, application.mission, event)
    return Due(at=row.at, zone=row.time_zone, whole_day=row.whole_day) if row else None


def _applications(reader: Reader) -> dict[tuple[str, ...], Tally]:
    """Count the year's applications by state, on the reader's own list, once for the page."""

    def count() -> dict[tuple[str, ...], Tally]:
        return offers.tallies(
            application_listing(reader.person),
            "recruitment:applications",
            {"year": str(reader.year)},
            moment="submitted_at",
        )

    return reader.keep("recruitment.tallies", count)


@offers.must_do
def papers_to_check(reader: Reader) -> Iterable[Work]:
    """Give a mission the applications whose papers nobody has looked at."""
    if reader.year is None or not holds(reader.person, Role.MISSION):
        return
    found = _applications(reader).get((State.SUBMITTED.value,))
    if found is not None:
        yield Work(
            label=ngettext(
                "%(n)s application to check", "%(n)s applications to check", found.count
            )
            % {"n": found.count},
            url=found.url,
            count=found.count,
            people=found.count,
            note=_("Tick the papers that have come; say whether they are complete."),
            due=due_for(reader, "screening_results"),
            action=_("Check papers"),
            tone="now",
            since=found.oldest,
        )


@offers.must_do
def own_application_to_write(reader: Reader) -> Iterable[Work]:
    """Ask for the application: to begin it, to finish it, to find referees for it."""
    year, application = reader.year, own_application(reader)
    if year is None:
        return
    if application is None:
        if not seats_of(reader.person) and year.state == YearState.OPEN:
            yield Work(
                label=_("Apply to the programme"),
                url=reverse("recruitment:start"),
                note=_("Through the embassy or consulate of your country of nationality."),
                action=_("Begin"),
                primary=True,
            )
        return
    if application.state == State.DRAFT:
        yield Work(
            label=_("Finish your application and hand it in"),
            url=reverse("recruitment:application", args=[application.pk]),
            note=application.number,
            due=due_of(application, "closes"),
            action=_("Go on writing"),
            tone="now",
            primary=True,
        )
    if application.state == State.INCOMPLETE:
        yield Work(
            label=_("Send the papers that are missing"),
            url=reverse("recruitment:application", args=[application.pk]),
            note=_("The embassy or consulate has written to you which ones."),
            due=due_of(application, "papers_by"),
            action=_("See which"),
            tone="warn",
            primary=True,
        )


@offers.others_must_do
def desk_waits(reader: Reader) -> Iterable[Work]:
    """Say which referees are silent, who owes papers, and which missions have yet to check."""
    person, year = reader.person, reader.year
    if year is None or not holds(person, *DESK_ROLES):
        return
    if desks.allows(person, "list_references", None):
        yield from _silent_referees(reader)
    states: list[tuple[State, Words]] = [(State.INCOMPLETE, _("Papers that are missing"))]
    if not holds(person, Role.MISSION):
        states.append((State.SUBMITTED, _("Papers to be checked by the missions")))
    listing = application_listing(person)
    for state, label in states:
        found = _applications(reader).get((state.value,))
        if found is None:
            continue
        asked = {"state": state.value, "year": str(year)}
        by_applicants = state == State.INCOMPLETE and holds(person, Role.MISSION)
        missions = ("mission__name_en", "mission__name_ja")
        yield Work(
            label=label,
            url=found.url,
            count=found.count,
            people=found.count,
            whom=_("The applicants")
            if by_applicants
            else names_of(narrowed(listing, asked), *missions),
            since=found.oldest,
            due=due_for(reader, "screening_results"),
        )


def _silent_referees(reader: Reader) -> Iterable[Work]:
    asked = {"state": SILENT, "year": str(reader.year)}
    listing = reference_listing(reader.person)
    found = tally(listing, "recruitment:references", asked, moment="asked_at")
    if found.count:
        yield Work(
            label=_("References that have not come"),
            url=found.url,
            count=found.count,
            people=found.count,
            whom=names_of(narrowed(listing, asked), "name"),
            since=found.oldest,
        )


@offers.others_must_do
def applicant_waits(reader: Reader) -> Iterable[Work]:
    """Tell an applicant who is silent, and that their papers are being looked at."""
    application = own_application(reader)
    if application is None or application.state == State.WITHDRAWN:
        return
    url = reverse("recruitment:application", args=[application.pk])
    silent = [one for one in references_asked(application) if one.received_at is None]
    if silent:
        yield Work(
            label=ngettext(
                "%(n)s reference has not come", "%(n)s references have not come", len(silent)
            )
            % {"n": len(silent)},
            url=url,
            people=len(silent),
            whom=gettext(", ").join(one.name for one in silent),
            since=min(one.asked_at for one in silent),
        )
    if application.state == State.SUBMITTED:
        yield Work(
            label=_("Your papers are being checked"),
            url=url,
            whom=str(application.mission),
            since=application.submitted_at,
            due=due_of(application, "screening_results"),
        )


@offers.dates
def applicants_dates(reader: Reader, span: Span) -> Iterable[Moment]:
    """Give an applicant the dates of the mission they apply through."""
    application = own_application(reader)
    if application is None:
        return
    rows = dates_for(reader.person).filter(
        year=application.year, mission=application.mission, event__in=ABROAD
    )
    for row in rows.order_by("at", "pk"):
        day = row.at.astimezone(time_zone(row.time_zone)).date()
        if span.first <= day <= span.last:
            yield _moment(row, application)


def _moment(row: Deadline, application: Application) -> Moment:
    day = row.at.astimezone(time_zone(row.time_zone)).date()
    return Moment(
        key=f"dates/{row.year_id}/{row.event}/{row.mission_id}/{day}",
        label=EVENT_NAMES[row.event],
        on=day,
        at=None if row.whole_day else row.at,
        zone=row.time_zone,
        note=str(application.mission),
        url=reverse("recruitment:application", args=[application.pk]),
    )


@offers.happened
def came_in(reader: Reader) -> Iterable[Happening]:
    """Tell a desk which applications and references came in last."""
    person = reader.person
    if not holds(person, *DESK_ROLES):
        return
    rows = desk_applications(person).filter(submitted_at__isnull=False)
    for row in rows.order_by("-submitted_at", "-pk")[:MOST]:
        yield Happening(
            at=row.submitted_at,
            text=gettext("%(name)s handed in %(number)s")
            % {"name": row.name, "number": row.number},
            url=reverse("recruitment:application", args=[row.pk]),
        )
    if not desks.allows(person, "list_references", None):
        return
    came = desk_references(person).filter(received_at__isnull=False)
    for one in came.order_by("-received_at", "-pk")[:MOST]:
        yield Happening(
            at=one.received_at,
            text=gettext("A reference for %(number)s has come")
            % {"number": one.application.number},
            url=reverse("recruitment:application", args=[one.application_id]),
        )


@offers.levels
def applied(reader: Reader) -> Iterable[Level]:
    """Count the applications of the year on the reader's own list."""
    if reader.year is None or not holds(reader.person, *DESK_ROLES):
        return
    yield Level(
        arch="recruitment",
        label=_("Applied"),
        count=sum(one.count for one in _applications(reader).values()),
        url=offers.address("recruitment:applications", {"year": str(reader.year)}),
    )
