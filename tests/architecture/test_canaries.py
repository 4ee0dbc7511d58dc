"""A canary in every guarded field: each is met by its rightful readers, and by nobody else.

The fields are those that the models themselves call `guarded`.  A canary is a word, a day or a
number that stands nowhere else.  Everybody, and nobody, opens every page and takes every table;
whoever meets a canary must be among those whom the policy lets know of that very record.  Whole
numbers of two digits (one reader's points) cannot be told apart on a page; their sums can.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from addresses import addresses
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from pypdf import PdfReader
from visitors import Visitor

from kakehashi.demo.rules import BY_SLUG
from kakehashi.directory.models import Person
from kakehashi.kernel import clock
from kakehashi.kernel.scope import seen_by
from kakehashi.recruitment.models import Application, Reference
from kakehashi.selection.models import InterviewScore, Result, Screening

pytestmark = pytest.mark.django_db
SEATS = ["applicant", "mission", "reader", "clair-placement", "co"]
OTHERS = sorted(set(BY_SLUG) - set(SEATS))
OLDEST, LEAST, STEP = 1801, Decimal("40.03"), Decimal("0.07")
WORD = re.compile(r"canary\d{5}x")
DAY = re.compile(r"(?<![\w.,/-])18\d\d(?=[-/年]\d)|(?<= )18\d\d(?![\w.,])")
NUMBER = re.compile(r"(?<![\d.,])1?\d\d\.\d\d(?![\d.,])")
LEAVES_THE_HOUSE = {"web:language", "web:theme", "demo:sign_in_as", "accounts:leave"}
Thing = tuple[str, int, str]  # model, number, field


@dataclass(frozen=True)
class Canary:
    """One canary: the text by which it is known, and where it sits."""

    text: str
    row: models.Model
    field: str

    @property
    def thing(self) -> Thing:
        return self.row._meta.label, self.row.pk, self.field

    @property
    def kind(self) -> str:
        return f"{self.row._meta.label}.{self.field}"


def guarded() -> list[tuple[type[models.Model], str]]:
    """List the guarded fields of all models that can hold a canary."""
    return [
        (model, name)
        for model in apps.get_models()
        for name in getattr(model, "guarded", ())
        if not isinstance(model._meta.get_field(name), models.PositiveSmallIntegerField)
    ]


def hatch() -> dict[str, Canary]:
    """Put a canary into every guarded field of every row; know each by its text."""
    found: dict[str, Canary] = {}
    words, days, numbers = Counter[str](), Counter[str](), Counter[str]()
    for model, name in guarded():
        field = model._meta.get_field(name)
        for row in model._default_manager.order_by("pk"):
            value: Any
            if isinstance(field, models.DateField):
                days["n"] += 1
                value, text = date(OLDEST + days["n"], 1, 23), str(OLDEST + days["n"])
            elif isinstance(field, models.DecimalField):
                numbers["n"] += 1
                value = LEAST + numbers["n"] * STEP
                text = str(value)
            else:
                words["n"] += 1
                text = f"canary{words['n']:05d}x"
                value = f"{text}@demo.invalid" if isinstance(field, models.EmailField) else text
            model._default_manager.filter(pk=row.pk).update(**{name: value})
            found[text] = Canary(text, row, name)
    assert days["n"] < 99
    return found


def _of_its_application(person: Person, row: Application) -> bool:
    """Readers and interviewers are shown the copy of an application that they judge."""
    read = seen_by(person, Screening).filter(application=row.pk)
    heard = seen_by(person, InterviewScore).filter(application=row.pk)
    return read.exists() or heard.exists()


def _asked_by(person: Person, row: Reference) -> bool:
    return row.application.person_id == person.pk


def _not_oneself(person: Person, row: Result) -> bool:
    return row.application.person_id != person.pk


MORE: dict[str, Callable[[Person, Any], bool]] = {
    "statement": _of_its_application,
    "email": _asked_by,
    "relation": _asked_by,
}
"""Who besides those who may know of the record: by field, for applications and references."""


@cache
def _known(person: Person, model: type[models.Model]) -> frozenset[int]:
    return frozenset(seen_by(person, model).values_list("pk", flat=True))


def may_read(person: Person | None, canary: Canary) -> bool:
    """Say whether the policy lets this person read this field of this record."""
    if person is None:
        return False
    row, model = canary.row, type(canary.row)
    if isinstance(row, Result) and not _not_oneself(person, row):
        return False
    more = MORE.get(canary.field) if model in {Application, Reference} else None
    return row.pk in _known(person, model) or (more is not None and more(person, row))


def texts_of(body: bytes, kind: str) -> Iterator[str]:
    """Give what a person reads in an answer: a page, a table, a workbook, a letter on paper."""
    if body[:4] == b"%PDF":
        yield from (page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    elif body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as folder:
            for name in folder.namelist():
                yield folder.read(name).decode("utf-8", "replace")
    elif kind.startswith(("text/", "application/")):
        yield body.decode("utf-8", "replace")


def canaries_in(text: str) -> set[str]:
    return {*WORD.findall(text), *DAY.findall(text), *NUMBER.findall(text)}


def met_by(person: Person | None, each: int) -> Iterator[tuple[str, str]]:
    """Open every door, take every table, and tell which canaries sat behind which address."""
    visitor = Visitor(person)
    for address in addresses():
        if address.name in LEAVES_THE_HOUSE:
            continue
        for candidate in visitor.candidates(address, each):
            for text in answered(visitor.client, candidate.path):
                yield from ((one, candidate.path) for one in canaries_in(text))


def answered(client: Client, path: str) -> Iterable[str]:
    """Ask once, and undo what the question did."""
    with transaction.atomic():
        answer = client.get(path)
        body = b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type]  # both are bytes
        transaction.set_rollback(True)
    return list(texts_of(body, answer.get("Content-Type", "")))


def crawl(slug: str | None, each: int, tell: pytest.FixtureRequest) -> Counter[str]:
    person = Person.objects.get(email=BY_SLUG[slug].email) if slug else None
    if person is not None:
        person.as_of = clock.today()
    rightly, leaks = Counter[str](), set[str]()
    with transaction.atomic():
        hatched = hatch()
        for text, path in met_by(person, each):
            canary = hatched.get(text)
            if canary is None:
                continue
            if may_read(person, canary):
                rightly[canary.kind] += 1
            else:
                leaks.add(f"{path} shows {canary.kind} of {canary.row.pk}")
        transaction.set_rollback(True)
    _known.cache_clear()
    told = f"{slug or 'nobody'}: {len(hatched)} canaries, {sum(rightly.values())} met rightly"
    tell.node.user_properties.append(("told", f"{told}, {len(leaks)} leaks"))
    assert sorted(leaks) == []
    return rightly


def test_a_canary_is_known_wherever_it_sits() -> None:
    said = "canary00042x@demo.invalid, born 1823-01-23, 1824年1月23日, 23 January 1825: 61.03"
    assert canaries_in(said) == {"canary00042x", "1823", "1824", "1825", "61.03"}
    assert canaries_in("27-01823, 1,823 people, 161.035, ab1823-1") == set()


def test_the_guarded_fields_are_many_and_each_is_a_field() -> None:
    kinds = [f"{model._meta.label}.{name}" for model, name in guarded()]
    assert len(kinds) == len(set(kinds)) >= 20


@pytest.mark.usefixtures("year")
def test_a_leak_would_be_noticed(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    one_page = [one for one in addresses() if one.name == "recruitment:application"]
    monkeypatch.setattr("test_canaries.addresses", lambda: one_page)
    monkeypatch.setattr("test_canaries.may_read", lambda _person, _canary: False)
    with pytest.raises(AssertionError, match=r"shows recruitment\."):
        crawl("applicant", 1, request)


@pytest.mark.usefixtures("year")
@pytest.mark.parametrize("slug", [None, *SEATS])
def test_nobody_meets_a_canary_that_is_not_theirs(
    slug: str | None, request: pytest.FixtureRequest
) -> None:
    rightly = crawl(slug, 1, request)
    assert bool(rightly) is bool(slug)


@pytest.mark.deep
@pytest.mark.usefixtures("year")
@pytest.mark.parametrize("slug", OTHERS)
def test_nor_do_the_others(slug: str, request: pytest.FixtureRequest) -> None:
    crawl(slug, 2, request)


@pytest.mark.deep
@pytest.mark.usefixtures("year")
def test_every_guarded_field_has_a_reader(request: pytest.FixtureRequest) -> None:
    met = Counter[str]()
    for slug in sorted(BY_SLUG):
        met += crawl(slug, 3, request)
    filled = {
        f"{model._meta.label}.{name}"
        for model, name in guarded()
        if model._default_manager.exists()
    }
    assert filled - set(met) == set()
