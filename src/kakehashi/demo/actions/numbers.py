"""The numbers of the year: opened, drafted, put before the council, released, corrected."""

from collections.abc import Mapping
from datetime import datetime

from kakehashi.councils.actions import adopt
from kakehashi.councils.queries import council_for
from kakehashi.demo.actions.story import Story
from kakehashi.demo.rules import LATE, MISSION, YEAR, Group, groups
from kakehashi.directory.models import Person
from kakehashi.directory.queries import countries_by_code, missions_of
from kakehashi.intake import actions as intake
from kakehashi.intake.models import Plan

APPLICANTS_EACH_MISSION = 40  # a country with more of them is shared among more missions


def missions_in_use(story: Story) -> dict[str, list[str]]:
    """Give the codes of the missions that recruit in each country that is invited."""
    countries = countries_by_code()
    found = {}
    for code, applicants in _by_country(applicants_wanted(story)).items():
        rows = missions_of(countries[code]).exclude(code=LATE).order_by("code")
        here = sorted((one.code for one in rows), key=lambda one: (one != MISSION, one))
        found[code] = here[: 1 + applicants // APPLICANTS_EACH_MISSION]
    return found


def applicants_wanted(story: Story) -> list[Group]:
    """Say how many apply from each country and for each position: more than there are places."""
    people = story.marginals.of("people")
    ratio = people["applications"] / people["newcomers"]
    return [
        (country, position, max(2, round(count * ratio)))
        for country, position, count in groups(story.newcomers, story.marginals)
    ]


def open_year(story: Story, at: datetime) -> None:
    """Open the year for which people are to be invited."""
    intake.open_year(story.year, by=story.cast["mic"], at=at)


def draft_numbers(story: Story, at: datetime) -> None:
    """Bring the invitation plan as MIC's table: a draft, with its author and reason."""
    _bring(story, 1, at=at)


def draft_other_numbers(story: Story, at: datetime) -> None:
    """Bring a second version, with a tenth more, and put it before the council."""
    _bring(story, 1.1, at=at)
    plan = story.year.plans.latest("number")
    intake.submit_plan(plan, by=story.cast["mic"], at=at)


def release_numbers(story: Story, at: datetime) -> None:
    """Give the larger version back; submit the first, have the council decide, release it."""
    cast = story.cast
    first, larger = story.year.plans.order_by("number")
    intake.return_plan(larger, by=cast["mofa"], at=at)
    intake.submit_plan(first, by=cast["mic"], at=at)
    resolve(cast, first.key, "plan", f"{YEAR}-1", by="mic", at=at)
    first.refresh_from_db()
    intake.release_plan(first, by=cast["mic"], at=at)


def correct_numbers(story: Story, at: datetime) -> None:
    """Draft a third version for those who withdrew, and put it before the council."""
    cast = story.cast
    plan = intake.draft_plan(
        story.year,
        reason="After withdrawals",
        by=cast["mic"],
        at=at,
        copy_from=story.year.plans.earliest("number"),
    )
    intake.submit_plan(plan, by=cast["mic"], at=at)


def begin_next_year(story: Story, at: datetime) -> None:
    """Copy the year's values to the next year, for MIC to open."""
    intake.clone_year(story.year, by=story.cast["mic"], at=at)


def resolve(
    cast: Mapping[str, Person], about: str, kind: str, number: str, *, by: str, at: datetime
) -> None:
    """Record the council's resolution about one thing."""
    council = council_for(kind)
    if council is None:
        raise LookupError(f"no council decides {kind}")
    adopt(
        council,
        number=number,
        adopted_on=at.date(),
        about=about,
        text_en=f"The council adopts the proposal laid before it ({number}).",
        text_ja=f"提出された案を原案のとおり決定する（{number}）。",
        by=cast[by],
        at=at,
    )


def _bring(story: Story, factor: float, *, at: datetime) -> Plan:
    rows = []
    for country, position, seats in groups(story.newcomers, story.marginals):
        wanted = round(seats * factor)
        first = (wanted + 1) // 2
        for wave, number in (("a", first), ("b", wanted - first)):
            if number:
                where = {"year": str(YEAR), "country": country, "position": position}
                rows.append(where | {"wave": wave, "seats": str(number)})
    story.bring("plan", rows, by=story.cast["mic"], at=at)
    return story.year.plans.latest("number")


def _by_country(wanted: list[Group]) -> dict[str, int]:
    found: dict[str, int] = {}
    for country, _position, count in wanted:
        found[country] = found.get(country, 0) + count
    return found
