"""People, offices, places and seats for every part's tests."""

from datetime import UTC, date, datetime
from itertools import count

from kakehashi.directory import actions
from kakehashi.directory.models import (
    Country,
    InterviewPlace,
    MissionArea,
    Municipality,
    Office,
    Person,
    Prefecture,
    Seat,
)
from kakehashi.directory.rules import OfficeKind, Role

NOON = datetime(2026, 10, 1, 3, tzinfo=UTC)  # noon in Tokyo
TODAY = date(2026, 10, 1)
AROUND = 2  # queries that home's masthead costs on every page
_numbers = count(1)


def person(email: str = "", language: str = "en", **facts: object) -> Person:
    """Make an account that lives on the day of the tests."""
    email = email or f"person{next(_numbers)}@demo.invalid"
    made = Person.objects.create_user(email, language=language, **facts)  # type: ignore[arg-type]  # facts are no password
    made.as_of = TODAY
    return made


def country(code: str = "IE", **facts: object) -> Country:
    """Give the country with this code."""
    facts = {"name_en": f"Country {code}", "name_ja": f"国{code}", "language": "en"} | facts
    found, _new = Country.objects.get_or_create(
        code=code, defaults={"source": "test", "english_speaking": True} | facts
    )
    return found


def prefecture(code: str = "31") -> Prefecture:
    """Give the prefecture with this code."""
    found, _new = Prefecture.objects.get_or_create(
        code=code,
        defaults={
            "name_en": f"Prefecture {code}",
            "name_ja": f"県{code}",
            "region_en": "Region",
            "region_ja": "地方",
            "source": "test",
        },
    )
    return found


def municipality(code: str = "31201", kind: str = "city", **facts: object) -> Municipality:
    """Give the municipality with this code, in the prefecture its code begins with."""
    facts = {"name_en": f"City {code}", "name_ja": f"市{code}"} | facts
    found, _new = Municipality.objects.get_or_create(
        code=code,
        defaults={"kind": kind, "prefecture": prefecture(code[:2]), "source": "test"} | facts,
    )
    return found


def office(
    kind: OfficeKind = OfficeKind.ORGANISATION,
    code: str = "",
    parent: Office | None = None,
    **facts: object,
) -> Office:
    """Give the office with this code; a new one with each call where no code is named."""
    code = code or f"{kind}-{next(_numbers)}"
    facts = {"name_en": f"Office {code}", "name_ja": f"事務所{code}", "source": "test"} | facts
    if kind == OfficeKind.ORGANISATION:
        facts = {"employer_type": "city"} | facts
    found, _new = Office.objects.get_or_create(
        code=code, defaults={"kind": kind, "parent": parent} | facts
    )
    return found


def mission(code: str = "dublin", *countries: str, **facts: object) -> Office:
    """Give a mission that serves these countries (Ireland where none is named)."""
    facts = {"time_zone": "Europe/Dublin"} | facts
    made = office(OfficeKind.MISSION, code, None, **facts)
    for iso in countries or ("IE",):
        MissionArea.objects.get_or_create(
            mission=made, country=country(iso), defaults={"source": "test"}
        )
    return made


def place(code: str = "2100", at: Office | None = None) -> InterviewPlace:
    """Give an interview place of a mission."""
    found, _new = InterviewPlace.objects.get_or_create(
        code=code,
        defaults={
            "mission": at or mission(),
            "name_en": f"Place {code}",
            "name_ja": f"会場{code}",
            "source": "test",
        },
    )
    return found


def host(code: str = "pref-31", **facts: object) -> Office:
    """Give a host body in the prefecture its code ends with."""
    facts = {"prefecture": prefecture(code[-2:]), "employer_type": "prefecture"} | facts
    return office(OfficeKind.HOST_BODY, code, None, **facts)


def seat(
    person: Person,
    office: Office,
    role: Role,
    starts_on: date = date(2026, 4, 1),
    ends_on: date | None = None,
) -> Seat:
    """Give a person a seat, since April of the year of the tests if no other day is named."""
    return actions.open_seat(
        person,
        office=office,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
        by="system:test",
        at=NOON,
    )


OFFICE_OF_ROLE = {
    Role.MOFA: (OfficeKind.MINISTRY, "MOFA"),
    Role.MIC: (OfficeKind.MINISTRY, "MIC"),
    Role.MEXT: (OfficeKind.MINISTRY, "MEXT"),
    Role.MISSION: (OfficeKind.MISSION, "dublin"),
    Role.READER: (OfficeKind.MISSION, "dublin"),
    Role.INTERVIEWER: (OfficeKind.MISSION, "dublin"),
    Role.HOST: (OfficeKind.HOST_BODY, "pref-31"),
    Role.ADVISOR: (OfficeKind.HOST_BODY, "pref-31"),
}


def officer(
    role: Role, at: Office | None = None, email: str = "", language: str = "en"
) -> Person:
    """Make a person who holds this role, in its usual office where none is named."""
    made = person(email, language)
    seat(made, at or _usual_office(role), role)
    return made


def _usual_office(role: Role) -> Office:
    kind, code = OFFICE_OF_ROLE.get(role, (OfficeKind.SECRETARIAT, "CLAIR"))
    if kind == OfficeKind.MISSION:
        return mission(code)
    return host(code) if kind == OfficeKind.HOST_BODY else office(kind, code)
