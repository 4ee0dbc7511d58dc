import pytest

from kakehashi.directory.models import Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel.scope import seen_by
from kakehashi.kernel.testing import assert_sound
from kakehashi.recruitment import actions, policy, queries
from kakehashi.recruitment.lifecycle import APPLICATION, REFERENCE, State
from kakehashi.recruitment.models import Application, PaperCheck, Reference
from kakehashi.recruitment.tests import factories as ours

pytestmark = pytest.mark.django_db


def test_the_lifecycles_are_sound() -> None:
    assert_sound(APPLICATION, policy.policy, actions)
    assert_sound(REFERENCE, policy.references, actions)


def _numbers(person: Person) -> list[str]:
    return [one.number for one in queries.applications_for(person)]


def test_each_sees_what_their_seat_needs() -> None:
    handed_in = ours.application()
    draft = ours.draft()
    other = ours.application(at=ours.mission("cork"))
    both = sorted([handed_in.number, other.number])
    assert _numbers(handed_in.person) == [handed_in.number]
    assert _numbers(draft.person) == [draft.number]
    assert _numbers(ours.coordinator()) == [handed_in.number]
    assert _numbers(ours.coordinator(other.mission)) == [other.number]
    assert sorted(_numbers(make.officer(Role.MOFA))) == both
    assert sorted(_numbers(make.officer(Role.CLAIR_PLACEMENT))) == both
    assert _numbers(make.person()) == []


@pytest.mark.parametrize(
    "role",
    [role for role in Role if role not in {Role.MISSION, Role.MOFA, Role.CLAIR_PLACEMENT}],
)
def test_no_other_seat_sees_an_application(role: Role) -> None:
    about = ours.application()
    ours.reference(about, text="CANARY")
    person = make.officer(role, about.mission)
    assert _numbers(person) == []
    assert list(seen_by(person, Reference)) == []


def test_a_coordinator_who_applies_is_an_applicant_to_their_own_desk() -> None:
    person = ours.coordinator()
    mine = ours.application(person)
    ours.reference(mine, text="CANARY")
    assert list(queries.desk_applications(person)) == []
    assert _numbers(person) == [mine.number]
    assert list(queries.references_for(person, mine)) == []
    for line in ("complete", "find_incomplete", "check_paper"):
        assert not policy.policy.allows(person, line, mine)


def test_references_are_read_by_the_mission_and_mofa_alone() -> None:
    about = ours.application()
    made, _token = ours.reference(about, text="CANARY")
    readers = [ours.coordinator(), make.officer(Role.MOFA)]
    others = [about.person, make.officer(Role.CLAIR_PLACEMENT), make.person()]
    others.append(ours.coordinator(ours.mission("cork")))
    assert [list(queries.references_for(one, about)) for one in readers] == [[made], [made]]
    assert [list(queries.references_for(one, about)) for one in others] == [[], [], [], []]


def test_the_applicant_learns_that_a_reference_has_come_and_not_what_it_says() -> None:
    about = ours.draft()
    ours.reference(about, text="CANARY")
    asked = queries.references_asked(about)
    assert [(one.name, one.relation, one.received_at) for one in asked] == [
        ("Dr Field", "Tutor", make.NOON)
    ]
    assert "CANARY" not in repr(asked)


def test_ticks_are_seen_with_their_application() -> None:
    about = ours.application()
    officer = ours.coordinator()
    tick = actions.check_paper(
        about,
        requirement=ours.paper("transcript"),
        received_on=make.TODAY,
        by=officer,
        at=make.NOON,
    )
    assert list(seen_by(about.person, PaperCheck)) == [tick]
    assert list(seen_by(officer, PaperCheck)) == [tick]
    assert list(seen_by(ours.coordinator(ours.mission("cork")), PaperCheck)) == []


@pytest.mark.parametrize(
    ("line", "own", "mission", "mofa"),
    [
        ("begin", True, True, False),
        ("save_draft", True, False, False),
        ("submit", True, False, False),
        ("withdraw", True, False, False),
        ("ask_reference", True, False, False),
        ("complete", False, True, False),
        ("find_incomplete", False, True, False),
        ("check_paper", False, False, False),
        ("nothing_we_know", False, False, False),
    ],
)
def test_who_may_do_what_to_a_draft(line: str, *, own: bool, mission: bool, mofa: bool) -> None:
    draft = ours.draft()
    wrong = ours.coordinator(ours.mission("cork"))
    people = [draft.person, ours.coordinator(), make.officer(Role.MOFA), wrong, make.person()]
    allowed = [policy.policy.allows(one, line, draft) for one in people]
    assert allowed == [own, mission, mofa, False, False]


def test_the_mission_writes_only_what_came_on_paper() -> None:
    officer = ours.coordinator()
    ours.draft()
    names = {"email": "paper@demo.invalid", "family_name": "Paper", "given_name": "Pat"}
    year = Application.objects.get().year
    facts = {
        "year": year,
        "mission": ours.mission(),
        "country": make.country(),
        "position": Application.objects.get().position,
    }
    keyed = actions.key_paper(names, facts, by=officer, at=make.NOON)
    assert policy.policy.allows(officer, "save_draft", keyed)
    assert policy.policy.allows(keyed.person, "save_draft", keyed)
    assert _numbers(officer) == [keyed.number]
    assert _numbers(make.officer(Role.MOFA)) == []


@pytest.mark.parametrize(
    ("role", "lines"),
    [
        (
            Role.MISSION,
            {
                "list_applications",
                "import_applications",
                "export_applications",
                "key_paper",
                "list_references",
            },
        ),
        (
            Role.MOFA,
            {
                "list_applications",
                "import_applications",
                "export_applications",
                "list_references",
            },
        ),
        (Role.CLAIR_PLACEMENT, {"list_applications", "export_applications"}),
        (Role.READER, set()),
        (Role.AUDITOR, set()),
    ],
)
def test_which_desks_there_are(role: Role, lines: set[str]) -> None:
    person = make.officer(role)
    allowed = {line for line in policy.desks.lines if policy.desks.allows(person, line, None)}
    assert allowed == lines


def test_nobody_who_is_signed_in_may_write_a_reference_by_right() -> None:
    about = ours.application()
    people = [about.person, ours.coordinator(), make.officer(Role.MOFA)]
    allowed = [policy.references.allows(one, "write_reference", about) for one in people]
    assert allowed == [False, False, False]


def test_a_withdrawn_draft_is_the_persons_own_affair() -> None:
    draft = ours.draft()
    actions.withdraw(draft, by=draft.person, at=make.NOON)
    assert draft.state == State.WITHDRAWN
    assert _numbers(ours.coordinator()) == []
