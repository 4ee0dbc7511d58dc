from datetime import date, datetime, timedelta

import pytest

from kakehashi.directory import actions
from kakehashi.directory.models import (
    FollowedThing,
    FormerName,
    Office,
    Person,
    Reorganisation,
    Seat,
    SisterTie,
)
from kakehashi.directory.queries import (
    effect_of,
    found_by,
    offices_for,
    organisations_in_force,
    successors_of,
)
from kakehashi.directory.rules import Change, ChangeState, OfficeKind, Role
from kakehashi.directory.tests import factories as make
from kakehashi.kernel.policy import Refused
from kakehashi.kernel.trail import record

pytestmark = pytest.mark.django_db
SPRING = date(2026, 4, 1)
DAY = timedelta(days=1)


class Towns:
    """Two towns of one prefecture, each with an officer, and a host body above them."""

    def __init__(self) -> None:
        self.host = make.host("pref-31")
        self.east = make.office(code="east", parent=self.host, name_en="East Town")
        self.west = make.office(code="west", parent=self.host, name_en="West Town")
        self.clerk = make.person("clerk@demo.invalid")
        self.seat = make.seat(self.clerk, self.east, Role.ORGANISATION, date(2025, 4, 1))
        self.keeper = make.officer(Role.HOST)

    def merge(self, on: date = SPRING, at: datetime = make.NOON) -> Reorganisation:
        facts = {"code": "city", "name_en": "Sea City", "name_ja": "海市"}
        return actions.plan_merger(
            [self.east, self.west],
            successor={**facts, "employer_type": "city"},
            on=on,
            ground="Notice 12",
            by=self.keeper,
            at=at,
        )

    def seats_of(self, person: Person) -> list[tuple[str, date, date | None]]:
        rows = Seat.objects.filter(person=person).order_by("starts_on", "pk")
        return [(one.office.code, one.starts_on, one.ends_on) for one in rows]


def test_two_towns_become_a_city_and_what_was_stays_on_record() -> None:
    towns = Towns()
    change = towns.merge()
    city = Office.objects.get(code="city")
    assert (change.state, change.office) == (ChangeState.DONE, city)
    assert (city.parent, city.valid_from) == (towns.host, SPRING)
    for town in (towns.east, towns.west):
        town.refresh_from_db()
        assert town.valid_to == SPRING - DAY
    assert towns.seats_of(towns.clerk) == [
        ("east", date(2025, 4, 1), SPRING - DAY),
        ("city", SPRING, None),
    ]
    assert successors_of([towns.east.pk, towns.west.pk]) == {
        towns.east.pk: city.pk,
        towns.west.pk: city.pk,
    }
    assert {code: one.code for code, one in organisations_in_force().items()} == {
        "city": "city",
        "east": "city",
        "west": "city",
    }


def test_a_merger_ahead_is_only_planned_and_takes_effect_once_its_day_has_come() -> None:
    towns = Towns()
    change = towns.merge(on=date(2027, 4, 1))
    assert change.state == ChangeState.PLANNED
    assert towns.seats_of(towns.clerk) == [("east", date(2025, 4, 1), None)]
    assert actions.take_effect_of_due(at=make.NOON) == 0
    april = make.NOON.replace(year=2027, month=4, day=1)
    assert actions.take_effect_of_due(at=april) == 1
    assert actions.take_effect_of_due(at=april) == 0
    assert [office for office, _from, _to in towns.seats_of(towns.clerk)] == ["east", "city"]


def test_the_preview_counts_what_then_goes_over() -> None:
    towns = Towns()
    make.office(OfficeKind.WORKPLACE, "school", towns.east)
    actions.add_tie(
        towns.west,
        facts={"country": make.country("US"), "place_en": "Springfield", "since": 1990},
        by=towns.keeper,
        at=make.NOON,
    )
    told = {str(label): n for label, n in effect_of([towns.east, towns.west], SPRING) if n}
    assert told == {"Seats": 1, "People who hold them": 1, "Workplaces": 1, "Sister cities": 1}
    towns.merge()
    city = Office.objects.get(code="city")
    assert Office.objects.get(code="school").parent == city
    assert SisterTie.objects.get().office == city
    # the seat that ended and the one given for it, the school and the tie
    assert FollowedThing.objects.count() == 4


def test_a_merger_is_undone_to_the_letter() -> None:
    towns = Towns()
    make.office(OfficeKind.WORKPLACE, "school", towns.east)
    before = towns.seats_of(towns.clerk)
    change = towns.merge()
    actions.undo_reorganisation(change, by=towns.keeper, at=make.NOON)
    change.refresh_from_db()
    assert change.state == ChangeState.UNDONE
    assert towns.seats_of(towns.clerk) == before
    assert Office.objects.get(code="school").parent == towns.east
    for town in (towns.east, towns.west):
        town.refresh_from_db()
        assert town.valid_to is None
    assert Office.objects.get(code="city").valid_to == SPRING - DAY
    with pytest.raises(actions.CannotUndo):
        actions.undo_reorganisation(change, by=towns.keeper, at=make.NOON)


def test_what_was_changed_since_is_named_and_nothing_is_taken_back() -> None:
    towns = Towns()
    school = make.office(OfficeKind.WORKPLACE, "school", towns.east)
    change = towns.merge()
    record(school.key, "edit_office", by=towns.keeper, at=make.NOON)
    with pytest.raises(actions.CannotUndo, match=school.key):
        actions.undo_reorganisation(change, by=towns.keeper, at=make.NOON)
    assert towns.seats_of(towns.clerk)[-1][0] == "city"


def test_whoever_sat_in_both_towns_has_one_seat_in_the_city() -> None:
    towns = Towns()
    make.seat(towns.clerk, towns.west, Role.ORGANISATION, date(2025, 4, 1))
    change = towns.merge()
    held = [one for one in towns.seats_of(towns.clerk) if one[2] is None]
    assert held == [("city", SPRING, None)]
    actions.undo_reorganisation(change, by=towns.keeper, at=make.NOON)
    held = [one for one in towns.seats_of(towns.clerk) if one[2] is None]
    assert sorted(office for office, _from, _to in held) == ["east", "west"]


def test_a_town_joins_a_city_that_is_there_already() -> None:
    towns = Towns()
    change = actions.plan_merger(
        [towns.east],
        successor=towns.west,
        on=SPRING,
        ground="Notice 13",
        by=towns.keeper,
        at=make.NOON,
    )
    assert change.office == towns.west
    towns.west.refresh_from_db()
    assert towns.west.valid_to is None
    assert towns.seats_of(towns.clerk)[-1] == ("west", SPRING, None)


def test_a_new_name_holds_from_its_day_and_the_old_one_is_still_found() -> None:
    towns = Towns()
    change = actions.plan_rename(
        towns.east,
        name_en="Sunrise Town",
        name_ja="日の出町",
        on=SPRING,
        ground="Notice 14",
        by=towns.keeper,
        at=make.NOON,
    )
    towns.east.refresh_from_db()
    assert (towns.east.name_en, towns.east.name_ja) == ("Sunrise Town", "日の出町")
    former = FormerName.objects.get()
    assert (former.name_en, former.until) == ("East Town", SPRING - DAY)
    for words in ("east town", "ＥＡＳＴ", "日の出"):
        assert list(found_by(towns.keeper, offices_for(towns.keeper), words)) == [towns.east]
    actions.undo_reorganisation(change, by=towns.keeper, at=make.NOON)
    towns.east.refresh_from_db()
    assert towns.east.name_en == "East Town"
    assert not FormerName.objects.exists()


def test_what_cannot_become_one_is_refused_with_the_reason() -> None:
    towns = Towns()
    by = make.officer(Role.CLAIR_DESK)
    facts = {"code": "east", "name_en": "A", "name_ja": "あ"}
    wrong: list[tuple[list[Office], object]] = [
        ([], {**facts, "code": "new"}),
        ([towns.east], {**facts, "code": "new"}),
        ([towns.east, towns.west], facts),
        ([towns.east], towns.east),
        ([towns.east], towns.host),
        ([towns.host, make.host("pref-32")], {**facts, "code": "new"}),
    ]
    for predecessors, successor in wrong:
        with pytest.raises(actions.CannotMerge):
            actions.plan_merger(
                predecessors,
                successor=successor,  # type: ignore[arg-type]  # facts or an office
                on=SPRING,
                ground="x",
                by=by,
                at=make.NOON,
            )
    assert not Reorganisation.objects.exists()


def test_the_towns_own_officer_and_another_prefecture_plan_nothing() -> None:
    towns = Towns()
    other = make.officer(Role.HOST, make.host("pref-32"))
    for person in (towns.clerk, other):
        with pytest.raises(Refused):
            actions.plan_rename(
                towns.east,
                name_en="A",
                name_ja="あ",
                on=SPRING,
                ground="x",
                by=person,
                at=make.NOON,
            )
    assert {one.value for one in Change} == {"merger", "rename"}
