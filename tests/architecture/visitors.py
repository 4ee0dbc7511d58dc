"""Somebody who opens doors: what they may see, what they ask, and what they are answered."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any

from addresses import THINGS, Address, Of
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kakehashi.demo.models import Scene
from kakehashi.directory.models import Person
from kakehashi.kernel import clock
from kakehashi.kernel.scope import seen_by

ONCE = re.compile(r'(?<=csrfmiddlewaretoken" value=")\w+|\b[2-9A-Z]{4}-[2-9A-Z]{4}\b')
"""What differs each time: tokens, and the numbers of refusals."""


@dataclass(frozen=True)
class Answer:
    """What came back, but for what differs each time."""

    status: int
    body: str
    headers: tuple[str, ...]
    queries: int
    where: str
    kind: str


@dataclass(frozen=True)
class Candidate:
    """One way to fill an address: with a thing, which the visitor may have seen, or a word."""

    path: str
    seen: bool | None = None
    is_thing: bool = False


class Visitor:
    """One person, signed in; every question is asked as if nothing had been asked before."""

    def __init__(self, person: Person | None = None, language: str = "en") -> None:
        self.client = Client()
        self.client.cookies["django_language"] = language
        self.person = person
        self.session = ""
        if person is not None:
            person.as_of = clock.today()
            self.client.force_login(person)
            self.session = self.client.cookies[settings.SESSION_COOKIE_NAME].value
        self._seen: dict[type[Model], set[int]] = {}

    def ask(self, method: str, path: str) -> Answer:
        """Ask once, and undo what the question did."""
        connection.queries_log.clear()  # it holds so many and no more; a long walk asks more
        with transaction.atomic():
            with CaptureQueriesContext(connection) as queries:
                answer = self.client.generic(method, path)
                raw = b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type]  # both are bytes
            transaction.set_rollback(True)
        self.client.cookies.pop("messages", None)
        if self.session:  # signing oneself out was undone, too
            self.client.cookies[settings.SESSION_COOKIE_NAME] = self.session
        kind = answer.get("Content-Type", "").partition(";")[0]
        body = ONCE.sub("", raw.decode()) if kind == "text/html" else ""
        headers = tuple(sorted(answer.headers))
        where = answer.get("Location", "")
        return Answer(answer.status_code, body, headers, len(queries), where, kind)

    def candidates(self, address: Address, each: int) -> Iterator[Candidate]:
        """Fill an address with some things one may know of and some one may not."""
        if not address.parameters:
            yield Candidate(address.path({}))
            return
        about = THINGS[address.place]
        if not isinstance(about, Of):
            (name,) = address.parameters
            yield from (Candidate(address.path({name: word})) for word in about[: each * 4])
            return
        for thing, seen in self._things(about, each):
            for words in list(_choices(about.words))[:each]:
                values = {**about.values(thing), **words}
                yield Candidate(address.path(values), seen, is_thing=True)

    def _things(self, about: Of, each: int) -> Iterator[tuple[Model, bool | None]]:
        met: dict[bool | None, int] = {}
        for thing in _rows(about.model):
            seen = self._sees(about, thing)
            if met.get(seen, 0) < each:
                met[seen] = met.get(seen, 0) + 1
                yield thing, seen

    def _sees(self, about: Of, thing: Model) -> bool | None:
        if about.gate is None or self.person is None:
            return None
        gate = about.gate(thing)
        if gate is None:
            return False
        model = type(gate)
        if model not in self._seen:
            self._seen[model] = set(seen_by(self.person, model).values_list("pk", flat=True))
        return gate.pk in self._seen[model]


def _choices(words: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    for chosen in product(*words.values()):
        yield dict(zip(words, chosen, strict=True))


def _rows(model: type[Model]) -> list[Model]:
    """Read a whole table once: the year does not change while it is walked through."""
    return _rows_of(model, Scene.objects.get().pk)


@lru_cache
def _rows_of(model: type[Model], _telling: int) -> list[Model]:
    return list(model._default_manager.order_by("pk"))


def forget() -> None:
    """Forget every table that was read: another year is told."""
    _rows_of.cache_clear()
