"""The shape of a programme pack: its files, headers, keys, references and choices, and how to read it."""

import csv
import datetime as dt
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

PACK = Path(__file__).parents[1] / "programmes" / "jet"

HEADERS = {
    "account_rules": "code,name_en,name_ja,value,valid_from,valid_to,source,assumed",
    "second_factors": "role,valid_from,valid_to,source,assumed",
    "calendars": (
        "country,event,month,day,time,time_zone,programme_year_offset,source_cycle,note"
        ",source,assumed"
    ),
    "clair_offices": (
        "code,name_en,name_ja,city,country,opened,address,tel,fax,website,time_zone"
        ",as_of,source,assumed"
    ),
    "co_types": "code,name_en,name_ja,yearbook_group,sort,source,assumed",
    "councils": "code,name_en,name_ja,members_en,members_ja,decides,source,assumed",
    "counselling_subsidy": (
        "fiscal_year,rate_percent,cap_yen,scope_en,scope_ja,deadline_at_clair,route"
        ",valid_from,valid_to,source,assumed"
    ),
    "countries": "code,name_en,name_ja,language,english_speaking,quota_hint,source,assumed",
    "demo_marginals": "what,code,value,note_en,note_ja,source,assumed",
    "days_off": ("kind,name_en,name_ja,first_on,last_on,at_schools,at_offices,source,assumed"),
    "designated_cities": (
        "code,lg_code,name_en,name_ja,prefecture,designated_since,in_2009_list,source,assumed"
    ),
    "documents": (
        "country,code,name_en,name_ja,originals,copies,condition_en,condition_ja,kind"
        ",valid_from,valid_to,source,assumed"
    ),
    "eligibility": "code,rule_en,rule_ja,value,trust,valid_from,valid_to,source,assumed",
    "glossary": "en,ja,definition_en,definition_ja,source,assumed",
    "grants": (
        "code,scheme,round,name_en,name_ja,max_yen,number,conditions_en,conditions_ja"
        ",apply_by,resubmit_by,complete_by,valid_from,valid_to,source,assumed"
    ),
    "holds": "kind,minutes,source,assumed",
    "host_bodies": "code,kind,name_en,name_ja,prefecture,taking_part,source,assumed",
    "interview_places": "code,mission,name_en,name_ja,source,assumed",
    "jetaa": "kind,name,country,as_of,chapters,countries,members,note,source,assumed",
    "ministries": "code,name_en,name_ja,role_en,role_ja,source,assumed",
    "associations": "code,name_en,name_ja,website,note_en,note_ja,source,assumed",
    "missions": (
        "code,kind,city_en,city_ja,name_en,name_ja,country,areas,tel,fax,website"
        ",time_zone,jet_desk,other_interview_places,as_of,invented,source,assumed"
    ),
    "municipalities": (
        "code,prefecture,type,county_ja,name_ja,kana,name_en,postal_areas,source,assumed"
    ),
    "participants_by_year": (
        "year,total,countries,alt,cir,sea,new_arrivals,reappointed,cumulative,note"
        ",source,assumed"
    ),
    "pay": (
        "cohort_from,cohort_to,year_of_service,annual_yen,monthly_yen,taxes,valid_from"
        ",valid_to,source,assumed"
    ),
    "privacy_notices": (
        "version,title_en,title_ja,text_en,text_ja,answer_days,valid_from,valid_to,source,assumed"
    ),
    "positions": "code,name_en,name_ja,duties_en,duties_ja,sort,source,assumed",
    "prefectures": "code,lg_code,name_en,name_ja,region_en,region_ja,source,assumed",
    "sgl_languages": "code,name_en,name_ja,leaders,valid_from,valid_to,source,assumed",
    "tax_exemption": (
        "country,positions,service_from,service_to,exempt,arrival_from,arrival_to"
        ",condition_en,condition_ja,valid_from,valid_to,source,assumed"
    ),
    "waves": "code,name_en,name_ja,arrives_month,arrives_day,source,assumed",
    "step_times": "code,name_en,name_ja,working_days,valid_from,valid_to,source,assumed",
    "weights": "code,name_en,name_ja,value,valid_from,valid_to,source,assumed",
}

# What makes a row the only one of its kind.
KEYS = {
    "account_rules": ("code",),
    "second_factors": ("role",),
    "calendars": ("country", "event"),
    "clair_offices": ("code",),
    "co_types": ("code",),
    "councils": ("code",),
    "counselling_subsidy": ("fiscal_year",),
    "countries": ("code",),
    "demo_marginals": ("what", "code"),
    "days_off": ("kind", "first_on"),
    "designated_cities": ("code",),
    "documents": ("country", "code", "valid_from"),
    "eligibility": ("code",),
    "glossary": ("en",),
    "grants": ("code",),
    "holds": ("kind",),
    "host_bodies": ("code",),
    "interview_places": ("code",),
    "jetaa": ("kind", "name", "as_of"),
    "ministries": ("code",),
    "associations": ("code",),
    "missions": ("code",),
    "municipalities": ("code",),
    "participants_by_year": ("year",),
    "pay": ("cohort_from", "year_of_service", "valid_from"),
    "privacy_notices": ("version",),
    "positions": ("code",),
    "prefectures": ("code",),
    "sgl_languages": ("code",),
    "tax_exemption": ("country", "positions", "service_from", "arrival_from", "valid_from"),
    "waves": ("code",),
    "step_times": ("code", "valid_from"),
    "weights": ("code", "valid_from"),
}

EVENTS = {
    "guidelines_issued",
    "information_session",
    "opens",
    "closes",
    "screening_results",
    "interviews_from",
    "interviews_to",
    "spring_papers_by",
    "results_spring",
    "results",
    "reply_by",
    "placement_notice",
    "papers_by",
    "terms_sent_by",
    "pre_departure_orientation",
    "departure_april",
    "departure_a",
    "departure_b",
    "departure_c",
    "alternates_until",
    "demand_due",
    "reappointment_opens",
    "reappointment_provisional",
    "reappointment_final",
}

SUMMER = [
    "opens",
    "closes",
    "screening_results",
    "interviews_from",
    "interviews_to",
    "results",
    "reply_by",
    "placement_notice",
    "papers_by",
    "departure_a",
    "departure_b",
    "departure_c",
    "alternates_until",
]

# column of a file -> the file whose codes it may name (several, separated by a space, where listed)
REFERENCES = [
    ("calendars", "country", "countries"),
    ("clair_offices", "country", "countries"),
    ("designated_cities", "prefecture", "prefectures"),
    ("documents", "country", "countries"),
    ("co_types", "yearbook_group", "co_types"),
    ("host_bodies", "prefecture", "prefectures"),
    ("interview_places", "mission", "missions"),
    ("missions", "areas", "countries"),
    ("missions", "country", "countries"),
    ("municipalities", "prefecture", "prefectures"),
    ("tax_exemption", "country", "countries"),
    ("tax_exemption", "positions", "positions"),
]

CHOICES = {
    ("demo_marginals", "what"): {
        "people",
        "organisations",
        "size",
        "country",
        "position",
        "service",
        "couple",
    },
    ("councils", "decides"): {
        "numbers results",
        "programme-plans",
        "placement-rules placements",
        "case-advice counselling-system",
    },
    ("countries", "english_speaking"): {"yes", "no"},
    ("days_off", "at_offices"): {"yes", "no"},
    ("days_off", "at_schools"): {"yes", "no"},
    ("days_off", "kind"): {"holiday", "closed", "school_break"},
    ("designated_cities", "in_2009_list"): {"yes", "no", "unknown"},
    ("documents", "kind"): {"ordinary", "guarded", "sealed"},
    ("eligibility", "trust"): {"A", "B", "C", "D", "GK"},
    ("host_bodies", "kind"): {"prefecture", "designated city"},
    ("host_bodies", "taking_part"): {"yes", "no", "unknown"},
    ("counselling_subsidy", "route"): {"through_co", "direct"},
    ("jetaa", "kind"): {"total", "chapter"},
    ("missions", "invented"): {"yes", "no"},
    ("missions", "kind"): {
        "embassy",
        "consulate-general",
        "consular-office",
        "regional-desk",
    },
    ("municipalities", "type"): {
        "designated city",
        "city",
        "special ward",
        "town",
        "village",
    },
    ("pay", "taxes"): {"gross", "net"},
    ("tax_exemption", "exempt"): {"yes", "no"},
}

NUMBERS = {
    "account_rules": "value",
    "clair_offices": "opened as_of",
    "counselling_subsidy": "rate_percent cap_yen",
    "countries": "quota_hint",
    "co_types": "sort",
    "demo_marginals": "value",
    "documents": "originals copies",
    "grants": "max_yen number",
    "jetaa": "chapters countries members",
    "participants_by_year": "year total countries alt cir sea new_arrivals reappointed cumulative",
    "pay": "cohort_from cohort_to year_of_service annual_yen monthly_yen",
    "positions": "sort",
    "sgl_languages": "leaders",
    "tax_exemption": "service_from service_to",
    "step_times": "working_days",
    "weights": "value",
}

Row = dict[str, str]


@cache
def rows(name: str) -> list[Row]:
    """Every row of one file."""
    with (PACK / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def codes(name: str) -> frozenset[str]:
    """The codes other files may name."""
    return frozenset(row["code"] for row in rows(name))


@cache
def programme() -> dict[str, Any]:
    """The TOML file."""
    return tomllib.loads((PACK / "programme.toml").read_text(encoding="utf-8"))


def every_table(value: object) -> list[dict[str, Any]]:
    """Every table of a TOML document, at any depth."""
    if isinstance(value, dict):
        return [value, *(t for inner in value.values() for t in every_table(inner))]
    if isinstance(value, list):
        return [t for inner in value for t in every_table(inner)]
    return []


def check_digit(five: str) -> str:
    """The sixth digit of a local government code."""
    total = sum(int(d) * w for d, w in zip(five, (6, 5, 4, 3, 2), strict=True))
    return str(11 - total % 11)[-1]


def calendar_of(country: str) -> dict[str, Row]:
    """A country's year: the default, replaced by its own rows."""
    found = {row["event"]: row for row in rows("calendars") if not row["country"]}
    found.update({row["event"]: row for row in rows("calendars") if row["country"] == country})
    return found


def day_of(row: Row, year: int = 2027) -> dt.date:
    """The date a pattern gives for one year of arrival; raises ValueError if there is none."""
    return dt.date(year + int(row["programme_year_offset"]), int(row["month"]), int(row["day"]))
