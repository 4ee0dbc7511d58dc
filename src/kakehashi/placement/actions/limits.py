"""The rules a run keeps: weights of wishes, least and most of an office, caps, neighbours."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext

from kakehashi.directory.actions import dated, keep, read_pack
from kakehashi.directory.models import Country, Municipality, Office, Person
from kakehashi.intake.models import ProgrammeYear
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import Actor, record
from kakehashi.placement.models import (
    NationalityCap,
    Neighbour,
    NodeLimit,
    StepTime,
    Weight,
)
from kakehashi.placement.policy import policy
from kakehashi.placement.queries import code_of_mission

SAME_POST = "assumed: they share a three-digit postal area"


class LeastAboveMost(ValueError):
    """The least people of an office may not exceed its most."""


@transaction.atomic
def load_weights(folder: Path, *, by: Actor, at: datetime) -> int:
    """Bring the weights of a programme pack; what an officer has changed since stays as it is."""
    _require(by)
    written = _bring(Weight, "value", read_pack(folder, "weights"))
    if written:
        record("placement.weight/all", "load_weights", by=by, at=at)
    return written


@transaction.atomic
def load_step_times(folder: Path, *, by: Actor, at: datetime) -> int:
    """Bring from a pack in how many working days a step is taken; what was changed since stays."""
    _require(by)
    written = _bring(StepTime, "working_days", read_pack(folder, "step_times"))
    if written:
        record("placement.steptime/all", "load_step_times", by=by, at=at)
    return written


@unscoped("a pack's rows are compared with what stands there already")
def _bring(
    model: type[Weight | StepTime], number: str, lines: Iterable[Mapping[str, str]]
) -> int:
    """Store named rows by their codes; the number of one that is there already stays."""
    known = dict(model._default_manager.values_list("code", number))
    rows = [
        {
            "code": line["code"],
            "name_en": line["name_en"],
            "name_ja": line["name_ja"],
            number: known.get(line["code"], int(line[number])),
            **dated(line),
        }
        for line in lines
    ]
    return keep(model, ("code",), rows)


@transaction.atomic
def change_step_time(time: StepTime, *, working_days: int, by: Person, at: datetime) -> None:
    """Set in how many working days a step is taken; it holds for those who are told already too."""
    policy.require(by, "change_step_time", time)
    deed = f"change_step_time:{time.working_days}:{working_days}"
    time.working_days = working_days
    time.save(update_fields=["working_days"])
    record(time.key, deed, by=by, at=at)


@transaction.atomic
def set_days_of_mission(
    mission: Office, *, working_days: int, by: Person, at: datetime, source: str = ""
) -> StepTime:
    """Say in how many working days a mission tells its candidates; 0 is the same day."""
    policy.require(by, "set_days_of_mission", mission)
    facts = {
        "name_en": f"Notice to the candidate: {mission.name_en}",
        "name_ja": f"候補者への通知：{mission.name_ja}",
        "working_days": working_days,
        **_source(source),
    }
    time, _new = _upsert(StepTime, {"code": code_of_mission(mission)}, facts)
    record(time.key, f"set_days_of_mission:{working_days}", by=by, at=at)
    return cast("StepTime", time)


@transaction.atomic
def load_neighbours(*, by: Actor, at: datetime) -> int:
    """Join the municipalities that share a three-digit postal area; adds only new pairs."""
    _require(by)
    known, pairs = _shared_areas()
    new = [
        Neighbour(a_id=a, b_id=b, source=SAME_POST, assumed=True)
        for a, b in sorted(pairs - known)
    ]
    Neighbour.objects.bulk_create(new, batch_size=500)
    if new:
        record("placement.neighbour/all", "load_neighbours", by=by, at=at)
    return len(new)


@unscoped("which towns share a postal area is reference data")
def _shared_areas() -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    towns: dict[str, list[int]] = defaultdict(list)
    rows = Municipality.objects.order_by("code").values_list("pk", "postal_areas")
    for pk, areas in rows:
        for area in areas.split():
            towns[area].append(pk)
    codes = dict(Municipality.objects.values_list("pk", "code"))
    pairs = {
        (a, b) if codes[a] < codes[b] else (b, a)
        for together in towns.values()
        for a, b in combinations(together, 2)
    }
    return set(Neighbour.objects.values_list("a_id", "b_id")), pairs


@transaction.atomic
def change_weight(weight: Weight, *, value: int, by: Person, at: datetime) -> None:
    """Set what one unmet wish costs; runs already solved keep the weights they had."""
    policy.require(by, "change_weight", weight)
    deed = f"change_weight:{weight.value}:{value}"
    weight.value = value
    weight.save(update_fields=["value"])
    record(weight.key, deed, by=by, at=at)


@transaction.atomic
def set_limit(  # noqa: PLR0913 -- an office, its year, its two bounds and where they come from
    year: ProgrammeYear,
    office: Office,
    *,
    minimum: int,
    maximum: int | None,
    by: Person,
    at: datetime,
    source: str = "",
) -> NodeLimit:
    """Say how many people an office shall receive in a year at least and at most."""
    policy.require(by, "set_limit", office)
    if maximum is not None and maximum < minimum:
        raise LeastAboveMost(
            gettext("Most: it is below the least; make it as large or leave it empty.")
        )
    facts = {"minimum": minimum, "maximum": maximum, **_source(source)}
    limit, _new = _upsert(NodeLimit, {"year": year, "office": office}, facts)
    record(limit.key, "set_limit", by=by, at=at)
    return cast("NodeLimit", limit)


@transaction.atomic
def set_cap(  # noqa: PLR0913 -- an office, its year, a nationality, its bound and where it comes from
    year: ProgrammeYear,
    office: Office,
    *,
    country: Country,
    maximum: int,
    by: Person,
    at: datetime,
    source: str = "",
) -> NationalityCap:
    """Say how many people of one nationality an office receives in a year at most."""
    policy.require(by, "set_cap", office)
    key = {"year": year, "office": office, "country": country}
    cap, _new = _upsert(NationalityCap, key, {"maximum": maximum, **_source(source)})
    record(cap.key, "set_cap", by=by, at=at)
    return cast("NationalityCap", cap)


@unscoped("a rule is kept once for each office, whoever sets it")
def _upsert(
    model: type[NodeLimit | NationalityCap | StepTime],
    key: dict[str, Any],
    facts: dict[str, Any],
) -> tuple[NodeLimit | NationalityCap | StepTime, bool]:
    return model._default_manager.update_or_create(**key, defaults=facts)


def _source(source: str) -> dict[str, Any]:
    """Without a source a bound is an assumption, and is shown as one."""
    return {"source": source or "assumed: set by an officer", "assumed": not source}


def _require(by: Actor) -> None:
    """Let the set-up through; a person needs the right."""
    if not isinstance(by, str):
        policy.require(cast("Person", by), "load_rules", None)
