"""The same year told by bulk actions and by single ones: nothing that stays may differ."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models, transaction

from kakehashi.arrival import actions as arrival
from kakehashi.demo.actions import load
from kakehashi.demo.actions.story import Story
from kakehashi.demo.actions.tables import bring_rows
from kakehashi.demo.rules import Stage
from kakehashi.directory.models import Person
from kakehashi.kernel.models import Batch, JobRun, Subject, Trace, TrailHead
from kakehashi.placement import actions as placement
from kakehashi.recruitment import actions as recruitment
from kakehashi.selection import actions as selection

SINGLE: dict[Callable[..., object], Callable[..., object]] = {
    recruitment.complete_many: recruitment.complete,
    recruitment.find_incomplete_many: recruitment.find_incomplete,
    selection.accept_many: selection.accept,
    placement.check_many: placement.check,
    placement.accept_many: placement.accept,
    placement.agree_many: placement.agree,
    arrival.arrive_many: arrival.arrive,
    arrival.expect: lambda one, **who: arrival.expect([one], **who),
}
# How letters and jobs were bundled may differ, and the seals of the trail; letters may not.
BUNDLES = {Batch, JobRun, TrailHead, Trace, Subject}
BY_CHANCE = {"password", "salt", "seed_commitment", "token_hash", "reference_token"}


LINK = re.compile(r"/recruitment/reference/[\w-]+/")


class OneByOne(Story):
    """A story in which every officer does one thing at a time."""

    def bring(
        self,
        kind: str,
        rows: Sequence[dict[str, str]],
        *,
        by: Person,
        at: datetime,
        name: str = "",
    ) -> None:
        """Bring every row as a table of its own; a plan is one thing, and so is a couple."""
        self.tables[name or kind] = rows
        for some in [rows] if kind == "plan" else _apart(rows):
            bring_rows(kind, some, name=name, by=by, at=at)

    def do(
        self,
        deed: Callable[..., object],
        things: Iterable[Any],
        *,
        by: Person,
        at: datetime,
        **facts: object,
    ) -> None:
        """Do the single action to each."""
        for one in list(things):
            SINGLE[deed](one, by=by, at=at, **facts)


def _apart(rows: Sequence[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    waiting: dict[str, dict[str, str]] = {}
    for row in rows:
        partner = row.get("partner_email")
        if not partner:
            yield [row]
        elif partner in waiting:
            yield [waiting.pop(partner), row]
        else:
            waiting[row["email"]] = row


def told(story: type[Story], people: int) -> dict[str, Counter[Any]]:
    """Tell a year, write down what stays of it, and forget it."""
    ours = [m for m in apps.get_models() if m.__module__.startswith("kakehashi.")]
    with transaction.atomic():
        with connection.cursor() as cursor:
            for line in connection.ops.sequence_reset_sql(no_style(), ours):
                cursor.execute(line)
        load(
            people=people,
            stage=Stage.APPOINTMENT,
            pack=settings.KAKEHASHI_PACK,
            told_as=story,
        )
        found = {model._meta.label: _rows(model) for model in ours if model not in BUNDLES}
        found["trail"] = _trail()
        transaction.set_rollback(True)
    return found


def _rows(model: type[models.Model]) -> Counter[Any]:
    fields = [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key
        and not isinstance(field, models.DateTimeField)
        and field.name not in BY_CHANCE | {"batch", "job"}
    ]
    rows = model._default_manager.values_list(*(field.attname for field in fields))
    return Counter(LINK.sub("(a link)", str(row)) for row in rows)


def _trail() -> Counter[Any]:
    people = dict(Subject.objects.values_list("pk", "person_id"))
    lines = Trace.objects.exclude(thing__startswith="kernel.").values_list(
        "kind", "thing", "deed", "by"
    )
    return Counter(
        (kind, thing.split("/")[0], deed, people.get(_number(by), by))
        for kind, thing, deed, by in lines
    )


def _number(by: str) -> int:
    """Give whoever acted, also where they acted in another's name."""
    who = by.partition(" for ")[0]
    return int(who.removeprefix("subject:")) if who.startswith("subject:") else 0


@pytest.mark.django_db
@pytest.mark.parametrize("people", [12, pytest.param(60, marks=pytest.mark.deep)])
def test_a_year_of_bulk_actions_is_a_year_of_single_ones(
    people: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "KAKEHASHI_HOME", tmp_path)
    monkeypatch.setattr("kakehashi.kernel.clock._shift", timedelta(0))

    bulk, single = told(Story, people), told(OneByOne, people)

    assert bulk.keys() == single.keys()
    assert sum(bulk["recruitment.Application"].values()) > people // 2
    differing = {
        name: (rows - single[name], single[name] - rows)
        for name, rows in bulk.items()
        if rows != single[name]
    }
    assert differing == {}
