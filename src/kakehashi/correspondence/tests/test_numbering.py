"""How an office writes its numbers: seen by its own, changed from a day on."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.urls import reverse

from kakehashi.correspondence import actions
from kakehashi.correspondence.models import Entry, NumberStyle
from kakehashi.correspondence.rules import Direction
from kakehashi.correspondence.tests.test_actions import letter, office_of
from kakehashi.correspondence.tests.test_views import signed_in
from kakehashi.directory.models import Office, Person
from kakehashi.directory.rules import Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel import clock
from kakehashi.kernel.models import Trace
from kakehashi.kernel.policy import Refused

pytestmark = pytest.mark.django_db
PAGE = reverse("correspondence:numbering")


@pytest.fixture(autouse=True)
def _october() -> Iterator[None]:
    before = clock.now()
    clock.live_at(make.NOON)
    yield
    clock.live_at(before)


def typed(office: Office, **said: str) -> dict[str, str]:
    return {
        "office": str(office.pk),
        "direction": "out",
        "before": "総行国第",
        "after": "号",
        "valid_from": "2026-10-10",
        "source": "Rules on documents, article 4",
    } | said


def set_from(office: Office, day: date, prefix: str, by: Person) -> NumberStyle:
    return actions.set_style(
        office,
        Direction.OUT,
        prefix=prefix,
        suffix="号",
        valid_from=day,
        source="test",
        by=by,
        at=make.NOON,
    )


def test_a_new_way_ends_the_old_one_and_numbers_go_on() -> None:
    mic = make.officer(Role.MIC)
    office, today = office_of(mic), make.NOON.date()
    set_from(office, date(2026, 4, 1), "旧第", mic)
    facts = letter(counterpart_name="A town")
    first = actions.draft(office, facts, by=mic, at=make.NOON)
    actions.send(first, by=mic, at=make.NOON)

    answer = signed_in(mic).post(PAGE, typed(office, valid_from=str(today)))
    assert answer["Location"] == PAGE
    second = actions.draft(office, facts, by=mic, at=make.NOON)
    actions.send(second, by=mic, at=make.NOON)

    numbers = Entry.objects.filter(office=office).order_by("pk").values_list("written_number")
    assert [number for (number,) in numbers] == ["旧第1号", "総行国第2号"]
    rows = NumberStyle.objects.order_by("pk").values_list("valid_from", "valid_to")
    assert list(rows) == [
        (date(2026, 4, 1), date.fromordinal(today.toordinal() - 1)),
        (today, None),
    ]
    done = Trace.objects.filter(thing__startswith="correspondence.numberstyle/")
    assert [one.deed for one in done.order_by("number")] == [
        "set_style",
        "end_style",
        "set_style",
    ]


def test_the_page_shows_its_own_offices_ways_and_no_others() -> None:
    mic, mofa = make.officer(Role.MIC), make.officer(Role.MOFA)
    set_from(office_of(mic), date(2026, 4, 1), "CANARY第", mic)

    assert "CANARY第12号" in signed_in(mic).get(PAGE).content.decode()
    page = signed_in(mofa).get(PAGE)
    assert page.status_code == 200
    assert "CANARY" not in page.content.decode()


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"valid_from": "2026-09-30"}, "valid_from", "Choose today or a later day"),
        ({"valid_from": "2026-12-01"}, "valid_from", "The present way begins on"),
        ({"valid_from": "soon"}, "valid_from", "Enter a valid date."),
        ({"source": ""}, "source", "Fill this in."),
        ({"direction": "up"}, "direction", "Select a valid choice"),
        ({"office": "0"}, "office", "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_changes(
    said: dict[str, str], field: str, words: str
) -> None:
    mic = make.officer(Role.MIC)
    set_from(office_of(mic), date(2026, 12, 1), "旧第", mic)

    answer = signed_in(mic).post(PAGE, typed(office_of(mic)) | said)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert words in str(answer.context["form"].errors[field])
    assert NumberStyle.objects.count() == 1


def test_another_office_s_numbers_are_not_mine_to_change() -> None:
    mic, mofa = make.officer(Role.MIC), make.officer(Role.MOFA)
    assert signed_in(mofa).post(PAGE, typed(office_of(mic))).status_code == 422
    with pytest.raises(Refused):
        set_from(office_of(mic), date(2026, 12, 1), "旧第", mofa)
    assert NumberStyle.objects.count() == 0


def test_whoever_keeps_no_register_is_told_so() -> None:
    answer = signed_in(make.officer(Role.READER)).get(PAGE)
    assert answer.status_code == 403
