"""Applications in every state, made through the actions, for every part's tests."""

from datetime import UTC, date, datetime

from kakehashi.directory.models import Office, Person, Seat
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake.models import DocumentRequirement, ProgrammeYear
from kakehashi.intake.tests import factories as plan
from kakehashi.recruitment import actions
from kakehashi.recruitment.lifecycle import State
from kakehashi.recruitment.models import Application, Reference

LATE = datetime(2026, 12, 24, 3, tzinfo=UTC)  # after every deadline of the tests


def mission(code: str = "dublin") -> Office:
    """Give a mission for Ireland with a name, a city and an interview place."""
    made = make.mission(
        code,
        name_en=f"Embassy in {code}",
        name_ja=f"{code}大使館",
        city_en=code.title(),
        city_ja=code,
    )
    make.place("2100" if code == "dublin" else f"9{made.pk % 1000:03d}", made)
    return made


def coordinator(at: Office | None = None) -> Person:
    """Give the coordinator of a mission, the same one each time."""
    here = at or mission()
    there = Seat.objects.filter(office=here, role=Role.MISSION).first()
    return make.officer(Role.MISSION, here) if there is None else _as_of_today(there.person)


def _as_of_today(person: Person) -> Person:
    person.as_of = make.TODAY
    return person


def answers(at: Office) -> dict[str, object]:
    """Give an answer to every required field."""
    return {
        "family_name": "Fernweh",
        "given_name": "Maya",
        "date_of_birth": date(2003, 3, 27),
        "telephone": "+353123456",
        "address": "1 Quay Street",
        "university": "University of Galway",
        "major": "History",
        "degree_on": date(2026, 6, 18),
        "interview_place": at.places.order_by("code").first(),
        "statement": "I want to learn and to teach.",
    }


def draft(
    person: Person | None = None,
    *,
    at: Office | None = None,
    position: str = "ALT",
    of: ProgrammeYear | None = None,
    **fields: object,
) -> Application:
    """Begin an application with every required field filled in."""
    here, who = at or mission(), person or make.person()
    made = actions.begin(
        person=who,
        year=of or plan.year(),
        mission=here,
        country=make.country("IE"),
        position=plan.position(position),
        by=who,
        at=make.NOON,
    )
    actions.save_draft(made, fields=answers(here) | fields, by=who, at=make.NOON)
    return made


def application(
    person: Person | None = None,
    *,
    state: State = State.SUBMITTED,
    at: Office | None = None,
    position: str = "ALT",
    of: ProgrammeYear | None = None,
    **fields: object,
) -> Application:
    """Give an application in this state."""
    made = draft(person, at=at, position=position, of=of, **fields)
    if state == State.DRAFT:
        return made
    actions.submit(made, by=made.person, at=make.NOON)
    if state == State.COMPLETE:
        actions.complete(made, by=coordinator(made.mission), at=make.NOON)
    if state == State.INCOMPLETE:
        actions.find_incomplete(made, by=coordinator(made.mission), at=make.NOON)
    if state == State.WITHDRAWN:
        actions.withdraw(made, by=made.person, at=make.NOON)
    return made


def reference(
    about: Application | None = None, *, text: str = "", email: str = "field@example.org"
) -> tuple[Reference, str]:
    """Ask for a reference, and write it where a text is given; gives it and its token."""
    mine = about or draft()
    made, token = actions.ask_reference(
        mine, name="Dr Field", email=email, relation="Tutor", by=mine.person, at=make.NOON
    )
    if text:
        actions.write_reference(made, text=text, at=make.NOON)
    return made, token


def paper(
    code: str, *, kind: str = "ordinary", condition: str = "Always"
) -> DocumentRequirement:
    """Give a paper that is asked of everybody."""
    found, _new = DocumentRequirement.objects.get_or_create(
        code=code,
        defaults={
            "name_en": f"Paper {code}",
            "name_ja": f"書類{code}",
            "originals": 1,
            "copies": 2,
            "condition_en": condition,
            "condition_ja": "必須",
            "kind": kind,
            "source": "test",
        },
    )
    return found
