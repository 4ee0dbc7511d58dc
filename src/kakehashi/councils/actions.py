"""What can be done: councils are loaded from the pack, resolutions are recorded."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext

from kakehashi.councils.models import Council, Resolution
from kakehashi.councils.policy import policy
from kakehashi.councils.rules import kind_of, words_of
from kakehashi.directory.actions import dated, keep
from kakehashi.directory.models import Person
from kakehashi.kernel.scope import unscoped
from kakehashi.kernel.trail import Actor, record


class NumberTaken(ValueError):
    """This council has a resolution of this number already."""


class WrongCouncil(ValueError):
    """Another council decides on this."""


@transaction.atomic
def load_councils(rows: Iterable[Mapping[str, str]], *, by: Actor, at: datetime) -> int:
    """Take the councils from a pack's table, known by their code; returns how many it holds."""
    if isinstance(by, Person):
        policy.require(by, "load_councils", None)
    councils = [_council(row) for row in rows]
    keep(Council, ("code",), councils)
    record("councils.pack/councils", "load_councils", by=by, at=at)
    return len(councils)


@transaction.atomic
def adopt(  # noqa: PLR0913 -- a resolution is all of this, and is never edited afterwards
    council: Council,
    *,
    number: str,
    adopted_on: date,
    about: str,
    text_en: str,
    text_ja: str,
    by: Person,
    at: datetime,
) -> Resolution:
    """Record what a council adopted; from then on what it is about may be released.

    `about` is the key of the thing (`intake.plan/3`), or empty.  Raises `NumberTaken`, and
    `WrongCouncil` where another council decides on such things.
    """
    policy.require(by, "adopt", council)
    kind = kind_of(about)
    if kind and kind not in words_of(council.decides):
        raise WrongCouncil(
            gettext("This council does not decide on that. Choose the council that does.")
        )
    if _has(council, number):
        raise NumberTaken(
            gettext("This council has a resolution of this number. Choose another number.")
        )
    made = Resolution.objects.create(
        council=council,
        number=number,
        adopted_on=adopted_on,
        about=about,
        text_en=text_en,
        text_ja=text_ja,
        recorded_by=by,
        recorded_at=at,
    )
    record(made.key, "adopt", by=by, at=at)
    return made


@unscoped("a number is taken whoever may read the resolution")
def _has(council: Council, number: str) -> bool:
    return Resolution.objects.filter(council=council, number=number).exists()


def _council(row: Mapping[str, str]) -> dict[str, object]:
    texts = ("code", "name_en", "name_ja", "members_en", "members_ja")
    decides = " ".join(sorted(words_of(row["decides"])))
    days = {"valid_from": "", "valid_to": ""}
    return {**{name: row[name] for name in texts}, "decides": decides, **dated({**days, **row})}
