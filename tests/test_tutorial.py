"""The tutorial can be walked: every desk, every address, every word in bold is there."""

import re
from html import unescape

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from kakehashi.demo.actions import load
from kakehashi.demo.rules import BY_SLUG, Stage
from kakehashi.directory.models import Person
from kakehashi.intake.models import Plan
from kakehashi.kernel import clock
from repository import HOME

PAGE = (HOME / "docs" / "tutorials" / "a-whole-year-in-an-hour.md").read_text(encoding="utf-8")
STATION = re.compile(r"^`python3 run\.py demo --people 60 --at (\w+)`$", re.MULTILINE)
STEP = re.compile(
    r"^\* As `([\w-]+)`, open `(/[\w/]*)`: (.*?)(?=^\*|^#|^You have|\Z)",
    re.MULTILINE | re.DOTALL,
)
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
PIECES = STATION.split(PAGE)
STATIONS = dict(zip(PIECES[1::2], PIECES[2::2], strict=True))


def words_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_the_tutorial_visits_every_station_of_the_year() -> None:
    assert list(STATIONS) == [stage.value for stage in Stage]
    assert [len(STEP.findall(text)) >= 2 for text in STATIONS.values()] == [True] * len(Stage)


def _here(path: str) -> str:
    """Give the address in this database; only a fresh one, as the reader's, counts from 1."""
    if "/1/" in path:
        return path.replace("/1/", f"/{Plan.objects.earliest('pk').pk}/")
    return path


@pytest.mark.django_db
@pytest.mark.parametrize("station", STATIONS)
def test_every_step_finds_what_it_names(station: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_shift", clock._shift)
    load(people=12, stage=Stage(station), pack=settings.KAKEHASHI_PACK)
    Person.objects.update(language="en")
    missing = []
    for slug, path, text in STEP.findall(STATIONS[station]):
        with transaction.atomic():
            client = Client()
            client.force_login(Person.objects.get(email=BY_SLUG[slug].email))
            answer = client.get(_here(path))
            transaction.set_rollback(True)
        said = words_of(answer.content.decode())
        bold = [" ".join(words.split()) for words in BOLD.findall(text)]
        missing += [f"{slug} {path}: {words}" for words in bold if words not in said]
        if answer.status_code != 200:
            missing.append(f"{slug} {path}: {answer.status_code}")
    assert missing == []
