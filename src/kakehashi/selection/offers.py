"""What selection offers to home: what to read, score, propose and resolve; who has not replied."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from kakehashi.directory.models import Person
from kakehashi.directory.policy import holds
from kakehashi.directory.rules import Role
from kakehashi.intake.queries import due_for
from kakehashi.kernel.words import _
from kakehashi.recruitment.queries import own_missions
from kakehashi.selection.lifecycle import ResultState, RoundState, ScreeningState
from kakehashi.selection.policy import COUNCIL, IN_CHARGE
from kakehashi.selection.queries import (
    desk_results,
    reply_deadline,
    results_for,
    round_of,
    rounds_for,
    screenings_for,
)
from kakehashi.selection.rules import OUTCOME_NAMES, Outcome
from kakehashi.selection.views.listings import readings_listing, result_listing, round_listing
from kakehashi.selection.views.meeting import meeting_listing
from kakehashi.selection.views.reading import reading_listing
from kakehashi.web import offers
from kakehashi.web.listing import Listing, narrowed
from kakehashi.web.offers import Due, Happening, Level, Reader, Tally, Work, names_of, tally

MOST = 4  # pieces of news

offers.opens("selection.result", results_for, "selection:result")
offers.opens("selection.round", rounds_for, "selection:round")
offers.opens("selection.screening", screenings_for, "selection:screening")


@offers.must_do
def to_read(reader: Reader) -> Iterable[Work]:
    """Give a reader their queue."""
    if not holds(reader.person, Role.READER):
        return
    asked = {"state": ScreeningState.ASSIGNED.value}
    listing = reading_listing(reader.person)
    found = tally(listing, "selection:reading", asked, moment="assigned_at")
    if found.count:
        yield Work(
            label=ngettext(
                "%(n)s application to read", "%(n)s applications to read", found.count
            )
            % {"n": found.count},
            url=found.url,
            count=found.count,
            people=found.count,
            note=_("A blind copy: no name, no photograph."),
            due=due_for(reader, "screening_results"),
            action=_("See my queue"),
            tone="now",
            primary=True,
            since=found.oldest,
        )


@offers.must_do
def to_interview(reader: Reader) -> Iterable[Work]:
    """Give an interviewer the sheets that are still wanted."""
    if not holds(reader.person, Role.INTERVIEWER):
        return
    found = tally(meeting_listing(reader.person), "selection:interviews", {"sheet": "due"})
    if found.count:
        yield Work(
            label=ngettext(
                "%(n)s score sheet to fill in", "%(n)s score sheets to fill in", found.count
            )
            % {"n": found.count},
            url=found.url,
            count=found.count,
            people=found.count,
            note=_("The others’ sheets stay sealed until yours is in."),
            due=due_for(reader, "interviews_to"),
            action=_("Fill in"),
            tone="now",
            primary=True,
        )


@offers.must_do
def rounds_to_move(reader: Reader) -> Iterable[Work]:
    """Ask those in charge to open, propose and release; the council to resolve."""
    person = reader.person
    if reader.year is None or not holds(person, *IN_CHARGE, *COUNCIL):
        return
    if holds(person, Role.MISSION):
        yield from _to_open(reader)
        yield from _of_state(
            reader,
            RoundState.OPEN,
            ngettext("%(n)s round to propose", "%(n)s rounds to propose", 1),
            note=_("When the scores are in: look at the dry run, then propose."),
        )
    if holds(person, Role.MISSION, Role.MOFA, *COUNCIL):
        yield from _decided(reader)


def _to_open(reader: Reader) -> Iterable[Work]:
    closes = due_for(reader, "closes")
    if closes is None or closes.at > reader.at:
        return
    for mission in own_missions(reader.person):
        if round_of(reader.year, mission) is None:
            yield Work(
                label=_("Open the round of results"),
                url=reverse("selection:rounds"),
                note=str(mission),
                due=due_for(reader, "screening_results"),
                action=_("Open"),
            )


def _rounds(reader: Reader) -> dict[tuple[str, ...], Tally]:
    """Count the year's rounds by state, on the reader's own list, once for the page."""
    asked = {"year": str(reader.year)}
    listing = round_listing(reader.person)
    return reader.keep(
        "selection.rounds",
        lambda: offers.tallies(listing, "selection:rounds", asked, moment="decided_at"),
    )


def _results(reader: Reader) -> dict[tuple[str, ...], Tally]:
    """Count the year's results by outcome and state, on the reader's own list, once for the page."""
    asked = {"year": str(reader.year)}
    listing = result_listing(reader.person, may_key=False)
    return reader.keep(
        "selection.results",
        lambda: offers.tallies(
            listing,
            "selection:results",
            asked,
            moment="round__released_at",
            by=("outcome", "state"),
        ),
    )


def _of_state(reader: Reader, state: RoundState, words: str, *, note: object) -> Iterable[Work]:
    found = _rounds(reader).get((state.value,))
    if found is not None:
        yield Work(
            label=words % {"n": found.count},
            url=found.url,
            count=found.count,
            people=found.count,
            note=str(note),
            due=due_for(reader, "results"),
            action=_("See results"),
        )


def _decided(reader: Reader) -> Iterable[Work]:
    person = reader.person
    found = _rounds(reader).get((RoundState.DECIDED.value,))
    if found is None:
        return
    label = ngettext(
        "%(n)s proposal of results before the council",
        "%(n)s proposals of results before the council",
        found.count,
    )
    resolves = holds(person, Role.MOFA, *COUNCIL)
    yield Work(
        label=label % {"n": found.count},
        url=found.url,
        count=found.count,
        people=found.count,
        note=_("Record the resolution; then the embassy or consulate releases.")
        if resolves
        else _("Once it has resolved: draft the letters, look at them, release."),
        due=due_for(reader, "results"),
        action=_("Record the resolution") if resolves else _("See results"),
        tone="warn",
        since=found.oldest,
    )


@offers.must_do
def own_result(reader: Reader) -> Iterable[Work]:
    """Ask for the reply to one's own result."""
    mine = results_for(reader.person).filter(application__person=reader.person)
    for result in mine.filter(state=ResultState.TOLD).exclude(outcome=Outcome.NOT_SELECTED):
        application = result.application
        by = reply_deadline(application.year, application.mission)
        yield Work(
            label=_("Reply to your result"),
            url=reverse("selection:result", args=[result.pk]),
            note=OUTCOME_NAMES[result.outcome],
            due=Due(at=by.at, zone=by.time_zone, whole_day=by.whole_day) if by else None,
            tone="now",
            action=_("Read and reply"),
            primary=True,
        )


@offers.others_must_do
def scores_waited_for(reader: Reader) -> Iterable[Work]:
    """Say which readers have not scored, and which missions have not proposed."""
    person = reader.person
    if reader.year is None or not holds(person, *IN_CHARGE):
        return
    asked = {"state": ScreeningState.ASSIGNED.value, "year": str(reader.year)}
    listing = readings_listing(person)
    found = tally(listing, "selection:readings", asked, moment="assigned_at")
    if found.count:
        readers = ("reader__given_name", "reader__family_name")
        yield Work(
            label=_("Applications that readers have not scored"),
            url=found.url,
            count=found.count,
            people=found.count,
            whom=names_of(narrowed(listing, asked), *readers),
            since=found.oldest,
            due=due_for(reader, "screening_results"),
        )
    if holds(person, Role.MOFA):
        yield from _not_proposed(reader)


def _not_proposed(reader: Reader) -> Iterable[Work]:
    asked = {"state": RoundState.OPEN.value, "year": str(reader.year)}
    listing = round_listing(reader.person)
    found = _rounds(reader).get((RoundState.OPEN.value,))
    if found is not None:
        missions = ("mission__name_en", "mission__name_ja")
        yield Work(
            label=_("Results that are not proposed yet"),
            url=found.url,
            count=found.count,
            people=found.count,
            whom=names_of(narrowed(listing, asked), *missions),
            due=due_for(reader, "results"),
        )


@offers.others_must_do
def replies_waited_for(reader: Reader) -> Iterable[Work]:
    """Say how many of the chosen have not replied."""
    person = reader.person
    if reader.year is None or not holds(person, *IN_CHARGE, Role.CLAIR_PLACEMENT):
        return
    listing: Listing = result_listing(person, may_key=False)
    labels = (
        (Outcome.SHORTLISTED, _("Replies of the shortlisted")),
        (Outcome.ALTERNATE, _("Replies of the alternates")),
    )
    for outcome, label in labels:
        asked = {
            "outcome": outcome.value,
            "state": ResultState.TOLD.value,
            "year": str(reader.year),
        }
        found = _results(reader).get((outcome.value, ResultState.TOLD.value))
        if found is not None:
            yield Work(
                label=label,
                url=found.url,
                count=found.count,
                people=found.count,
                whom=_whom(listing, asked, person),
                since=found.oldest,
                due=due_for(reader, "reply_by"),
            )


def _whom(listing: Listing, asked: dict[str, str], person: Person) -> str:
    if holds(person, Role.MISSION):
        return gettext("The people who were told")
    missions = ("application__mission__name_en", "application__mission__name_ja")
    return names_of(narrowed(listing, asked), *missions)


@offers.happened
def results_told(reader: Reader) -> Iterable[Happening]:
    """Tell which results were proposed and released, and who replied."""
    person = reader.person
    if holds(person, *IN_CHARGE, *COUNCIL):
        for row in rounds_for(person).order_by("-decided_at", "-pk")[:MOST]:
            url = reverse("selection:round", args=[row.pk])
            if row.decided_at:
                yield _news(
                    row.decided_at, gettext("%(mission)s proposed its results"), row, url
                )
            if row.released_at:
                yield _news(
                    row.released_at, gettext("%(mission)s released its results"), row, url
                )
    if holds(person, *IN_CHARGE, Role.CLAIR_PLACEMENT):
        replied = desk_results(person).filter(replied_at__isnull=False)
        for one in replied.order_by("-replied_at", "-pk")[:MOST]:
            yield Happening(
                at=one.replied_at,
                text=gettext("%(name)s replied: %(state)s")
                % {"name": one.application.name, "state": one.state_name},
                url=reverse("selection:result", args=[one.pk]),
            )


def _news(at: datetime, words: str, row: object, url: str) -> Happening:
    return Happening(at=at, text=words % {"mission": row.mission}, url=url)  # type: ignore[attr-defined]  # a round


@offers.levels
def shortlisted(reader: Reader) -> Iterable[Level]:
    """Count the shortlisted of the year on the reader's own list."""
    person = reader.person
    if reader.year is None or not holds(person, *IN_CHARGE, Role.CLAIR_PLACEMENT):
        return
    outcome = Outcome.SHORTLISTED.value
    mine = (found.count for key, found in _results(reader).items() if key[0] == outcome)
    yield Level(
        arch="selection",
        label=_("Shortlisted"),
        count=sum(mine),
        url=offers.address("selection:results", {"outcome": outcome, "year": str(reader.year)}),
    )
