"""What the terminal can do: the officers' own actions, by the words of their buttons.

Every deed is one call of the action behind the button, as the person named; things are found
among what that person may know of.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model

from kakehashi.arrival import actions as arrival
from kakehashi.arrival.queries import arrivals_for
from kakehashi.councils.actions import adopt
from kakehashi.councils.queries import councils_for
from kakehashi.directory.models import Person
from kakehashi.directory.queries import offices_by_code
from kakehashi.directory.rules import OfficeKind
from kakehashi.home.queries import letters_in
from kakehashi.intake import actions as intake
from kakehashi.intake.models import ProgrammeYear
from kakehashi.intake.queries import year_of
from kakehashi.kernel.models import Batch
from kakehashi.kernel.outbox import waiting
from kakehashi.kernel.scope import NoSight, seen_by
from kakehashi.placement import actions as placement
from kakehashi.placement.printing import notice_pdf
from kakehashi.placement.queries import (
    agreed_placements,
    letters_of,
    placements_for,
    requests_for,
)
from kakehashi.recruitment import actions as recruitment
from kakehashi.recruitment.queries import applications_for
from kakehashi.selection import actions as selection
from kakehashi.statistics.actions import take_census

Words = Mapping[str, str]


class NoSuchThing(LookupError):
    """There is no such thing, or nothing that this person may know of."""


class Missing(ValueError):
    """A deed needs a word that was not given."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """One deed as it was asked for: by whom, when, on what, and with which words."""

    by: Person
    at: datetime
    thing: str
    words: Words

    @property
    def who(self) -> dict[str, Any]:
        """Give what every action wants to know."""
        return {"by": self.by, "at": self.at}

    def word(self, name: str) -> str:
        """Give a word, or say which one is missing."""
        if name not in self.words:
            raise Missing(f"{name}=… is missing")
        return self.words[name]

    def number(self, name: str) -> int:
        """Give a word as a whole number."""
        text = self.word(name)
        if not text.isdecimal():
            raise Missing(f"{name}={text} is not a whole number")
        return int(text)

    def day(self, name: str) -> date:
        """Give a word as a day."""
        try:
            return date.fromisoformat(self.word(name))
        except ValueError:
            raise Missing(f"{name}={self.word(name)} is not a day like 2027-07-27") from None

    @property
    def year(self) -> ProgrammeYear:
        """Give the programme year that was named."""
        try:
            return year_of(self.number("year"))
        except ProgrammeYear.DoesNotExist:
            raise NoSuchThing(f"there is no programme year {self.word('year')}") from None

    def found(self) -> Any:  # noqa: ANN401 -- whatever kind of thing the key names
        """Find the thing by its key, such as `intake.plan/1`."""
        label, _, number = self.thing.partition("/")
        try:
            model: type[Model] = apps.get_model(label)
            return seen_by(self.by, model).get(pk=int(number))
        except (LookupError, ValueError, NoSight, ObjectDoesNotExist):
            raise NoSuchThing(f"{self.thing}: not there, or not for you to know of") from None


def _move(action: Callable[..., object]) -> Callable[[Call], str]:
    def act(call: Call) -> str:
        thing = call.found()
        action(thing, **call.who)
        thing.refresh_from_db()
        return f"{call.thing}: {thing.state_name}"

    return act


def _draft(action: Callable[..., Batch]) -> Callable[[Call], str]:
    def act(call: Call) -> str:
        batch = action(call.found(), **call.who)
        return f"{waiting(batch)} letters are drafted; read them, then release with count=…"

    return act


def _draft_notices(call: Call) -> str:
    run = call.found()
    placement.draft_notices(run, **call.who)
    waiting_ = letters_of(run).count()
    return f"{waiting_} letters are drafted; read them, then release with count=…"


def _release(action: Callable[..., None]) -> Callable[[Call], str]:
    def act(call: Call) -> str:
        count = call.number("count")
        action(call.found(), count=count, **call.who)
        return f"{count} letters are released."

    return act


def _adopt(call: Call) -> str:
    councils = {council.code: council for council in councils_for(call.by)}
    if (code := call.word("council")) not in councils:
        raise NoSuchThing(f"council={code}: one of {', '.join(sorted(councils))}")
    row = adopt(
        councils[code],
        number=call.word("number"),
        adopted_on=call.day("on"),
        about=call.thing,
        text_en=call.word("text_en"),
        text_ja=call.word("text_ja"),
        **call.who,
    )
    return f"resolution {row.number} about {call.thing} is recorded."


def _complete_all(call: Call) -> str:
    rows = applications_for(call.by).filter(year=call.year, state="submitted")
    return f"{recruitment.complete_many(list(rows), **call.who)} applications are complete."


def _open_round(call: Call) -> str:
    missions = offices_by_code(OfficeKind.MISSION)
    if (code := call.word("mission")) not in missions:
        raise NoSuchThing(f"mission={code}: no such mission")
    row = selection.open_round(call.year, missions[code], **call.who)
    return f"{row.key} is open."


def _check_all(call: Call) -> str:
    rows = requests_for(call.by).filter(year=call.year, state="filed")
    return f"{placement.check_many(list(rows), **call.who)} requests are passed on to CLAIR."


def _accept_all(call: Call) -> str:
    rows = requests_for(call.by).filter(year=call.year, state="checked")
    return f"{placement.accept_many(list(rows), **call.who)} requests are accepted."


def _start_run(call: Call) -> str:
    run = placement.start_run(call.year, **call.who)
    return f"{run.key} is queued; the worker computes it."


def _agree_all(call: Call) -> str:
    rows = placements_for(call.by).filter(run__year=call.year, state="told")
    return f"{placement.agree_many(list(rows), **call.who)} placements are agreed."


def _notice(call: Call) -> str:
    data = notice_pdf(call.found(), kind=call.word("kind"), language=call.word("language"))
    Path(call.word("file")).write_bytes(data)
    return f"{call.word('file')}: {len(data):,} bytes."


def _expect_all(call: Call) -> str:
    count = arrival.expect(list(agreed_placements(call.year)), **call.who)
    return f"{count} people are expected."


def _arrive_all(call: Call) -> str:
    rows = arrivals_for(call.by).filter(state="expected", due_on=call.day("due"))
    count = arrival.arrive_many(list(rows), arrived_on=call.day("on"), **call.who)
    return f"{count} people have arrived."


def _take_census(call: Call) -> str:
    row = take_census(on=call.day("on"), **call.who)
    return f"{row.key}: the register of {row.taken_on} is counted."


def _read_letters(call: Call) -> str:
    rows = letters_in(call.found())
    return "\n".join(f"To {row.to}: {row.subject}\n\n{row.body}" for row in rows)


DEEDS: dict[str, tuple[str, Callable[[Call], str]]] = {
    "submit_plan": ("THING", _move(intake.submit_plan)),
    "return_plan": ("THING", _move(intake.return_plan)),
    "release_plan": ("THING", _move(intake.release_plan)),
    "adopt": ("THING council= number= on= text_en= text_ja=", _adopt),
    "complete_all": ("year=", _complete_all),
    "open_round": ("year= mission=", _open_round),
    "decide": ("THING", _move(selection.decide)),
    "reopen": ("THING", _move(selection.reopen)),
    "draft_results": ("THING", _draft(selection.draft_results)),
    "release": ("THING count=", _release(selection.release)),
    "accept": ("THING", _move(selection.accept)),
    "decline": ("THING", _move(selection.decline)),
    "check_all": ("year=", _check_all),
    "accept_all": ("year=", _accept_all),
    "start_run": ("year=", _start_run),
    "discard": ("THING", _move(placement.discard)),
    "draft_notices": ("THING", _draft_notices),
    "release_run": ("THING count=", _release(placement.release_run)),
    "read_letters": ("THING", _read_letters),
    "agree": ("THING", _move(placement.agree)),
    "agree_all": ("year=", _agree_all),
    "notice": ("THING kind= language= file=", _notice),
    "expect_all": ("year=", _expect_all),
    "arrive_all": ("due= on=", _arrive_all),
    "take_census": ("on=", _take_census),
}
