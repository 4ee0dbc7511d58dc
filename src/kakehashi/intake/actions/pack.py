"""What the pack says about every year: positions, papers, pay, words, and patterns of dates."""

from collections import defaultdict
from datetime import datetime, time
from pathlib import Path

from django.db import transaction

from kakehashi.directory.actions import dated, keep, read_pack, sourced
from kakehashi.directory.models import Person
from kakehashi.directory.queries import countries_by_code
from kakehashi.intake.models import DocumentRequirement, GlossaryTerm, PayRate, Position
from kakehashi.intake.policy import policy
from kakehashi.intake.rules import Pattern, Patterns
from kakehashi.kernel.trail import Actor, record_many

Line = dict[str, str]
FILES = ("positions", "documents", "pay", "glossary")


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
    keep(PayRate, ("cohort_from", "year_of_service", "valid_from"), map(_pay, tables["pay"]))
    keep(GlossaryTerm, ("en",), map(_term, tables["glossary"]))
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


def _term(line: Line) -> dict[str, object]:
    texts = ("en", "ja", "definition_en", "definition_ja")
    return {**{name: line[name] for name in texts}, **sourced(line)}
