"""What placement offers to home: requests on their way, runs to decide, answers that are due."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from kakehashi.directory.models import Person
from kakehashi.directory.policy import MINISTRY_ROLES, holds, seats_of
from kakehashi.directory.rules import Role
from kakehashi.intake.queries import due_for
from kakehashi.kernel.words import Words, _
from kakehashi.placement.lifecycle import PlacementState, RequestState, RunState
from kakehashi.placement.policy import DESK
from kakehashi.placement.queries import own_placements, placements_for, requests_for, runs_for
from kakehashi.placement.views.placements import listing_for as placement_listing
from kakehashi.placement.views.requests import listing_for as request_listing
from kakehashi.placement.views.runs import run_listing
from kakehashi.placement.views.waiting import waiting_listing
from kakehashi.web import offers
from kakehashi.web.components import Tone
from kakehashi.web.listing import Listing, narrowed
from kakehashi.web.offers import Happening, Level, Reader, Tally, Work, tally

MOST = 4  # pieces of news
TOLD_OF_PLACEMENTS = (
    Role.ORGANISATION,
    Role.SUPERVISOR,
    Role.HOST,
    Role.MISSION,
    *MINISTRY_ROLES,
)
PEOPLE_OF_OFFICE = ("name_en", "name_ja")


@dataclass(frozen=True, kw_only=True)
class Step:
    """A state of a list as work: whose it is to do, in which words, due when."""

    roles: tuple[Role, ...]
    listing: Callable[[Person], Listing]
    url_name: str
    state: str
    says: Callable[[int], str]
    note: Words = ""
    event: str = ""
    moment: str = ""
    action: Words = ""
    tone: Tone = "now"
    whom: tuple[str, ...] = ()


TO_DO = (
    Step(
        roles=(Role.ORGANISATION,),
        listing=request_listing,
        url_name="placement:requests",
        state=RequestState.RETURNED,
        says=lambda n: ngettext("%(n)s request to correct", "%(n)s requests to correct", n),
        note=_("Returned with a remark: correct it and file it again."),
        event="demand_due",
        action=_("Correct"),
        tone="warn",
    ),
    Step(
        roles=(Role.ORGANISATION,),
        listing=request_listing,
        url_name="placement:requests",
        state=RequestState.DRAFT,
        says=lambda n: ngettext("%(n)s request in draft", "%(n)s requests in draft", n),
        note=_("Only you see it until it is filed with your host body."),
        event="demand_due",
        action=_("Finish"),
    ),
    Step(
        roles=(Role.HOST,),
        listing=request_listing,
        url_name="placement:requests",
        state=RequestState.FILED,
        says=lambda n: ngettext("%(n)s request to check", "%(n)s requests to check", n),
        note=_("Pass on to CLAIR, or return with a remark."),
        event="demand_due",
        moment="filed_at",
        action=_("Check"),
    ),
    Step(
        roles=(Role.CLAIR_PLACEMENT,),
        listing=request_listing,
        url_name="placement:requests",
        state=RequestState.CHECKED,
        says=lambda n: ngettext("%(n)s request to accept", "%(n)s requests to accept", n),
        note=_("Checked by the host bodies."),
        moment="filed_at",
        action=_("Decide"),
    ),
    Step(
        roles=(Role.CLAIR_PLACEMENT, Role.PLACEMENT_COMMITTEE),
        listing=run_listing,
        url_name="placement:runs",
        state=RunState.SOLVED,
        says=lambda n: ngettext("%(n)s run to decide on", "%(n)s runs to decide on", n),
        note=_("The committee resolves; then CLAIR releases the notices."),
        event="placement_notice",
        moment="solved_at",
        action=_("Open"),
        tone="warn",
    ),
    Step(
        roles=(Role.CLAIR_PLACEMENT,),
        listing=run_listing,
        url_name="placement:runs",
        state=RunState.FAILED,
        says=lambda n: ngettext("%(n)s run has failed", "%(n)s runs have failed", n),
        action=_("Look"),
        tone="bad",
    ),
    Step(
        roles=(Role.CLAIR_PLACEMENT,),
        listing=placement_listing,
        url_name="placement:placements",
        state=PlacementState.OBJECTED,
        says=lambda n: ngettext(
            "%(n)s objection of an organisation", "%(n)s objections of organisations", n
        ),
        note=_("Read the ground, then answer that the placement stands, or vacate the place."),
        action=_("Read"),
        tone="warn",
    ),
    Step(
        roles=(Role.ORGANISATION,),
        listing=placement_listing,
        url_name="placement:placements",
        state=PlacementState.TOLD,
        says=lambda n: ngettext(
            "%(n)s person placed with you to accept",
            "%(n)s people placed with you to accept",
            n,
        ),
        note=_("Accept, or object with a ground."),
        event="terms_sent_by",
        moment="told_at",
        action=_("Answer"),
    ),
)
WAITED_FOR = (
    Step(
        roles=(Role.CLAIR_PLACEMENT,),
        listing=request_listing,
        url_name="placement:requests",
        state=RequestState.FILED,
        says=lambda _n: gettext("Requests that host bodies have not checked"),
        event="demand_due",
        moment="filed_at",
        whom=("organisation__parent__name_en", "organisation__parent__name_ja"),
    ),
    Step(
        roles=(Role.ORGANISATION,),
        listing=request_listing,
        url_name="placement:requests",
        state=RequestState.FILED,
        says=lambda _n: gettext("Your requests, to be checked"),
        moment="filed_at",
        whom=("organisation__parent__name_en", "organisation__parent__name_ja"),
    ),
    Step(
        roles=(Role.CLAIR_PLACEMENT, Role.HOST),
        listing=request_listing,
        url_name="placement:requests",
        state=RequestState.RETURNED,
        says=lambda _n: gettext("Requests returned for correction"),
        event="demand_due",
        moment="filed_at",
        whom=("organisation__name_en", "organisation__name_ja"),
    ),
    Step(
        roles=(Role.CLAIR_PLACEMENT, Role.HOST),
        listing=placement_listing,
        url_name="placement:placements",
        state=PlacementState.TOLD,
        says=lambda _n: gettext("Answers to placements"),
        moment="told_at",
        event="terms_sent_by",
        whom=("request__organisation__name_en", "request__organisation__name_ja"),
    ),
    Step(
        roles=(Role.MISSION,),
        listing=placement_listing,
        url_name="placement:placements",
        state=PlacementState.TOLD,
        says=lambda _n: gettext("Answers to the placements of your candidates"),
        moment="told_at",
        whom=("request__organisation__name_en", "request__organisation__name_ja"),
    ),
)
MOMENTS = {"placement:requests": "filed_at", "placement:runs": "solved_at"}
AT_CLAIR = Step(
    roles=(Role.ORGANISATION, Role.HOST),
    listing=request_listing,
    url_name="placement:requests",
    state=RequestState.CHECKED,
    says=lambda _n: gettext("Requests that CLAIR has not decided"),
    moment="filed_at",
)

offers.opens("placement.request", requests_for, "placement:request")
offers.opens("placement.run", runs_for, "placement:run")
offers.opens("placement.placement", placements_for, "placement:placement")


def _known(reader: Reader, listing: Listing, url_name: str) -> dict[tuple[str, ...], Tally]:
    """Count the year's rows of a list by state, once for the page."""
    year, moment = {"year": str(reader.year)}, MOMENTS.get(url_name, "told_at")
    return reader.keep(
        f"{url_name}.tallies",
        lambda: offers.tallies(listing, url_name, year, moment=moment),
    )


def _of_step(step: Step, reader: Reader) -> Iterable[Work]:
    person = reader.person
    if not holds(person, *step.roles):
        return
    listing = step.listing(person)
    found = _known(reader, listing, step.url_name).get((str(step.state),))
    if found is None:
        return
    asked = {"state": str(step.state), "year": str(reader.year)}
    yield Work(
        label=step.says(found.count) % {"n": found.count},
        url=found.url,
        count=found.count,
        people=found.count,
        note=step.note,
        due=due_for(reader, step.event) if step.event else None,
        action=step.action,
        tone=step.tone if step.action else "",
        whom=offers.names_of(narrowed(listing, asked), *step.whom) if step.whom else "",
        since=found.oldest if step.moment else None,
    )


@offers.must_do
def placement_to_do(reader: Reader) -> Iterable[Work]:
    """Give each office of the chain what lies with it."""
    if reader.year is None:
        return
    for step in TO_DO:
        yield from _of_step(step, reader)
    if holds(reader.person, Role.CLAIR_PLACEMENT):
        yield from _to_place(reader)


def _to_place(reader: Reader) -> Iterable[Work]:
    asked = {"year": str(reader.year)}
    found = tally(waiting_listing(reader.person), "placement:waiting", asked)
    if found.count:
        yield Work(
            label=ngettext(
                "%(n)s person waits for a place", "%(n)s people wait for a place", found.count
            )
            % {"n": found.count},
            url=found.url,
            count=found.count,
            people=found.count,
            note=_("Start a run once the requests are in; the committee decides on it."),
            due=due_for(reader, "placement_notice"),
            action=_("See who"),
        )


@offers.must_do
def own_place(reader: Reader) -> Iterable[Work]:
    """Show somebody who is placed where they will go, until they have come."""
    if seats_of(reader.person):
        return
    states = (PlacementState.TOLD, PlacementState.AGREED)
    for placement in own_placements(reader.person).filter(state__in=states, arrival=None)[:1]:
        yield Work(
            label=_("Read where you will go"),
            url=reverse("placement:placement", args=[placement.pk]),
            note=str(placement.request.organisation),
            action=_("See your placement"),
            primary=True,
        )


@offers.others_must_do
def placement_waited_for(reader: Reader) -> Iterable[Work]:
    """Say which offices of the chain have not answered, how many, and since when."""
    if reader.year is None:
        return
    for step in WAITED_FOR:
        yield from _of_step(step, reader)
    for work in _of_step(AT_CLAIR, reader):
        yield replace(work, whom=_("CLAIR"))


@offers.others_must_do
def own_answer_waited_for(reader: Reader) -> Iterable[Work]:
    """Tell somebody who is placed that their organisation has yet to accept."""
    if seats_of(reader.person):
        return
    told = own_placements(reader.person).filter(state=PlacementState.TOLD)
    for placement in told[:1]:
        yield Work(
            label=_("Your organisation accepts your placement"),
            url=reverse("placement:placement", args=[placement.pk]),
            whom=str(placement.request.organisation),
            since=placement.told_at,
        )


@offers.happened
def chain_moved(reader: Reader) -> Iterable[Happening]:
    """Tell which requests came, which runs were solved and released, who was placed."""
    person = reader.person
    if holds(person, Role.HOST, Role.CLAIR_PLACEMENT):
        filed = requests_for(person).filter(filed_at__isnull=False)
        for request in filed.order_by("-filed_at", "-pk")[:MOST]:
            yield Happening(
                at=request.filed_at,
                text=gettext("%(organisation)s filed request %(number)s")
                % {"organisation": request.organisation, "number": request.number},
                url=reverse("placement:request", args=[request.pk]),
            )
    if holds(person, *DESK):
        yield from _runs(person)
    if holds(person, *TOLD_OF_PLACEMENTS):
        told = placements_for(person).filter(told_at__isnull=False)
        for placement in told.order_by("-told_at", "-pk")[:MOST]:
            yield Happening(
                at=placement.told_at,
                text=gettext("%(name)s was placed at %(organisation)s")
                % {
                    "name": placement.application.name,
                    "organisation": placement.request.organisation,
                },
                url=reverse("placement:placement", args=[placement.pk]),
            )


def _runs(person: Person) -> Iterable[Happening]:
    for run in runs_for(person).filter(solved_at__isnull=False).order_by("-solved_at")[:MOST]:
        url, name = reverse("placement:run", args=[run.pk]), {"number": run.number}
        yield Happening(
            at=run.solved_at, text=gettext("Run %(number)s was solved") % name, url=url
        )
        if run.released_at:
            text = gettext("The notices of run %(number)s went out") % name
            yield Happening(at=run.released_at, text=text, url=url)


@offers.levels
def placed(reader: Reader) -> Iterable[Level]:
    """Count the placements that the organisations have accepted, on the reader's own list."""
    person = reader.person
    if reader.year is None or not holds(person, *TOLD_OF_PLACEMENTS, *DESK):
        return
    state, name = PlacementState.AGREED.value, "placement:placements"
    found = _known(reader, placement_listing(person), name).get((state,))
    yield Level(
        arch="placement",
        label=_("Placements accepted"),
        count=found.count if found else 0,
        url=offers.address(name, {"state": state, "year": str(reader.year)}),
    )
