from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from kakehashi.directory import actions as directory
from kakehashi.directory.models import Person
from kakehashi.directory.rules import OfficeKind, Role
from kakehashi.directory.tests import factories as make
from kakehashi.intake import actions
from kakehashi.intake.models import DayOff, PayRate
from kakehashi.intake.queries import days_off_between, pay_for
from kakehashi.intake.rules import a_year_later_on, in_fiscal_year, meets
from kakehashi.kernel import clock
from kakehashi.kernel.policy import Refused

pytestmark = pytest.mark.django_db
PACK = Path(__file__).parents[4] / "programmes" / "jet"
PAY = {
    "cohort_from": 2026,
    "cohort_to": None,
    "year_of_service": 1,
    "annual_yen": 4_020_000,
    "monthly_yen": 335_000,
    "taxes": "gross",
    "source": "test",
}
BREAK = {
    "kind": "school_break",
    "name_en": "Summer break",
    "name_ja": "夏季休業",
    "first_on": date(2026, 7, 21),
    "last_on": date(2026, 8, 31),
    "at_offices": False,
    "source": "test",
}
days = st.dates(date(2000, 1, 1), date(2100, 1, 1)) | st.none()


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


@given(days, days, days, days)
def test_meeting_is_mutual(
    a: date | None, b: date | None, c: date | None, d: date | None
) -> None:
    assert meets((a, b), (c, d)) == meets((c, d), (a, b))
    assert meets((None, None), (c, d))


def test_a_fiscal_year_begins_in_april() -> None:
    told = [in_fiscal_year(day, 2026) for day in (date(2026, 4, 1), date(2027, 3, 31))]
    assert told == [True, True]
    assert not in_fiscal_year(date(2027, 4, 1), 2026)
    assert a_year_later_on(date(2028, 2, 29)) == date(2029, 2, 28)


def test_no_two_rows_pay_the_same_people_on_the_same_days() -> None:
    planner = make.officer(Role.MIC)
    actions.set_pay(PayRate(), facts=PAY, by=planner, at=make.NOON)
    with pytest.raises(actions.Overlaps):
        actions.set_pay(PayRate(), facts={**PAY, "cohort_from": 2027}, by=planner, at=make.NOON)
    assert PayRate.objects.count() == 1
    actions.set_pay(PayRate(), facts={**PAY, "year_of_service": 2}, by=planner, at=make.NOON)
    with pytest.raises(Refused):
        actions.set_pay(PayRate(), facts=PAY, by=make.officer(Role.HOST), at=make.NOON)


def test_the_next_cohort_begins_with_the_amounts_of_the_last_marked_assumed() -> None:
    planner = make.officer(Role.MIC)
    actions.set_pay(PayRate(), facts=PAY, by=planner, at=make.NOON)
    assert actions.clone_pay(2027, by=planner, at=make.NOON) == 1
    old, new = PayRate.objects.order_by("cohort_from")
    assert (old.cohort_to, new.cohort_from, new.annual_yen, new.assumed) == (
        2026,
        2027,
        4_020_000,
        True,
    )
    assert pay_for(2026, 1, make.TODAY) == old
    assert pay_for(2028, 1, make.TODAY) == new
    with pytest.raises(actions.NothingToCopy):
        actions.clone_pay(2027, by=planner, at=make.NOON)


def test_the_packs_holidays_come_in_and_a_set_pay_table_is_left_alone() -> None:
    directory.load_pack(PACK, by="system:set_up", at=make.NOON)
    actions.load_pack(PACK, by="system:set_up", at=make.NOON)
    assert DayOff.objects.filter(office=None, kind="holiday").count() == 35
    assert not DayOff.objects.filter(assumed=False).exists()
    row = PayRate.objects.filter(cohort_to=None).first()
    assert row is not None
    facts = {"annual_yen": 9, "monthly_yen": None}
    actions.set_pay(row, facts=facts, by=make.officer(Role.MIC), at=make.NOON)
    actions.load_pack(PACK, by="system:set_up", at=make.NOON)
    row.refresh_from_db()
    assert row.annual_yen == 9


def test_a_school_is_off_on_common_days_its_own_and_those_above() -> None:
    host = make.host("pref-31")
    town = make.office(parent=host)
    school = make.office(OfficeKind.WORKPLACE, "school", town)
    officer, planner = make.officer(Role.ORGANISATION, town), make.officer(Role.MIC)
    holiday = {
        **BREAK,
        "kind": "holiday",
        "name_en": "Mountain Day",
        "first_on": date(2026, 9, 1),
        "last_on": date(2026, 9, 1),
        "at_offices": True,
    }
    actions.set_day_off(DayOff(), facts=holiday, by=planner, at=make.NOON)
    actions.set_day_off(DayOff(office=town), facts=BREAK, by=officer, at=make.NOON)
    between = date(2026, 8, 30), date(2026, 9, 2)
    assert days_off_between(school, *between, school=True) == {
        date(2026, 8, 30),
        date(2026, 8, 31),
        date(2026, 9, 1),
    }
    assert days_off_between(town, *between, school=False) == {date(2026, 9, 1)}
    with pytest.raises(actions.Overlaps):
        actions.set_day_off(DayOff(office=town), facts=BREAK, by=officer, at=make.NOON)
    assert actions.clone_days_off(town, 2026, by=officer, at=make.NOON) == 1
    copy = DayOff.objects.get(first_on=date(2027, 7, 21))
    assert (copy.last_on, copy.assumed) == (date(2027, 8, 31), True)
    with pytest.raises(actions.NothingToCopy):
        actions.clone_days_off(town, 2026, by=officer, at=make.NOON)
    with pytest.raises(Refused):
        actions.set_day_off(DayOff(), facts=holiday, by=officer, at=make.NOON)


def test_each_keeps_their_own_calendar_on_screen_and_nobody_elses() -> None:
    town, other = make.office(), make.office()
    officer, elsewhere = (
        make.officer(Role.ORGANISATION, town),
        make.officer(Role.ORGANISATION, other),
    )
    client = signed_in(officer)
    add = reverse("intake:add_day_off", args=[town.pk])
    form = {**BREAK, "at_schools": "on"}
    form.pop("at_offices")
    assert client.get(add).status_code == 200
    assert client.post(add, {**form, "last_on": "2026-07-01"}).status_code == 422
    assert client.post(add, form).status_code == 302
    assert client.post(add, form).status_code == 422
    row = DayOff.objects.get()
    change = reverse("intake:set_day_off", args=[row.pk])
    drop = reverse("intake:drop_day_off", args=[row.pk])
    for page in (add, change, drop, reverse("intake:add_day_off", args=["common"])):
        assert signed_in(elsewhere).get(page).status_code == 403
    assert client.post(change, {**form, "name_en": "Long summer"}).status_code == 302
    assert "Long summer" in client.get(reverse("intake:days_off")).content.decode()
    copy = reverse("intake:clone_days_off", args=[town.pk])
    assert client.get(copy).status_code == 200
    assert client.post(copy).status_code == 302
    assert client.post(drop).status_code == 302
    assert [one.first_on for one in DayOff.objects.all()] == [date(2027, 7, 21)]
    assert signed_in(make.person()).get(change).status_code == 404
    nobody = reverse("intake:add_day_off", args=["nobody"])
    assert client.get(nobody).status_code == 404


def test_the_pay_table_is_set_on_screen_by_those_whose_it_is() -> None:
    client = signed_in(make.officer(Role.MIC))
    form = {name: value for name, value in PAY.items() if value is not None}
    add = reverse("intake:add_pay")
    assert client.post(add, {**form, "cohort_to": "2020"}).status_code == 422
    assert client.post(add, form).status_code == 302
    assert client.post(add, form).status_code == 422
    row = PayRate.objects.get()
    change = reverse("intake:set_pay", args=[row.pk])
    assert change in client.get(reverse("intake:pay")).content.decode()
    assert client.post(change, {**form, "annual_yen": "4030000"}).status_code == 302
    copy = reverse("intake:clone_pay")
    assert client.post(copy, {"cohort": "2027"}).status_code == 302
    assert client.post(copy, {"cohort": "2027"}).status_code == 422
    host = signed_in(make.officer(Role.HOST))
    for page in (add, change, copy):
        assert host.get(page).status_code == 403
    assert change not in host.get(reverse("intake:pay")).content.decode()
    assert "4,030,000" in host.get(reverse("intake:pay"), {"days": "all"}).content.decode()


@pytest.mark.parametrize("rows", [1, 3, 100])
def test_the_list_of_days_off_costs_the_same_however_long_it_is(
    rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    town = make.office(parent=make.host())
    DayOff.objects.bulk_create(
        DayOff(
            office=town,
            kind="holiday",
            name_en="Day",
            name_ja="日",
            first_on=date(2026, 1, 1 + n % 28).replace(month=1 + n // 28),
            last_on=date(2026, 12, 31),
            source="test",
        )
        for n in range(rows)
    )
    client = signed_in(make.officer(Role.ORGANISATION, town))
    client.get(reverse("intake:glossary"))  # what a process asks once is asked now
    with django_assert_num_queries(make.AROUND + 6):
        assert client.get(reverse("intake:days_off")).status_code == 200
