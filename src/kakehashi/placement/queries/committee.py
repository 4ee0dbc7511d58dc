"""What lies before the placement committee: a run's conditions, what it reached, what it could not.

By number, never by name, as every page of a run.  The conditions are those of the run itself, as
its market holds them; what an officer changed afterwards is not in them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from kakehashi.directory.models import Office, Person
from kakehashi.directory.queries import offices_for
from kakehashi.kernel.scope import seen_by
from kakehashi.kernel.words import Words, _
from kakehashi.matching import Market
from kakehashi.placement.models import NationalityCap, Run, Weight
from kakehashi.placement.queries.exceptions import exceptions_of
from kakehashi.placement.queries.locks import locks_for
from kakehashi.placement.queries.review import hosts_of, levels_of, wishes_met
from kakehashi.placement.queries.stored import market_in
from kakehashi.placement.rules import WEIGHTS

Line = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Section:
    """One part of the papers: what it is about, a sentence, and its lines."""

    name: str
    title: Words
    gloss: str
    says: str
    lines: list[Line]


def committee_papers(person: Person, run: Run) -> list[Section]:
    """Gather the papers of a solved run in the reader's language; parts without a line are left out."""
    if not run.is_solved:
        return []
    market = market_in(run)
    found = [
        Section(
            name="reached",
            title=_("What the run reaches"),
            gloss="結果",
            says=gettext("Counted by application and request; no person is named."),
            lines=[*_reached(run)],
        ),
        Section(
            name="conditions",
            title=_("Conditions of the run"),
            gloss="計算の条件",
            says=gettext("As the run was computed; later changes of these rows are not in it."),
            lines=[*_conditions(person, run, market)],
        ),
        Section(
            name="hand",
            title=_("Decided by hand before this run"),
            gloss="手動の決定",
            says=gettext("What an officer decided before, and why; the run keeps it."),
            lines=[*_by_hand(person, run)],
        ),
        *_exceptions(person, run),
        Section(
            name="hosts",
            title=_("By host body"),
            gloss="取りまとめ団体別",
            says=gettext("People placed, of the seats that were asked for."),
            lines=[*_hosts(person, run)],
        ),
    ]
    return [section for section in found if section.lines]


def _reached(run: Run) -> Iterator[Line]:
    counts, met = run.counts, wishes_met(run)
    empty = sum(counts["unfilled"].values())
    yield gettext("Placed"), _of(counts["placed"], counts["people"])
    yield gettext("Without a place"), f"{len(counts['unplaced']):,}"
    yield gettext("Seats left empty"), _of(empty, counts["seats"])
    yield gettext("Couples apart"), f"{counts['couples_apart']:,}"
    names = {
        1: _("First wish"),
        2: _("Second wish"),
        3: _("Third wish"),
        None: _("No wish met"),
    }
    for rank, name in names.items():
        yield str(name), f"{met.get(rank, 0):,}"
    for level in levels_of(run):
        settled = gettext("settled") if level.is_settled else gettext("not settled")
        value = "–" if level.value is None else f"{level.value:,}"
        yield str(level.name), f"{value} ({settled})"
    proved = gettext("proved to be the best plan of this market")
    yield (
        gettext("The independent check"),
        proved if run.is_proved else gettext("stopped early, not proved"),
    )
    yield gettext("Fingerprint of the market (SHA-256)"), _in_groups(run.market_sha256)


def _in_groups(fingerprint: str) -> str:
    """Write a fingerprint so that people can compare it and a sheet of paper can break it."""
    return " ".join(fingerprint[at : at + 8] for at in range(0, len(fingerprint), 8))


def _of(part: int, whole: int) -> str:
    return gettext("%(part)s of %(whole)s") % {"part": f"{part:,}", "whole": f"{whole:,}"}


def _conditions(person: Person, run: Run, market: Market) -> Iterator[Line]:
    yield gettext("Arrival"), str(run.wave or gettext("All waves"))
    yield gettext("Alternates"), gettext("yes") if run.with_alternates else gettext("no")
    yield gettext("Seed commitment"), _in_groups(run.seed_commitment)
    if run.near:
        yield gettext("Moves as few as possible from"), str(run.near.number)
    names = {row.code: str(row) for row in seen_by(person, Weight)}
    weights = run.counts["weights"]
    for code in WEIGHTS:  # the others of the table have no data to work on
        yield names.get(code, code), f"{weights.get(code, 0):,}"
    yield from _limits(person, market)
    yield from _caps(person, market)


def _limits(person: Person, market: Market) -> Iterator[Line]:
    bound = [it for it in market.regions if it.id[0] in "ho" and (it.min or it.max is not None)]
    offices = _offices(person, {int(it.id[1:]) for it in bound})
    for region in bound:
        office = offices.get(int(region.id[1:]))
        if office:
            yield str(office), _between(region.min, region.max)


def _between(least: int, most: int | None) -> str:
    if most is None:
        return gettext("at least %(least)s") % {"least": f"{least:,}"}
    facts = {"least": f"{least:,}", "most": f"{most:,}"}
    return gettext("at least %(least)s, at most %(most)s") % facts


def _caps(person: Person, market: Market) -> Iterator[Line]:
    most = {int(quota.id[1:]): quota.max for quota in market.quotas}
    rows = seen_by(person, NationalityCap).filter(pk__in=most)
    for cap in rows.select_related("office", "country").order_by("office__code", "pk"):
        words = gettext("%(office)s, from %(country)s")
        yield (
            words % {"office": cap.office, "country": cap.country},
            gettext("at most %(most)s") % {"most": f"{most[cap.pk]:,}"},
        )


def _by_hand(person: Person, run: Run) -> Iterator[Line]:
    before = locks_for(person).filter(year=run.year, made_at__lte=run.started_at)
    for lock in before.exclude(lifted_at__lte=run.started_at).order_by("pk"):
        kind = gettext("%(what)s: %(how)s") % {"what": lock.kind_name, "how": lock.reason}
        yield f"{lock.application.number} → {lock.request.number}", kind


def _exceptions(person: Person, run: Run) -> Iterator[Section]:
    for group in exceptions_of(person, run):
        yield Section(
            name=group.name,
            title=group.title,
            gloss=group.gloss,
            says="",
            lines=[
                (
                    " + ".join(filter(None, (row.label, row.also))),
                    "\n".join(str(words) for words in (*row.why, row.step)),
                )
                for row in group.rows
            ],
        )


def _hosts(person: Person, run: Run) -> Iterator[Line]:
    for line in hosts_of(person, run):
        yield str(line.office), _of(line.placed, line.seats)


def _offices(person: Person, wanted: set[int]) -> dict[int, Office]:
    return {office.pk: office for office in offices_for(person).filter(pk__in=wanted)}
