from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from kakehashi.deputies import actions
from kakehashi.deputies.models import Deputy
from kakehashi.directory.models import Person
from kakehashi.directory.rules import OfficeKind, Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel import clock
from kakehashi.kernel.models import Trace

pytestmark = pytest.mark.django_db
BANNER = "You act in the name of"


@pytest.fixture(autouse=True)
def _october() -> Iterator[None]:
    before = clock.now()
    clock.live_at(make.NOON)
    yield
    clock.live_at(before)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def named(absent: Person, deputy: Person, after: int = 0) -> Deputy:
    day = make.TODAY + timedelta(days=after)
    seat = absent.seats.get(acts_for=None)
    facts = {"starts_on": day, "ends_on": day}
    return actions.name_deputy(seat, person=deputy, **facts, by=absent, at=make.NOON)  # type: ignore[arg-type]  # two days


def colleagues() -> tuple[Person, Person]:
    office = make.office(OfficeKind.MINISTRY, "MIC")
    return make.officer(Role.MIC, office), make.officer(Role.OPERATOR, office)


def test_a_deputy_is_named_on_the_page_and_the_form_keeps_what_was_typed() -> None:
    mic, other = colleagues()
    address = reverse("deputies:name_deputy", args=[mic.seats.get().pk])
    page = signed_in(mic).get(address).content.decode()
    assert f'<option value="{other.email}">' in page

    typed = {"colleague": "", "email": "nobody@demo.invalid", "reason": "a conference"}
    typed |= {"starts_on": "2026-10-01", "ends_on": "2026-10-05"}
    again = signed_in(mic).post(address, typed)
    assert again.status_code == 422
    assert "a conference" in again.content.decode()
    assert Deputy.objects.count() == 0

    answer = signed_in(mic).post(address, typed | {"email": other.email})
    made = Deputy.objects.get()
    assert answer["Location"] == reverse("deputies:deputy", args=[made.pk])
    assert (made.person, made.reason, made.acting_seat_id is None) == (
        other,
        "a conference",
        False,
    )


def test_the_deputy_acts_under_a_banner_and_goes_back_to_their_own_name() -> None:
    mic, other = colleagues()
    made, client = named(mic, other), signed_in(other)
    operators = reverse("directory:open_seat", args=[mic.seats.get().office_id])
    assert client.get(operators).status_code == 200
    assert BANNER not in client.get("/").content.decode()

    assert client.post(reverse("deputies:act", args=[made.pk])).status_code == 302
    assert Trace.objects.latest("number").deed == "act"
    page = client.get("/").content.decode()
    assert f"{BANNER} {mic}" in page
    assert client.get(operators).status_code == 403

    client.post(reverse("deputies:stop"))
    assert BANNER not in client.get("/").content.decode()
    assert client.get(operators).status_code == 200


def test_when_the_days_are_over_the_deputy_is_themselves_again() -> None:
    mic, other = colleagues()
    made, client = named(mic, other), signed_in(other)
    client.post(reverse("deputies:act", args=[made.pk]))
    clock.live_at(make.NOON + timedelta(days=1))
    assert BANNER not in client.get("/").content.decode()
    client.post(reverse("deputies:act", args=[made.pk]))
    assert BANNER not in client.get("/").content.decode()


def test_nobody_acts_from_what_others_were_named_for() -> None:
    mic, other = colleagues()
    made = named(mic, other)
    office = make.office(OfficeKind.MINISTRY, "MIC")
    for person, status in (
        (make.officer(Role.MIC, office), 403),
        (make.officer(Role.MOFA), 404),
    ):
        client = signed_in(person)
        assert client.post(reverse("deputies:act", args=[made.pk])).status_code == status
        assert client.post(reverse("deputies:withdraw", args=[made.pk])).status_code == status
        client.session["acting"] = made.pk
        assert BANNER not in client.get("/").content.decode()


def test_the_absent_person_reads_what_was_done() -> None:
    mic, other = colleagues()
    made, client = named(mic, other), signed_in(other)
    client.post(reverse("deputies:act", args=[made.pk]))
    page = signed_in(mic).get(reverse("deputies:deputy", args=[made.pk]))
    assert list(page.context["lines"]) == []
    address = reverse("deputies:withdraw", args=[made.pk])
    client.post(address)
    page = signed_in(mic).get(reverse("deputies:deputy", args=[made.pk]))
    assert [line.deed for line in page.context["lines"]] == ["withdraw"]


@pytest.mark.parametrize("count", [1, 3, 100])
def test_the_list_costs_the_same_however_long_it_is(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mic, other = colleagues()
    for day in range(count):
        named(mic, other, after=day)
    client = signed_in(mic)
    with django_assert_num_queries(8 + make.AROUND):
        assert client.get(reverse("deputies:deputies")).status_code == 200
