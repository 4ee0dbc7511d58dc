"""What can be asked of arrivals."""

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from kakehashi.arrival.lifecycle import State
from kakehashi.arrival.models import Arrival
from kakehashi.directory.models import Person
from kakehashi.kernel import searching
from kakehashi.kernel.scope import seen_by, unscoped
from kakehashi.placement.lifecycle import PlacementState


def arrivals_for(person: Person) -> QuerySet[Arrival]:
    """Find the arrivals this person may know of, with all that a list of them shows."""
    return seen_by(person, Arrival).select_related(
        "person",
        "organisation__parent",
        "position",
        "country",
        "placement__application",
        "placement__request__wave",
    )


@unscoped("an import names arrivals by application number; who may import is asked before")
def arrivals_by_number(numbers: Collection[str]) -> dict[str, Arrival]:
    """Give the arrivals of people who applied here, by these numbers of their applications."""
    related = ("placement__application", "organisation")
    wanted = sorted(numbers)
    found: dict[str, Arrival] = {}
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        rows = Arrival.objects.filter(placement__application__number__in=some)
        for row in rows.select_related(*related):
            if row.placement:
                found[row.placement.application.number] = row
    return found


@unscoped("an import must not record the same arrival twice; who may import is asked before")
def recorded_days(emails: Iterable[str]) -> set[tuple[str, object]]:
    """Find on which days these people are due or have come: pairs of address and day."""
    wanted = list(emails)
    found: set[tuple[str, object]] = set()
    for start in range(0, len(wanted), 400):
        rows = Arrival.objects.exclude(state=State.MISSED).filter(
            person__email__in=wanted[start : start + 400]
        )
        for email, due_on, arrived_on in rows.values_list(
            "person__email", "due_on", "arrived_on"
        ):
            found |= {(email, due_on), (email, arrived_on)}
    return found


def has_a_place(arrival: Arrival) -> bool:
    """Say whether the place somebody is to come to is still theirs; who serves has come already."""
    placement = arrival.placement
    return placement is None or placement.state == PlacementState.AGREED


FOUND_BY = (
    "placement__application__number",
    "person__family_name",
    "person__given_name",
    "person__name_ja",
    *(
        f"{office}__{name}"
        for office in ("organisation", "organisation__parent")
        for name in ("search", "name_en", "name_ja")
    ),
)


def matching(rows: QuerySet[Arrival], words: str) -> QuerySet[Arrival]:
    """Keep the arrivals in whose names, number, organisation or host body every word stands."""
    return searching.matching(rows, words, *FOUND_BY)
