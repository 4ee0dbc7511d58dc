"""What each part offers to the pages that gather from everywhere: today, the calendar, the search.

A part says it in its `offers.py`, which its `apps.py` reads when the models are ready; nobody
here knows who they are.  A source is asked with the reader, and starts from what they may know of.
A number is always made from the very list it leads to (`tally`), so the two cannot differ.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.db.models import Count, Max, Min
from django.urls import reverse
from django.utils.translation import gettext

from kakehashi.kernel.words import Words
from kakehashi.web.components import Tone
from kakehashi.web.dates import japanese
from kakehashi.web.listing import Listing, narrowed
from kakehashi.web.rows import Rows, read_only

T = TypeVar("T")
MOST_NAMES = 3
MOST_FOUND = 8  # of one kind; the list behind has all of them
LONGEST_NUMBER = 9  # digits; no row of ours has a longer one


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who asks, in which programme year (or none), and when; `keep` remembers for one page."""

    person: Any
    year: Any
    at: datetime
    kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def keep(self, name: str, make: Callable[[], T]) -> T:
        """Work something out once, whoever asks for it on this page."""
        if name not in self.kept:
            self.kept[name] = make()
        found: T = self.kept[name]
        return found


@dataclass(frozen=True, kw_only=True)
class Due:
    """Until when: the moment, and the time zone in which it is announced."""

    at: datetime
    zone: str = "Asia/Tokyo"
    whole_day: bool = False


@dataclass(frozen=True, kw_only=True)
class Work:
    """A piece of work: what, how many things or people it is about, until when, and where.

    `url` is the list that shows just these; without a `count` it is one page.  `people` orders
    what is due at the same time.  For what others must do, `whom` says who, `since` since when.
    """

    label: Words
    url: str
    count: int | None = None
    people: int = 1
    note: Words = ""
    due: Due | None = None
    action: Words = ""
    tone: Tone = ""
    primary: bool = False
    urgent: bool = False
    whom: Words = ""
    since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A date that concerns the reader: `key` names it for ever, for calendars that are kept.

    A moment has `at` and the zone in which it is announced; a whole day has `on` alone.
    """

    key: str
    label: Words
    on: date
    at: datetime | None = None
    zone: str = "Asia/Tokyo"
    note: Words = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something that happened lately in what the reader may see; without a moment, not yet."""

    at: datetime | None
    text: Words
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Level:
    """How far an arch of the year has come, of what the reader may see: a number and its list."""

    arch: str
    label: Words
    count: int
    url: str
    note: Words = ""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One thing a search found."""

    label: Words
    note: Words = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Finder:
    """A kind of thing one can search for.

    `rows` finds them for a person and words, `hit` draws one, `whole` is the name of the list that
    shows all of them and takes the words as `q`; `reads` are the fields that `hit` reads.
    """

    title: Words
    rows: Callable[[Any, str], Rows]
    hit: Callable[[Any], Hit]
    whole: str = ""
    reads: tuple[str, ...] = ()
    may: Callable[[Any], bool] = lambda _person: True


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a search found of one kind; `more` leads to the list with all of it."""

    title: Words
    hits: list[Hit]
    more: str = ""


@dataclass(frozen=True, kw_only=True)
class Span:
    """From which day to which (both included) dates are asked for."""

    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Some rows of a list: how many, the list's address narrowed to them, the oldest and newest."""

    count: int
    url: str
    oldest: Any = None
    newest: Any = None


WorkSource = Callable[[Reader], Iterable[Work]]
DateSource = Callable[[Reader, Span], Iterable[Moment]]
NewsSource = Callable[[Reader], Iterable[Happening]]
LevelSource = Callable[[Reader], Iterable[Level]]

_mine: list[WorkSource] = []
_others: list[WorkSource] = []
_dates: list[DateSource] = []
_news: list[NewsSource] = []
_levels: list[LevelSource] = []
_finders: list[Finder] = []
_doors: dict[str, tuple[Callable[[Any], Rows], str]] = {}


def finds(finder: Finder) -> Finder:
    """Offer a kind of thing to the search in the masthead."""
    return _put(_finders, finder)


def found(person: Any, words: str) -> list[Found]:  # noqa: ANN401 -- this module knows no person
    """Search every kind among what this person may know of; the first of each, one question each."""
    every = (_of_kind(finder, person, words) for finder in _finders if finder.may(person))
    return [one for one in every if one.hits]


def _of_kind(finder: Finder, person: Any, words: str) -> Found:  # noqa: ANN401 -- likewise
    rows = list(read_only(finder.rows(person, words), finder.reads)[: MOST_FOUND + 1])
    more = ""
    if len(rows) > MOST_FOUND and finder.whole:
        more = f"{reverse(finder.whole)}?{urlencode({'q': words})}"
    hits = [finder.hit(row) for row in rows[:MOST_FOUND]]
    return Found(title=finder.title, hits=hits, more=more)


def opens(kind: str, rows_for: Callable[[Any], Rows], url_name: str) -> None:
    """Say how a kind of thing (`placement.request`) is opened, by those who may know of it."""
    _doors[kind] = rows_for, url_name


def door_to(person: Any, key: str) -> str:  # noqa: ANN401 -- this module knows no person
    """Give the address of a thing by its key (`placement.request/7`), if the reader may open it."""
    kind, _slash, number = key.partition("/")
    if kind not in _doors or not (number.isascii() and number.isdigit()):
        return ""
    rows_for, url_name = _doors[kind]
    there = len(number) <= LONGEST_NUMBER and rows_for(person).filter(pk=int(number)).exists()
    return reverse(url_name, args=[int(number)]) if there else ""


def must_do(source: WorkSource) -> WorkSource:
    """Mark the function that says what waits for the reader."""
    return _put(_mine, source)


def others_must_do(source: WorkSource) -> WorkSource:
    """Mark the function that says for whom the reader waits."""
    return _put(_others, source)


def dates(source: DateSource) -> DateSource:
    """Mark the function that gives the dates of a span that concern the reader."""
    return _put(_dates, source)


def happened(source: NewsSource) -> NewsSource:
    """Mark the function that tells the latest of what the reader may see."""
    return _put(_news, source)


def levels(source: LevelSource) -> LevelSource:
    """Mark the function that counts an arch of the year among what the reader may see."""
    return _put(_levels, source)


def work_for(reader: Reader) -> list[Work]:
    """List what waits for the reader: the urgent, then by due date, then by people affected."""
    return sorted((one for source in _mine for one in source(reader)), key=_order)


def waited_for(reader: Reader) -> list[Work]:
    """List what others must do first, in the same order."""
    return sorted((one for source in _others for one in source(reader)), key=_order)


def dates_for(reader: Reader, span: Span) -> list[Moment]:
    """List the dates of a span that concern the reader, as they come."""
    found = [one for source in _dates for one in source(reader, span)]
    return sorted(found, key=lambda one: (one.on, one.at.timestamp() if one.at else 0, one.key))


def news_for(reader: Reader) -> list[Happening]:
    """List what happened lately, the newest first."""
    found = [one for source in _news for one in source(reader) if one.at is not None]
    return sorted(found, key=attrgetter("at"), reverse=True)


def levels_for(reader: Reader) -> dict[str, Level]:
    """Give the number of each arch that the reader has a list of."""
    return {one.arch: one for source in _levels for one in source(reader)}


def tally(
    listing: Listing, url_name: str, asked: Mapping[str, str] | None = None, *, moment: str = ""
) -> Tally:
    """Count the rows that a list shows with these filters, and give its address with them.

    `moment` names a field of the rows whose oldest and newest value is wanted too.
    """
    asked = asked or {}
    found = count(narrowed(listing, asked), moment=moment)
    return Tally(
        count=found["count"],
        url=address(url_name, asked),
        oldest=found.get("oldest"),
        newest=found.get("newest"),
    )


def address(url_name: str, asked: Mapping[str, str]) -> str:
    """Give the address of a list narrowed by these filters."""
    return reverse(url_name) + (f"?{urlencode(asked)}" if asked else "")


def tallies(
    listing: Listing,
    url_name: str,
    asked: Mapping[str, str],
    *,
    moment: str,
    by: tuple[str, ...] = ("state",),
) -> dict[tuple[str, ...], Tally]:
    """Count the rows of a list by their state in one question, each with its address.

    `asked` narrows the list first; `by` names the fields (filters too) that part the rows.  A state
    in which nothing is has no tally.
    """
    rows = narrowed(listing, asked).order_by().values(*by)
    counted = rows.annotate(n=Count("pk", distinct=True), a=Min(moment), z=Max(moment))
    return {
        tuple(row[name] for name in by): Tally(
            count=row["n"],
            url=address(url_name, {**{name: row[name] for name in by}, **asked}),
            oldest=row["a"],
            newest=row["z"],
        )
        for row in counted
    }


def count(rows: Rows, *, moment: str = "") -> dict[str, Any]:
    """Count rows in one question, with the oldest and newest of a moment where one is named."""
    wanted: dict[str, Any] = {"count": Count("pk")}
    if moment:
        wanted |= {"oldest": Min(moment), "newest": Max(moment)}
    bare = rows.order_by().values(*filter(None, ("pk", moment)))
    found: dict[str, Any] = bare.aggregate(**wanted)
    return found


def names_of(rows: Rows, *paths: str, unit: str = "pk") -> str:
    """Name whom rows wait for, the most first, each with how many, and how many more there are.

    `paths` are the name's fields: of an office its English and its Japanese name, of a person the
    given and the family name.  `unit` is what is counted.
    """
    by_name = rows.order_by().values_list(*paths).annotate(n=Count(unit, distinct=True))
    named = [(_name(row[:-1], paths), row[-1]) for row in by_name.order_by("-n", *paths)]
    return listed([f"{name} ({n})" for name, n in named])


def listed(names: Sequence[str]) -> str:
    """Put names into one line: the first of them, and how many more there are."""
    first = list(names[:MOST_NAMES])
    if more := len(names) - len(first):
        first.append(gettext("%(n)s more") % {"n": more})
    return gettext(", ").join(first)


def _name(fields: Iterable[str], paths: Iterable[str]) -> str:
    """Choose the reader's language where there is a name in each, else put them together."""
    by_field = {
        path.rpartition("__")[2]: words for path, words in zip(paths, fields, strict=True)
    }
    if "name_en" in by_field:
        return by_field["name_ja" if japanese() else "name_en"]
    return " ".join(filter(None, by_field.values()))


def _order(work: Work) -> tuple[bool, bool, float, int]:
    due = work.due.at.timestamp() if work.due else 0.0
    return not work.urgent, work.due is None, due, -work.people


def _put(sources: list[T], source: T) -> T:
    if source not in sources:
        sources.append(source)
    return source
