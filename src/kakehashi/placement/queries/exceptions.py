"""What a run could not give, as a list with the next step beside each."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from kakehashi.directory.models import Person
from kakehashi.directory.policy import holds
from kakehashi.directory.queries import offices_for
from kakehashi.directory.rules import Role
from kakehashi.kernel.scope import seen_by, unscoped
from kakehashi.kernel.words import Words, _
from kakehashi.matching import Market, Plan
from kakehashi.placement.models import Rejection, Request, Run
from kakehashi.placement.queries.locks import why_left
from kakehashi.placement.queries.stored import chosen_in, market_in, plan_in
from kakehashi.placement.rules import APART, why_not
from kakehashi.recruitment.models import Application

FULL: Words = _("Every pair of posts that is possible for them went to others.")
NEXT_COUPLE: Words = _(
    "Ask the host bodies nearby for a second request, or join two towns in the neighbour table."
)
NEXT_COUPLE_FULL: Words = _("Try a swap with somebody at one of the pairs.")
NEXT_SEAT: Words = _("Talk to the organisation about what its request asks for.")
NEXT_SEAT_FREE: Words = _("More people are needed: run again with alternates.")
NEXT_OFFICE: Words = _("Ask its organisations for more requests, or lower the least.")
NEXT_PERSON: Words = _("Try a swap, or ask for one more seat where it was possible.")
NEXT_PERSON_NONE: Words = _("Nothing was possible: a request must change, or a new one come.")
NEXT_LOCK: Words = _("Undo it, or mend what stands in its way, before the next run.")
MOST_REASONS = 2


@dataclass(frozen=True, kw_only=True)
class Exceptional:
    """One thing a run could not give: what, why, what to do now, and where."""

    label: str
    url: str
    why: list[Words]
    step: Words
    also: str = ""
    also_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Group:
    """Exceptions of one kind."""

    name: str
    title: Words
    gloss: str
    rows: list[Exceptional]


def exceptions_of(person: Person, run: Run) -> list[Group]:
    """List what a run could not give, as this reader may know it; empty kinds are left out."""
    if not run.is_solved:
        return []
    market, plan = market_in(run), plan_in(run)
    found = [
        Group(
            name="couples",
            title=_("Couples apart"),
            gloss="一緒に配置できないカップル",
            rows=_couples(run, market, plan),
        ),
        Group(
            name="seats",
            title=_("Seats of the first priority left empty"),
            gloss="優先度1の未充足枠",
            rows=_seats(run, market, plan),
        ),
        Group(
            name="minima",
            title=_("Below the agreed least"),
            gloss="下限に満たない団体",
            rows=_minima(person, run, market, plan),
        ),
        Group(
            name="people",
            title=_("People without a place"),
            gloss="配置先のない人",
            rows=_people(person, run, market),
        ),
        Group(
            name="locks",
            title=_("Decisions by hand that could not be kept"),
            gloss="維持できなかった手動決定",
            rows=_locks(run),
        ),
    ]
    return [group for group in found if group.rows]


def _person_url(run: Run, pk: int) -> str:
    return reverse("placement:person_in_run", args=[run.pk, pk])


def _seat_url(run: Run, pk: int) -> str:
    return reverse("placement:seat_in_run", args=[run.pk, pk])


def _couples(run: Run, market: Market, plan: Plan) -> list[Exceptional]:
    apart = [(a, b, [APART[why]], NEXT_COUPLE) for a, b, why in run.counts.get("apart", [])]
    apart += [
        (int(it.a[1:]), int(it.b[1:]), [FULL], NEXT_COUPLE_FULL)
        for it in market.couples
        if it.a not in plan.assignment
    ]
    numbers = _numbers(pk for a, b, _why, _step in apart for pk in (a, b))
    return [
        Exceptional(
            label=numbers[a],
            url=_person_url(run, a),
            also=numbers[b],
            also_url=_person_url(run, b),
            why=why,
            step=step,
        )
        for a, b, why, step in sorted(apart, key=lambda it: numbers[it[0]])
    ]


def _seats(run: Run, market: Market, plan: Plan) -> list[Exceptional]:
    used = Counter(plan.assignment.values())
    tier = {it.id: it.seats - used[it.id] for it in market.places if it.tier == 1}
    empty = {int(key[1:]): count for key, count in tier.items() if count}
    chosen = chosen_in(run)
    found = []
    for request in _requests(empty):
        could = chosen[f"r{request.pk}"]
        words = gettext("Empty seats: %(n)s. People who could have come: %(could)s.")
        found.append(
            Exceptional(
                label=request.number,
                url=_seat_url(run, request.pk),
                also=str(request.organisation),
                why=[words % {"n": empty[request.pk], "could": could}],
                step=NEXT_SEAT_FREE if could else NEXT_SEAT,
            )
        )
    return found


def _minima(person: Person, run: Run, market: Market, plan: Plan) -> list[Exceptional]:
    above = {it.id: it.parent for it in market.regions}
    region = {it.id: it.region for it in market.places}
    counts: Counter[str] = Counter()
    for place in plan.assignment.values():
        node: str | None = region[place]
        while node is not None:
            counts[node] += 1
            node = above[node]
    short = {
        int(it.id[1:]): (counts[it.id], it.min)
        for it in market.regions
        if counts[it.id] < it.min and it.id[0] in "ho"
    }
    words = gettext("%(n)s of at least %(least)s.")
    offices = offices_for(person).filter(pk__in=short).order_by("code")
    return [
        Exceptional(
            label=str(office),
            url=reverse("placement:placed", args=[run.pk]),
            why=[words % {"n": short[office.pk][0], "least": short[office.pk][1]}],
            step=NEXT_OFFICE,
        )
        for office in offices
    ]


def _people(person: Person, run: Run, market: Market) -> list[Exceptional]:
    pks = run.counts.get("unplaced", [])
    options = {it.id: len(it.options) for it in market.people}
    for couple in market.couples:
        options[couple.a] = options[couple.b] = len(couple.pairs)
    may_name = holds(person, Role.CLAIR_PLACEMENT)
    rejected: dict[int, list[tuple[int, str]]] = {}
    rows = seen_by(person, Rejection).filter(run=run, application__in=pks)
    for who, rule, requests in rows.values_list("application", "rule", "requests"):
        rejected.setdefault(who, []).append((len(requests), rule))
    numbers = _numbers(pks)
    possible = gettext("Possible requests or pairs: %(n)s; all went to others.")
    found = []
    for pk in sorted(pks, key=lambda it: numbers[it]):
        count = options.get(f"a{pk}", 0)
        most = sorted(rejected.get(pk, []), reverse=True)[:MOST_REASONS]
        why: list[Words] = [why_not(rule, may_name_needs=may_name) for _n, rule in most]
        if count:
            why.insert(0, possible % {"n": count})
        found.append(
            Exceptional(
                label=numbers[pk],
                url=_person_url(run, pk),
                why=why,
                step=NEXT_PERSON if count else NEXT_PERSON_NONE,
            )
        )
    return found


def _locks(run: Run) -> list[Exceptional]:
    left = run.counts.get("locks_left", [])
    numbers = _numbers(who for who, _request, _why in left)
    posts = {it.pk: it for it in _requests(request for _who, request, _why in left)}
    return [
        Exceptional(
            label=numbers[who],
            url=_person_url(run, who),
            also=f"{posts[request].number} {posts[request].organisation}",
            why=[why_left(why)],
            step=NEXT_LOCK,
        )
        for who, request, why in left
    ]


@unscoped("whoever may know of a run may know its people by number")
def _numbers(pks: Iterable[int]) -> dict[int, str]:
    rows = Application.objects.filter(pk__in=set(pks))
    return dict(rows.values_list("pk", "number"))


@unscoped("the requests of a run are named to whoever may know of the run")
def _requests(pks: Iterable[int]) -> list[Request]:
    rows = Request.objects.filter(pk__in=set(pks)).select_related("organisation")
    return list(rows.order_by("number"))
