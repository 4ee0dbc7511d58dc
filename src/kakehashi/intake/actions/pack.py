"""What the pack says about every year: positions, papers, pay, words, and patterns of dates."""

from collections import defaultdict
from datetime import date, datetime, time
from pathlib import Path

from django.db import transaction

from kakehashi.directory.actions import dated, keep, read_pack, sourced
from kakehashi.directory.models import Person
from kakehashi.directory.queries import countries_by_code
from kakehashi.intake.models import DayOff, DocumentRequirement, GlossaryTerm, PayRate, Position
from kakehashi.intake.policy import policy
from kakehashi.intake.rules import Pattern, Patterns
from kakehashi.kernel.models import Trace
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import Actor, record_many

Line = dict[str, str]
FILES = ("positions", "documents", "pay", "glossary", "days_off")


@transaction.atomic
def load_pack(folder: Path, *, by: Actor, at: datetime) -> dict[str, int]:
    """Take positions, asked papers, the pay table and the glossary from a pack.

    Rows are known by their code, so that loading twice leaves the same rows.  Returns how many
    rows each table holds.
    """
    if isinstance(by, Person):
        policy.require(by, "load_pack", None)
    tables = {name: read_pack(folder, name) for name in FILES}
    countries = {code: country.pk for code, country in countries_by_code().items()}
    keep(Position, ("code",), map(_position, tables["positions"]))
    keep(
        DocumentRequirement,
        ("country_id", "code", "valid_from"),
        [_document(line, countries) for line in tables["documents"]],
    )
    _keep_pay(tables["pay"])
    keep(GlossaryTerm, ("en",), map(_term, tables["glossary"]))
    keep(
        DayOff,
        ("office_id", "kind", "first_on", "at_schools", "at_offices"),
        map(_day_off, tables["days_off"]),
    )
    record_many([(f"intake.pack/{name}", "load_pack") for name in FILES], by=by, at=at)
    return {name: len(lines) for name, lines in tables.items()}


def patterns_of(folder: Path) -> Patterns:
    """Read the patterns of dates from a pack's calendar, by country and event."""
    found: dict[str, dict[str, Pattern]] = defaultdict(dict)
    for line in read_pack(folder, "calendars"):
        found[line["country"]][line["event"]] = Pattern(
            event=line["event"],
            month=int(line["month"]),
            day=int(line["day"]),
            time=time.fromisoformat(line["time"]) if line["time"] else None,
            zone=line["time_zone"],
            offset=int(line["programme_year_offset"]),
            source=line["source"],
            assumed=line["assumed"] == "yes",
        )
    return dict(found)


def _position(line: Line) -> dict[str, object]:
    texts = ("code", "name_en", "name_ja", "duties_en", "duties_ja")
    return {**{name: line[name] for name in texts}, "rank": int(line["sort"]), **sourced(line)}


def _document(line: Line, countries: dict[str, int]) -> dict[str, object]:
    texts = ("code", "name_en", "name_ja", "condition_en", "condition_ja", "kind")
    return {
        **{name: line[name] for name in texts},
        "country_id": countries[line["country"]] if line["country"] else None,
        "originals": int(line["originals"] or 0),
        "copies": int(line["copies"] or 0),
        **dated(line),
    }


def _pay(line: Line) -> dict[str, object]:
    numbers = ("cohort_from", "cohort_to", "year_of_service", "monthly_yen")
    return {
        **{name: int(line[name]) if line[name] else None for name in numbers},
        "annual_yen": int(line["annual_yen"]),
        "taxes": line["taxes"],
        **dated(line),
    }


@unscoped("a pack leaves alone a pay table that was set here")
def _keep_pay(lines: list[Line]) -> None:
    """Take the pay table; a row that was set or closed here stays as it is."""
    key = ("cohort_from", "year_of_service", "valid_from")
    touched = Trace.objects.filter(thing__startswith="intake.payrate/").values_list("thing")
    numbers = {int(thing.rpartition("/")[2]) for (thing,) in touched}
    own = {
        tuple(getattr(row, name) for name in key)
        for row in PayRate.objects.filter(pk__in=numbers)
    }
    rows = map(_pay, lines)
    keep(PayRate, key, [row for row in rows if tuple(row[name] for name in key) not in own])


def _day_off(line: Line) -> dict[str, object]:
    return {
        "office_id": None,
        "kind": line["kind"],
        "name_en": line["name_en"],
        "name_ja": line["name_ja"],
        "first_on": date.fromisoformat(line["first_on"]),
        "last_on": date.fromisoformat(line["last_on"]),
        "at_schools": line["at_schools"] == "yes",
        "at_offices": line["at_offices"] == "yes",
        **sourced(line),
    }


def _term(line: Line) -> dict[str, object]:
    texts = ("en", "ja", "definition_en", "definition_ja")
    return {**{name: line[name] for name in texts}, **sourced(line)}
