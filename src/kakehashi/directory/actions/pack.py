"""A programme pack's tables become rows; loading one again changes only what has changed."""

import csv
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Model

from kakehashi.directory.actions.entries import index_offices
from kakehashi.directory.models import (
    Country,
    InterviewPlace,
    MissionArea,
    Municipality,
    Office,
    Person,
    Prefecture,
)
from kakehashi.directory.policy import policy
from kakehashi.directory.queries import (
    countries_by_code,
    fields_kept_here,
    offices_by_code,
    prefectures_by_code,
)
from kakehashi.directory.rules import EmployerType, OfficeKind
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import Actor, record_many

Line = dict[str, str]
SECRETARIAT = "CLAIR"
FOREIGN_MINISTRY = "MOFA"
ALUMNI = "JETAA"
FILES = (
    "countries",
    "prefectures",
    "municipalities",
    "designated_cities",
    "ministries",
    "associations",
    "clair_offices",
    "missions",
    "interview_places",
    "host_bodies",
    "jetaa",
)


class NoPack(ValueError):
    """The folder lacks a table a programme pack must have."""


@transaction.atomic
def load_pack(folder: Path, *, by: Actor, at: datetime) -> dict[str, int]:
    """Take the ground of the programme from a pack: countries, places and its own offices.

    Rows are known by their code, so that loading twice leaves the same rows.  Returns how many
    rows each table holds.  Raises `NoPack` when a table is missing.
    """
    if isinstance(by, Person):
        policy.require(by, "load_pack", None)
    tables = {name: read_pack(folder, name) for name in FILES}
    keep(Country, ("code",), map(_country, tables["countries"]))
    keep(Prefecture, ("code",), map(_prefecture, tables["prefectures"]))
    prefectures = prefectures_by_code()
    designated = {
        line["code"]: int(line["designated_since"]) for line in tables["designated_cities"]
    }
    keep(
        Municipality,
        ("code",),
        [_municipality(line, prefectures, designated) for line in tables["municipalities"]],
    )
    _offices(tables, prefectures)
    _places(tables)
    index_offices()
    deeds = [(f"directory.pack/{name}", "load_pack") for name in FILES]
    record_many(deeds, by=by, at=at)
    return {name: len(lines) for name, lines in tables.items()}


def read_pack(folder: Path, name: str) -> list[Line]:
    """Read one table of a pack; raises `NoPack` where it is missing."""
    path = folder / f"{name}.csv"
    if not path.is_file():
        raise NoPack(f"{folder.name} has no {name}.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sourced(line: Mapping[str, str]) -> dict[str, object]:
    """Take where a fact comes from, and whether it is assumed."""
    return {"source": line["source"][:300], "assumed": line["assumed"] == "yes"}


def dated(line: Mapping[str, str]) -> dict[str, object]:
    """Take the days a fact holds, besides where it comes from."""
    days = {
        name: date.fromisoformat(line[name]) if line[name] else None
        for name in ("valid_from", "valid_to")
    }
    return {**sourced(line), **days}


@unscoped("a pack's rows are compared with what stands there already")
def keep(model: type[Model], key: tuple[str, ...], rows: Iterable[Mapping[str, object]]) -> int:
    """Store the rows, known by the fields of `key`; write only what is new or has changed.

    Returns how many rows were written.
    """
    there = {
        tuple(getattr(one, name) for name in key): one for one in model._default_manager.all()
    }
    new: list[Any] = []
    changed: list[Any] = []
    names: set[str] = set()
    for row in rows:
        one = there.get(tuple(row[name] for name in key))
        if one is None:
            new.append(model(**row))
            continue
        other = {name for name, value in row.items() if getattr(one, name) != value}
        for name in other:
            setattr(one, name, row[name])
        if other:
            names |= other
            changed.append(one)
    model._default_manager.bulk_create(new, batch_size=500)
    if changed:
        model._default_manager.bulk_update(changed, sorted(names), batch_size=100)
    return len(new) + len(changed)


def _country(line: Line) -> dict[str, object]:
    return {
        **_named(line),
        "language": line["language"],
        "english_speaking": line["english_speaking"] == "yes",
    }


def _prefecture(line: Line) -> dict[str, object]:
    return {
        **_named(line),
        "region_en": line["region_en"],
        "region_ja": line["region_ja"],
    }


def _municipality(
    line: Line, prefectures: Mapping[str, Prefecture], designated: Mapping[str, int]
) -> dict[str, object]:
    return {
        **_named(line),
        "prefecture_id": prefectures[line["prefecture"]].pk,
        "kind": line["type"],
        "kana": line["kana"],
        "county_ja": line["county_ja"],
        "postal_areas": line["postal_areas"],
        "designated_since": designated.get(line["code"]),
    }


def _named(line: Line) -> dict[str, object]:
    return {name: line[name] for name in ("code", "name_en", "name_ja")} | sourced(line)


def _offices(tables: Mapping[str, list[Line]], prefectures: Mapping[str, Prefecture]) -> None:
    """Seat the ministries first: the others answer to them.

    What an office has since written into its own entry stays as it is.
    """
    own = fields_kept_here()

    def seat(rows: Iterable[Mapping[str, object]]) -> None:
        keep(Office, ("code",), [_but(row, own.get(str(row["code"]), set())) for row in rows])

    seat(map(_ministry, tables["ministries"]))
    seat(map(_association, tables["associations"]))
    above = {code: office.pk for code, office in offices_by_code().items()}
    countries = {code: country.pk for code, country in countries_by_code().items()}
    cities = _numbers_by_code(Municipality)
    abroad = [_clair_office(line, above, countries) for line in tables["clair_offices"]]
    missions = [_mission(line, above, countries) for line in tables["missions"]]
    hosts = [_host_body(line, prefectures, cities) for line in tables["host_bodies"]]
    chapters = [line for line in tables["jetaa"] if line["kind"] == "chapter"]
    seat([*abroad, *missions, *hosts, *(_chapter(line, above, countries) for line in chapters)])


def _but(row: Mapping[str, object], kept: set[str]) -> dict[str, object]:
    """Leave out what the office wrote itself."""
    return {name: value for name, value in row.items() if name not in kept}


def _chapter(
    line: Line, above: Mapping[str, int], countries: Mapping[str, int]
) -> dict[str, object]:
    """Take a chapter of JETAA, which no source gives a Japanese name or a code."""
    name = line["name"]
    return {
        **sourced(line),
        "code": re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-"),
        "name_en": name,
        "name_ja": name,
        "kind": OfficeKind.ASSOCIATION,
        "parent_id": above[ALUMNI],
        "country_id": countries.get(line["country"]),
        "as_of": line["as_of"],
    }


def _ministry(line: Line) -> dict[str, object]:
    clair = line["code"] == SECRETARIAT
    return {
        **_named(line),
        "kind": OfficeKind.SECRETARIAT if clair else OfficeKind.MINISTRY,
        "role_en": line["role_en"],
        "role_ja": line["role_ja"],
    }


def _association(line: Line) -> dict[str, object]:
    """Take an association that is nobody's office: AJET, JETAA."""
    return {**_named(line), "kind": OfficeKind.ASSOCIATION, "website": line["website"]}


def _abroad(line: Line, countries: Mapping[str, int]) -> dict[str, object]:
    return {
        **_named(line),
        "country_id": countries.get(line["country"]),
        "telephone": line["tel"],
        "fax": line["fax"],
        "website": line["website"],
        "time_zone": line["time_zone"],
        "as_of": line["as_of"],
    }


def _clair_office(
    line: Line, above: Mapping[str, int], countries: Mapping[str, int]
) -> dict[str, object]:
    """Take an office of CLAIR abroad; `clair-` keeps London apart from the mission there."""
    return {
        **_abroad(line, countries),
        "code": f"clair-{line['code']}",
        "kind": OfficeKind.OVERSEAS_OFFICE,
        "parent_id": above[SECRETARIAT],
        "city_en": line["city"],
        "address": line["address"],
        "opened_in": int(line["opened"]) if line["opened"] else None,
    }


def _mission(
    line: Line, above: Mapping[str, int], countries: Mapping[str, int]
) -> dict[str, object]:
    return {
        **_abroad(line, countries),
        "kind": OfficeKind.MISSION,
        "parent_id": above[FOREIGN_MINISTRY],
        "city_en": line["city_en"],
        "city_ja": line["city_ja"],
        "jet_desk": line["jet_desk"],
        "other_interview_places": line["other_interview_places"],
        "invented": line["invented"] == "yes",
    }


def _host_body(
    line: Line, prefectures: Mapping[str, Prefecture], cities: Mapping[str, int]
) -> dict[str, object]:
    city = line["kind"] == "designated city"
    return {
        **_named(line),
        "kind": OfficeKind.HOST_BODY,
        "employer_type": EmployerType.DESIGNATED_CITY if city else EmployerType.PREFECTURE,
        "prefecture_id": prefectures[line["prefecture"]].pk,
        "municipality_id": cities.get(line["code"].removeprefix("city-")) if city else None,
        "taking_part": line["taking_part"],
    }


@unscoped("a pack's missions and their areas are compared with what stands there already")
def _places(tables: Mapping[str, list[Line]]) -> None:
    """Say which countries each mission serves, and where it interviews."""
    missions = _numbers_by_code(Office)
    countries = _numbers_by_code(Country)
    areas = [
        {
            "mission_id": missions[line["code"]],
            "country_id": countries[code],
            **sourced(line),
        }
        for line in tables["missions"]
        for code in line["areas"].split()
    ]
    keep(MissionArea, ("mission_id", "country_id"), areas)
    wanted = {(area["mission_id"], area["country_id"]) for area in areas}
    mine = MissionArea.objects.filter(mission__code__in=[x["code"] for x in tables["missions"]])
    gone = [one.pk for one in mine if (one.mission_id, one.country_id) not in wanted]
    MissionArea.objects.filter(pk__in=gone).delete()
    keep(
        InterviewPlace,
        ("code",),
        [
            {**_named(line), "mission_id": missions[line["mission"]]}
            for line in tables["interview_places"]
        ],
    )


@unscoped("codes of places and offices are open to everyone")
def _numbers_by_code(model: type[Model]) -> dict[str, int]:
    return dict(model._default_manager.values_list("code", "pk"))
