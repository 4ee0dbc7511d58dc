"""The directory as offices keep it: desks, schools, invented sister cities, a merger, a new name."""

from datetime import date, datetime

from kakehashi.demo.actions.story import Story
from kakehashi.demo.rules import CO, HOST, SINCE, YEAR
from kakehashi.directory import actions
from kakehashi.directory.models import Office
from kakehashi.directory.queries import (
    countries_by_code,
    mergeable,
    offices_by_code,
    offices_to_change,
    sitting_at,
)
from kakehashi.directory.rules import OfficeKind, Role, WorkplaceType

INVENTED = "invented for the demo"
SISTERS = (("US", "Lakeport", "レイクポート"), ("NZ", "Kowhai Bay", "コーファイベイ"))
SCHOOLS = (
    ("east-jhs", "East Junior High School", "東中学校", WorkplaceType.JUNIOR_HIGH),
    ("west-jhs", "West Junior High School", "西中学校", WorkplaceType.JUNIOR_HIGH),
    ("central-es", "Central Elementary School", "中央小学校", WorkplaceType.ELEMENTARY),
    (
        "exchange",
        "International Exchange Association",
        "国際交流協会",
        WorkplaceType.ASSOCIATION,
    ),
)
SPRING = date(YEAR, 4, 1)


def keep_entries(story: Story, at: datetime) -> None:
    """Let offices add their desks, workplaces and sister cities, and change their entries."""
    cast = story.cast
    desk = cast["clair-desk"]
    codes = [row["code"] for row in story.organisations]
    contacts = [_contact(code, "chain") for code in (*codes, HOST)]
    contacts.append(_contact("CLAIR", "public"))
    story.bring("contacts", contacts, by=desk, at=at)
    workplaces = [
        {
            "code": f"{CO}-{code}",
            "name_en": name,
            "name_ja": japanese,
            "type": str(kind),
            "organisation": CO,
        }
        for code, name, japanese, kind in SCHOOLS
    ]
    story.bring("workplaces", workplaces, by=cast["co"], at=at)
    countries = countries_by_code()
    offices = offices_to_change(OfficeKind.ORGANISATION, codes)
    for code, (country, place, japanese) in zip(codes, SISTERS, strict=False):
        facts = {
            "country": countries[country],
            "place_en": place,
            "place_ja": japanese,
            "since": 1992,
            "source": INVENTED,
            "invented": True,
        }
        actions.add_tie(offices[code], facts=facts, by=desk, at=at)
    own = offices[CO]
    facts = {"telephone": "000-0000-0000"}
    actions.edit_office(own, facts=facts, version=own.version, by=cast["co"], at=at)


def reorganise(story: Story, at: datetime) -> None:
    """Let two schools become one, an organisation take a new name, and a merger lie ahead."""
    cast = story.cast
    schools = offices_to_change(
        OfficeKind.WORKPLACE, [f"{CO}-{code}" for code, *_rest in SCHOOLS]
    )
    actions.plan_merger(
        [schools[f"{CO}-east-jhs"], schools[f"{CO}-west-jhs"]],
        successor={
            "code": f"{CO}-seaside-jhs",
            "name_en": "Seaside Junior High School",
            "name_ja": "海浜中学校",
        },
        on=date(YEAR - 1, 9, 1),
        ground=INVENTED,
        by=cast["clair-desk"],
        at=at,
    )
    others = [row["code"] for row in story.organisations if row["code"] != CO]
    offices = offices_to_change(OfficeKind.ORGANISATION, others)
    renamed = offices[others[-1]]
    actions.plan_rename(
        renamed,
        name_en=f"{renamed.name_en} and Culture",
        name_ja=f"{renamed.name_ja}・文化局",
        on=date(YEAR - 1, 9, 1),
        ground=INVENTED,
        by=cast["clair-desk"],
        at=at,
    )
    _merger_ahead(story, offices, at)


def _merger_ahead(story: Story, offices: dict[str, Office], at: datetime) -> None:
    """Plan a merger for the spring after the year, where two stand under one host body."""
    for code in sorted(offices):
        beside = [one for one in mergeable(offices[code]) if one.code in offices]
        if beside:
            actions.plan_merger(
                [offices[code]],
                successor=offices[beside[0].code],
                on=SPRING.replace(year=YEAR + 1),
                ground=INVENTED,
                by=story.cast["clair-desk"],
                at=at,
            )
            return


def name_supervisors(story: Story, at: datetime) -> None:
    """Let the cast's organisation say who supervises whom."""
    own, today = offices_by_code()[CO], at.date()
    by = story.cast["co"]
    supervisors = list(sitting_at(by, own, Role.SUPERVISOR, today))
    for participant in sitting_at(by, own, Role.PARTICIPANT, today) if supervisors else ():
        actions.supervise(
            participant,
            supervisor=supervisors[0],
            office=own,
            starts_on=max(SINCE, today),
            by=by,
            at=at,
        )


def _contact(office: str, seen: str) -> dict[str, str]:
    return {
        "office": office,
        "desk_en": "JET desk",
        "desk_ja": "JET担当",
        "telephone": "000-0000-0000",
        "email": f"jet-{office}@demo.invalid".lower(),
        "hours": "9:00–17:00",
        "language": "ja",
        "seen": seen,
        "verified_on": f"{YEAR - 1}-08-25",
    }
