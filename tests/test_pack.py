"""The programme pack holds together: what operators edit by hand is checked here, without Django."""

import csv
import datetime as dt
import itertools
import re
from collections import Counter
from zoneinfo import ZoneInfo

import pytest
from pack_shape import (
    CHOICES,
    EVENTS,
    HEADERS,
    KEYS,
    NUMBERS,
    PACK,
    REFERENCES,
    SUMMER,
    calendar_of,
    check_digit,
    codes,
    day_of,
    every_table,
    programme,
    rows,
)

# ------------------------------------------------------------------ files and rows


def test_the_pack_has_exactly_its_files() -> None:
    csv_files = {path.stem for path in PACK.glob("*.csv")}
    others = {path.name for path in PACK.iterdir() if path.suffix != ".csv"}
    assert (csv_files, others) == (set(HEADERS), {"programme.toml", "README.md", "SOURCES.md"})
    assert set(KEYS) == set(HEADERS)


@pytest.mark.parametrize("name", HEADERS)
def test_a_file_is_clean_utf_8_with_its_header(name: str) -> None:
    data = (PACK / f"{name}.csv").read_bytes()
    assert (data[:3] == b"\xef\xbb\xbf", b"\r" in data, data[-1:]) == (False, False, b"\n")
    lines = list(csv.reader(data.decode("utf-8").splitlines()))
    assert ",".join(lines[0]) == HEADERS[name]
    assert {len(line) for line in lines} == {len(lines[0])}
    assert [cell for line in lines for cell in line if cell != cell.strip()] == []


@pytest.mark.parametrize("name", HEADERS)
def test_no_row_stands_twice(name: str) -> None:
    seen = Counter(tuple(row[column] for column in KEYS[name]) for row in rows(name))
    assert [key for key, times in seen.items() if times > 1] == []


@pytest.mark.parametrize("name", HEADERS)
def test_every_row_says_where_it_is_from(name: str) -> None:
    bad = [
        row
        for row in rows(name)
        if not row["source"]
        or row["assumed"] not in {"yes", "no"}
        or (row["assumed"] == "yes") != bool(re.search(r"assumed: \w", row["source"]))
    ]
    assert bad == []


def test_every_source_is_explained() -> None:
    text = (PACK / "SOURCES.md").read_text(encoding="utf-8")
    known = set(re.findall(r"^\| ([A-Z][A-Z0-9-]+) \|", text, re.MULTILINE))
    sources = [row["source"] for name in HEADERS for row in rows(name)]
    sources += [table["source"] for table in every_table(programme()) if "source" in table]
    keys = {
        part.split(":")[-1].split()[0]
        for source in sources
        for part in re.sub(r"\([^)]*\)|assumed:.*", "", source).split(";")
        if part.strip()
    }
    websites = {key for key in keys if "." in key}
    assert sorted(keys - websites - known) == []


@pytest.mark.parametrize("name", HEADERS)
def test_no_text_lacks_its_other_language(name: str) -> None:
    pairs = [c for c in HEADERS[name].split(",") if c.endswith("_en")]
    bad = [
        row
        for row in rows(name)
        for en in pairs
        if f"{en[:-3]}_ja" in row and bool(row[en]) != bool(row[f"{en[:-3]}_ja"])
    ]
    assert bad == []


@pytest.mark.parametrize(("name", "columns"), NUMBERS.items())
def test_numbers_are_whole_and_not_negative(name: str, columns: str) -> None:
    bad = [
        (row, column)
        for row in rows(name)
        for column in columns.split()
        if not re.fullmatch(r"\d*", row[column])
    ]
    assert bad == []


@pytest.mark.parametrize(("place", "allowed"), CHOICES.items())
def test_a_column_of_choices_holds_only_those(
    place: tuple[str, str], allowed: set[str]
) -> None:
    name, column = place
    assert sorted({row[column] for row in rows(name)} - allowed) == []


# ------------------------------------------------------------------ references


@pytest.mark.parametrize(("name", "column", "target"), REFERENCES)
def test_a_reference_names_something_that_exists(name: str, column: str, target: str) -> None:
    named = {code for row in rows(name) for code in row[column].split()}
    assert sorted(named - codes(target)) == []


def test_a_chapter_is_in_a_country_of_the_pack_or_in_japan() -> None:
    named = {row["country"] for row in rows("jetaa") if row["kind"] == "chapter"}
    assert sorted(named - codes("countries")) == ["JP"]


def test_every_country_is_served_by_real_missions_or_by_one_invented_desk() -> None:
    real = Counter(
        c for m in rows("missions") if m["invented"] == "no" for c in m["areas"].split()
    )
    desk = Counter(
        c for m in rows("missions") if m["invented"] == "yes" for c in m["areas"].split()
    )
    assert set(real) | set(desk) == codes("countries")
    assert (set(real) & set(desk), {n for n in desk.values() if n > 1}) == (set(), set())


def test_an_invented_desk_says_so_in_both_languages_and_has_no_telephone() -> None:
    bad = [
        m
        for m in rows("missions")
        if m["invented"] == "yes"
        and not (
            m["kind"] == "regional-desk"
            and m["name_en"].endswith("(invented)")
            and m["name_ja"].endswith("（架空）")
            and m["assumed"] == "yes"
            and not m["tel"] + m["fax"]
        )
    ]
    assert bad == []
    assert {m["invented"] for m in rows("missions") if m["kind"] == "regional-desk"} == {"yes"}


def test_the_pamphlet_of_2009_gives_36_missions_with_telephone_and_fax() -> None:
    listed = [m for m in rows("missions") if m["as_of"] == "2009"]
    assert len(listed) == 36
    assert [m["code"] for m in listed if not (m["tel"] and m["fax"] and m["website"])] == []
    assert {
        m["code"]: m["other_interview_places"] for m in listed if m["other_interview_places"]
    } == {
        "los-angeles": "Phoenix, AZ",
        "seattle": "Spokane, WA",
    }


def test_every_mission_has_a_place_of_interview() -> None:
    assert {p["mission"] for p in rows("interview_places")} == codes("missions")
    assert [
        p["code"] for p in rows("interview_places") if not re.fullmatch(r"\d{4}", p["code"])
    ] == []
    real = {p["code"]: p["mission"] for p in rows("interview_places") if p["assumed"] == "no"}
    assert real == {"2100": "london", "2300": "edinburgh"}


# ------------------------------------------------------------------ Japan


def test_there_are_47_prefectures_numbered_01_to_47() -> None:
    assert [p["code"] for p in rows("prefectures")] == [f"{n:02d}" for n in range(1, 48)]


def test_local_government_codes_have_the_right_check_digit() -> None:
    prefectures = {p["lg_code"]: p["code"] + "000" for p in rows("prefectures")}
    cities = {c["lg_code"]: c["code"] for c in rows("designated_cities")}
    expected = {
        five + check_digit(five): five for five in [*prefectures.values(), *cities.values()]
    }
    assert prefectures | cities == expected


def test_there_are_1741_municipalities_counted_as_the_readme_says() -> None:
    assert Counter(m["type"] for m in rows("municipalities")) == {
        "city": 772,
        "designated city": 20,
        "town": 743,
        "village": 183,
        "special ward": 23,
    }
    assert len(rows("municipalities")) == 1741


def test_a_municipality_has_the_code_reading_and_areas_of_its_prefecture() -> None:
    bad = [
        m
        for m in rows("municipalities")
        if not (
            re.fullmatch(r"\d{5}", m["code"])
            and m["code"].startswith(m["prefecture"])
            and re.fullmatch(r"[ァ-ヴー]+", m["kana"])
            and re.fullmatch(r"\d{3}( \d{3})*", m["postal_areas"])
            and bool(m["county_ja"]) == (m["county_ja"][-1:] == "郡")
        )
    ]
    assert bad == []


def test_the_20_designated_cities_are_the_same_in_both_files() -> None:
    listed = {(c["code"], c["name_ja"], c["prefecture"]) for c in rows("designated_cities")}
    among = {
        (m["code"], m["name_ja"], m["prefecture"])
        for m in rows("municipalities")
        if m["type"] == "designated city"
    }
    assert (len(listed), listed) == (20, among)


def test_every_prefecture_and_designated_city_is_a_host_body() -> None:
    bodies = {(b["code"], b["kind"]) for b in rows("host_bodies")}
    assert bodies == {(f"pref-{p['code']}", "prefecture") for p in rows("prefectures")} | {
        (f"city-{c['code']}", "designated city") for c in rows("designated_cities")
    }


# ------------------------------------------------------------------ days, zones, sums


def test_every_date_is_possible_and_no_row_ends_before_it_begins() -> None:
    dated = [
        "valid_from",
        "valid_to",
        "arrival_from",
        "arrival_to",
        "apply_by",
        "resubmit_by",
        "complete_by",
    ]
    for name, header in HEADERS.items():
        columns = [c for c in (*dated, "deadline_at_clair") if c in header.split(",")]
        for row in rows(name):
            given = {c: dt.date.fromisoformat(row[c]) for c in columns if row[c]}
            for kind in ("valid", "arrival"):
                first, last = given.get(f"{kind}_from"), given.get(f"{kind}_to")
                assert not (first and last and first > last), row


def test_calendar_days_exist_in_every_year_and_events_are_known() -> None:
    leap_or_not = [day_of(row, year) for row in rows("calendars") for year in (2027, 2028)]
    assert len(leap_or_not) == 2 * len(rows("calendars"))
    assert {row["event"] for row in rows("calendars")} == EVENTS
    times = [row["time"] for row in rows("calendars") if row["time"]]
    assert [t for t in times if dt.time.fromisoformat(t).strftime("%H:%M") != t] == []
    assert {row["programme_year_offset"] for row in rows("calendars")} == {"-1", "0"}


def test_waves_arrive_on_days_that_exist_and_not_before_they_leave() -> None:
    calendar = calendar_of("")
    for wave in rows("waves"):
        arrives = dt.date(2027, int(wave["arrives_month"]), int(wave["arrives_day"]))
        assert arrives - day_of(calendar[f"departure_{wave['code']}"]) == dt.timedelta(days=1)
    assert [wave["code"] for wave in rows("waves")] == ["april", "a", "b", "c"]


def test_every_country_has_a_year_in_the_right_order() -> None:
    for country in sorted(codes("countries")):
        calendar = calendar_of(country)
        days = [day_of(calendar[event]) for event in SUMMER]
        assert days == sorted(days), country
        assert calendar["closes"]["time"], country
        assert day_of(calendar["opens"]) < day_of(calendar["closes"]), country


def test_every_time_zone_is_known() -> None:
    zones = {row["time_zone"] for name in ("missions", "clair_offices") for row in rows(name)}
    zones |= {row["time_zone"] for row in rows("calendars") if row["time_zone"]}
    zones.add(programme()["time_zone"])
    assert {ZoneInfo(zone).key for zone in zones} == zones


def test_pay_covers_five_years_of_every_cohort_without_a_gap() -> None:
    cohorts = sorted({(row["cohort_from"], row["cohort_to"]) for row in rows("pay")})
    assert next(first for first, _ in cohorts) == str(programme()["first_year"])
    following = itertools.pairwise(cohorts)
    assert {int(later[0]) - int(earlier[1]) for earlier, later in following} == {1}
    years = Counter((row["cohort_from"], row["cohort_to"]) for row in rows("pay"))
    assert (set(years), set(years.values())) == (set(cohorts), {5})
    assert [
        row for row in rows("pay") if int(row["monthly_yen"]) * 12 != int(row["annual_yen"])
    ] == []


def test_totals_by_year_are_the_sum_of_their_parts() -> None:
    series = rows("participants_by_year")
    first = programme()["first_year"]
    assert [int(row["year"]) for row in series] == list(range(first, first + len(series)))
    for row in series:
        if row["alt"]:
            assert int(row["total"]) == sum(int(row[p] or 0) for p in ("alt", "cir", "sea")), (
                row
            )
        if row["reappointed"]:
            assert int(row["total"]) == int(row["new_arrivals"]) + int(row["reappointed"]), row
    known = {row["year"]: (row["total"], row["countries"]) for row in series}
    assert (known["1987"], known["2019"], known["2020"]) == (
        ("848", "4"),
        ("5761", "57"),
        ("", ""),
    )


def test_health_papers_and_police_records_are_sealed() -> None:
    sealed = {row["code"] for row in rows("documents") if row["kind"] == "sealed"}
    assert sealed == {
        "medical-self-report",
        "physician-statement",
        "certificate-of-health",
        "criminal-record",
        "criminal-record-abroad",
        "criminal-record-letter",
    }
    kinds = {(row["code"], row["kind"]) for row in rows("documents")}
    assert len(kinds) == len({code for code, _ in kinds})


def test_costs_of_placement_are_within_the_engines_limit_and_all_assumed() -> None:
    assert {row["assumed"] for row in rows("weights")} == {"yes"}
    assert [row for row in rows("weights") if int(row["value"]) > 10**6] == []


# ------------------------------------------------------------------ the programme itself


def test_the_programme_has_its_names_census_and_first_year() -> None:
    about = programme()
    assert (about["slug"], about["first_year"]) == ("jet", 1987)
    assert (about["census"]["month"], about["census"]["day"]) == (7, 1)
    for table in ("name", "short_name", "description"):
        assert set(about[table]) == {"en", "ja", "source", "assumed"}


def test_every_table_of_the_programme_says_where_it_is_from() -> None:
    tables = [t for t in every_table(programme()) if "source" in t]
    assert {type(t["assumed"]) for t in tables} == {bool}
    assert [t for t in tables if t["assumed"] != ("assumed:" in t["source"])] == []
    values = programme()["values"]
    assert {frozenset(v) - {"contradicts"} for v in values} == {
        frozenset(
            [
                "code",
                "value",
                "unit",
                "name_en",
                "name_ja",
                "valid_from",
                "valid_to",
                "source",
                "assumed",
            ]
        ),
    }


def test_two_values_of_one_code_are_never_valid_on_one_day() -> None:
    values = programme()["values"]
    spans = sorted((v["code"], v["valid_from"], v["valid_to"] or "9999") for v in values)
    overlaps = [
        (one, two)
        for one, two in itertools.pairwise(spans)
        if one[0] == two[0] and two[1] <= one[2]
    ]
    assert overlaps == []
    assert {v["contradicts"] for v in values if "contradicts" in v} <= {
        v["code"] for v in values
    }


def test_the_format_of_a_jet_number_takes_eleven_digits_that_begin_with_a_year() -> None:
    pattern = programme()["formats"]["jet_number"]["pattern"]
    tried = ("20250712345", "19870712345", "2025071234", "30250712345")
    assert [bool(re.match(pattern, number)) for number in tried] == [True, True, False, False]
