from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakehashi.recruitment import rules

days = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1))
moments = st.datetimes(
    min_value=datetime(2020, 1, 1),  # noqa: DTZ001 -- hypothesis lays the zone on
    max_value=datetime(2040, 1, 1),  # noqa: DTZ001 -- likewise
    timezones=st.just(UTC),
)
every_field = st.sampled_from(sorted(rules.FIELD_NAMES))


@given(days, days)
def test_a_degree_counts_up_to_the_very_day_of_arrival(
    degree_on: date, arrives_on: date
) -> None:
    held = rules.degree_is_in_time(degree_on=degree_on, arrives_on=arrives_on)
    assert held == (degree_on <= arrives_on)


def test_no_degree_is_never_in_time_and_any_is_while_no_wave_is_known() -> None:
    assert not rules.degree_is_in_time(degree_on=None, arrives_on=None)
    assert rules.degree_is_in_time(degree_on=date(2027, 9, 1), arrives_on=None)


@given(st.lists(days, max_size=6))
def test_early_leavers_are_measured_by_the_first_wave_and_others_by_the_next(
    arrivals: list[date],
) -> None:
    order = sorted(set(arrivals))
    early = rules.arrival_day(arrivals, early=True)
    late = rules.arrival_day(arrivals, early=False)
    assert early == (order[0] if order else None)
    assert late == (order[1] if len(order) > 1 else early)


@given(st.lists(st.sampled_from(["ALT", "CIR", "SEA"]), min_size=1))
def test_one_position_only(codes: list[str]) -> None:
    assert rules.is_one_position(codes) == (len(set(codes)) == 1)


@given(moments, st.integers(-7200, 7200))
def test_the_announced_minute_is_in_time_and_the_next_is_not(
    closes: datetime, seconds: int
) -> None:
    at = closes + timedelta(seconds=seconds)
    assert rules.has_passed(closes=closes, at=at) == (
        at.replace(second=0, microsecond=0) > closes.replace(second=0, microsecond=0)
    )


def test_without_a_deadline_nothing_has_passed() -> None:
    assert not rules.has_passed(closes=None, at=datetime(2040, 1, 1, tzinfo=UTC))


@given(
    st.dictionaries(every_field, st.sampled_from([None, "", "  ", "x", 0])),
    st.sampled_from(["ALT", "CIR", "SEA"]),
    st.booleans(),
)
def test_what_is_missing_is_what_is_required_and_empty_in_the_order_of_the_form(
    facts: dict[str, object],
    position: str,
    has_places: bool,  # noqa: FBT001 -- hypothesis draws it
) -> None:
    wanted = rules.required_fields(position=position, has_places=has_places)
    missing = rules.missing_fields(facts, position=position, has_places=has_places)
    assert missing == [name for name in wanted if facts.get(name) in (None, "", "  ")]
    form = list(rules.FIELD_NAMES)
    assert [form.index(name) for name in wanted] == sorted(form.index(n) for n in wanted)


def test_what_each_position_must_fill_in() -> None:
    alt = rules.required_fields(position="ALT", has_places=True)
    assert alt == [
        "family_name",
        "date_of_birth",
        "telephone",
        "address",
        "university",
        "major",
        "degree_on",
        "interview_place",
        "statement",
    ]
    sea = rules.required_fields(position="SEA", has_places=False)
    assert sea == ["family_name", "date_of_birth", "telephone", "address", "statement"]


def test_every_field_of_the_form_stands_in_one_section_and_has_a_name() -> None:
    named = [name for names in rules.SECTION_FIELDS.values() for name in names]
    assert sorted(named) == sorted(rules.FIELD_NAMES)
    assert {name: rules.section_of(name) for name in ("telephone", "wish_2")} == {
        "telephone": rules.Section.ABOUT,
        "wish_2": rules.Section.LIVING,
    }


@given(st.integers(2020, 2099), st.integers(1, 200_000))
def test_a_number_says_its_year_and_can_be_read_back(year: int, running: int) -> None:
    number = rules.number_of(year=year, running=running)
    assert rules.is_a_number(number)
    assert number[:2] == str(year)[2:]
    assert rules.running_of(number) == running


@pytest.mark.parametrize("text", ["", "27", "27-1", "2027-00042", "27-0004x", "27-00042 "])
def test_what_is_not_a_number(text: str) -> None:
    assert not rules.is_a_number(text)


def _facts(**other: object) -> rules.Facts:
    usual: dict[str, object] = {
        "position": "ALT",
        "degree_on": date(2026, 6, 18),
        "arrives_on": date(2027, 7, 27),
        "teaching_qualification": False,
        "months_in_japan": 0,
        "nationality": "IE",
        "country": "IE",
    }
    return rules.Facts(**(usual | other))  # type: ignore[arg-type]  # a test's table


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ({}, []),
        ({"degree_on": None}, ["E4"]),
        ({"degree_on": date(2027, 9, 1)}, ["E4"]),
        ({"degree_on": None, "teaching_qualification": True}, []),
        ({"degree_on": None, "teaching_qualification": True, "position": "CIR"}, ["E4"]),
        ({"degree_on": None, "position": "SEA"}, []),
        ({"nationality": "GB"}, ["E5"]),
        ({"nationality": ""}, []),
        ({"months_in_japan": 71}, []),
        ({"months_in_japan": 72}, ["E11"]),
        ({"degree_on": None, "nationality": "GB", "months_in_japan": 99}, ["E4", "E5", "E11"]),
    ],
)
def test_which_rules_seem_not_to_be_met(other: dict[str, object], found: list[str]) -> None:
    assert [finding.rule for finding in rules.findings(_facts(**other))] == found


def test_every_finding_names_its_source() -> None:
    every = rules.findings(_facts(degree_on=None, nationality="GB", months_in_japan=99))
    assert [finding.source for finding in every] == [
        "ELIG25 (2025)",
        "ELIG25 (2025)",
        "MN22 (2022)",
    ]
